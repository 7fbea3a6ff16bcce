"""What a message means to the open request form: a pure function from text to filled-in fields.

Everything clear in a message is taken, whatever was asked; only what is asked may be free text. Nothing is guessed:
an unclear date comes back as a question.
"""
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Dict, Iterable, List, Mapping, NamedTuple, Optional, Tuple, Union

from protocol import datums, werkdagen
from protocol.contact import GEEN_CONTACT, MIJN_UWV, lees_contact, zonder_contact
from protocol.tekst import (lees_met_wie, lees_naam, lees_naam_client, lees_toelichting, lijkt_vraag, schoon,
                            zonder_aanloop)
from protocol.verzoeken import BEELDBELLEN, KANTOOR

DATUM, TIJD, SOORT, PLAATS = "afspraak_datum", "afspraak_tijd", "gesprekssoort", "plaats"
MET_WIE, NAAM, CONTACT, BIJZONDERHEDEN = "met_wie", "naam", "contact", "bijzonderheden"
TOCH, WIJZIGING, AKKOORD, VOORSTEL = "toch_doorgeven", "wijziging", "akkoord", "datum_voorstel"
# Filled while someone is in danger: the form asks nothing until the next message.
NOOD = "nood"
VELDEN = (DATUM, TOCH, TIJD, SOORT, PLAATS, MET_WIE, NAAM, CONTACT, BIJZONDERHEDEN)
ONBEKEND, GEEN, JA = "onbekend", "geen", "ja"
TELEFOON = "telefoon"

# Intents that carry an answer to the form; every other intent is a question or a command of its own.
ANTWOORDEN = {"gegevens_geven", "corrigeren", "verzoek_doen", "bevestigen", "ontkennen", "weet_niet", "nlu_fallback",
              "groeten", "vervolg", ""}
# Below this a question intent does not outweigh a message that reads as the answer asked for. Names and places are
# strange words to the classifier and score low for every intent.
ZEKER = 0.6
VER_VOORUIT = timedelta(days=366)
MAX_BIJZONDERHEDEN = 500

# How people name a field when they want to change it.
_VELDNAMEN = {
    DATUM: ("datum", "dag"),
    TIJD: ("tijd", "tijdstip", "hoe laat", "uur"),
    SOORT: ("waar", "locatie", "beeldbellen", "kantoor"),
    PLAATS: ("plaats", "stad", "vestiging"),
    MET_WIE: ("met wie", "afdeling", "arts", "medewerker"),
    NAAM: ("naam",),
    CONTACT: ("contact", "telefoon", "nummer", "mail", "bereiken", "bereikbaar"),
    BIJZONDERHEDEN: ("bijzonder", "opmerking", "toelichting"),
}


class Bericht(NamedTuple):
    """A message as the NLU gives it: text, intent with confidence, and per entity label its values in order."""

    tekst: str
    intent: str = ""
    zekerheid: float = 0.0
    entiteiten: Mapping[str, Tuple[str, ...]] = {}


class Zin(NamedTuple):
    """A response to say, with its template variables and the dates or times to choose from.

    `vraagt`: it is itself the question of this turn, so the form does not ask its own.
    """

    antwoord: str
    gegevens: Mapping[str, str] = {}
    keuzes: Tuple[Union[date, time], ...] = ()
    vraagt: bool = False


@dataclass
class Lezing:
    """The outcome: slots to set (None asks the field again) and what to say before the next question.

    An empty `waarden` means that the message was no answer at all.
    """

    waarden: Dict[str, Any] = field(default_factory=dict)
    zeg: List[Zin] = field(default_factory=list)


def volgende_veld(ingevuld: Mapping[str, Any]) -> Optional[str]:
    """The field to ask now, or None when the form is complete and agreed."""
    for voorrang in (NOOD, WIJZIGING):
        if ingevuld.get(voorrang):
            return voorrang
    for veld in VELDEN:
        if veld == TOCH and ingevuld.get("oordeel") != werkdagen.TE_LAAT:
            continue
        if veld == PLAATS and ingevuld.get(SOORT) != KANTOOR:
            continue
        if ingevuld.get(veld) is None:
            return veld
    return None if ingevuld.get(AKKOORD) == JA else AKKOORD


