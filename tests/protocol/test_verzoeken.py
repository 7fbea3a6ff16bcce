"""The states of a request and the steps between them."""
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time, timezone
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from protocol import toegang
from protocol import verzoeken as leven
from protocol.instellingen import InstellingFout
from protocol.medewerkers import Bestemming, Medewerker, bestemming, medewerkers
from protocol.toegang import Spreker
from protocol.verzoeken import Verzoek, Weigering, keur_stap, ligt_voor, mag_zien, volgende_toestand

NU = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))
NOOR, BAS = Spreker("medewerker", "noor", "zwolle"), Spreker("medewerker", "bas", "zwolle")
LIES, KLANT = Spreker("leidinggevende", "lies", "zwolle"), Spreker()
VERZOEK = Verzoek("s", datetime(2026, 11, 20, tzinfo=timezone.utc), date(2026, 12, 8), time(14, 30), "kantoor", "Zwolle",
                  "de arts", "Fatima", "via Mijn UWV", None, date(2026, 12, 1), "op tijd", referentie="BO-X")
STAPNAMEN = {s.naam for s in leven.STAPPEN}


def reden(verzoek, stap, spreker, nu=NU):
    with pytest.raises(Weigering) as geweigerd:
        keur_stap(verzoek, stap, spreker, nu)
    return geweigerd.value.reden


def test_every_state_is_reached_and_the_ends_are_ends():
    assert {s.naar for s in leven.STAPPEN} == set(leven.TOESTANDEN)
    eindes = set(leven.TOESTANDEN) - {s.van for s in leven.STAPPEN}
    assert eindes == {leven.INGETROKKEN, leven.VERLOPEN}


def test_a_step_has_one_outcome_and_known_roles():
    assert len({(s.van, s.naam) for s in leven.STAPPEN}) == len(leven.STAPPEN)
    assert set().union(*(s.rollen for s in leven.STAPPEN)) <= {*toegang.ROLLEN, leven.SYSTEEM}


@pytest.mark.parametrize("van, stap, rol", product(leven.TOESTANDEN, sorted(STAPNAMEN), [*toegang.ROLLEN, "gast", ""]))
def test_what_is_not_in_the_table_is_refused(van, stap, rol):
    passend = [s for s in leven.STAPPEN if (s.van, s.naam) == (van, stap) and rol in s.rollen]
    if passend:
        assert volgende_toestand(van, stap, rol) == passend[0].naar
    else:
        with pytest.raises(Weigering) as geweigerd:
            volgende_toestand(van, stap, rol)
        mag_ergens = any(s.naam == stap and rol in s.rollen for s in leven.STAPPEN)
        assert geweigerd.value.reden == ("toestand" if mag_ergens else "rol")


def test_only_an_employee_can_answer():
    for stap in leven.ANTWOORDEN:
        assert {r for s in leven.STAPPEN if s.naam == stap for r in s.rollen} == {"medewerker", "leidinggevende"}


@pytest.mark.parametrize("datum, tijd, voor", [
    (date(2026, 11, 24), None, True), (date(2026, 11, 23), None, True), (date(2026, 11, 23), time(10, 16), True),
    (date(2026, 11, 23), time(10, 15), False), (date(2026, 11, 22), None, False)])
def test_the_day_of_the_appointment_counts_until_its_hour(datum, tijd, voor):
    verzoek = replace(VERZOEK, afspraak_datum=datum, afspraak_tijd=tijd)
    assert ligt_voor(verzoek, NU) is voor
    if voor:
        assert keur_stap(verzoek, leven.INTREKKEN, KLANT, NU) == leven.INGETROKKEN
    else:
        assert reden(verzoek, leven.INTREKKEN, KLANT) == "voorbij"


def test_an_employee_can_answer_on_the_whole_day_and_not_after_it():
    verzoek = replace(VERZOEK, toestand=leven.IN_BEHANDELING, medewerker="noor", afspraak_datum=NU.date(),
                      afspraak_tijd=time(9))
    assert keur_stap(verzoek, leven.INSTEMMEN, NOOR, NU) == leven.INSTEMMING
    assert reden(replace(verzoek, afspraak_datum=date(2026, 11, 22)), leven.INSTEMMEN, NOOR) == "voorbij"


