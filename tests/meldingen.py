"""Staff in the tests: conversations with a token, and a report filled in from begin to end."""
import re

from assistent import Gesprek

from protocol.instellingen import instellingen
from protocol.token import maak_token

REFERENTIE = re.compile(r"MB(?:-[A-Z0-9]{4}){3}")


def praat_als(assistent, rol: str, sub: str, team: str = "") -> Gesprek:
    """A conversation of someone of UWV."""
    return Gesprek(assistent.basis_url, maak_token(instellingen(assistent.omgeving), rol, sub, team or None))


def tot_overzicht(gesprek: Gesprek) -> str:
    """The full known case, up to the summary."""
    gesprek.zeg("een client heeft me gefilmd en het staat op tiktok")
    gesprek.zeg("ja")
    gesprek.zeg("tiktok.com/@voorbeeld")
    gesprek.zeg("gisteren rond vier uur")
    gesprek.kies("Nee")
    gesprek.kies("Ja, een bekende cliënt")
    gesprek.kies("Over mij")
    gesprek.kies("Nee")
    gesprek.zeg("ik voel me niet prettig op kantoor")
    gesprek.kies("2")
    return gesprek.kies("Ja")


def meld(gesprek: Gesprek) -> str:
    """Report it; the reference."""
    tot_overzicht(gesprek)
    return REFERENTIE.search(gesprek.kies("Ja, sla de melding op"))[0]


def zet_stap(gesprek: Gesprek, woorden: str, reden: str = "") -> str:
    """Record a step in free words, aligned, without a note."""
    gesprek.zeg(woorden)
    if reden:
        gesprek.zeg(reden)
    gesprek.kies("Nee, geen notitie")
    return gesprek.kies("Ja, afgestemd")
