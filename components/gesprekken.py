"""Where conversations are kept: Rasa's SQL tracker store, and a long conversation costs no more than a short one.

Rasa's own store reads, replays and sends to the action server all that was ever said, at every turn. Here a turn
reads the last turns only, behind a few events that restore what went before them: the slots and the open form. What
was said stays in the table `events`, whole and in order.

A store that fails is told as a failure (channels/balie.py). Rasa would go on with an empty conversation in memory, and
write that over the form that was being filled in.
"""
from __future__ import annotations

import asyncio
import json
from contextvars import ContextVar
from typing import Any, Dict, List, Optional, Text

import rasa.core.actions.action as acties
import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore, create_engine_kwargs
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted, ActiveLoop, Event, LoopInterrupted, SessionStarted, SlotSet, UserUttered)
from rasa.shared.core.trackers import DialogueStateTracker

# Turns that are kept at hand, and how many more may gather before the older ones are set aside. Outside a form is the
# better moment; inside one the conversation may grow to the double.
BEURTEN, SPELING = 6, 6
# Seconds: a store or an action that takes longer than this is a failure that must be told.
WACHTTIJD = 4
ACTIETIJD = 6


class GesprekkenOpslag(SQLTrackerStore):
    """SQLTrackerStore with short reads, one write per turn, and its waiting done outside the server's loop."""

    # Where the reading of a conversation begins: after which event, and the events that stand for what went before.
    standen = sa.Table(
        "standen", SQLTrackerStore.Base.metadata,
        sa.Column("sender_id", sa.String(255), primary_key=True),
        sa.Column("na_id", sa.Integer, nullable=False),
        sa.Column("stand", sa.Text, nullable=False),
    )

    def __init__(self, domain: Optional[Domain] = None, host: Optional[Text] = None, **kwargs: Any) -> None:
        super().__init__(domain=domain, host=host, **kwargs)
        url = self.engine.url
        self.engine.dispose()
        self.engine = _motor(url)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The conversation as far as a turn needs it."""
        begin, rijen = await asyncio.get_running_loop().run_in_executor(None, self._lees, sender_id)
        if not rijen:
            return None
        dicts = (json.loads(begin) if begin else []) + [json.loads(rij.data) for rij in rijen]
        tracker = DialogueStateTracker.from_dict(sender_id, dicts, self.domain.slots)
        tracker.opgeslagen = len(tracker.events), [rij.id for rij in rijen]  # type: ignore[attr-defined]
        return tracker

    def _lees(self, sender_id: Text) -> Any:
        rij = self.SQLEvent
        with self.engine.connect() as verbinding:
            begin = verbinding.execute(
                sa.select(self.standen.c.na_id, self.standen.c.stand).where(self.standen.c.sender_id == sender_id)).first()
            vraag = sa.select(rij.id, rij.data).where(rij.sender_id == sender_id)
            if begin:
                vraag = vraag.where(rij.id > begin.na_id)
            return begin and begin.stand, verbinding.execute(vraag.order_by(rij.id)).all()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Adds what is new, in one transaction; the event broker hears of it after that.

        A turn in which an action failed is not kept at all: the conversation stands where it stood before it.
        """
        if fout := MISLUKT.get():
            MISLUKT.set(None)
            raise BeurtMislukt(fout)
        aantal, ids = getattr(tracker, "opgeslagen", (0, []))
        alle = list(tracker.events)
        nieuw, knip = alle[aantal:], _knip(alle)
        plek = knip - (aantal - len(ids)) - 1  # of the last row before the cut
        stand = None
        if 0 <= plek < len(ids):
            begin = _stand(tracker, alle[:knip], self.domain)
            stand = {"na_id": ids[plek], "stand": json.dumps([g.as_dict() for g in begin])}
        if nieuw:
            await asyncio.get_running_loop().run_in_executor(None, self._schrijf, tracker.sender_id, nieuw, stand)
        tracker.opgeslagen = len(alle), []  # type: ignore[attr-defined]
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, nieuw, tracker.sender_id)

    def _schrijf(self, sender_id: Text, nieuw: List[Event], stand: Optional[Dict[Text, Any]]) -> None:
        with self.engine.begin() as verbinding:
            verbinding.execute(self.SQLEvent.__table__.insert(), [self._rij(sender_id, g) for g in nieuw])
            if stand and not verbinding.execute(
                    self.standen.update().where(self.standen.c.sender_id == sender_id).values(stand)).rowcount:
                verbinding.execute(self.standen.insert().values(sender_id=sender_id, **stand))

    @staticmethod
    def _rij(sender_id: Text, gebeurtenis: Event) -> Dict[Text, Any]:
        data = gebeurtenis.as_dict()
        return {"sender_id": sender_id, "type_name": gebeurtenis.type_name, "timestamp": data.get("timestamp"),
                "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
                "action_name": data.get("name"), "data": json.dumps(data)}


