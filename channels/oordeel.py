"""Whether an answer helped: one thumb per answer, kept with the conversation for `make hear`."""

from __future__ import annotations

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import SlotSet, UserUttered

SLOT = "duim"


async def bewaar(opslag: TrackerStore, gesprek: str, bericht_id: str, nuttig: bool) -> bool:
    """Add what a person thought of the answer to the message with this id.

    False, and nothing kept: no such message in the last turns of this conversation, or it has its thumb already.
    """
    tracker = await opslag.retrieve(gesprek)
    for gebeurtenis in reversed(tracker.events if tracker else ()):
        if isinstance(gebeurtenis, SlotSet) and gebeurtenis.key == SLOT and gebeurtenis.value["bericht"] == bericht_id:
            return False
        if isinstance(gebeurtenis, UserUttered) and gebeurtenis.message_id == bericht_id:
            tracker.update(SlotSet(SLOT, {"bericht": bericht_id, "nuttig": nuttig}))
            await opslag.save(tracker)
            return True
    return False
