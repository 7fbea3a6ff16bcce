"""How a request is doing, changing and withdrawing it: for who knows its reference and one thing about it."""
import math
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.hulp import bericht, knop, spreker, terug_van_zijvraag, vorm, weiger, zeg, zeg_zinnen
from actions.verzoek import overzicht
from protocol import datums, instellingen
from protocol import verzoeken as leven
from protocol import verzoekformulier as formulier
from protocol.opslag import opslag
from protocol.statusvraag import lees_controle, mag_inzien
from protocol.tekst import NOODINTENTS, lijkt_vraag
from protocol.toegang import mag
from protocol.verzoeken import Verzoek, Weigering, keur_stap, lees_referentie
from protocol.wijziging import als_formulier, lees_wijziging, verschil

STATUS, WIJZIGEN, INTREKKEN = "verzoek_status", "verzoek_wijzigen", "verzoek_intrekken"
# The step that must be allowed before there is anything to ask.
_STAP = {WIJZIGEN: leven.CONTACT_WIJZIGEN, INTREKKEN: leven.INTREKKEN}
REFERENTIE, CONTROLE, VRAAG = "status_referentie", "status_controle", "beheer_vraag"
_ANTWOORD = ("gegevens_geven", "corrigeren", "nlu_fallback", "weet_niet", "bevestigen", "ontkennen", "groeten")
_LEEG = (REFERENTIE, CONTROLE, VRAAG, "beheer")


def leeg() -> List[Dict]:
    """The slots of the form, emptied."""
    return [SlotSet(slot, None) for slot in _LEEG]


def zeg_toestand(dispatcher: CollectingDispatcher, verzoek: Verzoek, tracker: Tracker, domain: Dict[str, Any]) -> None:
    """The state in plain words, the employee's note, and what the client can still do."""
    naam = f"utter_status_{verzoek.toestand.replace(' ', '_')}"
    knoppen = []
    for doel, stap in _STAP.items():
        try:
            keur_stap(verzoek, stap, spreker(tracker), instellingen.nu())
        except Weigering:
            continue
        knoppen.append(knop(vorm(tracker, domain, f"utter_{doel}")["titel"], doel,
                            referentie=verzoek.referentie))
    woorden = vorm(tracker, domain, naam)
    zeg(dispatcher, naam, None if verzoek.toelichting else knoppen, referentie=verzoek.referentie,
        datum=datums.schrijf_datum(verzoek.afspraak_datum), oplossing=woorden.get(verzoek.oplossing or "", ""))
    if verzoek.toelichting:
        zeg(dispatcher, "utter_status_toelichting", knoppen, toelichting=verzoek.toelichting)


class ActionVerzoekBeheer(Action):
    """Starts the question after the state, a change or a withdrawal; a role that may not is told so."""

    def name(self) -> str:
        return "action_verzoek_beheer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        laatste, wie = bericht(tracker), spreker(tracker)
        if not mag(wie.rol, laatste.intent):
            zeg(dispatcher, "utter_alleen_klant")
            return []
        beheer: Dict[str, Any] = {"doel": laatste.intent}
        gekozen = next(iter(laatste.entiteiten.get("referentie", ())), None)
        # Only the request that this conversation has just shown needs no second proof.
        if gekozen and gekozen == tracker.get_slot("status_bewezen"):
            verzoek = opslag().bij_referentie(gekozen)
            verder = verzoek and ga_verder(dispatcher, beheer, verzoek, tracker, domain)
            if not verder:
                return leeg()
            return [*leeg(), SlotSet("beheer", verder), FollowupAction("status_form")]
        zeg(dispatcher, f"utter_{laatste.intent}")
        return [*leeg(), SlotSet("beheer", beheer), FollowupAction("status_form")]


