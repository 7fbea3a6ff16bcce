"""How a request is doing, for who knows its reference and one thing about it."""
from typing import Any, Dict, List

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hulp import bericht, zeg
from protocol import datums, instellingen
from protocol.opslag import opslag
from protocol.statusvraag import lees_controle, mag_inzien
from protocol.tekst import lijkt_vraag
from protocol.verzoeken import lees_referentie


class ValidateStatusForm(FormValidationAction):
    """Reads the reference and the check answer, wherever they stand."""

    def name(self) -> str:
        return "validate_status_form"

    async def get_extraction_events(self, dispatcher, tracker, domain) -> List[Dict]:
        return []

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker,
                                    domain: Dict[str, Any]) -> List[Dict]:
        laatste, gevraagd = bericht(tracker), tracker.get_slot("requested_slot")
        if referentie := lees_referentie(laatste.tekst):
            return [SlotSet("status_referentie", referentie)]
        if gevraagd and laatste.intent in ("gegevens_geven", "corrigeren", "nlu_fallback", "weet_niet", "bevestigen",
                                           "ontkennen", "groeten") or (
                gevraagd == "status_controle" and laatste.zekerheid < 0.6 and not lijkt_vraag(laatste.tekst)):
            if gevraagd == "status_controle" and (controle := lees_controle(laatste.tekst, instellingen.nu())):
                return [SlotSet("status_controle", controle)]
            zeg(dispatcher, f"utter_niet_gelezen_{gevraagd}")
            return [SlotSet(gevraagd, None)]
        return []


class ActionStatus(Action):
    """The state of the request, or one and the same answer for every wrong reference or check."""

    def name(self) -> str:
        return "action_status"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        verzoek = opslag().bij_referentie(tracker.get_slot("status_referentie") or "")
        if verzoek and mag_inzien(verzoek, tracker.get_slot("status_controle") or ""):
            zeg(dispatcher, f"utter_status_{verzoek.toestand}", referentie=verzoek.referentie,
                datum=datums.schrijf_datum(verzoek.afspraak_datum))
        else:
            zeg(dispatcher, "utter_status_onbekend")
        return [SlotSet("status_referentie", None), SlotSet("status_controle", None)]
