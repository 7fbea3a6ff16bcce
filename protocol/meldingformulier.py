"""What a message means to the open form for a report of misuse: a pure function from text to filled-in fields.

Every question can be answered with 'weet ik niet'. Nothing is fetched or looked up: an address is kept as text.
"""
import re
from datetime import datetime
from typing import Any, Mapping, Optional

from protocol import datums
from protocol import meldingen as m
from protocol.meldingen import ANONIEM, BEELD, CLIENT, COLLEGA, DERDE, DREIGING, GELUID, GROEP, IK, JA, NEE, NIET_OPENBAAR
from protocol.meldingen import ONBEKEND, OPENBAAR
from protocol.tekst import NOODINTENTS, lijkt_vraag, schoon
from protocol.verzoekformulier import ZEKER, Bericht, Lezing, Zin

VEILIG, SOORT, OPNAME, WAAR = "melding_veilig", "melding_soort", "melding_opname", "melding_waar"
GEZIEN, BEWERKT, PLAATSER, WIE = "melding_gezien", "melding_bewerkt", "melding_plaatser", "melding_wie"
BETROKKENE, LEIDINGGEVENDE, VERTELD = "melding_betrokkene", "melding_leidinggevende", "melding_verteld"
VEILIGHEID, CIJFER, BEWAARD = "melding_veiligheid", "melding_cijfer", "melding_bewaard"
WIJZIGING, AKKOORD, NOOD, TEAM = "melding_wijziging", "melding_akkoord", "melding_nood", "melding_team"
VELDEN = (VEILIG, SOORT, OPNAME, WAAR, GEZIEN, BEWERKT, PLAATSER, WIE, BETROKKENE, LEIDINGGEVENDE, VERTELD, VEILIGHEID,
          CIJFER, BEWAARD)
VRIJ = {WAAR: 300, GEZIEN: 200, BETROKKENE: 120, LEIDINGGEVENDE: 120, VEILIGHEID: 500}
JA_NEE = {VEILIG, BEWERKT, VERTELD, BEWAARD}

# Intents that carry an answer to the form; every other intent is a question or a command of its own.
ANTWOORDEN = {"gegevens_geven", "corrigeren", "melding_doen", "bevestigen", "ontkennen", "weet_niet", "nlu_fallback",
              "groeten", "vervolg", ""}
# What nobody means as an answer, however it reads.
GEEN_ANTWOORD = {"stoppen", "mens_spreken", "andere_taal", "is_opgeslagen", "uitleg_vragen", "waarom_vragen",
                 "herhalen", "waar_staat_dat"}

# Words for the values of a choice, the first that fits wins.
_WOORDEN = {
    SOORT: (
        (DREIGING, r"\b(ge)?dreig|chant|wil (het|hem|dit|de opname) (op|online)|gaat (het|hem|dit) (op|online)|zal het (op|online)"),
        (NIET_OPENBAAR, r"niet (openbaar|online|gepubliceerd|gedeeld|geplaatst)|nergens (online|op internet)"
                        r"|alleen (maar )?(opgenomen|gefilmd)|nog niks (online|geplaatst)"),
        (GROEP, r"groep|whats ?app|telegram|signal|besloten|familieapp"),
        (OPENBAAR, r"openbaar|online|internet|geplaatst|gezet|gepost|website|youtube|tik ?tok|facebook|instagram|twitter|dumpert"
                   r"|linkedin|social|iedereen kan"),
    ),
    OPNAME: (
        (BEELD, r"(?<!geen )(?<!niet )\b(beeld|video|film|gefilmd|camera|foto|allebei|beide)"),
        (GELUID, r"(?<!geen )(?<!niet )\b(geluid|audio|stem|spraak|opgenomen gesprek)"),
    ),
    PLAATSER: (
        (ANONIEM, r"anoniem|onbekende|nep ?account|weet niet wie|niet bekend"),
        (DERDE, r"iemand anders|ander persoon|familie|partner|zoon|dochter|broer|zus|vriend|actiegroep|vlogger|derde|niet de cli[eë]nt"),
        (CLIENT, r"cli[eë]nt|klant|bekend|ik weet wie|meneer|mevrouw|hijzelf|zijzelf"),
    ),
    WIE: (
        (COLLEGA, r"\b(collega|medewerker|medewerkster|iemand anders|teamlid|zij|hij|haar|hem)\b"),
        (IK, r"\b(ik|mij|mezelf|mijzelf|zelf|me)\b"),
    ),
}
_JA = re.compile(r"^(ja|jawel|jazeker|klopt|inderdaad|jep|yes)\b|\bgelukkig wel\b")
_NEE = re.compile(r"^(nee|neen|nog niet|niet|nope|geen)\b|\b(nog niet|niet veilig|onveilig|niet gemaakt)\b")
_WEET_NIET = re.compile(r"\bweet (ik|het|dat)?\s*(nog )?(het |dat )?niet\b|\bgeen idee\b|\bgeen flauw\b|^(onbekend|geen idee|weet niet)$")
_CIJFERS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5}
# How people name a field when they want to change it.
_VELDNAMEN = {
    OPNAME: ("geluid", "beeld", "soort opname"), GEZIEN: ("wanneer", "gezien", "datum", "tijd"),
    WAAR: ("waar", "adres", "link", "site", "account", "plek"), BEWERKT: ("bewerkt", "gemanipuleerd", "geknipt"),
    LEIDINGGEVENDE: ("leidinggevende", "manager"), VERTELD: ("verteld", "op de hoogte"), CIJFER: ("cijfer", "schaal"),
    VEILIGHEID: ("veilig", "gevoel"), BEWAARD: ("bewaard", "screenshot", "schermafdruk", "bewijs"),
    PLAATSER: ("cliënt", "client", "plaatser", "wie het deed"), WIE: ("over wie", "getroffen", "collega"),
    SOORT: ("wat er", "gebeurd", "gebeurde", "openbaar"),
}


