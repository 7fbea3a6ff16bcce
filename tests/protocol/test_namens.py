"""An agent's message for a client: whose name it is, and what belongs to what."""
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from protocol import verzoekformulier as f
from protocol.contact import zonder_contact
from protocol.tekst import lees_met_wie, lees_naam_client, lees_toelichting
from protocol.verzoekformulier import Bericht, lees_bericht, volgende_veld

NU = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize("tekst, naam", [
    ("leg verzoek vast voor M. Aydin, 10 december half drie, kantoor Arnhem, bij de arts", "M. Aydin"),
    ("verzoek voor mw. van der Berg-de Wit op 10 dec", "van der Berg-de Wit"),
    ("voor m aydin 10 dec 14.30 kantoor arnhem arts", "m aydin"),
    ("leg vast voor de heer j. de boer morgen", "j. de boer"),
    ("verzoek vastleggen voor Fatima el Amrani beeldbellen 8 dec", "Fatima el Amrani"),
    ("10 dec 14.30 Arnhem A.B. de Vries tel 0612345678", "A.B. de Vries"),
    ("mevrouw Aydin wil filmen", "Aydin"),
    ("klant Jansen wil filmen 8 dec", "Jansen"),
    ("namens cliënt P. van 't Hof, 8 dec", "P. van 't Hof"),
    ("voor Jan Smit do 10 dec", "Jan Smit"),
    ("voor Çelik, 8 december", "Çelik"),
    ("voor J. van Arnhem, kantoor Utrecht, bij mw. Jansen", "J. van Arnhem"),
])
def test_the_name_of_the_client_stands_anywhere(tekst, naam):
    assert lees_naam_client(tekst, False, ("Arnhem",)) == naam


@pytest.mark.parametrize("tekst", [
    "voor dinsdag 10 december", "voor de arts", "verzoek voor filmen", "voor een klant", "voor Arnhem", "om 14.30 a.s. dinsdag",
    "klant wil filmen 10 dec", "afspraak bij mw. Jansen", "met P. Smit om 9 uur", "8 dec", "", "voor", "voor P.",
])
def test_what_is_no_client_is_not_taken_for_one(tekst):
    assert lees_naam_client(tekst, False, ("Arnhem",)) is None


def test_asked_for_the_name_may_be_bare():
    assert lees_naam_client("aydin", True) == "aydin"
    assert lees_naam_client("mw. aydin", True) == "aydin"


@pytest.mark.parametrize("tekst, wie", [
    ("bij mevrouw De Vries om 10 uur", "mevrouw De Vries"), ("beeldbellen met P. Smit, 9 uur", "P. Smit"), ("bij de arts", None)])
def test_a_named_employee(tekst, wie):
    assert lees_met_wie(tekst) == wie


def test_a_remark_stands_apart():
    assert lees_toelichting("voor M. Aydin, toelichting: doof, 2 keer kijken") == ("voor M. Aydin", "doof, 2 keer kijken")
    assert lees_toelichting("voor M. Aydin") == ("voor M. Aydin", None)


def test_digits_of_a_telephone_number_are_no_date():
    assert zonder_contact("10 dec 14.30 tel 06 12 12 20 26, x@voorbeeld.nl") == "10 dec 14.30 tel , "


def test_everything_in_one_message_leaves_only_the_agreement():
    tekst = "leg verzoek vast voor M. Aydin, 10 december half drie, kantoor Arnhem, bij de arts, 06 12 12 20 26, reden: doof"
    entiteiten = {"plaats": ("Arnhem",), "gesprekskanaal": ("kantoor",), "functie": ("verzekeringsarts",)}
    lezing = lees_bericht(Bericht(tekst, "verzoek_doen", 0.9, entiteiten), None, {}, NU, namens=True)
    assert {k: lezing.waarden[k] for k in (f.NAAM, f.DATUM, f.TIJD, f.PLAATS, f.MET_WIE, f.CONTACT, f.BIJZONDERHEDEN)} == {
        f.NAAM: "M. Aydin", f.DATUM: "2026-12-10", f.TIJD: "14:30", f.PLAATS: "Arnhem", f.MET_WIE: "verzekeringsarts",
        f.CONTACT: "+31 6 12122026", f.BIJZONDERHEDEN: "doof"}
    assert volgende_veld(lezing.waarden) == f.AKKOORD


def test_a_client_names_nobody_else():
    lezing = lees_bericht(Bericht("ik wil filmen voor M. Aydin", "verzoek_doen", 0.9), None, {}, NU)
    assert f.NAAM not in lezing.waarden
