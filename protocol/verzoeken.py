"""A client's request to make a video recording (R17-R20): what it holds and how it is named."""
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Optional

# Without I, L, O, 0 and 1: a reference is read aloud over the telephone.
_TEKENS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

KANTOOR, BEELDBELLEN = "kantoor", "beeldbellen"
# How a request came in (R18). By telephone it is recorded by an agent, on behalf of the client.
CHAT, TELEFOON = "chat", "telefoon"
ONTVANGEN = "ontvangen"


@dataclass(frozen=True)
class Verzoek:
    """One request. `ontvangen_op` is aware (UTC); the appointment is wall clock in Europe/Amsterdam.

    `sleutel` identifies the filled-in form, so that the same form can be stored only once.
    `vastgelegd_door` is the subject of the agent who recorded it; `naam` is always the client.
    """

    sleutel: str
    ontvangen_op: datetime
    afspraak_datum: date
    afspraak_tijd: Optional[time]
    gesprekssoort: str
    plaats: Optional[str]
    met_wie: Optional[str]
    naam: str
    contact: str
    bijzonderheden: Optional[str]
    laatste_dag: date
    oordeel: str
    kanaal: str = CHAT
    vastgelegd_door: Optional[str] = None
    toestand: str = ONTVANGEN
    referentie: str = ""


def nieuwe_referentie() -> str:
    """A reference such as 'BO-7KQ3-M9TX-4HPW': 12 random characters (59 bits), so it cannot be guessed."""
    tekens = "".join(secrets.choice(_TEKENS) for _ in range(12))
    return f"BO-{tekens[:4]}-{tekens[4:8]}-{tekens[8:]}"


def lees_referentie(tekst: str) -> Optional[str]:
    """The reference in a text, however it is spaced or cased, or None."""
    gevonden = re.search(r"\bBO((?:[\s\-–.]*[" + _TEKENS + r"]){12})(?![A-Z0-9])", tekst.upper())
    if not gevonden:
        return None
    tekens = "".join(t for t in gevonden.group(1) if t in _TEKENS)
    return f"BO-{tekens[:4]}-{tekens[4:8]}-{tekens[8:]}"