def is_zijvraag(bericht: Bericht, gevraagd: Optional[str], gelezen: bool) -> bool:
    """Whether a message in the form is a question or command of its own rather than an answer.

    `gelezen`: the message holds a readable answer to what was asked.
    """
    if bericht.intent in ANTWOORDEN:
        return False
    if not bericht.tekst:
        return True  # a button that is no answer
    vraag = lijkt_vraag(bericht.tekst)
    if bericht.intent in GEEN_ANTWOORD and bericht.zekerheid >= ZEKER and not (gelezen and gevraagd == WIJZIGING):
        return True
    if gevraagd == BIJZONDERHEDEN:
        # "ik ben doof en wil het terugkijken" scores as a topic, but it is just what was asked for.
        return vraag and bericht.zekerheid >= ZEKER
    if gevraagd in (NAAM, MET_WIE, PLAATS):
        return vraag or bericht.zekerheid >= ZEKER
    return vraag or not gelezen


# What nobody means as an answer to a question of the form.
GEEN_ANTWOORD = {"stoppen", "alleen_geluid", "mens_spreken", "gevaar", "zelfdoding", "andere_taal", "is_opgeslagen",
                 "uitleg_vragen", "waarom_vragen", "herhalen", "waar_staat_dat", "boos", "verzoek_status", "termijn",
                 "telling", "boze_beller", "livestream_aan_de_lijn", "dreigt_online"}


def lees_bericht(bericht: Bericht, gevraagd: Optional[str], ingevuld: Mapping[str, Any], nu: datetime,
                 sluitingsdagen: Iterable[date] = (), namens: bool = False) -> Lezing:
    """Read a message against the form.

    `gevraagd` is the open field (None when the form has just started), `ingevuld` the slots, `nu` the moment
    (Europe/Amsterdam). `namens`: an agent fills it in for a client, whose name may stand anywhere in the message.
    Does not raise on any text.
    """
    lezing = Lezing()
    if namens and gevraagd != BIJZONDERHEDEN:
        bericht = _lees_namens(bericht, gevraagd, lezing)
    if gevraagd == AKKOORD and bericht.intent == "bevestigen":
        lezing.waarden[AKKOORD] = JA
        return lezing
    if gevraagd == TOCH and bericht.intent in ("bevestigen", "ontkennen"):
        # A bare no is no answer to fill in: it ends the form.
        lezing.waarden.update({TOCH: JA} if bericht.intent == "bevestigen" else {})
        return lezing
    if gevraagd == DATUM and ingevuld.get(VOORSTEL) and bericht.intent == "ontkennen":
        lezing.waarden[VOORSTEL] = None
        return lezing

    if gevraagd == WIJZIGING and not lijkt_vraag(bericht.tekst):
        _lees_wijziging(bericht, gevraagd, lezing)  # "de tijd" is a field here, whatever else it could be
    _lees_datum_en_tijd(bericht, gevraagd, ingevuld, nu, tuple(sluitingsdagen), lezing)
    _lees_plek(bericht, gevraagd, lezing)
    _lees_persoon(bericht, gevraagd, lezing)
    gelezen = bool(lezing.waarden) if gevraagd == WIJZIGING else lezing.waarden.get(gevraagd) is not None
    if is_zijvraag(bericht, gevraagd, gelezen):
        return Lezing()
    if gevraagd not in lezing.waarden:
        _lees_vrije_tekst(bericht, gevraagd, lezing)
    if ingevuld.get(VOORSTEL) and lezing.waarden.get(DATUM):
        lezing.waarden[VOORSTEL] = None

    if not lezing.waarden and (gevraagd in (AKKOORD, WIJZIGING) or bericht.intent == "corrigeren"):
        _lees_wijziging(bericht, gevraagd, lezing)
    if lezing.waarden:
        # Anything new after the summary asks for a new summary.
        if gevraagd in (AKKOORD, WIJZIGING):
            lezing.waarden.setdefault(WIJZIGING, None)
            lezing.waarden.setdefault(AKKOORD, None)
    elif gevraagd:
        lezing.waarden[gevraagd] = None
        lezing.zeg.append(Zin(f"utter_niet_gelezen_{gevraagd}"))
    return lezing


