"""Keeping times: what goes, what stays, and that nothing goes too early."""
import json
from datetime import date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from databases import database, postgres  # noqa: F401 (fixtures)
from test_opslag import KLANT, NOOR, NU, maak
from test_versleutelen import NAAM, alles, vul

from protocol import bewaren, inzage, instellingen
from protocol import verzoeken as leven
from protocol.opslag import Opslag, opslag
from protocol.opslag_beheer import (anonimiseer_zaken, bewaarlog, ruim_op, verwijder_op_verzoek, verwijder_verzoeken)
from protocol.opslag_meldingen import NieuweStap, OpslagMeldingen
from protocol.toegang import Spreker
from protocol.verzoeken import Weigering
from protocol.versleutelen import verzegel

LIES = Spreker("leidinggevende", "lies", "zwolle")


@pytest.fixture
def winkel(database):  # noqa: F811
    return Opslag(database)


def log(winkel):
    with winkel.engine.connect() as verbinding:
        return [(r.wat, r.aantal) for r in verbinding.execute(sa.select(bewaarlog).order_by(bewaarlog.c.id))]


def test_a_request_goes_when_its_time_is_over_and_not_a_day_earlier(winkel):
    oud = winkel.bewaar(maak(afspraak_datum=date(2026, 11, 3)))
    net_niet = winkel.bewaar(maak(afspraak_datum=date(2026, 11, 4)))
    nu = datetime(2026, 12, 4, 3, 0, tzinfo=instellingen.TIJDZONE)
    assert verwijder_verzoeken(winkel, nu, 30) == 1
    assert winkel.bij_referentie(oud.referentie) is None and winkel.geschiedenis(oud.referentie) == []
    assert winkel.bij_referentie(net_niet.referentie)
    assert verwijder_verzoeken(winkel, nu, 30) == 0 and log(winkel) == [("verzoeken", 1)]


def test_a_closed_case_loses_its_people_and_keeps_its_figures(winkel):
    _, zaak = vul(winkel)
    zaken = OpslagMeldingen(winkel.engine)
    for sleutel, stap in (("m", "maatregelen"), ("g", "gesloten")):
        versie = zaken.bij_referentie(zaak).versie
        zaken.zet_stap(zaak, NieuweStap(sleutel, stap, versie, True, "zo besloten", "met haar zus gebeld"), LIES, NU)
    assert anonimiseer_zaken(winkel, NU + timedelta(days=730), 730) == 0
    assert anonimiseer_zaken(winkel, NU + timedelta(days=731), 730) == 1
    na = zaken.bij_referentie(zaak)
    assert (na.soort, na.toestand, na.gemeld_op) == ("openbaar", "gesloten", NU)
    assert {na.melder, na.waar, na.betrokkene, na.team, na.leidinggevende, na.veiligheid} == {"", None}
    assert zaken.geschiedenis(zaak) == []
    assert anonimiseer_zaken(winkel, NU + timedelta(days=731), 730) == 0 and log(winkel) == [("zaken", 1)]


def test_an_open_case_is_kept_however_old(winkel):
    _, zaak = vul(winkel)
    assert anonimiseer_zaken(winkel, NU + timedelta(days=9999), 730) == 0
    assert OpslagMeldingen(winkel.engine).bij_referentie(zaak).betrokkene == "noor"


def test_notices_and_tries_are_not_kept_for_ever(winkel):
    winkel.zet_in_outbox("s", "noor@voorbeeld.nl", "nieuw_verzoek", {}, NU)
    winkel.wacht_voor_poging(["gesprek"], NU)
    assert ruim_op(winkel, NU + timedelta(days=1)) == 0
    assert ruim_op(winkel, NU + timedelta(days=31)) == 2


def test_a_client_has_a_request_removed_and_the_employee_hears_of_it(winkel, tmp_path, monkeypatch):
    lijst = tmp_path / "medewerkers.yml"
    lijst.write_text("- {sub: noor, naam: Noor Jansen, team: zwolle, email: noor@voorbeeld.nl, functies: [arts]}\n")
    monkeypatch.setenv("OPNAME_MEDEWERKERS", str(lijst))
    r = winkel.bewaar(maak(naam=NAAM)).referentie
    winkel.neem(r, NOOR, NU)
    with pytest.raises(Weigering):
        verwijder_op_verzoek(winkel, r, KLANT, NU, versie=1)  # it changed since the client saw it
    assert winkel.bij_referentie(r)
    verwijder_op_verzoek(winkel, r, KLANT, NU, versie=2)
    assert winkel.bij_referentie(r) is None and NAAM not in alles(winkel)
    assert log(winkel) == [("op verzoek van de client", 1)]
    with winkel.engine.connect() as verbinding:
        assert [s for s in verbinding.execute(sa.text("select soort from outbox order by id")).scalars()][-1] == "intrekken"
    with pytest.raises(Weigering):
        verwijder_op_verzoek(winkel, r, KLANT, NU)


