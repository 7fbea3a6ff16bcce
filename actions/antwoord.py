"""Answering a topic, and talking about the answer just given."""
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hulp import antwoorden, bericht, knop, laatste_antwoord, spreker, titel, zeg
from actions.termijn import ActionTermijn
from protocol import bron, datums, instellingen
from protocol.toegang import KLANTCONTACT

MAX_SUGGESTIES = 3
# Below this a topic is as good as drawn by lot.
MIN_ZEKERHEID = 0.05


class ActionAntwoord(Action):
    """Says `utter_<intent>`; the variation for sound or picture is chosen by its condition."""

    def name(self) -> str:
        return "action_antwoord"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        onderwerp = bericht(tracker).intent
        zeg(dispatcher, f"utter_{onderwerp}")
        # What an agent does next, and never reads aloud, is a message of its own.
        if spreker(tracker).rol == KLANTCONTACT and antwoorden(domain, f"utter_intern_{onderwerp}"):
            zeg(dispatcher, f"utter_intern_{onderwerp}")
        return []


class ActionVervolg(Action):
    """'En als ik film?': the last topic again, in the light of what is new in the question."""

    def name(self) -> str:
        return "action_vervolg"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        nieuw = bericht(tracker).entiteiten
        if datums.lees(bericht(tracker).tekst, instellingen.nu()).date:
            return ActionTermijn().run(dispatcher, tracker, domain)  # "en voor 4 januari?"
        onderwerp = laatste_antwoord(tracker, domain)
        if "medium" in nieuw:
            onderwerp = "delen" if "whatsapp" in nieuw["medium"] else "openbaar_maken"
        elif "gesprekskanaal" in nieuw:
            onderwerp = "welk_gesprek"
        elif "opnamesoort" in nieuw:
            onderwerp = onderwerp or "mag_opnemen"
        else:
            onderwerp = None
        zeg(dispatcher, f"utter_{onderwerp}" if onderwerp else "utter_uitleg_algemeen")
        return []


class ActionOverAntwoord(Action):
    """A question about what was just said or asked: why, what do you mean, where does it stand, again please."""

    def name(self) -> str:
        return "action_over_antwoord"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        intent = bericht(tracker).intent
        gevraagd = tracker.get_slot("requested_slot")
        onderwerp = laatste_antwoord(tracker, domain)
        if gevraagd and intent == "herhalen":
            return []  # the form asks its question again by itself
        if gevraagd and antwoorden(domain, f"utter_{intent}_{gevraagd}"):
            zeg(dispatcher, f"utter_{intent}_{gevraagd}")
        elif intent == "waar_staat_dat":
            bronnen = onderwerp and antwoorden(domain, f"utter_{onderwerp}")[-1].get("metadata", {}).get("bron")
            if bronnen:
                zeg(dispatcher, "utter_waar_staat_dat", bronregel=bron.bronregel(bronnen))
            else:
                zeg(dispatcher, "utter_geldigheid")
        elif intent == "waarom_vragen" and onderwerp:
            zeg(dispatcher, "utter_waarom_beeld_strenger" if tracker.get_slot("opnamesoort") == "beeld"
                else "utter_waarom_protocol")
        elif intent == "herhalen" and onderwerp:
            zeg(dispatcher, f"utter_{onderwerp}")
        else:
            zeg(dispatcher, "utter_uitleg_algemeen")
        return []


class ActionNietBegrepen(Action):
    """Not understood: the most likely topics as buttons; the second time in a row the way to a person."""

    def name(self) -> str:
        return "action_niet_begrepen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if datums.lees(bericht(tracker).tekst, instellingen.nu()).outcome in ("date", "datetime", "ask"):
            return ActionTermijn().run(dispatcher, tracker, domain)
        gezegd = [(e.get("metadata") or {}).get("utter_action") for e in tracker.events if e.get("event") == "bot"]
        if gezegd and gezegd[-1] == "utter_niet_begrepen":
            zeg(dispatcher, "utter_niet_begrepen_weer")
            return []
        kandidaten = [k["name"] for k in tracker.latest_message.get("intent_ranking", [])
                      if k["confidence"] >= MIN_ZEKERHEID]
        knoppen = [knop(naam, k) for k in kandidaten if (naam := titel(domain, k))][:MAX_SUGGESTIES]
        zeg(dispatcher, "utter_niet_begrepen" if knoppen else "utter_niet_begrepen_weer", knoppen or None)
        return []
