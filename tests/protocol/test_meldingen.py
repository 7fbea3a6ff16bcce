"""Reports and cases: the definition, every step in every state, who may see, and the store on both databases."""
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone

import pytest
import sqlalchemy as sa
from databases import database, postgres  # noqa: F401

from protocol import bron
from protocol import meldingen as m
from protocol import uitbak
from protocol.medewerkers import Medewerker
from protocol.opslag import Opslag
from protocol.opslag_meldingen import Geweigerd, NieuweStap, OpslagMeldingen, meldingen, stappen
from protocol.opslag_tabellen import outbox
from protocol.toegang import KLANT, KLANTCONTACT, LEIDINGGEVENDE, MEDEWERKER, Spreker

NU = datetime(2026, 11, 23, 9, 15, tzinfo=timezone.utc)
NOOR = Spreker(LEIDINGGEVENDE, "noor", "zwolle")
BAS = Spreker(LEIDINGGEVENDE, "bas", "almere")
SAM = Spreker(MEDEWERKER, "sam", "zwolle")


def melding(**velden):
    return m.Melding(**{**dict(
        sleutel="s1", gemeld_op=NU, melder="sam", wie=m.IK, soort=m.OPENBAAR, opname=m.BEELD, waar="tiktok.com/@x",
        gezien="gisteren", bewerkt=m.NEE, plaatser=m.CLIENT, betrokkene="sam", team="zwolle", leidinggevende=None,
        verteld=m.NEE, veiligheid="niet prettig", veiligheid_cijfer=2, bewaard=m.JA), **velden})


@pytest.mark.parametrize("velden, naam", [
    ({}, "oneigenlijk"),
    ({"bewerkt": m.JA}, "bewerkt"),
    ({"plaatser": m.ANONIEM}, "anoniem"),
    ({"plaatser": m.ONBEKEND}, "anoniem"),
    ({"plaatser": m.DERDE}, "derde"),
    ({"soort": m.GROEP}, "groep"),
    ({"soort": m.DREIGING}, "dreiging"),
    ({"soort": m.NIET_OPENBAAR, "opname": m.BEELD}, "beeld_niet_openbaar"),
    ({"soort": m.NIET_OPENBAAR, "opname": m.GELUID}, "geluid_niet_openbaar"),
    ({"soort": m.NIET_OPENBAAR, "opname": m.ONBEKEND}, "niet_openbaar"),
    ({"soort": m.ONBEKEND}, "onbekend"),
])
def test_only_public_by_a_client_is_named_misuse(velden, naam):
    assert m.duiding(melding(**velden)) == naam
    assert m.volgens_protocol(melding(**velden)) == (naam in ("oneigenlijk", "bewerkt"))


# state -> the steps that are next; every other pair needs a reason or is refused.
VOLGORDE = {
    "nieuw": {"afgestemd"}, "afgestemd": {"verwijderverzoek"},
    "verwijdering_gevraagd": {"verwijderd", "niet_verwijderd", "verwijdering_onbekend"},
    "verwijderd": {"agressie"}, "niet_verwijderd": {"aangifte", "verwijderd"},
    "verwijdering_onbekend": {"verwijderd", "niet_verwijderd", "agressie"}, "aangifte_gedaan": {"agressie"},
    "gewogen": {"maatregelen"}, "maatregelen_bepaald": {"gesloten"}, "gesloten": {"heropend"},
}
VOLGORDE_STIL = {**{t: set() for t in VOLGORDE}, "nieuw": {"afgestemd"}, "afgestemd": {"maatregelen"},
                 "gewogen": {"maatregelen"}, "maatregelen_bepaald": {"gesloten"}, "gesloten": {"heropend"}}
ALLES = [(soort, toestand, stap) for soort in (m.OPENBAAR, m.DREIGING) for toestand in m.TOESTANDEN for stap in m.STAPPEN]


def verwacht(soort, toestand, stap):
    volgorde = VOLGORDE if soort == m.OPENBAAR else VOLGORDE_STIL
    if stap in volgorde[toestand] or (stap == "juridische_zaken" and toestand != "gesloten"):
        return m.VOLGORDE
    geweigerd = (toestand == "gesloten" or stap in ("heropend", "afgestemd")
                 or m.STAPPEN[stap].naar == toestand)
    return m.GEWEIGERD if geweigerd else m.MET_REDEN


