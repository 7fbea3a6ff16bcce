"""The store of conversations: a short reading says what the whole conversation says."""
import asyncio
import random

import pytest
import sqlalchemy as sa
from databases import database, postgres  # noqa: F401 (fixtures)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components import gesprekken
from components.gesprekken import BEURTEN, SPELING, BeurtMislukt, GesprekkenOpslag

DOMEIN = Domain.from_yaml("""
version: "3.1"
intents: [vraag]
slots:
  plaats: {type: any, mappings: [{type: custom}]}
  requested_slot: {type: any, mappings: [{type: custom}]}
forms: {verzoek_form: {required_slots: []}}
actions: [action_antwoord]
""")


@pytest.fixture
def winkel(database):
    return GesprekkenOpslag(DOMEIN, host=database)


def beurt(n, *gebeurtenissen):
    return [UserUttered(f"vraag {n}", {"name": "vraag", "confidence": 1.0}), *gebeurtenissen,
            BotUttered(f"antwoord {n}"), ActionExecuted("action_listen")]


async def speel(winkel, beurten, gesprek="g"):
    for gebeurtenissen in beurten:
        tracker = await winkel.get_or_create_tracker(gesprek, append_action_listen=False)
        if not tracker.events:
            tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted(),
                                        ActionExecuted("action_listen")], DOMEIN)
        tracker.update_with_events(gebeurtenissen, DOMEIN)
        await winkel.save(tracker)


def einde(tracker, beurten):
    """The events of the last turns, as they are stored."""
    alle = list(tracker.events)
    begin = [n for n, g in enumerate(alle) if isinstance(g, UserUttered)][-beurten:][0]
    return [g.as_dict() for g in alle[begin:]]


@pytest.mark.parametrize("zaad", range(3))
def test_a_short_reading_is_the_end_of_the_whole_conversation(winkel, zaad):
    dobbel, beurten, in_formulier = random.Random(zaad), [], False
    for n in range(60):
        extra = [SlotSet("plaats", dobbel.choice(["Zwolle", "Assen", None]))] if dobbel.random() < 0.3 else []
        if dobbel.random() < 0.15:
            in_formulier = not in_formulier
            extra += [ActionExecuted("verzoek_form"), ActiveLoop("verzoek_form" if in_formulier else None),
                      SlotSet("requested_slot", "plaats" if in_formulier else None)]
        beurten.append(beurt(n, *extra))

    async def proef():
        for n, gebeurtenissen in enumerate(beurten):
            await speel(winkel, [gebeurtenissen])
            kort, heel = await winkel.retrieve("g"), await winkel.retrieve_full_tracker("g")
            assert kort.current_slot_values() == heel.current_slot_values()
            assert kort.active_loop == heel.active_loop and kort.latest_message.text == heel.latest_message.text
            vragen = [g for g in kort.events if isinstance(g, UserUttered)]
            assert len(vragen) >= min(n + 1, BEURTEN)
            assert len(vragen) <= 2 * (BEURTEN + SPELING)
            assert einde(kort, BEURTEN) == einde(heel, BEURTEN)
        assert len([g for g in heel.events if isinstance(g, UserUttered)]) == 60  # nothing was lost or written twice
    asyncio.run(proef())


def test_a_turn_with_a_failed_action_leaves_the_conversation_as_it_was(winkel):
    async def proef():
        await speel(winkel, [beurt(1)])
        gesprekken.MISLUKT.set("action_antwoord")
        with pytest.raises(BeurtMislukt):
            await speel(winkel, [beurt(2)])
        await speel(winkel, [beurt(3)])
        tracker = await winkel.retrieve("g")
        assert [g.text for g in tracker.events if isinstance(g, UserUttered)] == ["vraag 1", "vraag 3"]
    asyncio.run(proef())


def test_conversations_do_not_mix(winkel):
    async def proef():
        await asyncio.gather(*(speel(winkel, [beurt(f"{naam}{n}") for n in range(20)], naam) for naam in "abc"))
        for naam in "abc":
            heel = await winkel.retrieve_full_tracker(naam)
            assert [g.text for g in heel.events if isinstance(g, UserUttered)] == [f"vraag {naam}{n}" for n in range(20)]
    asyncio.run(proef())


def test_a_store_that_is_locked_is_a_failure_and_not_an_empty_conversation(tmp_path, monkeypatch):
    monkeypatch.setattr(gesprekken, "WACHTTIJD", 0.2)
    winkel = GesprekkenOpslag(DOMEIN, host=f"sqlite:///{tmp_path}/g.db")
    asyncio.run(speel(winkel, [beurt(1)]))
    slot = sa.create_engine(f"sqlite:///{tmp_path}/g.db", isolation_level=None).raw_connection()
    slot.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sa.exc.OperationalError):
        asyncio.run(speel(winkel, [beurt(2)]))
    slot.execute("ROLLBACK")
    asyncio.run(speel(winkel, [beurt(3)]))
    tracker = asyncio.run(winkel.retrieve("g"))
    assert [g.text for g in tracker.events if isinstance(g, UserUttered)] == ["vraag 1", "vraag 3"]


def test_the_tracker_that_is_kept_is_the_one_that_was_made():
    tracker = DialogueStateTracker.from_events("g", [
        ActionExecuted("action_session_start"), SessionStarted(), SlotSet("plaats", "Assen"),
        ActiveLoop("verzoek_form"), ActionExecuted("action_listen")], DOMEIN.slots)
    weer = DialogueStateTracker.from_events("g", gesprekken._stand(tracker, list(tracker.events), DOMEIN), DOMEIN.slots)
    assert weer.current_slot_values() == tracker.current_slot_values() and weer.active_loop == tracker.active_loop
    assert weer.latest_action_name == "action_listen"
