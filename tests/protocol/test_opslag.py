"""The store, on SQLite and PostgreSQL: migrations, steps, history, notices, two writers at once."""
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from databases import database, postgres  # noqa: F401 (fixtures)

from protocol import opslag as module
from protocol import verzoeken as leven
from protocol.opslag import Opslag
from protocol.opslag_tabellen import metadata, outbox
from protocol.toegang import Spreker
from protocol.verzoeken import Verzoek, Weigering

NU = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))
NOOR, BAS = Spreker("medewerker", "noor", "zwolle"), Spreker("medewerker", "bas", "zwolle")
LIES, KLANT = Spreker("leidinggevende", "lies", "zwolle"), Spreker()
teller = iter(range(10 ** 6))


def maak(**anders):
    basis = Verzoek(f"sleutel-{next(teller)}", NU, date(2026, 12, 8), time(14, 30), "kantoor", "Zwolle", "de arts",
                    "Fatima el Amrani", "via Mijn UWV", None, date(2026, 12, 1), "op tijd")
    return replace(basis, **anders)


@pytest.fixture
def winkel(database):  # noqa: F811
    return Opslag(database)


@pytest.fixture
def lijst(tmp_path, monkeypatch):
    bestand = tmp_path / "medewerkers.yml"
    bestand.write_text("- {sub: noor, naam: Noor Jansen, team: zwolle, email: noor@voorbeeld.nl, functies: [arts]}\n"
                       "- {sub: bas, naam: Bas de Wit, team: zwolle, email: bas@voorbeeld.nl, functies: [arts]}\n")
    monkeypatch.setenv("OPNAME_MEDEWERKERS", str(bestand))


def reden(doe):
    with pytest.raises(Weigering) as geweigerd:
        doe()
    return geweigerd.value.reden


def berichten(winkel):
    with winkel.engine.connect() as verbinding:
        return [dict(r._mapping) for r in verbinding.execute(sa.select(outbox).order_by(outbox.c.id))]


# --- the schema ---

def test_the_migrations_make_exactly_the_tables_of_the_code(winkel):
    keurder = sa.inspect(winkel.engine)
    for tabel in metadata.sorted_tables:
        assert {k["name"]: k["nullable"] for k in keurder.get_columns(tabel.name)} == {
            k.name: k.nullable for k in tabel.columns}


def test_a_database_of_the_first_version_keeps_its_requests(database):  # noqa: F811
    motor = module._motor(database)
    config = Config()
    config.set_main_option("script_location", str(module.Path(module.__file__).with_name("migraties")))
    with motor.execution_options(schrijft=True).begin() as verbinding:
        config.attributes["connection"] = verbinding
        command.upgrade(config, "0001")
        verbinding.execute(sa.text(
            "insert into verzoeken (referentie, sleutel, ontvangen_op, kanaal, toestand, afspraak_datum, gesprekssoort,"
            " naam, contact, laatste_dag, oordeel) values ('BO-OUD', 'oud', '2026-11-01 09:00:00.000000', 'chat', 'ontvangen',"
            " '2026-12-08', 'beeldbellen', 'Jan', 'via Mijn UWV', '2026-12-01', 'op tijd')"))
    motor.dispose()
    winkel = Opslag(database)
    assert winkel.bij_referentie("BO-OUD").versie == 1
    [eerste] = winkel.geschiedenis("BO-OUD")
    assert (eerste.stap, eerste.naar, eerste.rol) == ("doen", "ontvangen", "klant")
    assert eerste.op.date() == date(2026, 11, 1)
    assert winkel.neem("BO-OUD", NOOR, NU).toestand == leven.IN_BEHANDELING
    assert Opslag(database).bij_referentie("BO-OUD").medewerker == "noor"


def test_two_servers_that_start_at_once_make_one_schema(database):  # noqa: F811
    with ThreadPoolExecutor(4) as pool:
        winkels = [f.result() for f in [pool.submit(Opslag, database) for _ in range(4)]]
    assert winkels[0].bewaar(maak()).referentie


# --- a life ---