def ga_verder(dispatcher: CollectingDispatcher, beheer: Dict[str, Any], verzoek: Verzoek, tracker: Tracker,
              domain: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    """What follows on the proof: None when all is said, else the management with its open question."""
    doel = beheer["doel"]
    if doel == STATUS:
        zeg_toestand(dispatcher, verzoek, tracker, domain)
        return None
    try:
        keur_stap(verzoek, _STAP[doel], spreker(tracker), instellingen.nu())
    except Weigering as weigering:
        weiger(dispatcher, weigering)
        return None
    return {"doel": doel, "referentie": verzoek.referentie, "versie": verzoek.versie,
            "ingevuld": als_formulier(verzoek) if doel == WIJZIGEN else {}}


class ValidateStatusForm(FormValidationAction):
    """Reads the reference and the check answer wherever they stand; then shows, changes or withdraws."""

    def name(self) -> str:
        return "validate_status_form"

    async def get_extraction_events(self, dispatcher, tracker, domain) -> List[Dict]:
        return []

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker,
                                    domain: Dict[str, Any]) -> List[Dict]:
        laatste, gevraagd = bericht(tracker), tracker.get_slot("requested_slot")
        beheer = dict(tracker.get_slot("beheer") or {})
        if terug_van_zijvraag(tracker, self.form_name()):
            if gevraagd and laatste.intent not in NOODINTENTS:
                self._vraag(dispatcher, tracker, gevraagd, beheer, domain, kort=True)
            return []
        try:
            if gevraagd == VRAAG and (laatste.intent == beheer["doel"] or laatste.intent not in (STATUS, *_STAP)):
                return self._lees_beheer(dispatcher, tracker, beheer, domain)
            return self._lees_bewijs(dispatcher, tracker, beheer, domain)
        except SQLAlchemyError:
            zeg(dispatcher, "utter_storing")
            return [SlotSet("beheer", beheer)]

    def _lees_bewijs(self, dispatcher, tracker, beheer, domain) -> List[Dict]:
        laatste, gevraagd = bericht(tracker), tracker.get_slot("requested_slot")
        gelezen = {}
        if referentie := lees_referentie(laatste.tekst):
            gelezen[REFERENTIE] = referentie
        elif laatste.intent in (STATUS, *_STAP):
            beheer = {**beheer, "doel": laatste.intent}  # changed their mind, or just began
            if verzoek := beheer.get("referentie") and opslag().bij_referentie(beheer["referentie"]):
                verder = ga_verder(dispatcher, beheer, verzoek, tracker, domain)
                if verder:
                    self._vraag(dispatcher, tracker, VRAAG, verder, domain)
                return [SlotSet("beheer", verder), SlotSet(VRAAG, None)]
        elif gevraagd and laatste.intent in _ANTWOORD or (
                gevraagd == CONTROLE and laatste.zekerheid < formulier.ZEKER and not lijkt_vraag(laatste.tekst)):
            if gevraagd == CONTROLE and (controle := lees_controle(laatste.tekst, instellingen.nu())):
                gelezen[CONTROLE] = controle
            else:
                zeg(dispatcher, f"utter_niet_gelezen_{gevraagd}")
        elif gevraagd and gevraagd != VRAAG:
            return []
        slots = {**tracker.slots, **gelezen}
        if slots.get(REFERENTIE) and slots.get(CONTROLE):
            return self._toon(dispatcher, tracker, beheer, slots, domain)
        if not beheer.get("referentie"):
            self._vraag(dispatcher, tracker, CONTROLE if slots.get(REFERENTIE) else REFERENTIE, beheer, domain)
        else:
            self._vraag(dispatcher, tracker, VRAAG, beheer, domain)
        return [SlotSet("beheer", beheer), *(SlotSet(k, v) for k, v in gelezen.items())]

    @staticmethod
    def _toon(dispatcher, tracker, beheer, slots, domain) -> List[Dict]:
        """Both are known: one and the same answer for everything that does not fit, ever slower."""
        nu, winkel = instellingen.nu(), opslag()
        winkel.verloop(nu)
        wacht = winkel.wacht_voor_poging([tracker.sender_id, slots[REFERENTIE]], nu)
        if wacht:
            minuten = math.ceil(wacht.total_seconds() / 60)
            zeg(dispatcher, "utter_status_wachten", minuten="één minuut" if minuten == 1 else f"{minuten} minuten")
            return leeg()
        verzoek = winkel.bij_referentie(slots[REFERENTIE])
        if not (verzoek and mag_inzien(verzoek, slots[CONTROLE])):
            zeg(dispatcher, "utter_status_onbekend")
            return leeg()
        winkel.poging_geslaagd(tracker.sender_id, verzoek.referentie)
        bewezen = SlotSet("status_bewezen", verzoek.referentie)
        verder = ga_verder(dispatcher, beheer, verzoek, tracker, domain)
        if not verder:
            return [*leeg(), bewezen]
        ValidateStatusForm._vraag(dispatcher, tracker, VRAAG, verder, domain)
        return [*leeg(), bewezen, SlotSet("beheer", verder)]

    def _lees_beheer(self, dispatcher, tracker, beheer, domain) -> List[Dict]:
        if beheer["doel"] == INTREKKEN:
            return self._lees_intrekken(dispatcher, tracker, beheer, domain)
        ingevuld, nu = beheer["ingevuld"], instellingen.nu()
        gevraagd = formulier.volgende_veld(ingevuld)
        lezing = lees_wijziging(bericht(tracker), gevraagd, ingevuld, nu, instellingen.sluitingsdagen())
        if not lezing.waarden:
            return []
        zeg_zinnen(dispatcher, lezing.zeg)
        beheer = {**beheer, "ingevuld": {**ingevuld, **lezing.waarden}}
        if formulier.volgende_veld(beheer["ingevuld"]) is None:
            return self._wijzig(dispatcher, tracker, beheer, nu)
        if not any(zin.vraagt for zin in lezing.zeg):
            self._vraag(dispatcher, tracker, VRAAG, beheer, domain)
        return [SlotSet("beheer", beheer)]

    def _lees_intrekken(self, dispatcher, tracker, beheer, domain) -> List[Dict]:
        laatste = bericht(tracker)
        if laatste.intent == "bevestigen":
            try:
                na = opslag().trek_in(beheer["referentie"], spreker(tracker), instellingen.nu(), beheer["versie"])
                zeg(dispatcher, "utter_ingetrokken", referentie=na.referentie)
            except Weigering as weigering:
                weiger(dispatcher, weigering)
            return leeg()
        if laatste.intent == "ontkennen":
            zeg(dispatcher, "utter_beheer_gestopt")
            return leeg()
        if laatste.intent not in (*_ANTWOORD, INTREKKEN) and (lijkt_vraag(laatste.tekst) or laatste.zekerheid >= formulier.ZEKER):
            return []
        zeg(dispatcher, "utter_niet_gelezen_akkoord")
        self._vraag(dispatcher, tracker, VRAAG, beheer, domain)
        return [SlotSet("beheer", beheer)]

    @staticmethod
    def _wijzig(dispatcher, tracker, beheer, nu) -> List[Dict]:
        winkel = opslag()
        verzoek = winkel.bij_referentie(beheer["referentie"])
        anders = verschil(verzoek, beheer["ingevuld"])
        if not anders:
            zeg(dispatcher, "utter_beheer_gestopt")
            return leeg()
        try:
            na = winkel.wijzig(verzoek.referentie, spreker(tracker), nu, anders, beheer["versie"])
            zeg(dispatcher, "utter_bereikbaar_gewijzigd" if na.toestand in leven.BEANTWOORD else "utter_gewijzigd",
                referentie=na.referentie)
        except Weigering as weigering:
            weiger(dispatcher, weigering)
        return leeg()

    @staticmethod
    def _vraag(dispatcher, tracker, veld: str, beheer: Dict[str, Any], domain: Dict[str, Any], kort: bool = False) -> None:
        """Ask what is open; the summary is shown whole once and then only referred to."""
        if veld != VRAAG:
            zeg(dispatcher, f"utter_vraag_{veld}")
            return
        if beheer["doel"] == INTREKKEN:
            zeg(dispatcher, "utter_vraag_intrekken", referentie=beheer["referentie"])
            return
        open_veld = formulier.volgende_veld(beheer["ingevuld"])
        if open_veld == formulier.WIJZIGING:
            zeg(dispatcher, "utter_vraag_wat_wijzigen")
        elif open_veld == formulier.AKKOORD:
            if not kort:
                verzoek = opslag().bij_referentie(beheer["referentie"])
                if verzoek.toestand in leven.BEANTWOORD and set(verschil(verzoek, beheer["ingevuld"])) - {"contact"}:
                    zeg(dispatcher, "utter_antwoord_vervalt")
                woorden = vorm(tracker, domain, "utter_overzicht")
                zeg(dispatcher, "utter_wijzig_overzicht", referentie=beheer["referentie"],
                    **overzicht(beheer["ingevuld"], woorden))
            else:
                zeg(dispatcher, "utter_vraag_wijzig_akkoord")
        else:
            zeg(dispatcher, f"utter_vraag_{open_veld}")

    async def next_requested_slot(self, dispatcher, tracker, domain) -> Optional[Dict]:
        beheer = tracker.get_slot("beheer")
        if not beheer:
            volgende = None
        elif beheer.get("referentie"):
            volgende = VRAAG
        else:
            volgende = CONTROLE if tracker.get_slot(REFERENTIE) else REFERENTIE
        return SlotSet("requested_slot", volgende)


class ActionStatus(Action):
    """The end of the form: everything has been said, nothing of it is kept."""

    def name(self) -> str:
        return "action_status"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        return leeg()


class ActionStatusStoppen(Action):
    """Leaves the form; the request is as it was."""

    def name(self) -> str:
        return "action_status_stoppen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        zeg(dispatcher, "utter_beheer_gestopt")
        return leeg()
