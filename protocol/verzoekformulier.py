"""What a message means to the open request form: a pure function from text to filled-in fields.

Everything clear in a message is taken, whatever was asked; only what is asked may be free text. Nothing is guessed:
an unclear date comes back as a question.
"""
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Dict, Iterable, List, Mapping, NamedTuple, Optional, Tuple, Union

from protocol import datums, werkdagen
from protocol.contact import GEEN_CONTACT, MIJN_UWV, lees_contact, zonder_contact
from protocol.tekst import (begint_met_correctie, lees_met_wie, lees_naam, lees_naam_client, lees_toelichting, lijkt_naam,
                            lijkt_vraag, schoon, vraagt_tijd_om_te_zoeken, zegt_niets, zonder_aanloop)
from protocol.verzoeken import BEELDBELLEN, HUISBEZOEK, KANTOOR

DATUM, TIJD, SOORT, PLAATS = "afspraak_datum", "afspraak_tijd", "gesprekssoort", "plaats"
MET_WIE, NAAM, CONTACT, BIJZONDERHEDEN = "met_wie", "naam", "contact", "bijzonderheden"
TOCH, WIJZIGING, AKKOORD, VOORSTEL = "toch_doorgeven", "wijziging", "akkoord", "datum_voorstel"
# A day in the stretch that was spoken of last: after "volgende week", "dinsdag" is a day of that week.
KADER = "datum_kader"
# Filled while someone is in danger: the form asks nothing until the next message.
NOOD = "nood"
VELDEN = (DATUM, TOCH, TIJD, SOORT, PLAATS, MET_WIE, NAAM, CONTACT, BIJZONDERHEDEN)
ONBEKEND, GEEN, JA = "onbekend", "geen", "ja"
TELEFOON = "telefoon"

# Intents that carry an answer to the form; every other intent is a question or a command of its own.
ANTWOORDEN = {"gegevens_geven", "corrigeren", "verzoek_doen", "bevestigen", "ontkennen", "weet_niet", "nlu_fallback",
              "groeten", ""}
# Answers that are no free text: nobody is called "weet ik niet".
GEEN_VRIJE_TEKST = {"verzoek_doen", "bevestigen", "ontkennen", "weet_niet", "groeten"}
# Below this a question intent does not outweigh a message that reads as the answer asked for. Names and places are
# strange words to the classifier and score low for every intent.
ZEKER = 0.6
VER_VOORUIT = timedelta(days=366)
# "1 november", said in late November, is next year's only if someone says so.
LANG = timedelta(days=300)
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
    BIJZONDERHEDEN: ("bijzonder", "opmerking", "toelichting", "moet weten"),
}


# "bij mevrouw Jansen", "met de heer Bakker van SMZ"
_BIJ_WIE = re.compile(r"\b(?:bij|met|naar|van)\s+((?:mevrouw|mevr\.?|meneer|mijnheer|de heer|dhr\.?|dokter|dr\.?)"
                      r"\s+(?:(?:van|de|der|den|el|al|ten|ter|'t)\s+)*[A-ZÀ-Ý][\w'’\-]+(?:\s+van\s+[A-Z]{2,})?)")