def _motor(url: Any) -> sa.engine.Engine:
    if not str(url).startswith("sqlite"):
        opties = create_engine_kwargs(url)
        verbinding = {"connect_timeout": WACHTTIJD, **opties.pop("connect_args", {})}
        verbinding["options"] = f"{verbinding.get('options', '')} -c statement_timeout={WACHTTIJD * 1000}".strip()
        # pool_pre_ping: a database that restarted costs a reconnect, not a failed turn.
        return sa.create_engine(url, pool_pre_ping=True, connect_args=verbinding, future=True, **opties)
    motor = sa.create_engine(url, future=True, poolclass=sa.pool.QueuePool,
                             connect_args={"timeout": WACHTTIJD, "check_same_thread": False})

    @sa.event.listens_for(motor, "connect")
    def _verbonden(verbinding: Any, _: Any) -> None:
        # Readers do not wait for a writer, and a turn does not wait for the disk: a killed process loses nothing, a
        # power cut perhaps the last turns of a conversation. Requests and cases are in a store that does wait.
        verbinding.execute("PRAGMA journal_mode=WAL")
        verbinding.execute("PRAGMA synchronous=NORMAL")

    return motor


def _knip(gebeurtenissen: List[Event]) -> int:
    """Before how many events the reading may begin; 0 when the conversation is still short."""
    grenzen, in_formulier, lus = [], [], False
    for plek, gebeurtenis in enumerate(gebeurtenissen):
        if isinstance(gebeurtenis, ActiveLoop):
            lus = gebeurtenis.name is not None
        elif isinstance(gebeurtenis, UserUttered) and plek and _luistert(gebeurtenissen[plek - 1]):
            grenzen.append(plek)
            in_formulier.append(lus)
    if len(grenzen) < BEURTEN + SPELING:
        return 0
    te_knippen = list(zip(grenzen, in_formulier))[1:len(grenzen) - BEURTEN + 1]
    buiten = [plek for plek, binnen in te_knippen if not binnen]
    if buiten:
        return buiten[-1]
    return te_knippen[-1][0] if len(grenzen) >= 2 * (BEURTEN + SPELING) else 0


def _luistert(gebeurtenis: Event) -> bool:
    return isinstance(gebeurtenis, ActionExecuted) and gebeurtenis.action_name == ACTION_LISTEN_NAME


def _stand(tracker: DialogueStateTracker, ervoor: List[Event], domain: Domain) -> List[Event]:
    """Events that bring a new conversation where these events brought it."""
    toen = DialogueStateTracker.from_events(tracker.sender_id, ervoor, domain.slots)
    op = ervoor[-1].timestamp
    uit: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=op), SessionStarted(timestamp=op)]
    uit += [SlotSet(naam, slot.value, timestamp=op) for naam, slot in toen.slots.items()
            if slot.value != slot.initial_value]
    if toen.active_loop:
        uit.append(ActiveLoop(toen.active_loop.name, timestamp=op))
        if toen.active_loop.is_interrupted:
            uit.append(LoopInterrupted(True, timestamp=op))
    return uit + [ActionExecuted(ACTION_LISTEN_NAME, timestamp=op)]


class BeurtMislukt(Exception):
    """An action failed in this turn; the log says how."""


# The failed action of the turn that runs here. Rasa logs the failure and goes on: in a form it would keep the answer
# unread, at the start of a conversation it would forget whose it is.
MISLUKT: ContextVar[Optional[Text]] = ContextVar("mislukt", default=None)
_run = acties.RemoteAction.run


async def _run_en_meld(self: acties.RemoteAction, *args: Any, **kwargs: Any) -> List[Event]:
    try:
        return await _run(self, *args, **kwargs)
    except acties.ActionExecutionRejection:
        raise
    except Exception:
        MISLUKT.set(self.name())
        raise


_voorspel = MessageProcessor.predict_next_with_tracker_if_should


def _voorspel_niet_verder(self: MessageProcessor, *args: Any, **kwargs: Any) -> Any:
    # Nothing was done, so the rules would ask for the same action again, ten times over.
    if fout := MISLUKT.get():
        MISLUKT.set(None)
        raise BeurtMislukt(fout)
    return _voorspel(self, *args, **kwargs)


def _zonder_vangnet(store: Optional[TrackerStore], domain: Domain) -> TrackerStore:
    store = store or InMemoryTrackerStore(domain)
    store.domain = domain
    return store


def pas_toe() -> None:
    """Takes away the store in memory that Rasa puts behind every other one, and Rasa's patience with slow actions."""
    Agent._create_tracker_store = staticmethod(_zonder_vangnet)
    acties.RemoteAction.run = _run_en_meld
    acties.DEFAULT_REQUEST_TIMEOUT = ACTIETIJD
    MessageProcessor.predict_next_with_tracker_if_should = _voorspel_niet_verder
