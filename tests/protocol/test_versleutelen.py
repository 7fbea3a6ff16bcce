"""Personal data at rest: what stands in the database, reading it back, and other keys."""
import sqlite3
from dataclasses import replace

import pytest
import sqlalchemy as sa
from databases import database, postgres  # noqa: F401 (fixtures)
from hypothesis import given
from hypothesis import strategies as st
from test_opslag import KLANT, NOOR, NU, maak

from protocol import meldingen as misbruik
from protocol import verzoeken as leven
from protocol.opslag import Opslag
from protocol.opslag_beheer import VERSLEUTELD, versleutel_opnieuw
from protocol.opslag_meldingen import NieuweStap, OpslagMeldingen
from protocol.toegang import Spreker
from protocol.versleutelen import Onleesbaar, in_alles, is_verzegeld, ontzegel, verzegel

NAAM, CONTACT, OPMERKING = "Wilhelmina Ooievaar", "+31 6 12345678", "ik zie slecht"
GEHEIM = (NAAM, CONTACT, OPMERKING, "06-87654321", "gebeld met haar zus", "op de pagina van Oom Kees", "hij dreigt")
OUD, NIEUW = "o" * 32, "n" * 32


@given(st.text(), st.text(), st.text())
def test_a_seal_within_other_text_is_read_back(voor, tekst, na):
    voor, na = (t.replace("\ue000", "").replace("\ue001", "") for t in (voor, na))
    zegel = verzegel(tekst)
    assert is_verzegeld(zegel) and ontzegel(voor + zegel + na) == voor + tekst + na
    assert len(tekst) < 4 or tekst not in zegel


def test_text_that_someone_made_look_like_a_seal_is_read_once():
    binnen = verzegel("gestolen")
    assert ontzegel(verzegel(binnen)) == binnen


def test_in_all_texts():
    assert in_alles({"a": ["x", {"b": "y"}], "c": 1}, str.upper) == {"a": ["X", {"b": "Y"}], "c": 1}


def vul(winkel):
    """A request with a life, and a case with a step; their references."""
    verzoek = winkel.bewaar(maak(naam=NAAM, contact=CONTACT, bijzonderheden=OPMERKING)).referentie
    winkel.wijzig(verzoek, KLANT, NU, {"contact": "06-87654321"})
    winkel.neem(verzoek, NOOR, NU)
    winkel.stap(verzoek, leven.CONTACT, NOOR, NU, "gebeld met haar zus")
    lies = Spreker("leidinggevende", "lies", "zwolle")
    zaken = OpslagMeldingen(winkel.engine)
    zaak = zaken.bewaar(misbruik.Melding("s", NU, "noor", misbruik.IK, misbruik.OPENBAAR, misbruik.BEELD,
                                         "op de pagina van Oom Kees", None, misbruik.NEE, misbruik.CLIENT, "noor", "zwolle",
                                         "lies", misbruik.JA, "hij dreigt", 3, misbruik.JA)).referentie
    zaken.zet_stap(zaak, NieuweStap("k", "afgestemd", 0, True, None, "gebeld met haar zus"), lies, NU)
    return verzoek, zaak


def alles(winkel):
    """Every cell of every table as text."""
    with winkel.engine.connect() as verbinding:
        return "\n".join(str(cel) for tabel in sa.inspect(winkel.engine).get_table_names()
                         for rij in verbinding.execute(sa.text(f"select * from {tabel}")) for cel in rij)


def test_what_people_wrote_is_not_in_the_database(database):  # noqa: F811
    winkel = Opslag(database)
    verzoek, zaak = vul(winkel)
    assert [g for g in GEHEIM if g in alles(winkel)] == []
    terug = winkel.bij_referentie(verzoek)
    assert (terug.naam, terug.contact, terug.bijzonderheden) == (NAAM, "06-87654321", OPMERKING)
    stappen = winkel.geschiedenis(verzoek)
    assert (stappen[1].oud, stappen[1].nieuw) == ({"contact": CONTACT}, {"contact": "06-87654321"})
    assert stappen[-1].toelichting == "gebeld met haar zus"
    zaken = OpslagMeldingen(winkel.engine)
    assert (zaken.bij_referentie(zaak).waar, zaken.bij_referentie(zaak).veiligheid) == ("op de pagina van Oom Kees", "hij dreigt")
    assert zaken.geschiedenis(zaak)[0].notitie == "gebeld met haar zus"


