"""What a manager's words mean to a case: which step is meant, and the answers to the questions before it is stored."""
import re
from typing import Any, Mapping, Optional

from protocol import meldingen as m
from protocol.meldingformulier import GEEN_ANTWOORD
from protocol.tekst import NOODINTENTS, lijkt_vraag, schoon
from protocol.verzoekformulier import ZEKER, Bericht, Lezing, Zin

REDEN, NOTITIE, AFGESTEMD, KEURING = "zaak_reden", "zaak_notitie", "zaak_afgestemd", "zaak_keuring"
VELDEN = (REDEN, NOTITIE, AFGESTEMD)
JA, NEE, GEEN = "ja", "nee", "geen"
MAX_TEKST = 1000
ANTWOORDEN = {"gegevens_geven", "corrigeren", "zaak_bijwerken", "bevestigen", "ontkennen", "weet_niet", "nlu_fallback",
              "groeten", "vervolg", ""}

# What begins something else, and is no reason or note.
OPDRACHTEN = {"concept_vragen", "zaak_bekijken", "melding_doen"}

# Words for a step, the first that fits wins.
_WOORDEN = (
    ("heropend", r"weer online|opnieuw (geplaatst|online|gezet)|terug online|heropen|weer geplaatst"),
    ("niet_verwijderd", r"weiger|(nog )?niet (verwijder|weg|weggehaald|offline)|niet (te )?(verwijderen|weghalen)"
                        r"|staat er nog|staat nog|haalt (het|hem|de opname|het filmpje) niet|vertikt|nog steeds (online|op)"),
    ("verwijdering_onbekend", r"weet\w* niet of|onduidelijk|reageert niet|geen reactie|(niets|niks) (meer )?(van .*)?gehoord"
                              r"|hoor niets|onbekend of"),
    ("verwijderverzoek", r"verwijder\w*verzoek|verzoek\w* .*(verwijder|weg)|gevraagd .*(verwijder|weg)|verwijder.*(gevraagd|verzocht)"),
    ("verwijderd", r"verwijderd|weggehaald|offline|eraf|er af|is weg|weg gehaald|haalde .*weg|afgehaald|gewist"),
    ("aangifte", r"aangifte|politie|aangegeven"),
    ("agressie", r"agressie|\baro\b|gewogen|weging|geregistreerd"),
    ("maatregelen", r"maatregel|waarschuwing|besloten|besluit"),
    ("juridische_zaken", r"juridische? zaken|jurist|\bjz\b|twijfel"),
    ("gesloten", r"\bsluit|gesloten|afrond|afgerond|\bklaar\b|\bdicht\b"),
    ("afgestemd", r"afgestemd|besproken|overlegd|gesproken|gesprek gehad|doorgenomen"),
)


def lees_stap(bericht: Bericht) -> Optional[str]:
    """The step in a message, by button or by words; None when none is named."""
    if gekozen := bericht.entiteiten.get("stap"):
        return gekozen[0] if gekozen[0] in (*m.STAPPEN, m.OVERGENOMEN) else None
    tekst = schoon(bericht.tekst)
    return next((stap for stap, vorm in _WOORDEN if re.search(vorm, tekst)), None)


def lees_zaak(bericht: Bericht) -> Optional[str]:
    """The reference of the case in a message, by button or as typed."""
    if gekozen := bericht.entiteiten.get("zaak"):
        return gekozen[0]
    return m.lees_referentie(bericht.tekst)


def volgende_veld(ingevuld: Mapping[str, Any]) -> Optional[str]:
    """The question to ask now; a reason only for a step out of order, the yes of the employee every time."""
    for veld in VELDEN:
        if ingevuld.get(veld) is None and (veld != REDEN or ingevuld.get(KEURING) == m.MET_REDEN):
            return veld
    return None


def is_nood(bericht: Bericht, gevraagd: str) -> bool:
    """Whether someone is in danger now. A note may well tell of danger that was."""
    return bericht.intent in NOODINTENTS and (gevraagd == AFGESTEMD or bericht.zekerheid >= ZEKER)


def lees_bericht(bericht: Bericht, gevraagd: str) -> Lezing:
    """Read the answer to one question; an empty reading means that it was a question or command of its own."""
    lezing = Lezing()
    tekst = " ".join(bericht.tekst.split())
    zeker_anders = bericht.intent not in ANTWOORDEN and bericht.zekerheid >= ZEKER
    if bericht.intent in GEEN_ANTWOORD | OPDRACHTEN and zeker_anders or zeker_anders and lijkt_vraag(tekst):
        return lezing
    if gevraagd == AFGESTEMD:
        waarde = {"bevestigen": JA, "ontkennen": NEE, "weet_niet": NEE}.get(bericht.intent)
        if waarde is None and (gevonden := re.match(r"(ja|nee)\b", schoon(tekst))):
            waarde = gevonden[1]
    elif gevraagd == NOTITIE and bericht.intent in ("ontkennen", "weet_niet"):
        waarde = GEEN
    elif gevraagd == REDEN and bericht.intent in ("ontkennen", "weet_niet", "bevestigen"):
        waarde = None
    else:
        waarde = tekst if 3 <= len(tekst) <= MAX_TEKST else None
    lezing.waarden[gevraagd] = waarde
    if waarde is None:
        lezing.zeg.append(Zin(f"utter_niet_gelezen_{gevraagd}"))
    return lezing
