"""Who may see the state of a request: the reference and one thing only the client knows."""
import unicodedata
from datetime import date, datetime
from typing import Optional

from protocol import datums
from protocol.tekst import lees_naam, schoon
from protocol.verzoeken import Verzoek


def lees_controle(tekst: str, nu: datetime) -> Optional[str]:
    """The check answer in a text: the date of the appointment as ISO 8601, or a name; None when it is neither."""
    uitkomst = datums.lees(tekst, nu)
    return uitkomst.date.isoformat() if uitkomst.date else lees_naam(tekst, True)


def _gelijk(tekst: str) -> str:
    kaal = unicodedata.normalize("NFKD", schoon(tekst))
    return "".join(t for t in kaal if t.isalnum())


def mag_inzien(verzoek: Verzoek, controle: str) -> bool:
    """Whether the check answer fits the request: its date, or the name, whatever its accents and capitals."""
    try:
        return verzoek.afspraak_datum == date.fromisoformat(controle)
    except ValueError:
        return _gelijk(verzoek.naam) == _gelijk(controle)