def test_a_request_from_receipt_to_answer_with_its_history(winkel):
    r = winkel.bewaar(maak()).referentie
    winkel.neem(r, NOOR, NU)
    winkel.stap(r, leven.CONTACT, NOOR, NU, "gebeld, geen gehoor")
    na = winkel.beantwoord(r, leven.ANDERS, NOOR, NU, "geluid", "Neemt u gerust een recorder mee.")
    assert (na.toestand, na.oplossing, na.versie) == ("andere oplossing", "geluid", 4)
    assert winkel.bij_referentie(r) == na
    lijst = winkel.geschiedenis(r)
    assert [(g.stap, g.van, g.naar, g.rol, g.sub) for g in lijst] == [
        ("doen", None, "ontvangen", "klant", None),
        ("nemen", "ontvangen", "in behandeling", "medewerker", "noor"),
        ("contact vastleggen", "in behandeling", "in behandeling", "medewerker", "noor"),
        ("andere oplossing bieden", "in behandeling", "andere oplossing", "medewerker", "noor")]
    assert lijst[2].toelichting == "gebeld, geen gehoor" and lijst[2].op == NU.astimezone(timezone.utc)
    assert lijst[1].oud == {"medewerker": None, "team": None} and lijst[1].nieuw == {"medewerker": "noor", "team": "zwolle"}


def test_the_history_cannot_be_rewritten(winkel):
    winkel.bewaar(maak())
    with pytest.raises(sa.exc.DatabaseError):
        with winkel.engine.begin() as verbinding:
            verbinding.execute(sa.text("update geschiedenis set naar = 'instemming'"))


def test_a_change_gets_a_new_verdict_and_keeps_the_old_values(winkel):
    r = winkel.bewaar(maak()).referentie
    na = winkel.wijzig(r, KLANT, NU, {"afspraak_datum": date(2026, 11, 25), "contact": "jan@voorbeeld.nl"})
    assert (na.oordeel, na.laatste_dag, na.toestand) == ("te laat", date(2026, 11, 18), "ontvangen")
    g = winkel.geschiedenis(r)[-1]
    assert g.oud == {"afspraak_datum": "2026-12-08", "laatste_dag": "2026-12-01", "oordeel": "op tijd", "contact": "via Mijn UWV"}
    assert g.nieuw["afspraak_datum"] == "2026-11-25" and g.nieuw["oordeel"] == "te laat"


def test_an_answer_does_not_move_along_with_the_appointment(winkel):
    r = winkel.bewaar(maak()).referentie
    winkel.neem(r, NOOR, NU)
    winkel.beantwoord(r, leven.INSTEMMEN, NOOR, NU, toelichting="Tot dan")
    assert winkel.wijzig(r, KLANT, NU, {"contact": "jan@voorbeeld.nl"}).toestand == leven.INSTEMMING
    na = winkel.wijzig(r, KLANT, NU, {"afspraak_datum": date(2026, 12, 10)})
    assert (na.toestand, na.toelichting, na.medewerker) == (leven.IN_BEHANDELING, None, "noor")


def test_only_named_fields_can_be_changed(winkel):
    r = winkel.bewaar(maak()).referentie
    with pytest.raises(ValueError):
        winkel.wijzig(r, KLANT, NU, {"toestand": "instemming"})


def test_withdrawn_is_the_end(winkel):
    r = winkel.bewaar(maak()).referentie
    assert winkel.trek_in(r, KLANT, NU).toestand == leven.INGETROKKEN
    assert reden(lambda: winkel.trek_in(r, KLANT, NU)) == "toestand"
    assert reden(lambda: winkel.wijzig(r, KLANT, NU, {"contact": "x"})) == "toestand"
    assert len(winkel.geschiedenis(r)) == 2


def test_a_day_that_passed_unanswered_closes_the_request(winkel):
    open_, beantwoord = winkel.bewaar(maak()).referentie, winkel.bewaar(maak()).referentie
    winkel.neem(beantwoord, NOOR, NU)
    winkel.beantwoord(beantwoord, leven.NIET_INSTEMMEN, NOOR, NU)
    assert winkel.verloop(NU + timedelta(days=15)) == 0  # the day of the appointment itself
    assert winkel.verloop(NU + timedelta(days=16)) == 1
    assert winkel.bij_referentie(open_).toestand == leven.VERLOPEN
    assert winkel.geschiedenis(open_)[-1].rol == "systeem"
    assert winkel.bij_referentie(beantwoord).toestand == leven.GEEN_INSTEMMING


