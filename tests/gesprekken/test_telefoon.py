"""The agent on the telephone: the same questions, other answers; the term in one line; a request for a client."""
import re

import pytest
import sqlalchemy as sa

from protocol.token import maak_token
from protocol.instellingen import instellingen

ALLES = "leg verzoek vast voor M. Aydin, 10 december half drie, kantoor Arnhem, bij de arts"


@pytest.fixture
def agent(assistent, nieuw_gesprek):
    return nieuw_gesprek(token=maak_token(instellingen(assistent.omgeving), "klantcontact", "sam"))


@pytest.fixture
def rijen(assistent):
    def alle():
        with sa.create_engine(assistent.database).connect() as verbinding:
            return [dict(r._mapping) for r in verbinding.execute(sa.text("select * from verzoeken order by id"))]
    return alle


BLOKKEN = re.compile(r"Regel: .+\nZeg: .+\nBeloof niet: .+")


@pytest.mark.parametrize("vraag", ["mag ik het gesprek opnemen?", "mag ik het geluid opnemen?", "mag ik filmen?"])
def test_the_same_question_has_another_answer_for_the_agent(vraag, agent, gesprek):
    # Drawn anew each time: with one fitting variation there is nothing to draw.
    antwoorden = {agent.zeg(vraag) for _ in range(5)}
    [antwoord] = antwoorden
    assert BLOKKEN.fullmatch(antwoord)
    bronnen = agent.bronnen()
    [klant] = {gesprek.zeg(vraag) for _ in range(5)}
    assert "Zeg:" not in klant and "Regel:" not in klant
    assert gesprek.bronnen() == bronnen


def test_the_kind_spoken_of_is_remembered(agent):
    agent.zeg("mag ik stiekem filmen?")
    assert "beelden" in agent.zeg("mag ik het delen?")
    assert "geluidsopname" in agent.zeg("en geluid?")


@pytest.mark.parametrize("datum, begin, dagen", [
    ("8 december", "Op tijd: laatste dag dinsdag 1 december 2026, afspraak dinsdag 8 december 2026.",
     "ma 7 dec (1), vr 4 dec (2), do 3 dec (3), wo 2 dec (4), di 1 dec (5)"),
    ("5 jan", "Op tijd: laatste dag maandag 28 december 2026", "vr 1 jan (Nieuwjaarsdag)"),
    ("26-11-2026", "Te laat: laatste dag was donderdag 19 november 2026", "wo 25 nov (1)"),
])
def test_a_bare_date_gives_the_term_in_one_line(datum, begin, dagen, agent):
    antwoord = agent.zeg(datum)
    assert antwoord.startswith(begin) and dagen in antwoord
    assert len(agent.berichten) == 1 and "\n" not in antwoord
    assert {"R17", "S8"} <= agent.bronnen()


@pytest.mark.parametrize("tekst, aantal", [("8 of 9 december", 2), ("volgende dinsdag", 2)])
def test_an_unclear_date_is_asked_back_in_one_line_with_buttons(tekst, aantal, agent):
    antwoord = agent.zeg(tekst)
    assert len(agent.berichten) == 1 and "\n" not in antwoord and antwoord.endswith("?")
    assert len(agent.knoppen()) == aantal
    assert "laatste dag" in agent.kies(list(agent.knoppen())[0])


def test_said_at_once_it_takes_two_turns(agent, rijen):
    overzicht = agent.zeg(f"{ALLES}, 06-12345678")
    for regel in ("Naam: M. Aydin", "Bereikbaar: +31 6 12345678", "Datum: donderdag 10 december 2026", "Tijd: 14.30 uur",
                  "Waar: op kantoor in Arnhem", "Met wie: arts", "nog geen toestemming om te filmen"):
        assert regel in overzicht
    antwoord = agent.zeg("ja")
    referentie = re.search(r"BO-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", antwoord)[0]
    assert "Zeg: Uw verzoek is ontvangen" in antwoord and "alleen als een medewerker instemt" in antwoord
    assert "Beloof niet: dat filmen mag" in antwoord
    [rij] = [r for r in rijen() if r["referentie"] == referentie]
    assert (rij["naam"], rij["contact"], rij["plaats"]) == ("M. Aydin", "+31 6 12345678", "Arnhem")
    assert (rij["kanaal"], rij["vastgelegd_door"]) == ("telefoon", "sam")


def test_only_what_is_missing_is_asked(agent):
    antwoord = agent.zeg(ALLES)
    assert antwoord.count("Nog nodig:") == 1 and "Nog nodig: hoe de cliënt te bereiken is." in antwoord
    assert "Bereikbaar: via Mijn UWV" in agent.kies("Via Mijn UWV")
    assert "Vastgelegd: BO-" in agent.kies("Ja, leg het vast")


def test_a_remark_and_a_named_employee_are_taken_too(agent):
    overzicht = agent.zeg("verzoek vastleggen voor mw. J. van 't Hof, beeldbellen 8 dec 9 uur met de heer P. Smit, "
                          "jvh@voorbeeld.nl, toelichting: is slechthorend, wil 2 keer terugkijken")
    for regel in ("Naam: J. van 't Hof", "Waar: via beeldbellen", "Met wie: de heer P. Smit", "Tijd: 9.00 uur",
                  "Voor de medewerker: is slechthorend, wil 2 keer terugkijken"):
        assert regel in overzicht


def test_a_client_records_nobody_else(gesprek, rijen):
    gesprek.zeg("ik wil filmen op 8 december om 10 uur via beeldbellen")
    for antwoord in ("weet ik niet", "Mark Visser", "mark@voorbeeld.nl", "nee", "ja"):
        gesprek.zeg(antwoord)
    assert (rijen()[-1]["kanaal"], rijen()[-1]["vastgelegd_door"]) == ("chat", None)


def test_too_late_is_asked_first_and_marked(agent):
    antwoord = agent.zeg("leg verzoek vast voor M. Aydin, morgen half drie, kantoor Arnhem, bij de arts, 06 12345678")
    assert "zonder toezegging" in antwoord and {"S7", "R17"} <= agent.bronnen()
    assert "later dan de termijn" in agent.kies("Ja, toch doorgeven")


def test_a_caller_hears_the_state_after_the_check_question(agent):
    agent.zeg(f"{ALLES}, 06-12345678")
    referentie = re.search(r"BO-\S{4}-\S{4}-[A-Z0-9]{4}", agent.zeg("ja"))[0]
    assert "Zeg: Wat is de referentie" in agent.zeg("status verzoek")
    assert "Zeg: Op welke dag is uw afspraak?" in agent.zeg(referentie)
    assert "Geen verzoek met deze gegevens" in agent.zeg("11 december")
    agent.zeg("status verzoek")
    agent.zeg(referentie)
    assert "ontvangen, nog geen antwoord" in agent.zeg("10 december")


def test_stopping_stores_nothing(agent, rijen):
    ervoor = len(rijen())
    agent.zeg(ALLES)
    assert "Er is niets opgeslagen" in agent.kies("Stoppen") if "Stoppen" in agent.knoppen() else agent.zeg("stop")
    assert len(rijen()) == ervoor
