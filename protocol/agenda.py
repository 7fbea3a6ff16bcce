"""Calendar files (RFC 5545): the last day of the term, and the appointment. The library escapes what people typed."""
from datetime import date, datetime, time
from typing import Optional

from icalendar import Calendar, Event

from protocol.instellingen import TIJDZONE

TYPE = "text/calendar"


def agendabestand(uid: str, titel: str, dag: date, nu: datetime, tijd: Optional[time] = None,
                  plek: Optional[str] = None, omschrijving: Optional[str] = None) -> str:
    """One event as the text of an .ics file: a whole day, or a moment in Europe/Amsterdam without an end.

    `uid` makes a second download replace the first in a calendar.
    """
    kalender = Calendar()
    kalender.add("prodid", "-//Opnameprotocol-assistent//NL")
    kalender.add("version", "2.0")
    gebeurtenis = Event()
    gebeurtenis.add("uid", uid)
    gebeurtenis.add("dtstamp", nu)
    gebeurtenis.add("dtstart", datetime.combine(dag, tijd, TIJDZONE) if tijd else dag)
    gebeurtenis.add("summary", titel)
    if plek:
        gebeurtenis.add("location", plek)
    if omschrijving:
        gebeurtenis.add("description", omschrijving)
    kalender.add_component(gebeurtenis)
    kalender.add_missing_timezones()
    return kalender.to_ical().decode("utf-8")