def test_every_text_column_that_holds_words_of_people_is_encrypted():
    soorten = {tabel.name: {k.name for k in tabel.columns if type(k.type).__name__.startswith("Versleuteld")}
               for tabel in VERSLEUTELD}
    assert soorten == {tabel.name: set(kolommen) for tabel, kolommen in VERSLEUTELD.items()}


def test_another_key(database, monkeypatch):  # noqa: F811
    monkeypatch.setenv("OPNAME_VERSLEUTELING", OUD)
    winkel = Opslag(database)
    verzoek, _ = vul(winkel)
    monkeypatch.setenv("OPNAME_VERSLEUTELING", NIEUW)
    with pytest.raises(Onleesbaar):
        winkel.bij_referentie(verzoek)
    with pytest.raises(Onleesbaar):
        versleutel_opnieuw(winkel)
    monkeypatch.setenv("OPNAME_VERSLEUTELING", f"{NIEUW},{OUD}")
    assert winkel.bij_referentie(verzoek).naam == NAAM
    assert versleutel_opnieuw(winkel) == 7  # a request with four steps, a case with one
    monkeypatch.setenv("OPNAME_VERSLEUTELING", NIEUW)
    assert winkel.bij_referentie(verzoek).naam == NAAM and winkel.geschiedenis(verzoek)[1].oud == {"contact": CONTACT}
    # The history is append-only again.
    with pytest.raises(sa.exc.DBAPIError):
        with winkel.engine.begin() as verbinding:
            verbinding.execute(sa.text("update geschiedenis set stap = 'x'"))


def test_requests_of_before_are_encrypted_by_the_migration(tmp_path):
    from alembic import command
    from alembic.config import Config

    from protocol import opslag as module

    url = f"sqlite:///{tmp_path}/oud.db"
    motor, config = module._motor(url), Config()
    config.set_main_option("script_location", str(module.Path(module.__file__).with_name("migraties")))
    with motor.execution_options(schrijft=True).begin() as verbinding:
        config.attributes["connection"] = verbinding
        command.upgrade(config, "0004")
        verbinding.execute(sa.text(
            "insert into verzoeken (referentie, sleutel, ontvangen_op, kanaal, toestand, afspraak_datum, gesprekssoort, naam,"
            " contact, laatste_dag, oordeel, versie) values ('BO-OUD', 'oud', '2026-11-01 09:00:00.000000', 'chat',"
            " 'ontvangen', '2026-12-08', 'beeldbellen', :naam, :contact, '2026-12-01', 'op tijd', 1)"),
            {"naam": NAAM, "contact": CONTACT})
        verbinding.execute(sa.text(
            "insert into geschiedenis (verzoek_id, op, rol, stap, naar, oud, nieuw) values (1, '2026-11-01 09:00:00.000000',"
            " 'klant', 'contact wijzigen', 'ontvangen', '{}', :nieuw)"), {"nieuw": '{"contact": "' + CONTACT + '"}'})
    motor.dispose()
    winkel = Opslag(url)
    assert (winkel.bij_referentie("BO-OUD").naam, winkel.geschiedenis("BO-OUD")[0].nieuw) == (NAAM, {"contact": CONTACT})
    assert NAAM not in alles(winkel) and CONTACT not in alles(winkel)
    with winkel.engine.execution_options(schrijft=True).begin() as verbinding:
        config.attributes["connection"] = verbinding
        command.downgrade(config, "0004")
    with sqlite3.connect(tmp_path / "oud.db") as los:
        assert los.execute("select naam, contact from verzoeken").fetchone() == (NAAM, CONTACT)
        assert los.execute("select nieuw from geschiedenis").fetchone()[0] == '{"contact": "' + CONTACT + '"}'


def test_a_changed_request_is_still_the_same_after_reading(database):  # noqa: F811
    winkel = Opslag(database)
    bewaard = winkel.bewaar(maak(naam=NAAM))
    assert winkel.bij_referentie(bewaard.referentie) == replace(bewaard)