@pytest.mark.parametrize("soort, toestand, stap", ALLES)
def test_each_step_in_each_state(soort, toestand, stap):
    keuring = m.keur(melding(soort=soort, toestand=toestand), stap)
    assert keuring.oordeel == verwacht(soort, toestand, stap)
    assert bool(keuring.reden) == (keuring.oordeel != m.VOLGORDE)


def test_the_steps_name_their_sources_and_the_spots_left_open():
    for stap in m.STAPPEN.values():
        assert set(stap.bron) <= set(bron.regels()) and set(stap.stil) <= set(bron.hiaten())
    assert "S24" in m.STAPPEN["verwijderverzoek"].stil and "S29" in m.STAPPEN["agressie"].stil


def test_every_state_can_be_reached_and_left_in_order():
    for toestand in m.TOESTANDEN[1:]:
        assert any(s.naar == toestand and s.na for s in m.STAPPEN.values())
    assert all(m.volgende_stappen(melding(toestand=t)) for t in m.TOESTANDEN)


def test_the_diagram_shows_every_step_that_changes_the_state():
    assert all(f": {naam} (" in m.diagram() for naam, s in m.STAPPEN.items() if s.naar)


@pytest.mark.parametrize("spreker, ziet, wijzigt", [
    (NOOR, True, True), (SAM, True, False), (BAS, False, False), (Spreker(MEDEWERKER, "mila", "zwolle"), False, False),
    (Spreker(KLANTCONTACT, "sam", "zwolle"), False, False), (Spreker(KLANT), False, False),
    (Spreker(KLANT, "sam", "zwolle"), False, False),
])
def test_who_may_see_and_change(spreker, ziet, wijzigt):
    assert (m.mag_inzien(melding(), spreker), m.mag_bijwerken(melding(), spreker)) == (ziet, wijzigt)


def test_a_named_manager_comes_before_the_team():
    zaak = melding(leidinggevende="Bas", team="zwolle")
    assert m.mag_bijwerken(zaak, BAS) and not m.mag_bijwerken(zaak, NOOR)


def test_nobody_is_the_own_manager():
    zelf = melding(betrokkene="noor", leidinggevende="noor")
    assert m.mag_inzien(zelf, NOOR) and not m.mag_bijwerken(zelf, NOOR)
    assert not m.mag_overnemen(melding(betrokkene="noor", team=None), NOOR, LIJST)


LIJST = (Medewerker("noor", "Noor Smit", "zwolle", "noor@voorbeeld.nl", leidinggevende=True),
         Medewerker("bas", "Bas Bos", "almere", "bas@voorbeeld.nl", leidinggevende=True),
         Medewerker("kim", "Kim Vos", "zwolle", leidinggevende=True),
         Medewerker("sam", "Sam Mol", "zwolle", "sam@voorbeeld.nl"))


@pytest.mark.parametrize("getypt, login", [
    ("Bas", "bas"), ("bas bos", "bas"), ("Bos", "bas"), ("Petra", "Petra"), ("Mol", "Mol"),  # Mol leads nobody
])
def test_a_manager_is_typed_by_name_and_found_by_login(getypt, login):
    assert m.met_logins(melding(leidinggevende=getypt), LIJST).leidinggevende == login


@pytest.mark.parametrize("velden, lijst, mag", [
    ({"leidinggevende": "Petra"}, LIJST, True),  # nobody of that name can log in: the case would be lost
    ({"leidinggevende": "Petra"}, (), False), ({"leidinggevende": "noor"}, LIJST, False),
    ({"team": None}, (), True), ({"team": "zwolle"}, LIJST, False),
])
def test_who_may_take_a_case_without_a_known_manager(velden, lijst, mag):
    assert m.mag_overnemen(melding(**velden), BAS, lijst) == mag


@pytest.mark.parametrize("velden, wie", [
    ({}, ["noor"]), ({"leidinggevende": "Bas"}, ["bas"]), ({"leidinggevende": "Petra"}, []), ({"team": None}, []),
    ({"melder": "noor", "betrokkene": "sam"}, []), ({"betrokkene": "noor"}, []), ({"leidinggevende": "kim"}, []),
])
def test_who_is_told_of_a_report(velden, wie):
    assert [w.sub for w in m.te_verwittigen(melding(**velden), LIJST)] == wie


