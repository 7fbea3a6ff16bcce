"""The main job end to end, over HTTP and into the database."""
import re
from datetime import date

import sqlalchemy as sa
from icalendar import Calendar
from levens import doe_verzoek


def rijen(assistent):
    with sa.create_engine(assistent.database).connect() as verbinding:
        return [dict(r._mapping) for r in verbinding.execute(sa.text("select * from verzoeken order by id"))]


def test_a_request_is_stored_before_its_reference_is_shown(gesprek, assistent):
    referentie = doe_verzoek(gesprek)
    [rij] = [r for r in rijen(assistent) if r["referentie"] == referentie]
    assert rij["afspraak_datum"] == "2026-12-08" and rij["afspraak_tijd"].startswith("14:30")
    assert (rij["gesprekssoort"], rij["plaats"], rij["naam"]) == ("kantoor", "Zwolle", "Fatima el Amrani")
    assert (rij["laatste_dag"], rij["oordeel"], rij["toestand"]) == ("2026-12-01", "op tijd", "ontvangen")


def test_what_is_said_after_it_promises_nothing(gesprek):
    doe_verzoek(gesprek)
    assert {"R19", "R20", "S10", "R12"} <= gesprek.bronnen()
    tekst = " ".join(b["text"] for b in gesprek.berichten)
    assert "alleen als een medewerker instemt" in tekst
    assert not re.search(r"u mag filmen|goedgekeurd|toegestaan|binnen \d", tekst)


def test_two_requests_in_one_conversation_are_two_records(gesprek, assistent):
    ervoor = len(rijen(assistent))
    assert doe_verzoek(gesprek) != doe_verzoek(gesprek, "woensdag 9 december")
    assert len(rijen(assistent)) == ervoor + 2


def test_the_same_yes_twice_is_one_record(gesprek, assistent):
    doe_verzoek(gesprek)
    ervoor = len(rijen(assistent))
    gesprek.zeg("ja")
    assert len(rijen(assistent)) == ervoor


def test_the_state_is_told_to_who_knows_the_reference_and_the_date_or_name(gesprek, nieuw_gesprek):
    referentie = doe_verzoek(gesprek)
    for controle in ("8 december", "fatima el amrani"):
        ander = nieuw_gesprek()
        ander.zeg("hoe staat het met mijn aanvraag?")
        ander.zeg(referentie.lower())
        assert "is ontvangen" in ander.zeg(controle)


def test_a_wrong_check_and_an_unknown_reference_get_the_same_answer(gesprek, nieuw_gesprek):
    referentie = doe_verzoek(gesprek)
    antwoorden = set()
    for wat, controle in ((referentie, "9 december"), (referentie, "Jan Jansen"), ("BO-ABCD-EFGH-JKMN", "8 december")):
        ander = nieuw_gesprek()
        ander.zeg("hoe staat het met mijn aanvraag?")
        ander.zeg(wat)
        antwoorden.add(ander.zeg(controle))
    assert len(antwoorden) == 1 and "geen verzoek" in antwoorden.pop()


def test_the_term_is_asked_without_starting_a_request(gesprek):
    antwoord = gesprek.zeg("Ik heb 5 januari een afspraak, tot wanneer kan ik vragen of ik mag filmen?")
    assert "maandag 28 december 2026" in antwoord and "dinsdag 5 januari 2027" in antwoord
    telling = gesprek.kies("Laat zien hoe u telt")
    assert "vrijdag 1 januari 2027: telt niet mee (Nieuwjaarsdag)" in telling
    assert "maandag 28 december 2026: werkdag 5" in telling


def test_on_the_edge_is_said_and_accepted(gesprek, assistent):
    # Only Good Friday lies between the two readings; seen from the fixed Monday it is far ahead, so in time.
    assert "op tijd" in gesprek.zeg("tot wanneer kan ik het vragen voor 6 april 2027?")


def test_a_failing_action_server_is_told_and_the_form_goes_on(gesprek, assistent):
    gesprek.zeg("ik wil filmen op 8 december om 10 uur via beeldbellen")
    assistent.stop("acties", hard=True)
    try:
        assert "Er ging iets mis" in gesprek.zeg("de arts")
    finally:
        assistent.start_acties()
    assert "Wat is uw naam?" in gesprek.zeg("de arts")


def test_calendar_files_come_with_the_verdict_and_the_reference(gesprek):
    gesprek.zeg("tot wanneer kan ik vragen of ik mag filmen op 8 december?")
    [bestand] = [b["custom"]["bestand"] for b in gesprek.berichten if "custom" in b]
    [dag] = Calendar.from_ical(bestand["inhoud"]).walk("VEVENT")
    assert dag.decoded("dtstart") == date(2026, 12, 1) and bestand["naam"].endswith(".ics")
    referentie = doe_verzoek(gesprek)
    [bestand] = [b["custom"]["bestand"] for b in gesprek.berichten if "custom" in b]
    [afspraak] = Calendar.from_ical(bestand["inhoud"]).walk("VEVENT")
    assert afspraak.decoded("dtstart").isoformat() == "2026-12-08T14:30:00+01:00"
    assert referentie in afspraak["uid"] and "Zwolle" in afspraak["location"]
    assert "Fatima" not in bestand["inhoud"]


def test_too_late_offers_no_last_day_for_a_calendar(gesprek):
    gesprek.zeg("tot wanneer kan ik vragen of ik mag filmen op 25 november?")
    assert not [b for b in gesprek.berichten if "custom" in b]