@pytest.mark.parametrize("verzoek, stap, spreker, verwacht", [
    (VERZOEK, leven.INSTEMMEN, NOOR, "niet_genomen"),
    (replace(VERZOEK, toestand="in behandeling", medewerker="noor", team="zwolle"), leven.NEMEN, NOOR, "al_van_u"),
    (replace(VERZOEK, toestand="in behandeling", medewerker="noor", team="zwolle"), leven.NEMEN, BAS, "van_ander"),
    (replace(VERZOEK, toestand="in behandeling", medewerker="noor", team="zwolle"), leven.INSTEMMEN, LIES, "van_ander"),
    (replace(VERZOEK, toestand="in behandeling", medewerker="noor", team="zwolle"), leven.INSTEMMEN, BAS, "onbekend"),
    (replace(VERZOEK, team="utrecht"), leven.NEMEN, NOOR, "onbekend"),
    (replace(VERZOEK, toestand="in behandeling", medewerker="noor", team="zwolle"), leven.OVERNEMEN, BAS, "rol"),
    (replace(VERZOEK, medewerker="noor"), leven.OVERNEMEN, NOOR, "rol"),
    (replace(VERZOEK, toestand="ingetrokken", medewerker="noor"), leven.INSTEMMEN, NOOR, "toestand"),
    (VERZOEK, leven.INSTEMMEN, KLANT, "rol"),
])
def test_a_refusal_says_why(verzoek, stap, spreker, verwacht):
    assert reden(verzoek, stap, spreker) == verwacht


def test_a_leidinggevende_sees_the_own_team_only():
    genomen = replace(VERZOEK, medewerker="noor", team="zwolle")
    assert mag_zien(genomen, LIES) and mag_zien(genomen, NOOR) and not mag_zien(genomen, BAS)
    assert not mag_zien(genomen, Spreker("leidinggevende", "piet", "utrecht"))
    assert not mag_zien(genomen, Spreker("leidinggevende", "piet"))
    assert not mag_zien(VERZOEK, KLANT) and not mag_zien(VERZOEK, Spreker("klantcontact", "kim"))


LIJST = (Medewerker("noor", "Noor Jansen", "zwolle", "noor@voorbeeld.nl", ("verzekeringsarts",)),
         Medewerker("bas", "Bas de Wit", "utrecht", None, ("arbeidsdeskundige",)),
         Medewerker("els", "Els Jansen", "zwolle", None, ("verzekeringsarts",)))


@pytest.mark.parametrize("met_wie, verwacht", [
    ("Noor Jansen", Bestemming("noor", "zwolle")),
    ("mevrouw Noor  jansen, arts", Bestemming("noor", "zwolle")),
    ("meneer de Wit", Bestemming("bas", "utrecht")),
    ("mevrouw Jansen", Bestemming()),
    ("de verzekeringsarts", Bestemming(None, "zwolle")),
    ("de arbeidsdeskundige of de verzekeringsarts", Bestemming()),
    ("iemand", Bestemming()), (None, Bestemming()),
])
def test_a_request_finds_one_employee_or_an_inbox_and_never_a_guess(met_wie, verwacht):
    assert bestemming(met_wie, LIJST) == verwacht


def test_the_diagram_shows_every_step():
    uit = subprocess.run([sys.executable, "-m", "protocol.verzoeken", "--diagram"], capture_output=True, text=True, check=True)
    assert uit.stdout.startswith("stateDiagram-v2\n")
    for s in leven.STAPPEN:
        pijl = f"{s.van.replace(' ', '_')} --> {s.naar.replace(' ', '_')}: "
        assert any(r.strip().startswith(pijl) and s.naam in r for r in uit.stdout.splitlines())


@pytest.mark.parametrize("inhoud", ["- {sub: noor}", "- {sub: a, naam: b, team: c, rol: leidinggevende}", "noor"])
def test_a_directory_that_cannot_be_read_is_refused_with_its_setting(tmp_path, monkeypatch, inhoud):
    bestand = tmp_path / "medewerkers.yml"
    bestand.write_text(inhoud)
    monkeypatch.setenv("OPNAME_MEDEWERKERS", str(bestand))
    with pytest.raises(InstellingFout, match="OPNAME_MEDEWERKERS"):
        medewerkers()
    monkeypatch.setenv("OPNAME_MEDEWERKERS", str(tmp_path / "er-niet"))
    with pytest.raises(InstellingFout, match="OPNAME_MEDEWERKERS"):
        medewerkers()