def geldt(veld: str, ingevuld: Mapping[str, Any]) -> bool:
    """Whether a field is asked at all, given the others."""
    soort, wie = ingevuld.get(SOORT), ingevuld.get(WIE)
    if veld in (WAAR, BEWERKT):
        return soort not in (DREIGING, NIET_OPENBAAR)
    if veld == BETROKKENE:
        return wie == COLLEGA
    if veld == LEIDINGGEVENDE:
        return wie != IK or not ingevuld.get(TEAM)
    if veld == VERTELD:
        return ingevuld.get(LEIDINGGEVENDE) != IK
    # How safe someone feels is never asked of another.
    return wie == IK if veld in (VEILIGHEID, CIJFER) else True


def volgende_veld(ingevuld: Mapping[str, Any]) -> Optional[str]:
    """The field to ask now, or None when the report is complete and agreed."""
    for voorrang in (NOOD, WIJZIGING):
        if ingevuld.get(voorrang):
            return voorrang
    for veld in VELDEN:
        if ingevuld.get(veld) is None and geldt(veld, ingevuld):
            return veld
    return None if ingevuld.get(AKKOORD) == JA else AKKOORD


def lees_keuze(veld: str, bericht: Bericht) -> Optional[Any]:
    """The value of a choice in a message, by button or by words; None when it is not clear."""
    tekst = schoon(bericht.tekst)
    if gekozen := bericht.entiteiten.get("keuze"):
        return int(gekozen[0]) if veld == CIJFER else gekozen[0]
    if bericht.intent == "weet_niet" and not bericht.tekst or _WEET_NIET.search(tekst):
        return ONBEKEND
    if veld == CIJFER:
        # 'een 2' is two: a numeral goes before a word.
        getallen = [int(w) for w in re.findall(r"[0-9]+", tekst)] or [_CIJFERS[w] for w in tekst.split() if w in _CIJFERS]
        return getallen[0] if len(getallen) == 1 and getallen[0] in range(1, 6) else None
    if veld in JA_NEE:
        if _NEE.search(tekst):
            return NEE
        if _JA.search(tekst) or (veld == VEILIG and "veilig" in tekst):
            return JA
        return {"bevestigen": JA, "ontkennen": NEE}.get(bericht.intent)
    return next((waarde for waarde, vorm in _WOORDEN.get(veld, ()) if re.search(vorm, tekst)), None)


def is_nood(bericht: Bericht, gevraagd: str) -> bool:
    """Whether someone is in danger now. Words of fear are expected where the form asks how safe one feels."""
    return bericht.intent in NOODINTENTS and (gevraagd != VEILIGHEID or bericht.zekerheid >= ZEKER)


def is_zijvraag(bericht: Bericht, gevraagd: Optional[str], gelezen: bool) -> bool:
    """Whether a message in the form is a question or command of its own rather than an answer."""
    if bericht.intent in ANTWOORDEN:
        return False
    if not bericht.tekst:
        return True  # a button that is no answer
    if bericht.intent in GEEN_ANTWOORD and bericht.zekerheid >= ZEKER:
        return True
    vraag = lijkt_vraag(bericht.tekst)
    return vraag and bericht.zekerheid >= ZEKER if gevraagd in VRIJ else vraag or not gelezen


def lees_bericht(bericht: Bericht, gevraagd: Optional[str], ingevuld: Mapping[str, Any], nu: datetime) -> Lezing:
    """Read a message against the form; `gevraagd` is the open field, None for the words that started it."""
    lezing = Lezing()
    if gevraagd is None:
        _lees_opening(bericht, lezing)
        return lezing
    if gevraagd in (AKKOORD, WIJZIGING):
        _lees_einde(bericht, gevraagd, lezing)
        return lezing
    waarde = _lees_vrij(gevraagd, bericht, nu) if gevraagd in VRIJ else lees_keuze(gevraagd, bericht)
    if is_zijvraag(bericht, gevraagd, waarde is not None):
        return Lezing()
    if bericht.intent == "corrigeren" and (veld := _veld_in(bericht)) and veld != gevraagd and ingevuld.get(veld):
        lezing.waarden[veld] = lees_keuze(veld, bericht) if veld == OPNAME else None
        return lezing
    lezing.waarden[gevraagd] = waarde
    if waarde is None:
        lezing.zeg.append(Zin(f"utter_niet_gelezen_{gevraagd}"))
    elif gevraagd == VEILIG and waarde == NEE:
        lezing.waarden.update({VEILIG: None, NOOD: VEILIG})
        lezing.zeg.append(Zin("utter_melding_onveilig", vraagt=True))
    elif gevraagd == VEILIG and waarde == ONBEKEND:
        lezing.zeg.append(Zin("utter_melding_veilig_onbekend"))
    elif gevraagd == VEILIGHEID and bericht.intent in NOODINTENTS:
        lezing.zeg.append(Zin(f"utter_melding_bij_{bericht.intent}"))
    elif gevraagd == BEWAARD and waarde != JA:
        lezing.zeg.append(Zin("utter_melding_zo_bewaart_u"))
    return lezing