def test_a_writer_that_read_an_older_version_is_told(winkel):
    r = winkel.bewaar(maak()).referentie
    gezien = winkel.neem(r, NOOR, NU).versie
    winkel.wijzig(r, KLANT, NU, {"afspraak_datum": date(2026, 12, 10)})
    assert reden(lambda: winkel.beantwoord(r, leven.INSTEMMEN, NOOR, NU, versie=gezien)) == "gewijzigd"
    assert winkel.bij_referentie(r).toestand == leven.IN_BEHANDELING


# --- whose it is ---

def test_the_list_holds_the_own_and_the_inbox_and_the_nearest_first(winkel, lijst):
    later = winkel.bewaar(maak(met_wie="Noor Jansen")).referentie
    eerder = winkel.bewaar(maak(afspraak_datum=date(2026, 12, 1))).referentie
    van_bas = winkel.bewaar(maak(met_wie="meneer de Wit", afspraak_datum=date(2026, 11, 30))).referentie
    inbox = winkel.bewaar(maak(met_wie="iemand", afspraak_tijd=time(9))).referentie

    def lijst_van(wie):
        return [v.referentie for v in winkel.open_verzoeken(wie, NU)]

    assert lijst_van(NOOR) == [eerder, inbox, later]
    assert lijst_van(LIES) == [van_bas, eerder, inbox, later]
    assert lijst_van(Spreker("medewerker", "piet", "utrecht")) == [inbox]
    assert lijst_van(KLANT) == lijst_van(Spreker("klantcontact", "kim", "zwolle")) == []
    winkel.neem(inbox, NOOR, NU)
    assert lijst_van(Spreker("medewerker", "piet", "utrecht")) == []


def test_a_leidinggevende_takes_over_and_an_employee_cannot(winkel):
    r = winkel.bewaar(maak()).referentie
    winkel.neem(r, NOOR, NU)
    assert reden(lambda: winkel.neem_over(r, BAS, NU)) == "rol"
    assert winkel.neem_over(r, LIES, NU).medewerker == "lies"
    assert reden(lambda: winkel.beantwoord(r, leven.INSTEMMEN, NOOR, NU)) == "onbekend"


# --- notices ---

def test_a_step_of_the_client_is_announced_once_and_without_personal_data(winkel, lijst):
    verzoek = maak(met_wie="Noor Jansen")
    r = winkel.bewaar(verzoek).referentie
    winkel.bewaar(verzoek)
    winkel.trek_in(r, KLANT, NU)
    assert [(b["ontvanger"], b["soort"], b["verzonden_op"], b["pogingen"]) for b in berichten(winkel)] == [
        ("noor@voorbeeld.nl", "doen", None, 0), ("noor@voorbeeld.nl", "intrekken", None, 0)]
    assert "Fatima" not in str([b["lading"] for b in berichten(winkel)])


def test_an_inbox_is_told_to_its_team(winkel, lijst):
    winkel.bewaar(maak(met_wie="de arts"))
    assert {b["ontvanger"] for b in berichten(winkel)} == {"noor@voorbeeld.nl", "bas@voorbeeld.nl"}


def test_the_same_notice_is_put_out_once(winkel):
    assert winkel.zet_in_outbox("herinnering/1", "a@voorbeeld.nl", "herinnering", {"dag": date(2026, 12, 8)}, NU)
    assert not winkel.zet_in_outbox("herinnering/1", "a@voorbeeld.nl", "herinnering", {}, NU)
    assert [b["lading"] for b in berichten(winkel)] == [{"dag": "2026-12-08"}]


# --- at once ---

def tegelijk(aantal, doe):
    hek = Barrier(aantal)

    def een(n):
        hek.wait()
        try:
            return doe(n)
        except Weigering as geweigerd:
            return geweigerd.reden
    with ThreadPoolExecutor(aantal) as pool:
        return list(pool.map(een, range(aantal)))


def test_of_many_who_take_it_at_once_one_gets_it_and_the_others_are_told(winkel):
    r = winkel.bewaar(maak()).referentie
    uitslag = tegelijk(8, lambda n: winkel.neem(r, Spreker("medewerker", f"m{n}", f"team{n % 3}"), NU))
    gelukt = [u for u in uitslag if isinstance(u, Verzoek)]
    assert len(gelukt) == 1 and uitslag.count("van_ander") == 7
    assert winkel.bij_referentie(r).medewerker == gelukt[0].medewerker
    assert [g.stap for g in winkel.geschiedenis(r)] == ["doen", "nemen"]