@pytest.mark.parametrize("tekst, gelezen", [
    ("zaak MB-ABCD-EFGH-JKMN graag", "MB-ABCD-EFGH-JKMN"), ("mb abcd efgh jkmn", "MB-ABCD-EFGH-JKMN"),
    ("BO-ABCD-EFGH-JKMN", None), ("MB-1234", None), ("mbo-opleiding", None),
])
def test_a_reference_is_read(tekst, gelezen):
    assert m.lees_referentie(tekst) == gelezen


# The store.

@pytest.fixture
def winkel(database):  # noqa: F811
    opslag = Opslag(database)
    yield OpslagMeldingen(opslag.engine)
    opslag.engine.dispose()


def zet_toestand(winkel, zaak, toestand):
    with winkel.engine.begin() as v:
        v.execute(meldingen.update().where(meldingen.c.referentie == zaak.referentie).values(toestand=toestand))


def test_a_report_is_stored_once_with_a_reference_that_cannot_be_guessed(winkel):
    zaak = winkel.bewaar(melding())
    assert winkel.bewaar(melding(waar="anders")) == zaak == winkel.bij_referentie(zaak.referentie)
    assert replace(zaak, referentie="") == melding() and zaak.gemeld_op == NU
    assert winkel.bewaar(melding(sleutel="s2")).referentie[3:] != zaak.referentie[3:]


def test_the_manager_is_told_once_and_reads_nothing_personal(winkel, tmp_path, monkeypatch):
    lijst = tmp_path / "medewerkers.yml"
    lijst.write_text("- {sub: noor, naam: Noor Smit, team: zwolle, email: noor@voorbeeld.nl, leidinggevende: true}\n")
    monkeypatch.setenv("OPNAME_MEDEWERKERS", str(lijst))
    zaak = winkel.bewaar(melding())
    assert winkel.bewaar(melding()) == zaak
    with winkel.engine.connect() as v:
        [rij] = v.execute(sa.select(outbox)).all()
    assert (rij.ontvanger, rij.lading, rij.pogingen) == ("noor@voorbeeld.nl", {"referentie": zaak.referentie}, 0)
    post = uitbak.bericht(rij, "opname@voorbeeld.nl", "https://opname.voorbeeld.nl")
    assert post["To"] == "noor@voorbeeld.nl" and zaak.referentie in post["Subject"]
    tekst = post.get_content()
    assert zaak.referentie in tekst and "https://opname.voorbeeld.nl/medewerker" in tekst
    assert not any(woord in tekst for woord in ("sam", "tiktok", "prettig"))


def test_a_report_that_is_not_stored_announces_nothing(winkel, tmp_path, monkeypatch):
    lijst = tmp_path / "medewerkers.yml"
    lijst.write_text("- {sub: noor, naam: Noor Smit, team: zwolle, email: noor@voorbeeld.nl, leidinggevende: true}\n")
    monkeypatch.setenv("OPNAME_MEDEWERKERS", str(lijst))
    with pytest.raises(sa.exc.SQLAlchemyError):
        winkel.bewaar(melding(wie=None))
    with winkel.engine.connect() as v:
        assert v.execute(sa.select(outbox)).all() == []


def test_each_allowed_and_each_refused_step_is_kept_to(winkel):
    for n, (soort, toestand, stap) in enumerate(ALLES):
        zaak = winkel.bewaar(melding(sleutel=f"t{n}", soort=soort))
        zet_toestand(winkel, zaak, toestand)
        oordeel = verwacht(soort, toestand, stap)
        zonder = NieuweStap(f"a{n}", stap, 0, True)
        if oordeel == m.VOLGORDE:
            na = winkel.zet_stap(zaak.referentie, zonder, NOOR, NU)
            assert na.toestand == (m.STAPPEN[stap].naar or toestand) and na.versie == 1
            continue
        with pytest.raises(Geweigerd):
            winkel.zet_stap(zaak.referentie, zonder, NOOR, NU)
        met = NieuweStap(f"b{n}", stap, 0, True, reden="de politie was er al")
        if oordeel == m.MET_REDEN:
            winkel.zet_stap(zaak.referentie, met, NOOR, NU)
            assert winkel.geschiedenis(zaak.referentie)[-1].reden == "de politie was er al"
        else:
            with pytest.raises(Geweigerd):
                winkel.zet_stap(zaak.referentie, met, NOOR, NU)
            assert winkel.geschiedenis(zaak.referentie) == []