def _lees_opening(bericht: Bericht, lezing: Lezing) -> None:
    """What the first words already tell; a question like 'hoe meld ik ...' tells nothing."""
    if lijkt_vraag(bericht.tekst):
        return
    for veld in (SOORT, OPNAME):
        waarde = lees_keuze(veld, bericht)
        if waarde not in (None, ONBEKEND):
            lezing.waarden[veld] = waarde
    if re.search(r"\bmijn (collega|medewerker|medewerkster|teamlid)\b", schoon(bericht.tekst)):
        lezing.waarden[WIE] = COLLEGA


def _lees_vrij(veld: str, bericht: Bericht, nu: datetime) -> Optional[str]:
    tekst = " ".join(bericht.tekst.split())
    if gekozen := bericht.entiteiten.get("keuze"):
        return gekozen[0]
    if bericht.intent == "weet_niet" or _WEET_NIET.search(schoon(tekst)):
        return ONBEKEND
    if not 2 <= len(tekst) <= VRIJ[veld] or not any(t.isalnum() for t in tekst):
        return None
    if veld == LEIDINGGEVENDE and re.fullmatch(r"(dat )?(ben )?ik( ben)?( zelf)?( de leidinggevende)?", schoon(tekst)):
        return IK
    if veld == GEZIEN:
        dag = datums.lees(tekst, nu).date
        # 'gisteren' means nothing in a document that is read later.
        return f"{tekst} ({datums.schrijf_datum(dag)})" if dag and dag <= nu.date() else tekst
    return tekst


def _veld_in(bericht: Bericht) -> Optional[str]:
    if gekozen := bericht.entiteiten.get("veld"):
        return gekozen[0] if gekozen[0] in VELDEN else None
    tekst = schoon(bericht.tekst)
    return next((veld for veld, namen in _VELDNAMEN.items() if any(naam in tekst for naam in namen)), None)


def _lees_einde(bericht: Bericht, gevraagd: str, lezing: Lezing) -> None:
    """The answer to the summary: agreed, something to change, or no answer at all."""
    if gevraagd == AKKOORD and bericht.intent == "bevestigen":
        lezing.waarden[AKKOORD] = JA
        return
    if is_zijvraag(bericht, gevraagd, bool(_veld_in(bericht))):
        return
    if veld := _veld_in(bericht):
        nieuw = lees_keuze(OPNAME, bericht) if veld == OPNAME and bericht.tekst else None
        lezing.waarden.update({veld: nieuw, WIJZIGING: None, AKKOORD: None})
        if veld == WIE:
            lezing.waarden.update({v: None for v in (BETROKKENE, LEIDINGGEVENDE, VEILIGHEID, CIJFER)})
    elif gevraagd == AKKOORD and bericht.intent in ("ontkennen", "corrigeren"):
        lezing.waarden.update({WIJZIGING: "vragen", AKKOORD: None})
    else:
        lezing.waarden[gevraagd] = None if gevraagd == AKKOORD else "vragen"
        lezing.zeg.append(Zin(f"utter_niet_gelezen_{gevraagd}"))


def melding_uit(slots: Mapping[str, Any], sub: str, sleutel: str, nu: datetime) -> m.Melding:
    """The filled-in form as a report of `sub`. Fields that do not apply any more stay out."""
    def waarde(veld: str) -> Optional[Any]:
        gevuld = slots.get(veld) if geldt(veld, slots) else None
        return None if gevuld == ONBEKEND else gevuld

    zelf = slots[WIE] == IK
    leiding = waarde(LEIDINGGEVENDE)
    return m.Melding(
        sleutel=sleutel, gemeld_op=nu, melder=sub, wie=slots[WIE], soort=slots[SOORT], opname=slots[OPNAME],
        waar=waarde(WAAR), gezien=waarde(GEZIEN), bewerkt=waarde(BEWERKT) or ONBEKEND, plaatser=slots[PLAATSER],
        betrokkene=sub if zelf else waarde(BETROKKENE), team=slots.get(TEAM) if zelf else None,
        leidinggevende=sub if leiding == IK else leiding, verteld=waarde(VERTELD) or ONBEKEND,
        veiligheid=waarde(VEILIGHEID), veiligheid_cijfer=waarde(CIJFER), bewaard=slots[BEWAARD],
    )
