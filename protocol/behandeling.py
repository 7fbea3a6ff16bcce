"""What an employee's message means while a request is being handled: contact to log, or an answer to give (R19, R20)."""
import re
from typing import Any, Dict, Mapping, NamedTuple, Optional

from protocol import verzoeken as leven
from protocol.tekst import NOODINTENTS, lijkt_vraag, schoon
from protocol.verzoekformulier import ZEKER, Bericht

CONTACT, ANTWOORD = "contact_vastleggen", "verzoek_beantwoorden"
# Fields, in the order in which they are asked.
TEKST, STAP, OPLOSSING, TOELICHTING, AKKOORD = "contact", "stap", "oplossing", "toelichting", "akkoord"
EIGEN_WOORDEN = "anders"
MAX_TEKST = 500
_GEEN = object()

_ONZEKER = re.compile(r"\b(weet (het |ik )?(nog )?niet|twijfel|misschien|of ik)\b")
_NIET = re.compile(r"\b(geen|niet)\b[\w ]*\b(instem\w*|akkoord|toestem\w*)|\bstem\b[\w ]*\bniet\b|\bweiger\w*|\bafwijzen\b")
_ANDERS = re.compile(r"\b(andere? oplossing|alternatief|iets anders|alleen (het )?geluid|audio|ander moment|samenvatting|schriftelijk)\b")
_WEL = re.compile(r"\b(instem\w*|stem\b[\w ]*\bin|akkoord|toestem\w*)\b")
_OPLOSSINGEN = {
    "geluid": re.compile(r"\b(geluid\w*|audio\w*|audio-opname)\b"),
    "ander moment": re.compile(r"\b(ander (moment|tijdstip)|andere (dag|datum|tijd)|verzetten)\b"),
    "schriftelijk": re.compile(r"\b(samenvatting|schriftelijk\w*|verslag|op papier)\b"),
}
# How contact went, said at once: "gebeld, geen gehoor".
_CONTACT_GEHAD = re.compile(r"\b(gebeld|gesproken|teruggebeld|gemaild|geappt|geschreven|achtergelaten|voicemail|geen gehoor|neemt niet op)\b")
# What is a remark of its own, however an employee's note may read.
_ANTWOORDEN = {"gegevens_geven", "corrigeren", "bevestigen", "ontkennen", "weet_niet", "nlu_fallback", "groeten", "vervolg",
               CONTACT, ANTWOORD, "geen_instemming", "alleen_geluid", ""}


class Lezing(NamedTuple):
    """The handling after a message, or None when the message was no answer; `gelezen` says whether it was understood."""

    behandeling: Optional[Dict[str, Any]]
    gelezen: bool = True


def volgende_veld(b: Mapping[str, Any]) -> Optional[str]:
    """The field to ask now, or None when all is known and agreed."""
    if b["doel"] == CONTACT:
        return None if b.get(TEKST) else TEKST
    if not b.get(STAP):
        return STAP
    if b[STAP] == leven.ANDERS and not b.get(OPLOSSING):
        return OPLOSSING
    if TOELICHTING not in b:
        return TOELICHTING
    return None if b.get(AKKOORD) else AKKOORD


def lees_contact(tekst: str) -> Optional[str]:
    """The contact that an employee's words tell of, to be logged as they stand; None when they only ask to log it."""
    verteld = _CONTACT_GEHAD.search(schoon(tekst)) and not lijkt_vraag(tekst) and len(tekst) <= MAX_TEKST
    return tekst.strip() if verteld else None


def lees_antwoord(tekst: str) -> Optional[str]:
    """The answer that an employee's words give, as a step; None when they are not sure or say none."""
    kaal = schoon(tekst)
    if lijkt_vraag(tekst) or _ONZEKER.search(kaal):
        return None
    for patroon, stap in ((_ANDERS, leven.ANDERS), (_NIET, leven.NIET_INSTEMMEN), (_WEL, leven.INSTEMMEN)):
        if patroon.search(kaal):
            return stap
    return None


def lees_oplossing(tekst: str) -> Optional[str]:
    """Which of the known solutions a text names, None when none or more than one."""
    gevonden = [naam for naam, patroon in _OPLOSSINGEN.items() if patroon.search(schoon(tekst))]
    return gevonden[0] if len(gevonden) == 1 else None


def _is_zijvraag(bericht: Bericht) -> bool:
    if not bericht.tekst:
        return bericht.intent not in _ANTWOORDEN
    if bericht.zekerheid < ZEKER or bericht.intent in _ANTWOORDEN:
        return False
    return lijkt_vraag(bericht.tekst) or bericht.intent in NOODINTENTS or len(bericht.tekst.split()) <= 3


def lees(bericht: Bericht, b: Mapping[str, Any]) -> Lezing:
    """Read a message against the open field."""
    veld = volgende_veld(b)
    if _is_zijvraag(bericht):
        return Lezing(None)
    waarde = _waarde(bericht, veld)
    if waarde is _GEEN:
        return Lezing(dict(b), False)
    if veld == AKKOORD and waarde is None:  # give another answer
        return Lezing({k: v for k, v in b.items() if k not in (STAP, OPLOSSING, TOELICHTING)})
    nieuw = {**b, veld: waarde}
    if veld == OPLOSSING and waarde not in leven.OPLOSSINGEN:
        nieuw.update({OPLOSSING: EIGEN_WOORDEN, TOELICHTING: waarde})
    return Lezing(nieuw)


def _waarde(bericht: Bericht, veld: Optional[str]) -> Any:
    gekozen = next(iter(bericht.entiteiten.get("keuze", ())), None)
    tekst = bericht.tekst.strip()
    kort = tekst if 1 < len(tekst) <= MAX_TEKST else _GEEN
    if veld == TEKST:
        return gekozen or kort
    if veld == STAP:
        return gekozen if gekozen in leven.ANTWOORDEN else lees_antwoord(tekst) or _GEEN
    if veld == OPLOSSING:
        known = gekozen if gekozen in leven.OPLOSSINGEN else lees_oplossing(tekst) if len(tekst.split()) <= 5 else None
        return known or kort
    if veld == TOELICHTING:
        return None if bericht.intent == "ontkennen" and len(tekst.split()) <= 3 else kort
    if bericht.intent == "bevestigen":
        return True
    return None if bericht.intent == "corrigeren" else _GEEN
