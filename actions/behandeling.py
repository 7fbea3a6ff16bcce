"""The employee's side of a request: the list, taking one, logging contact, answering, its history (R19, R20)."""
from datetime import date, datetime, time
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.hulp import antwoorden, bericht, knop, spreker, terug_van_zijvraag, weiger, zeg
from protocol import behandeling as lezer
from protocol import datums, instellingen, werkdagen
from protocol import verzoeken as leven
from protocol.opslag import opslag
from protocol.tekst import NOODINTENTS
from protocol.toegang import Spreker, mag
from protocol.verzoeken import Gebeurtenis, Verzoek, Weigering, keur_stap, lees_referentie, mag_zien

VRAAG, BEHANDELD = "behandel_vraag", "behandeld"
NEMEN, GESCHIEDENIS, OPEN = "verzoek_nemen", "verzoek_geschiedenis", "open_verzoeken"
# As many rows as a person can look over in a chat; the page shows them all.
MAX_RIJEN = 8
DRINGEND = 2  # working days before the appointment
# Who is no employee gets the client's answer to the same question.
KLANTANTWOORD = {OPEN: "alleen_medewerker", NEMEN: "alleen_medewerker", lezer.CONTACT: "na_verzoek",
                 lezer.ANTWOORD: "wie_stemt_in", GESCHIEDENIS: "verzoek_status_zelf"}


def _woorden(domain: Dict[str, Any], naam: str) -> Dict[str, Any]:
    return antwoorden(domain, naam)[0]["metadata"]


def gegevens(verzoek: Verzoek, wie: Spreker, nu: datetime, domain: Dict[str, Any]) -> Dict[str, str]:
    """A request in the words of a row."""
    vorm, rij = _woorden(domain, "utter_overzicht"), _woorden(domain, "utter_rij")
    dagen = werkdagen.werkdagen_tot(verzoek.afspraak_datum, nu.date(), instellingen.sluitingsdagen())
    van = "inbox" if not verzoek.medewerker else "eigen" if verzoek.medewerker == wie.sub else "ander"
    return {
        "referentie": verzoek.referentie, "datum": datums.schrijf_datum(verzoek.afspraak_datum),
        "tijd": datums.schrijf_tijd(verzoek.afspraak_tijd) if verzoek.afspraak_tijd else rij["geen_tijd"],
        "waar": vorm[verzoek.gesprekssoort].format(plaats=verzoek.plaats), "naam": verzoek.naam,
        "contact_klant": verzoek.contact, "met_wie": verzoek.met_wie or vorm["onbekend"],
        "bijzonderheden": verzoek.bijzonderheden or rij["geen"], "toestand": verzoek.toestand,
        "van": rij[van].format(medewerker=verzoek.medewerker),
        "oordeel": vorm[verzoek.oordeel].format(laatste_dag=datums.schrijf_datum(verzoek.laatste_dag)),
        "nog": rij["dringend" if dagen <= DRINGEND else "rustig"].format(
            dagen=rij["vandaag" if verzoek.afspraak_datum == nu.date() else "een" if dagen == 1 else "meer"].format(n=dagen)),
    }


def knoppen(verzoek: Verzoek, wie: Spreker, nu: datetime, domain: Dict[str, Any]) -> List[Dict[str, str]]:
    """The steps that this employee may take now, as buttons."""
    titels = _woorden(domain, "utter_rij")["knoppen"]

    def mag_stap(stap: str) -> bool:
        try:
            keur_stap(verzoek, stap, wie, nu)
        except Weigering:
            return False
        return True

    uit = []
    for stap, intent in ((leven.NEMEN, NEMEN), (leven.OVERNEMEN, NEMEN), (leven.CONTACT, lezer.CONTACT)):
        if mag_stap(stap) and not (stap == leven.OVERNEMEN and verzoek.medewerker is None):
            uit.append(knop(titels[stap], intent, referentie=verzoek.referentie, stap=stap))
    if any(map(mag_stap, leven.ANTWOORDEN)):
        uit.append(knop(titels[lezer.ANTWOORD], lezer.ANTWOORD, referentie=verzoek.referentie))
    return [*uit, knop(titels[GESCHIEDENIS], GESCHIEDENIS, referentie=verzoek.referentie)]