# The remark as a field of its own: "opmerking: mijn man komt mee", "haal de opmerking weg".
_OPMERKING = re.compile(r"^(?:opmerking|toelichting|bijzonderheden|voor de medewerker)\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL)
_OPMERKING_WEG = re.compile(r"\b(?:weg|weghalen|verwijder|verwijderen|wissen|schrap)\b")
# Places and persons are short; this is no place or person.
_GEEN_PLEK = {"buurt", "jullie", "mij", "thuis", "hier", "dichtbij", "ja", "nee", "uwv"}


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
    vrij = gevraagd in (NAAM, MET_WIE, PLAATS, BIJZONDERHEDEN)
    vraag = lijkt_vraag(bericht.tekst)
    if gevraagd == NAAM and lijkt_naam(bericht.tekst):
        return False
    if bericht.intent in ANTWOORDEN:
        return vrij and "?" in bericht.tekst
    if not bericht.tekst:
        return True  # a button that is no answer
    # "ik wil stoppen met roken" is a remark.
    lang = gevraagd == BIJZONDERHEDEN and len(bericht.tekst.split()) > 4
    if bericht.intent in GEEN_ANTWOORD and bericht.zekerheid >= ZEKER and not lang and not (
            gelezen and gevraagd == WIJZIGING):
        return True
    if gevraagd == BIJZONDERHEDEN:
        # "ik ben doof en wil het terugkijken" scores as a topic, but it is just what was asked for.
        return "?" in bericht.tekst or (vraag and bericht.zekerheid >= ZEKER)
    if vrij:
        # "de arts" is whom it is with, whatever topic two words score as.
        kort = gelezen and len(bericht.tekst.split()) <= 4
        return vraag or (bericht.zekerheid >= ZEKER and not kort)
    return vraag or not gelezen


# What nobody means as an answer to a question of the form.
GEEN_ANTWOORD = {"stoppen", "alleen_geluid", "mens_spreken", "gevaar", "zelfdoding", "andere_taal", "is_opgeslagen",
                 "uitleg_vragen", "waarom_vragen", "herhalen", "waar_staat_dat", "boos", "verzoek_status",
                 "verzoek_intrekken", "gegevens_verwijderen", "termijn", "telling", "boze_beller", "livestream_aan_de_lijn",
                 "dreigement"}


def lees_bericht(bericht: Bericht, gevraagd: Optional[str], ingevuld: Mapping[str, Any], nu: datetime,
                 sluitingsdagen: Iterable[date] = (), namens: bool = False) -> Lezing:
    """Read a message against the form.

    `gevraagd` is the open field (None when the form has just started), `ingevuld` the slots, `nu` the moment
    (Europe/Amsterdam). `namens`: an agent fills it in for a client, whose name may stand anywhere in the message.
    Does not raise on any text.
    """
    if bericht.intent == "verzoek_wijzigen":
        bericht = bericht._replace(intent="corrigeren")  # the open request is the one that is meant
    lezing = Lezing()
    if namens and gevraagd != BIJZONDERHEDEN:
        bericht = _lees_namens(bericht, gevraagd, lezing)
    if gevraagd == AKKOORD and bericht.intent == "bevestigen":
        lezing.waarden[AKKOORD] = JA
        return lezing
    datum_genoemd = datums.lees(bericht.tekst, nu).date is not None
    if gevraagd == TOCH and bericht.intent in ("bevestigen", "ontkennen") and not datum_genoemd:
        # A bare no is no answer to fill in: it ends the form.
        lezing.waarden.update({TOCH: JA} if bericht.intent == "bevestigen" else {})
        return lezing
    if gevraagd == DATUM and ingevuld.get(VOORSTEL) and bericht.intent == "ontkennen" and not datum_genoemd:
        lezing.waarden[VOORSTEL] = None
        return lezing
    if gevraagd and vraagt_tijd_om_te_zoeken(bericht.tekst) and not datum_genoemd:
        lezing.zeg.append(Zin("utter_neem_de_tijd", vraagt=True))
        lezing.waarden[gevraagd] = None
        return lezing
    if begint_met_correctie(bericht.tekst) and bericht.intent not in GEEN_ANTWOORD | {"ontkennen", "bevestigen"}:
        bericht = bericht._replace(intent="corrigeren")

    if gevraagd == WIJZIGING and not lijkt_vraag(bericht.tekst):
        _lees_wijziging(bericht, gevraagd, lezing)  # "de tijd" is a field here, whatever else it could be
    _lees_datum_en_tijd(bericht, gevraagd, ingevuld, nu, tuple(sluitingsdagen), lezing)
    _lees_plek(bericht, gevraagd, lezing)
    _lees_persoon(bericht, gevraagd, lezing)
    gelezen = bool(lezing.waarden) if gevraagd == WIJZIGING else gevraagd in lezing.waarden
    if is_zijvraag(bericht, gevraagd, gelezen):
        return Lezing()
    if not lezing.waarden:
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
    bij = ingevuld.get(DATUM) or ingevuld.get(KADER)
    tekst = f"de {bericht.tekst}e" if gevraagd == DATUM and re.fullmatch(r"\s*\d{1,2}\s*", bericht.tekst) else \
        zonder_contact(bericht.tekst)
    uitkomst = datums.lees(tekst, nu, bij=date.fromisoformat(bij) if bij else None)
    if gevraagd == DATUM and uitkomst.outcome == "time" and re.fullmatch(r"\s*\d{1,2}\.\d{1,2}\s*", tekst):
        lezing.waarden[DATUM] = None  # "8.12": a day or a time?
        lezing.zeg.append(Zin("utter_datum_datum_of_tijd", vraagt=True))
        return
    if uitkomst.date:
        _neem_datum(uitkomst.date, gevraagd, ingevuld, nu, sluitingsdagen, lezing, uitkomst.jaar_aangenomen)
    if uitkomst.buiten_kantooruren:
        lezing.waarden[TIJD] = None
        anders = uitkomst.time.replace(hour=(uitkomst.time.hour + 12) % 24)
        lezing.zeg.append(Zin("utter_tijd_buiten_kantooruren", {"tijd": datums.schrijf_tijd(uitkomst.time)},
                              tuple(sorted((uitkomst.time, anders))), vraagt=True))
    elif uitkomst.time:
        lezing.waarden[TIJD] = uitkomst.time.strftime("%H:%M")
    if uitkomst.outcome == "ask":
        lezing.waarden[TIJD if uitkomst.vraagt_tijd else DATUM] = None
        kader = uitkomst.binnen or [k for k in uitkomst.candidates if isinstance(k, date)]
        if kader:
            lezing.waarden[KADER] = kader[0].isoformat()
        lezing.zeg.append(Zin(f"utter_datum_{uitkomst.reason}", keuzes=uitkomst.candidates, vraagt=True))


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


def _neem_datum(dag, gevraagd, ingevuld, nu, sluitingsdagen, lezing, jaar_aangenomen=False) -> None:
    bezwaar = keur_datum(dag, nu, sluitingsdagen)
    if bezwaar is None and jaar_aangenomen and dag > nu.date() + LANG:
        bezwaar = Zin("utter_datum_volgend_jaar", {"datum": datums.schrijf_datum(dag)}, vraagt=True)
    te_bevestigen = bezwaar and bezwaar.antwoord in ("utter_datum_gesloten", "utter_datum_volgend_jaar")
    if bezwaar is None or (te_bevestigen and ingevuld.get(VOORSTEL) == dag.isoformat()):
        _zet_datum(dag, nu, sluitingsdagen, lezing)
        return
    lezing.waarden[DATUM] = None
    # A closed day or a far one may be confirmed; a past one never.
    lezing.waarden[VOORSTEL] = dag.isoformat() if te_bevestigen else None
    lezing.zeg.append(bezwaar)


def _zet_datum(dag, nu, sluitingsdagen, lezing) -> None:
    telling = werkdagen.tel(dag, nu.date(), sluitingsdagen)
    lezing.waarden.update({DATUM: dag.isoformat(), "oordeel": telling.oordeel, VOORSTEL: None, KADER: None, TOCH: None})
    lezing.zeg.append(Zin(f"utter_oordeel_{telling.oordeel.replace(' ', '_')}", {
        "datum": datums.schrijf_datum(dag),
        "laatste_dag": datums.schrijf_datum(telling.laatste_dag),
    }))


def _lees_plek(bericht, gevraagd, lezing) -> None:
    if gevraagd in (NAAM, CONTACT, MET_WIE, BIJZONDERHEDEN) and bericht.intent != "corrigeren":
        return
    kanalen = bericht.entiteiten.get("gesprekskanaal", ())
    if len(set(kanalen)) > 1 and bericht.intent != "corrigeren":
        return  # "kantoor of beeldbellen, weet niet"
    kanaal = kanalen[-1] if kanalen else None
    if not kanaal and gevraagd == SOORT and any(w in schoon(bericht.tekst).split() for w in ("telefoon", "bellen")):
        kanaal = TELEFOON
    if kanaal == TELEFOON and gevraagd in (SOORT, None, AKKOORD, WIJZIGING):
        lezing.waarden[SOORT] = None
        lezing.zeg.append(Zin("utter_telefoon_geen_beeld", vraagt=True))
    elif kanaal in (KANTOOR, BEELDBELLEN, HUISBEZOEK):
        lezing.waarden[SOORT] = kanaal
        if kanaal != KANTOOR:
            lezing.waarden[PLAATS] = None
        if kanaal == HUISBEZOEK:
            lezing.zeg.append(Zin("utter_huisbezoek"))
    plaatsen = bericht.entiteiten.get("plaats", ())
    if plaatsen and kanaal in (KANTOOR, None):
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
    naam_gevraagd = gevraagd == NAAM and bericht.intent not in GEEN_VRIJE_TEKST
    if gevraagd != BIJZONDERHEDEN and NAAM not in lezing.waarden and (naam := lees_naam(bericht.tekst, naam_gevraagd)):
        lezing.waarden[NAAM] = naam
    if gevraagd in (MET_WIE, NAAM, CONTACT, BIJZONDERHEDEN) and bericht.intent != "corrigeren":
        return
    functies = bericht.entiteiten.get("functie", ())
    if MET_WIE in lezing.waarden:
        return
    if genoemd := _BIJ_WIE.search(bericht.tekst):
        lezing.waarden[MET_WIE] = genoemd[1].strip()
    elif functies:
        lezing.waarden[MET_WIE] = functies[-1]


def _lees_vrije_tekst(bericht, gevraagd, lezing) -> None:
    tekst = bericht.tekst.strip()
    if bericht.intent == "weet_niet":
        if gevraagd in (MET_WIE, TIJD, PLAATS):
            lezing.waarden[gevraagd] = ONBEKEND
        elif gevraagd == BIJZONDERHEDEN:
            lezing.waarden[gevraagd] = GEEN
    elif gevraagd == BIJZONDERHEDEN:
        if bericht.intent == "ontkennen" or zegt_niets(tekst):
            lezing.waarden[gevraagd] = GEEN
        elif bericht.intent != "bevestigen" and 1 < len(tekst) <= MAX_BIJZONDERHEDEN:
            lezing.waarden[gevraagd] = tekst
    elif gevraagd in (MET_WIE, PLAATS) and bericht.intent not in GEEN_VRIJE_TEKST:
        waarde = zonder_aanloop(tekst)
        woorden = schoon(waarde).split()
        plek = gevraagd == MET_WIE or (len(woorden) <= 4 and not _GEEN_PLEK.intersection(woorden))
        if 2 <= len(waarde) <= 80 and any(t.isalpha() for t in waarde) and plek:
            lezing.waarden[gevraagd] = waarde


def _lees_wijziging(bericht, gevraagd, lezing) -> None:
    tekst = schoon(bericht.tekst)
    if opmerking := _OPMERKING.match(bericht.tekst.strip()):
        lezing.waarden.update({BIJZONDERHEDEN: opmerking[1][:MAX_BIJZONDERHEDEN], WIJZIGING: None, AKKOORD: None})
        return
    if _OPMERKING_WEG.search(tekst) and any(naam in tekst for naam in _VELDNAMEN[BIJZONDERHEDEN]):
        lezing.waarden.update({BIJZONDERHEDEN: GEEN, WIJZIGING: None, AKKOORD: None})
        return
    if gevraagd == WIJZIGING and (bericht.intent == "bevestigen" or zegt_niets(tekst)):
        lezing.waarden.update({WIJZIGING: None, AKKOORD: None})  # back to the summary
        return
    veld = next(iter(bericht.entiteiten.get("veld", ())), None) or next(
        (v for v, namen in _VELDNAMEN.items() if any(naam in tekst for naam in namen)), None)
    if veld in VELDEN:
        lezing.waarden.update({veld: None, WIJZIGING: None, AKKOORD: None})
        if veld == SOORT:
            lezing.waarden[PLAATS] = None
    elif gevraagd == AKKOORD and (bericht.intent in ("ontkennen", "corrigeren") or tekst.startswith("wijzig")):
        lezing.waarden.update({WIJZIGING: "vragen", AKKOORD: None})
