"""The start of a conversation."""
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from protocol.toegang import KLANT


class ActionSessionStart(Action):
    """Keeps the role of the verified token for the conditions of responses.

    A conversation belongs to one role for good (its id is made of it). What someone may *do* is never decided by this
    slot but by the claims of the message itself (`actions.hulp.spreker`).
    """

    def name(self) -> str:
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        claims = tracker.get_slot("session_started_metadata") or {}
        return [SessionStarted(), SlotSet("rol", claims.get("rol", KLANT)), ActionExecuted("action_listen")]