def test_the_same_form_stored_at_once_is_one_request(winkel):
    verzoek = maak()
    assert len({v.referentie for v in tegelijk(8, lambda _: winkel.bewaar(verzoek))}) == 1


def _leg_vast(url, referentie, schrijver, aantal):
    winkel = Opslag(url)
    for n in range(aantal):
        winkel.stap(referentie, leven.CONTACT, NOOR, NU, f"{schrijver}-{n}")


def test_writers_in_several_processes_lose_no_step(database):  # noqa: F811
    winkel = Opslag(database)
    r = winkel.bewaar(maak()).referentie
    winkel.neem(r, NOOR, NU)
    context = multiprocessing.get_context("spawn")
    schrijvers = [context.Process(target=_leg_vast, args=(database, r, s, 20)) for s in range(4)]
    for p in schrijvers:
        p.start()
    for p in schrijvers:
        p.join(120)
    assert [p.exitcode for p in schrijvers] == [0] * 4
    vastgelegd = [g.toelichting for g in winkel.geschiedenis(r)][2:]
    assert sorted(vastgelegd) == sorted(f"{s}-{n}" for s in range(4) for n in range(20))
    assert winkel.bij_referentie(r).versie == 2 + 80


def test_withdrawing_and_answering_at_once_ends_in_one_order_and_both_are_told_the_truth(winkel):
    for _ in range(5):
        r = winkel.bewaar(maak()).referentie
        winkel.neem(r, NOOR, NU)
        doen = (lambda: winkel.beantwoord(r, leven.NIET_INSTEMMEN, NOOR, NU), lambda: winkel.trek_in(r, KLANT, NU))
        uitslag = tegelijk(2, lambda n: doen[n]())
        # A request without consent cannot be withdrawn, and a withdrawn one not be answered: one of the two holds.
        assert uitslag.count("toestand") == 1
        [gelukt] = [u for u in uitslag if isinstance(u, Verzoek)]
        assert winkel.bij_referentie(r).toestand == gelukt.toestand


# --- guessing ---

def test_after_five_wrong_tries_each_next_one_waits_and_longer_every_time(winkel):
    for _ in range(5):
        assert winkel.wacht_voor_poging(["gesprek", "BO-X"], NU) is None
    assert winkel.wacht_voor_poging(["gesprek", "BO-Y"], NU) == timedelta(minutes=1)
    assert winkel.wacht_voor_poging(["ander gesprek", "BO-X"], NU) == timedelta(minutes=1)
    assert winkel.wacht_voor_poging(["ander gesprek", "BO-Y"], NU) is None
    na = NU + timedelta(seconds=61)
    assert winkel.wacht_voor_poging(["gesprek", "BO-Z"], na) is None
    assert winkel.wacht_voor_poging(["gesprek", "BO-Z"], na) == timedelta(minutes=2)
    assert winkel.wacht_voor_poging(["gesprek", "BO-Z"], na + timedelta(hours=25)) is None


def test_the_counters_outlive_the_server(database):  # noqa: F811
    for _ in range(5):
        Opslag(database).wacht_voor_poging(["gesprek", "BO-X"], NU)
    assert Opslag(database).wacht_voor_poging(["gesprek", "BO-X"], NU)


def test_a_right_answer_of_ones_own_does_not_free_guesses_at_others(winkel):
    for n in range(4):
        winkel.wacht_voor_poging(["gesprek", f"BO-{n}"], NU)
    for _ in range(3):
        assert winkel.wacht_voor_poging(["gesprek", "BO-EIGEN"], NU) is None
        winkel.poging_geslaagd("gesprek", "BO-EIGEN")
    assert winkel.wacht_voor_poging(["gesprek", "BO-5"], NU) is None
    assert winkel.wacht_voor_poging(["gesprek", "BO-6"], NU)


def test_guesses_at_the_same_moment_do_not_slip_through_together(winkel):
    uitslag = tegelijk(12, lambda n: winkel.wacht_voor_poging(["gesprek", f"BO-{n}"], NU))
    assert uitslag.count(None) == 5