def zeg_klantantwoord(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Answer someone who is no employee with what a client may know; False when it is one."""
    intent = bericht(tracker).intent
    if mag(spreker(tracker).rol, intent):
        return False
    zeg(dispatcher, f"utter_{KLANTANTWOORD[intent]}")
    return True


def welk_verzoek(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Optional[Verzoek]:
    """The request that is meant: named, or the one last dealt with; else the employee is asked which."""
    laatste, wie, nu = bericht(tracker), spreker(tracker), instellingen.nu()
    genoemd = next(iter(laatste.entiteiten.get("referentie", ())), None) or lees_referentie(laatste.tekst)
    opslag().verloop(nu)
    verzoek = opslag().bij_referentie(genoemd or tracker.get_slot(BEHANDELD) or "")
    if verzoek and (mag_zien(verzoek, wie) or laatste.intent == NEMEN):
        return verzoek
    if genoemd:
        weiger(dispatcher, Weigering("onbekend"))
        return None
    keuze = opslag().open_verzoeken(wie, nu)[:MAX_RIJEN]
    vorm = _woorden(domain, "utter_welk_verzoek")["knop"]
    zeg(dispatcher, "utter_welk_verzoek" if keuze else "utter_geen_open_verzoeken",
        [knop(vorm.format(**gegevens(v, wie, nu, domain)), laatste.intent, referentie=v.referentie) for v in keuze] or None)
    return None


class ActionOpenVerzoeken(Action):
    """The open requests as rows with buttons, the most urgent first."""

    def name(self) -> str:
        return "action_open_verzoeken"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if zeg_klantantwoord(dispatcher, tracker):
            return []
        wie, nu = spreker(tracker), instellingen.nu()
        rijen = opslag().open_verzoeken(wie, nu)
        if not rijen:
            zeg(dispatcher, "utter_geen_open_verzoeken")
            return []
        zeg(dispatcher, "utter_een_open_verzoek" if len(rijen) == 1 else "utter_open_verzoeken", aantal=str(len(rijen)))
        for verzoek in rijen[:MAX_RIJEN]:
            zeg(dispatcher, "utter_rij", knoppen(verzoek, wie, nu, domain), **gegevens(verzoek, wie, nu, domain))
        if len(rijen) > MAX_RIJEN:
            zeg(dispatcher, "utter_meer_open_verzoeken", aantal=str(len(rijen) - MAX_RIJEN))
        return []


class ActionVerzoekNemen(Action):
    """Takes a request from the inbox, or over from a colleague of the team."""

    def name(self) -> str:
        return "action_verzoek_nemen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if zeg_klantantwoord(dispatcher, tracker):
            return []
        verzoek = welk_verzoek(dispatcher, tracker, domain)
        if not verzoek:
            return []
        wie, nu = spreker(tracker), instellingen.nu()
        over = leven.OVERNEMEN in bericht(tracker).entiteiten.get("stap", ())
        try:
            na = (opslag().neem_over if over else opslag().neem)(verzoek.referentie, wie, nu)
        except Weigering as weigering:
            weiger(dispatcher, weigering)
            return []
        zeg(dispatcher, "utter_genomen", knoppen(na, wie, nu, domain), **gegevens(na, wie, nu, domain))
        return [SlotSet(BEHANDELD, na.referentie)]


def begin(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    """The handling that a message asks for, with what it already says; None when it cannot be."""
    laatste, wie, nu = bericht(tracker), spreker(tracker), instellingen.nu()
    verzoek = welk_verzoek(dispatcher, tracker, domain)
    if not verzoek:
        return None
    geweigerd = None
    for stap in ([leven.CONTACT] if laatste.intent == lezer.CONTACT else leven.ANTWOORDEN):
        try:
            keur_stap(verzoek, stap, wie, nu)
            break
        except Weigering as weigering:
            geweigerd = weigering
    else:
        zeg(dispatcher, geweigerd.antwoord, knoppen(verzoek, wie, nu, domain), **geweigerd.gegevens)
        return None
    nieuw: Dict[str, Any] = {"doel": laatste.intent, "referentie": verzoek.referentie, "versie": verzoek.versie}
    if laatste.intent == lezer.ANTWOORD and (stap := lezer.lees_antwoord(laatste.tekst)):
        nieuw[lezer.STAP] = stap
        if stap == leven.ANDERS and (oplossing := lezer.lees_oplossing(laatste.tekst)):
            nieuw[lezer.OPLOSSING] = oplossing
    return nieuw


class ActionBehandeling(Action):
    """Starts logging contact or answering; a client is told what a client may know and starts nothing."""

    def name(self) -> str:
        return "action_behandeling"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if zeg_klantantwoord(dispatcher, tracker):
            return []
        nieuw = begin(dispatcher, tracker, domain)
        if not nieuw:
            return []
        if nieuw["doel"] == lezer.CONTACT and (verteld := lezer.lees_contact(bericht(tracker).tekst)):
            wie, nu = spreker(tracker), instellingen.nu()
            na = opslag().stap(nieuw["referentie"], leven.CONTACT, wie, nu, verteld)
            zeg(dispatcher, "utter_contact_vastgelegd", knoppen(na, wie, nu, domain), **gegevens(na, wie, nu, domain))
            return [SlotSet(BEHANDELD, na.referentie)]
        return [SlotSet("behandeling", nieuw), SlotSet(VRAAG, None), SlotSet(BEHANDELD, nieuw["referentie"]),
                FollowupAction("behandel_form")]


class ActionAlleenMedewerker(Action):
    """A client in the middle of a form who says what only an employee can do."""

    def name(self) -> str:
        return "action_alleen_medewerker"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        zeg(dispatcher, f"utter_{KLANTANTWOORD[bericht(tracker).intent]}")
        return []


class ValidateBehandelForm(FormValidationAction):
    """Asks what is missing, shows the answer, stores it on 'ja' and says only then that it is stored."""

    def name(self) -> str:
        return "validate_behandel_form"

    async def get_extraction_events(self, dispatcher, tracker, domain) -> List[Dict]:
        return []

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker,
                                    domain: Dict[str, Any]) -> List[Dict]:
        laatste, b = bericht(tracker), dict(tracker.get_slot("behandeling") or {})
        if terug_van_zijvraag(tracker, self.form_name()):
            if laatste.intent not in NOODINTENTS:
                self._vraag(dispatcher, b, domain, kort=True)
            return []
        if tracker.get_slot("requested_slot") != VRAAG:
            if b["doel"] == lezer.ANTWOORD:
                zeg(dispatcher, "utter_voor_u_antwoordt")
            self._vraag(dispatcher, b, domain)
            return [SlotSet("behandeling", b)]
        try:
            return self._lees(dispatcher, tracker, b, domain)
        except SQLAlchemyError:
            zeg(dispatcher, "utter_behandeling_mislukt")
            return [SlotSet("behandeling", {k: v for k, v in b.items() if k not in (lezer.AKKOORD, lezer.TEKST)})]

    def _lees(self, dispatcher, tracker, b, domain) -> List[Dict]:
        laatste = bericht(tracker)
        if laatste.entiteiten.get("referentie") and laatste.intent in (lezer.CONTACT, lezer.ANTWOORD):
            nieuw = begin(dispatcher, tracker, domain) or b  # a button of another row
            self._vraag(dispatcher, nieuw, domain)
            return [SlotSet("behandeling", nieuw), SlotSet(BEHANDELD, nieuw["referentie"])]
        veld = lezer.volgende_veld(b)
        if veld == lezer.AKKOORD and laatste.intent == "ontkennen":
            zeg(dispatcher, "utter_behandeling_gestopt")
            return [SlotSet("behandeling", None)]
        lezing = lezer.lees(laatste, b)
        if lezing.behandeling is None:
            return []
        if not lezing.gelezen:
            zeg(dispatcher, f"utter_niet_gelezen_behandel_{veld}")
        elif lezer.volgende_veld(lezing.behandeling) is None:
            return self._bewaar(dispatcher, tracker, lezing.behandeling, domain)
        self._vraag(dispatcher, lezing.behandeling, domain)
        return [SlotSet("behandeling", lezing.behandeling)]

    @staticmethod
    def _bewaar(dispatcher, tracker, b, domain) -> List[Dict]:
        wie, nu = spreker(tracker), instellingen.nu()
        try:
            if b["doel"] == lezer.CONTACT:
                # Another writer in between takes nothing away from what was logged: no version here.
                na = opslag().stap(b["referentie"], leven.CONTACT, wie, nu, b[lezer.TEKST])
            else:
                na = opslag().beantwoord(b["referentie"], b[lezer.STAP], wie, nu, b.get(lezer.OPLOSSING),
                                         b[lezer.TOELICHTING], b["versie"])
        except Weigering as weigering:
            weiger(dispatcher, weigering)
            return [SlotSet("behandeling", None)]
        naam = "utter_contact_vastgelegd" if b["doel"] == lezer.CONTACT else "utter_beantwoord"
        zeg(dispatcher, naam, knoppen(na, wie, nu, domain), referentie=na.referentie, toestand=na.toestand)
        return [SlotSet("behandeling", None)]

    @staticmethod
    def _vraag(dispatcher, b: Dict[str, Any], domain: Dict[str, Any], kort: bool = False) -> None:
        veld = lezer.volgende_veld(b)
        if veld != lezer.AKKOORD:
            zeg(dispatcher, f"utter_vraag_behandel_{veld}", referentie=b["referentie"])
            return
        woorden = _woorden(domain, "utter_behandel_overzicht")
        zeg(dispatcher, "utter_vraag_behandel_akkoord" if kort else "utter_behandel_overzicht", referentie=b["referentie"],
            uw_antwoord=woorden[b[lezer.STAP]].format(oplossing=woorden.get(b.get(lezer.OPLOSSING) or "", "")),
            toelichting=b[lezer.TOELICHTING] or woorden["geen"])

    async def next_requested_slot(self, dispatcher, tracker, domain) -> Optional[Dict]:
        return SlotSet("requested_slot", VRAAG if tracker.get_slot("behandeling") else None)


class ActionBehandelingKlaar(Action):
    """The end of the form, or leaving it: nothing half-done stays behind."""

    def name(self) -> str:
        return "action_behandeling_klaar"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if tracker.get_slot("behandeling"):
            zeg(dispatcher, "utter_behandeling_gestopt")
        return [SlotSet("behandeling", None), SlotSet(VRAAG, None)]


class ActionVerzoekGeschiedenis(Action):
    """Everything that happened to a request: when, what, by whom, and the values that changed."""

    def name(self) -> str:
        return "action_verzoek_geschiedenis"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if zeg_klantantwoord(dispatcher, tracker):
            return []
        verzoek = welk_verzoek(dispatcher, tracker, domain)
        if not verzoek:
            return []
        woorden = _woorden(domain, "utter_geschiedenis")
        regels = [self._regel(g, woorden) for g in opslag().geschiedenis(verzoek.referentie)]
        wie, nu = spreker(tracker), instellingen.nu()
        zeg(dispatcher, "utter_geschiedenis", knoppen(verzoek, wie, nu, domain)[:-1] or None, regels="\n".join(regels),
            referentie=verzoek.referentie, toestand=verzoek.toestand)
        return [SlotSet(BEHANDELD, verzoek.referentie)]

    @staticmethod
    def _regel(g: Gebeurtenis, woorden: Dict[str, Any]) -> str:
        op = g.op.astimezone(instellingen.TIJDZONE)
        wie = woorden["wie"].get(g.rol, g.rol)

        def schrijf(veld: str, waarde: Optional[str]) -> str:
            if waarde and veld == "afspraak_datum":
                return datums.schrijf_datum(date.fromisoformat(waarde))
            if waarde and veld == "afspraak_tijd":
                return datums.schrijf_tijd(time.fromisoformat(waarde))
            return (waarde or woorden["leeg"]).rstrip(".")

        anders = [woorden["veld"].format(veld=woorden["velden"][v], oud=schrijf(v, g.oud[v]), nieuw=schrijf(v, g.nieuw[v]))
                  for v in g.nieuw if v in woorden["velden"]]
        return "".join([
            woorden["regel"].format(datum=datums.schrijf_datum(op.date()), tijd=datums.schrijf_tijd(op.time()),
                                    stap=woorden["stappen"][g.stap], wie=f"{wie} {g.sub}" if g.sub else wie),
            woorden["erbij"].format(tekst=g.toelichting.rstrip(".")) if g.toelichting else "", *anders])