def _lees_namens(bericht, gevraagd, lezing) -> Bericht:
    """Take the client's name and a remark out of an agent's message; returns the message without the remark."""
    tekst, toelichting = lees_toelichting(bericht.tekst)
    if toelichting:
        lezing.waarden[BIJZONDERHEDEN] = toelichting[:MAX_BIJZONDERHEDEN]
    if naam := lees_naam_client(tekst, gevraagd == NAAM, bericht.entiteiten.get("plaats", ())):
        lezing.waarden[NAAM] = naam
    if (wie := lees_met_wie(tekst)) and gevraagd != NAAM:
        lezing.waarden[MET_WIE] = wie
    return bericht._replace(tekst=tekst)


def _lees_datum_en_tijd(bericht, gevraagd, ingevuld, nu, sluitingsdagen, lezing) -> None:
    # Chosen by a button: the guard of the channel lets no other values through.
    if gekozen := bericht.entiteiten.get("datum"):
        _neem_datum(date.fromisoformat(gekozen[0]), gevraagd, ingevuld, nu, sluitingsdagen, lezing)
        return
    if gekozen := bericht.entiteiten.get("tijd"):
        lezing.waarden[TIJD] = gekozen[0]
        return
    voorstel = ingevuld.get(VOORSTEL)
    if gevraagd == DATUM and voorstel and bericht.intent == "bevestigen":
        _zet_datum(date.fromisoformat(voorstel), nu, sluitingsdagen, lezing)
        return
    # A remark, a name or a telephone number may hold digits that are no appointment.
    if gevraagd in (NAAM, MET_WIE, CONTACT, BIJZONDERHEDEN) and bericht.intent not in ("corrigeren", "verzoek_doen"):
        return
    uitkomst = datums.lees(zonder_contact(bericht.tekst), nu)
    if uitkomst.date:
        _neem_datum(uitkomst.date, gevraagd, ingevuld, nu, sluitingsdagen, lezing)
    if uitkomst.time:
        lezing.waarden[TIJD] = uitkomst.time.strftime("%H:%M")
    if uitkomst.outcome == "ask":
        lezing.waarden[TIJD if uitkomst.vraagt_tijd else DATUM] = None
        lezing.zeg.append(Zin(f"utter_datum_{uitkomst.reason}", keuzes=uitkomst.candidates, vraagt=True))


def _als_datum(tekst: Optional[str]) -> Optional[date]:
    return date.fromisoformat(tekst) if tekst else None


def keur_datum(dag: date, nu: datetime, sluitingsdagen: Iterable[date] = ()) -> Optional[Zin]:
    """Why a date cannot be (or is probably not) the day of an appointment, as a question back; None when it can."""
    vandaag = nu.date()
    gegevens = {"datum": datums.schrijf_datum(dag)}
    if dag < vandaag:
        return Zin("utter_datum_voorbij", gegevens, vraagt=True)
    if dag > vandaag + VER_VOORUIT:
        return Zin("utter_datum_ver_vooruit", gegevens, vraagt=True)
    if reden := werkdagen.gesloten(dag, sluitingsdagen):
        return Zin("utter_datum_gesloten", {**gegevens, "reden": reden}, vraagt=True)
    return None


def _neem_datum(dag, gevraagd, ingevuld, nu, sluitingsdagen, lezing) -> None:
    bezwaar = keur_datum(dag, nu, sluitingsdagen)
    if bezwaar is None or (bezwaar.antwoord == "utter_datum_gesloten" and ingevuld.get(VOORSTEL) == dag.isoformat()):
        _zet_datum(dag, nu, sluitingsdagen, lezing)
        return
    lezing.waarden[DATUM] = None
    # Only a closed day may be confirmed; a past one never.
    lezing.waarden[VOORSTEL] = dag.isoformat() if bezwaar.antwoord == "utter_datum_gesloten" else None
    lezing.zeg.append(bezwaar)


