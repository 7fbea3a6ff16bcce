"""After a turn, before it is stored: what people told of themselves leaves the words of their message.

A form knows only after reading which words were a name or a remark. The actions put those in encrypted slots
(actions/poort.py); the same words are taken out of the message here, and the whole message is kept beside it, encrypted.
"""

from __future__ import annotations

import json
import re
from typing import Any, Awaitable, Callable, Iterator

from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from protocol.versleutelen import is_verzegeld, ontzegel, verzegel

WEG = "[weggelaten]"
KORTST = 3  # shorter words are no secret, and stand within others
Bewaren = Callable[[Any, DialogueStateTracker], Awaitable[None]]


def wis(tracker: DialogueStateTracker) -> None:
    """Takes the personal words of the last turn out of its message."""
    woorden: set[str] = set()
    for gebeurtenis in reversed(tracker.events):
        if isinstance(gebeurtenis, SlotSet) and is_verzegeld(gebeurtenis.value):
            woorden.update(_teksten(json.loads(ontzegel(gebeurtenis.value))))
        elif isinstance(gebeurtenis, UserUttered):
            if woorden:
                _wis_uit(gebeurtenis, woorden)
            return


def _wis_uit(gebeurtenis: UserUttered, woorden: set[str]) -> None:
    langste_eerst = sorted((w for w in woorden if len(w) >= KORTST), key=len, reverse=True)
    tekst = gebeurtenis.text or ""
    if not langste_eerst or tekst.startswith("/"):
        return
    patroon = re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in langste_eerst), re.IGNORECASE)
    zonder = patroon.sub(WEG, tekst)
    if zonder == tekst:
        return
    gebeurtenis.metadata = {"tekst": verzegel(tekst), **(gebeurtenis.metadata or {})}
    gebeurtenis.text = zonder
    if gebeurtenis.parse_data:
        gebeurtenis.parse_data["text"] = zonder
        gebeurtenis.parse_data["metadata"] = gebeurtenis.metadata
    for entiteit in gebeurtenis.entities or []:
        if isinstance(entiteit.get("value"), str):
            entiteit["value"] = patroon.sub(WEG, entiteit["value"])


def _teksten(waarde: Any) -> Iterator[str]:
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, dict):
        for deel in waarde.values():
            yield from _teksten(deel)


def met_wissen(bewaar: Bewaren) -> Bewaren:
    """`MessageProcessor.save_tracker`, after the words are out."""

    async def save_tracker(self: Any, tracker: DialogueStateTracker) -> None:
        wis(tracker)
        await bewaar(self, tracker)

    return save_tracker


def sluit_aan() -> None:
    """Puts it in front of every store, also after a new model is loaded: Rasa has no place for it."""
    if MessageProcessor.save_tracker.__module__ != __name__:
        MessageProcessor.save_tracker = met_wissen(MessageProcessor.save_tracker)