@pytest.mark.parametrize("stap", [leven.NIET_INSTEMMEN, None])
def test_a_request_that_is_over_is_just_removed(winkel, stap):
    r = winkel.bewaar(maak()).referentie
    if stap:
        winkel.neem(r, NOOR, NU)
        winkel.beantwoord(r, stap, NOOR, NU)
    else:
        winkel.trek_in(r, KLANT, NU)
    verwijder_op_verzoek(winkel, r, KLANT, NU)
    assert winkel.bij_referentie(r) is None


# --- a whole round, and what is shown to who asks ---


@pytest.fixture
def huis(tmp_path, monkeypatch):
    """The settings of a machine with a store and two conversations, one of them of long ago."""
    monkeypatch.setenv("OPNAME_DATABASE", f"sqlite:///{tmp_path}/opname.db")
    monkeypatch.setenv("OPNAME_GESPREKKEN", f"sqlite:///{tmp_path}/gesprekken.db")
    monkeypatch.setenv("OPNAME_NU", "2026-11-23T10:15")
    r = opslag().bewaar(maak(naam=NAAM)).referentie
    motor = sa.create_engine(f"sqlite:///{tmp_path}/gesprekken.db", future=True)

    def zeg(wie, op, **gebeurtenis):
        moment = (NU - timedelta(days=op)).timestamp()
        verbinding.execute(sa.text("insert into events (sender_id, timestamp, data) values (:w, :t, :d)"),
                           {"w": wie, "t": moment, "d": json.dumps({**gebeurtenis, "timestamp": moment})})

    with motor.begin() as verbinding:
        verbinding.execute(sa.text("create table events (id integer primary key, sender_id text, timestamp float, data text)"))
        zeg("oud", 40, event="user", text="hallo")
        zeg("oud", 31, event="bot", text="dag")
        zeg("nieuw", 40, event="user", text="bel 06 00000000", metadata={"tekst": verzegel("bel 0612345678")})
        zeg("nieuw", 2, event="slot", name="naam", value="x")
        zeg("nieuw", 1, event="bot", text=f"dank u {verzegel(NAAM)}, {r}")
    return r, motor


def test_one_round(huis):
    referentie, motor = huis
    assert bewaren.ronde(instellingen.nu()) == {"gesprekken": 1, "verzoeken": 0, "zaken": 0, "notities": 0}
    with motor.connect() as verbinding:
        assert set(verbinding.execute(sa.text("select sender_id from events")).scalars()) == {"nieuw"}
    assert opslag().bij_referentie(referentie) and log(opslag()) == [("gesprekken", 1)]
    assert bewaren.main([]) == 0 and log(opslag()) == [("gesprekken", 1)]


def test_a_round_without_conversations_yet(tmp_path):
    assert bewaren.verwijder_gesprekken(f"sqlite:///{tmp_path}/leeg.db", NU, 30) == 0


def test_an_access_request_gets_everything_in_plain_words(huis, monkeypatch, capsys):
    referentie, _ = huis
    opslag().neem(referentie, NOOR, NU)
    monkeypatch.setattr("sys.argv", ["inzage", referentie.lower()])
    assert inzage.main() == 0
    uit = json.loads(capsys.readouterr().out)
    assert (uit["verzoek"]["naam"], uit["verzoek"]["afspraak_datum"]) == (NAAM, "2026-12-08")
    assert [g["stap"] for g in uit["geschiedenis"]] == ["doen", "nemen"]
    [gesprek] = uit["gesprekken"]
    assert [(g["wie"], g["tekst"]) for g in gesprek] == [
        ("u", "bel 0612345678"), ("assistent", f"dank u {NAAM}, {referentie}")]
    assert datetime.fromisoformat(gesprek[0]["op"]).tzinfo == timezone.utc


def test_an_access_request_for_nothing(huis, monkeypatch, capsys):
    for woorden, code in ((["BO-ABCD-EFGH-JKMN"], 1), (["hallo"], 2), ([], 2)):
        monkeypatch.setattr("sys.argv", ["inzage", *woorden])
        assert inzage.main() == code and capsys.readouterr().out == ""