def _zet_datum(dag, nu, sluitingsdagen, lezing) -> None:
    telling = werkdagen.tel(dag, nu.date(), sluitingsdagen)
    lezing.waarden.update({DATUM: dag.isoformat(), "oordeel": telling.oordeel, VOORSTEL: None, TOCH: None})
    lezing.zeg.append(Zin(f"utter_oordeel_{telling.oordeel.replace(' ', '_')}", {
        "datum": datums.schrijf_datum(dag),
        "laatste_dag": datums.schrijf_datum(telling.laatste_dag),
    }))


def _lees_plek(bericht, gevraagd, lezing) -> None:
    if gevraagd in (NAAM, CONTACT, MET_WIE, BIJZONDERHEDEN) and bericht.intent != "corrigeren":
        return
    kanalen = bericht.entiteiten.get("gesprekskanaal", ())
    kanaal = kanalen[-1] if kanalen else None
    if not kanaal and gevraagd == SOORT and any(w in schoon(bericht.tekst).split() for w in ("telefoon", "bellen")):
        kanaal = TELEFOON
    if kanaal == TELEFOON and gevraagd in (SOORT, None, AKKOORD, WIJZIGING):
        lezing.waarden[SOORT] = None
        lezing.zeg.append(Zin("utter_telefoon_geen_beeld", vraagt=True))
    elif kanaal in (KANTOOR, BEELDBELLEN):
        lezing.waarden[SOORT] = kanaal
        if kanaal == BEELDBELLEN:
            lezing.waarden[PLAATS] = None
    plaatsen = bericht.entiteiten.get("plaats", ())
    if plaatsen and kanaal != BEELDBELLEN:
        lezing.waarden[PLAATS] = plaatsen[-1]
        lezing.waarden[SOORT] = KANTOOR


def _lees_persoon(bericht, gevraagd, lezing) -> None:
    if bericht.entiteiten.get("contactweg"):
        lezing.waarden[CONTACT] = MIJN_UWV
    elif contact := lees_contact(bericht.tekst, gevraagd == CONTACT):
        if contact is GEEN_CONTACT:
            lezing.waarden[CONTACT] = None
            lezing.zeg.append(Zin("utter_contact_ongeldig"))
        else:
            lezing.waarden[CONTACT] = contact
    if gevraagd != BIJZONDERHEDEN and NAAM not in lezing.waarden and (naam := lees_naam(bericht.tekst, gevraagd == NAAM)):
        lezing.waarden[NAAM] = naam
    functies = bericht.entiteiten.get("functie", ())
    if functies and MET_WIE not in lezing.waarden and gevraagd not in (MET_WIE, NAAM, BIJZONDERHEDEN):
        lezing.waarden[MET_WIE] = functies[-1]


def _lees_vrije_tekst(bericht, gevraagd, lezing) -> None:
    tekst = bericht.tekst.strip()
    if bericht.intent == "weet_niet":
        if gevraagd in (MET_WIE, TIJD):
            lezing.waarden[gevraagd] = ONBEKEND
        elif gevraagd == BIJZONDERHEDEN:
            lezing.waarden[gevraagd] = GEEN
    elif gevraagd == BIJZONDERHEDEN:
        if bericht.intent == "ontkennen":
            lezing.waarden[gevraagd] = GEEN
        elif 1 < len(tekst) <= MAX_BIJZONDERHEDEN:
            lezing.waarden[gevraagd] = tekst
    elif gevraagd in (MET_WIE, PLAATS) and bericht.intent not in ("bevestigen", "ontkennen", "groeten"):
        waarde = zonder_aanloop(tekst)
        if 2 <= len(waarde) <= 80 and any(t.isalpha() for t in waarde):
            lezing.waarden[gevraagd] = waarde


def _lees_wijziging(bericht, gevraagd, lezing) -> None:
    tekst = schoon(bericht.tekst)
    veld = next(iter(bericht.entiteiten.get("veld", ())), None) or next(
        (v for v, namen in _VELDNAMEN.items() if any(naam in tekst for naam in namen)), None)
    if veld in VELDEN:
        lezing.waarden.update({veld: None, WIJZIGING: None, AKKOORD: None})
        if veld == SOORT:
            lezing.waarden[PLAATS] = None
    elif gevraagd == AKKOORD and bericht.intent in ("ontkennen", "corrigeren"):
        lezing.waarden.update({WIJZIGING: "vragen", AKKOORD: None})