def test_without_the_yes_of_the_employee_nothing_is_stored(winkel):
    zaak = winkel.bewaar(melding())
    with pytest.raises(Geweigerd, match="niet_afgestemd"):
        winkel.zet_stap(zaak.referentie, NieuweStap("k", "afgestemd", 0, False), NOOR, NU)
    assert winkel.bij_referentie(zaak.referentie) == zaak


@pytest.mark.parametrize("spreker", [BAS, SAM, Spreker(KLANT), Spreker(KLANTCONTACT, "noor", "zwolle")])
def test_nobody_but_the_own_manager_changes_a_case(winkel, spreker):
    zaak = winkel.bewaar(melding())
    with pytest.raises(Geweigerd, match="geen_toegang"):
        winkel.zet_stap(zaak.referentie, NieuweStap("k", "afgestemd", 0, True), spreker, NU)
    with pytest.raises(Geweigerd, match="geen_toegang"):
        winkel.zet_stap("MB-ABCD-EFGH-JKMN", NieuweStap("k", "afgestemd", 0, True), NOOR, NU)


def test_a_step_twice_is_one_step_and_an_old_look_is_refused(winkel):
    zaak = winkel.bewaar(melding())
    stap = NieuweStap("k", "afgestemd", 0, True, notitie="gebeld om tien uur")
    eerste = winkel.zet_stap(zaak.referentie, stap, NOOR, NU)
    assert winkel.zet_stap(zaak.referentie, stap, NOOR, NU) == eerste
    [gedaan] = winkel.geschiedenis(zaak.referentie)
    assert (gedaan.stap, gedaan.door, gedaan.op, gedaan.notitie) == ("afgestemd", "noor", NU, "gebeld om tien uur")
    with pytest.raises(Geweigerd, match="verouderd"):
        winkel.zet_stap(zaak.referentie, NieuweStap("l", "verwijderverzoek", 0, True), NOOR, NU)


def test_two_at_once_one_step(winkel):
    zaak = winkel.bewaar(melding())

    def probeer(n):
        try:
            return winkel.zet_stap(zaak.referentie, NieuweStap(f"k{n}", "juridische_zaken", 0, True), NOOR, NU).versie
        except Geweigerd as fout:
            return fout.reden

    with ThreadPoolExecutor(8) as groep:
        uitslag = list(groep.map(probeer, range(8)))
    assert uitslag.count("verouderd") == 7 and len(winkel.geschiedenis(zaak.referentie)) == 1


def test_a_case_without_manager_is_taken_once(winkel):
    zaak = winkel.bewaar(melding(team=None, wie=m.COLLEGA, betrokkene="mila"))
    assert winkel.zichtbaar(NOOR) == []
    for spreker in (SAM, Spreker(KLANT)):
        with pytest.raises(Geweigerd):
            winkel.neem_over(zaak.referentie, "o", spreker, NU)
    assert winkel.neem_over(zaak.referentie, "o", NOOR, NU).leidinggevende == "noor"
    with pytest.raises(Geweigerd, match="geen_toegang"):
        winkel.neem_over(zaak.referentie, "p", BAS, NU)
    assert [g.stap for g in winkel.geschiedenis(zaak.referentie)] == [m.OVERGENOMEN]


def test_a_speaker_sees_the_own_cases_and_the_open_ones_first(winkel):
    dicht = winkel.bewaar(melding(sleutel="a"))
    zet_toestand(winkel, dicht, m.GESLOTEN)
    open_ = winkel.bewaar(melding(sleutel="b"))
    winkel.bewaar(melding(sleutel="c", team="almere", betrokkene="mila"))
    for spreker in (NOOR, SAM):
        assert [z.referentie for z in winkel.zichtbaar(spreker)] == [open_.referentie, dicht.referentie]
    assert winkel.zichtbaar(Spreker(KLANT)) == []


def test_history_is_only_added_to(winkel):
    zaak = winkel.bewaar(melding())
    reeks = ["afgestemd", "verwijderverzoek", "niet_verwijderd", "aangifte", "agressie", "maatregelen", "gesloten"]
    for n, stap in enumerate(reeks):
        winkel.zet_stap(zaak.referentie, NieuweStap(f"k{n}", stap, n, True), NOOR, NU)
    assert [g.stap for g in winkel.geschiedenis(zaak.referentie)] == reeks
    with winkel.engine.connect() as v:
        assert v.execute(sa.select(sa.func.count()).select_from(stappen)).scalar() == len(reeks)
