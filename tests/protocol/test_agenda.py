"""Calendar files: what another calendar reads back."""
from datetime import date, datetime, time

import pytest
from icalendar import Calendar

from protocol.agenda import agendabestand
from protocol.instellingen import TIJDZONE

NU = datetime(2026, 11, 23, 10, 15, tzinfo=TIJDZONE)


def gebeurtenis(tekst):
    [een] = Calendar.from_ical(tekst).walk("VEVENT")
    return een


def test_a_last_day_is_a_whole_day():
    een = gebeurtenis(agendabestand("u@x", "Laatste dag", date(2026, 12, 1), NU))
    assert een.decoded("dtstart") == date(2026, 12, 1) and type(een.decoded("dtstart")) is date


@pytest.mark.parametrize("dag, offset", [(date(2026, 12, 8), 1), (date(2026, 7, 7), 2)])
def test_an_appointment_is_dutch_time_and_brings_its_zone(dag, offset):
    tekst = agendabestand("u@x", "Afspraak", dag, NU, time(14, 30))
    moment = gebeurtenis(tekst).decoded("dtstart")
    assert moment.replace(tzinfo=None) == datetime.combine(dag, time(14, 30))
    assert moment.utcoffset().total_seconds() == offset * 3600
    assert "BEGIN:VTIMEZONE" in tekst and "TZID=Europe/Amsterdam" in tekst


@pytest.mark.parametrize("plek", ["Zwolle; kamer 3, hal\\B", "Zwolle\r\nATTENDEE:mailto:x@y.nl", "x\nEND:VEVENT", "é" * 90])
def test_what_a_person_typed_stays_a_value(plek):
    tekst = agendabestand("u@x", "Afspraak", date(2026, 12, 8), NU, plek=plek)
    een = gebeurtenis(tekst)
    assert str(een["location"]) == plek.replace("\r\n", "\n")
    assert "attendee" not in een and all(len(r.encode()) <= 75 for r in tekst.split("\r\n"))
