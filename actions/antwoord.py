"""Answering a topic, or two at once, and talking about the answer just given."""
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hulp import antwoorden, bericht, knop, laatste_antwoord, spreker, titel, zeg, zeg_variant
from actions.termijn import ActionTermijn
from protocol import bron, datums, instellingen
from protocol.toegang import KLANTCONTACT

MAX_SUGGESTIES = 3
# Below this a topic is as good as drawn by lot.
MIN_ZEKERHEID = 0.05
# Two topics are a choice of two when together they are this likely, and the third is less than half the second.
SAMEN = 0.5
# A follow-up ("en als ze nee zeggen?") is about the topic it comes nearest to, when that has this part of what is left.
MIN_VERVOLG = 0.2
# Saying no, by whoever is asked.
WEIGEREN = {"geen_instemming", "mede_opname_weigeren", "moet_ik_instemmen"}


class ActionAntwoord(Action):
    """Says `utter_<intent>`; the variation for sound or picture is chosen by its condition.

    A message of two clear questions carries the entity `deelvraag` for each (components/deelvragen.py): all are
    answered, in order, each for the kind of recording it speaks of.
    """

    def name(self) -> str:
        return "action_antwoord"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        delen = [e for e in tracker.latest_message.get("entities", []) if e["entity"] == "deelvraag"]
        if not delen:
            return self._zeg(dispatcher, tracker, domain, bericht(tracker).intent)
        events: List[Dict] = []
        soorten = [_soort_in(tracker, deel) for deel in delen]
        for deel, soort in zip(delen, soorten):
            if deel["value"] == "termijn":
                events += ActionTermijn().run(dispatcher, tracker, domain)
            elif len(set(soorten)) > 1:
                zeg_variant(dispatcher, tracker, domain, f"utter_{deel['value']}", soort)
            else:
                events += self._zeg(dispatcher, tracker, domain, deel["value"])
        return events

    @staticmethod
    def _zeg(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any], onderwerp: str) -> List[Dict]:
        zeg(dispatcher, f"utter_{onderwerp}")
        # What an agent does next, and never reads aloud, is a message of its own.
        if spreker(tracker).rol == KLANTCONTACT and antwoorden(domain, f"utter_intern_{onderwerp}"):
            zeg(dispatcher, f"utter_intern_{onderwerp}")
        return []


def _soort_in(tracker: Tracker, deel: Dict[str, Any]) -> Optional[str]:
    """The kind of recording that a part of the message names."""
    return next((e["value"] for e in tracker.latest_message.get("entities", []) if e["entity"] == "opnamesoort"
                 and deel["start"] <= e["start"] < deel["end"]), None)


class ActionVervolg(Action):
    """'En als ik film?': the last topic again, in the light of what is new in the question."""

    def name(self) -> str:
        return "action_vervolg"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if datums.lees(bericht(tracker).tekst, instellingen.nu()).date:
            return ActionTermijn().run(dispatcher, tracker, domain)  # "en voor 4 januari?"
        onderwerp = self._onderwerp(tracker, domain)
        zeg(dispatcher, f"utter_{onderwerp}" if onderwerp else "utter_uitleg_algemeen")
        return []

    @staticmethod
    def _onderwerp(tracker: Tracker, domain: Dict[str, Any]) -> Optional[str]:
        nieuw, vorige = bericht(tracker).entiteiten, laatste_antwoord(tracker, domain)
        if "medium" in nieuw:
            return "delen" if "whatsapp" in nieuw["medium"] else "openbaar_maken"
        if "gesprekskanaal" in nieuw:
            return "welk_gesprek"
        rest = [k for k in tracker.latest_message.get("intent_ranking", []) if k["name"] != "vervolg"]
        drempel = MIN_VERVOLG * sum(k["confidence"] for k in rest)
        naast = next((k["name"] for k in rest if k["confidence"] >= drempel and titel(domain, k["name"])), None)
        if "opnamesoort" in nieuw:
            return vorige or naast or "mag_opnemen"
        if vorige in ("uwv_neemt_op", "mede_opname_weigeren") and WEIGEREN & {k["name"] for k in rest[:2]}:
            return "mede_opname_weigeren"  # after "neemt UWV op?" it is the client who says no
        return naast


class ActionOverAntwoord(Action):
    """A question about what was just said or asked: why, what do you mean, where does it stand, again please."""

    def name(self) -> str:
        return "action_over_antwoord"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        intent = bericht(tracker).intent
        gevraagd = tracker.get_slot("requested_slot")
        if gevraagd and intent == "herhalen":
            return []  # the form asks its question again by itself
        if gevraagd and antwoorden(domain, f"utter_{intent}_{gevraagd}"):
            zeg(dispatcher, f"utter_{intent}_{gevraagd}")
        elif onderwerp := laatste_antwoord(tracker, domain):
            self._over(dispatcher, domain, intent, onderwerp)
        else:
            zeg(dispatcher, "utter_geldigheid" if intent == "waar_staat_dat" else "utter_uitleg_algemeen")
        return []

    @staticmethod
    def _over(dispatcher: CollectingDispatcher, domain: Dict[str, Any], intent: str, onderwerp: str) -> None:
        if intent == "waar_staat_dat":
            bronnen = antwoorden(domain, f"utter_{onderwerp}")[-1].get("metadata", {}).get("bron")
            if bronnen:
                zeg(dispatcher, "utter_waar_staat_dat", bronregel=bron.bronregel(bronnen))
            else:
                zeg(dispatcher, "utter_geldigheid")
        elif intent == "herhalen":
            zeg(dispatcher, f"utter_{onderwerp}")
        elif intent == "waarom_vragen":
            waarom = f"utter_waarom_{onderwerp}"
            zeg(dispatcher, waarom if antwoorden(domain, waarom) else "utter_waarom_vragen_onbekend")
        else:
            kort = f"utter_kort_{onderwerp}"
            zeg(dispatcher, kort if antwoorden(domain, kort) else "utter_uitleg_algemeen")


class ActionNietBegrepen(Action):
    """Not understood: the most likely topics as buttons; the second time in a row the way to a person."""

    def name(self) -> str:
        return "action_niet_begrepen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if datums.lees(bericht(tracker).tekst, instellingen.nu()).outcome in ("date", "datetime", "ask"):
            return ActionTermijn().run(dispatcher, tracker, domain)
        gezegd = [(e.get("metadata") or {}).get("utter_action") for e in tracker.events if e.get("event") == "bot"]
        if gezegd and gezegd[-1] in ("utter_niet_begrepen", "utter_niet_begrepen_twee"):
            zeg(dispatcher, "utter_niet_begrepen_weer")
            return []
        kandidaten = [(naam, k) for k in tracker.latest_message.get("intent_ranking", [])
                      if k["confidence"] >= MIN_ZEKERHEID and (naam := titel(domain, k["name"]))]
        twee = gaat_tussen_twee([k["confidence"] for _, k in kandidaten])
        knoppen = [knop(naam, k["name"]) for naam, k in kandidaten[:2 if twee else MAX_SUGGESTIES]]
        antwoord = "utter_niet_begrepen_twee" if twee else "utter_niet_begrepen" if knoppen else "utter_niet_begrepen_weer"
        zeg(dispatcher, antwoord, knoppen or None)
        return []


def gaat_tussen_twee(kansen: List[float]) -> bool:
    """Whether two topics, the likeliest first, stand so far before the rest that only they are worth asking for."""
    eerste, tweede, derde = [*kansen, 0.0, 0.0, 0.0][:3]
    return tweede > 0 and eerste + tweede >= SAMEN and tweede >= 2 * derde and tweede >= eerste / 2
