"""The desk: one turn of a conversation, the same for REST and Socket.IO.

In: a guarded text of a known speaker. Out: messages handed to `stuur`, at least one per turn. The texts
that the channel speaks itself come from the domain. Nothing a person typed is logged here.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import Counter, OrderedDict
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, AsyncIterator, Awaitable, Callable, Iterator, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from sqlalchemy.exc import SQLAlchemyError

from channels import bewaker, oordeel, toestand
from channels.fouten import Fout
from channels.identiteit import Spreker
from protocol.bron import bronregel
from protocol.logboek import BEURT
from protocol.maskeren import maskeer, scherm_af
from protocol.versleutelen import in_alles, ontzegel, verzegel

logger = logging.getLogger(__name__)

KANAAL = "web"
OPENING = "/groeten"
# A person hears something within this many seconds, whatever is broken or slow behind it.
GEDULD = 9.0
ADEMPAUZE = 0.05  # seconds between two looks whether a slowed conversation may go on
Stuur = Callable[[dict[str, Any]], Awaitable[None]]
Begin = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Bericht:
    """What came in: internal conversation id, speaker, guarded text, and the page's message id if any."""

    gesprek: str
    spreker: Spreker
    tekst: str
    id: Optional[str] = None


def uitgaand(bericht: dict[str, Any]) -> Optional[dict[str, Any]]:
    """A Rasa bot message as people's clients get it: text, buttons, custom, source; None when empty.

    What the actions encrypted for the tracker is readable again from here on.
    """
    uit: dict[str, Any] = {}
    if bericht.get("text"):
        uit["text"] = ontzegel(bericht["text"])
    if knoppen := bericht.get("buttons"):
        uit["buttons"] = [{"title": ontzegel(knop["title"]), "payload": knop["payload"]} for knop in knoppen]
    if bericht.get("custom"):
        uit["custom"] = in_alles(bericht["custom"], ontzegel)
    if not uit:
        return None
    # Only the source and the title of a topic leave the house: other inner metadata stays inside.
    meta = bericht.get("metadata") or {}
    bron = meta.get("bron")
    if bron:
        try:
            uit["metadata"] = {"bron": list(bron), "bronregel": bronregel(list(bron))}
            if meta.get("titel"):
                uit["metadata"]["titel"] = meta["titel"]
        except KeyError:
            logger.exception("An answer names a source that does not exist; sent without source line.")
    return uit


class Uitgang(OutputChannel):
    """Passes each bot message on to `stuur` as it comes, and counts them."""

    def __init__(self, stuur: Stuur) -> None:
        self._stuur = stuur
        self.aantal = 0

    @classmethod
    def name(cls) -> str:
        return KANAAL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        if uit := uitgaand(message):
            self.aantal += 1
            toestand.antwoord_gegeven(message)
            await self._stuur(uit)


@dataclass
class Eerste:
    """A message that was just taken in, the task that handles it, and its answers so far."""

    tekst: str
    id: Optional[str]
    sinds: float
    taak: asyncio.Task[None]
    antwoorden: list[dict[str, Any]]


class Dubbelen:
    """The last message of each conversation, for as long as the same text counts as the same message."""

    def __init__(self, seconden: float) -> None:
        self._seconden = seconden
        self._laatste: OrderedDict[str, Eerste] = OrderedDict()

    def zoek(self, bericht: Bericht, nu: float) -> Optional[Eerste]:
        """The message of which this is the double, if any. The same id again is a repetition, judged elsewhere."""
        while self._laatste and nu - next(iter(self._laatste.values())).sinds >= self._seconden:
            self._laatste.popitem(last=False)
        eerste = self._laatste.get(bericht.gesprek)
        if eerste is None or eerste.tekst != bericht.tekst or (bericht.id is not None and eerste.id == bericht.id):
            return None
        return eerste

    def onthoud(self, bericht: Bericht, eerste: Eerste) -> None:
        """From now on this is the last message of its conversation."""
        if self._seconden > 0:
            self._laatste[bericht.gesprek] = eerste
            self._laatste.move_to_end(bericht.gesprek)

    def vergeet(self, gesprek: str) -> None:
        """The message was not handled."""
        self._laatste.pop(gesprek, None)


class Balie:
    """Handles turns: flood check, order, offered buttons, Rasa, and a plain sentence when it fails."""

    def __init__(
        self,
        agent: Callable[[], Optional[Agent]],
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
        contact: str,
        max_berichten: int,
        dubbel: float = 1.0,
        klok: Callable[[], float] = time.monotonic,
    ) -> None:
        self._agent, self._naar_rasa, self._contact, self._klok = agent, on_new_message, contact, klok
        self._teller = bewaker.FloodTeller(max_berichten)
        self._dubbelen = Dubbelen(dubbel)
        self._rij: dict[str, tuple[asyncio.Lock, int]] = {}
        self._binnen: Counter[str] = Counter()  # messages of a conversation that wait or are being answered
        self._lopend: set[asyncio.Task[None]] = set()

    def agent(self) -> Agent:
        """The loaded agent; `Fout("niet_klaar")` while there is no model."""
        agent = self._agent()
        if agent is None or not agent.is_ready():
            raise Fout("niet_klaar")
        return agent

    async def bekend(self, gesprek: str) -> bool:
        """Whether the assistant ever spoke here; after a failed opening it did not, and opens again."""
        return any(gebeurtenis["event"] == "bot" for gebeurtenis in await self._gebeurtenissen(gesprek))

    async def open(self, bericht: Bericht, stuur: Stuur, begin: Optional[Begin] = None) -> None:
        """The assistant speaks first: its own command, so past the guard."""
        await self._loop_af(self._in_volgorde(bericht, begin, lambda: self._rasa(bericht, OPENING, stuur)), bericht, stuur)

    async def beurt(
        self, bericht: Bericht, stuur: Stuur, begin: Optional[Begin] = None, herhaald: bool = False
    ) -> None:
        """One message of a person; `begin` is called when its turn starts.

        `herhaald`: it may be one that was sent before, on a connection that was lost. The same text again within a
        moment (a double click, a proxy that tries twice) is the same message: over REST, where a request needs its
        answer, the answers are given again; on a page they are on the screen already.
        """
        nu = self._klok()
        if eerste := self._dubbelen.zoek(bericht, nu):
            await asyncio.shield(eerste.taak)
            for uit in eerste.antwoorden if bericht.id is None else ():
                await stuur(uit)
            return
        antwoorden: list[dict[str, Any]] = []

        async def stuur_en_onthoud(uit: dict[str, Any]) -> None:
            antwoorden.append(uit)
            await stuur(uit)

        taak = self._los(self._eerste_keer(bericht, stuur_en_onthoud, begin, herhaald))
        self._dubbelen.onthoud(bericht, Eerste(bericht.tekst, bericht.id, nu, taak, antwoorden))
        try:
            await asyncio.shield(taak)
        except Fout:
            self._dubbelen.vergeet(bericht.gesprek)  # not handled: it may be sent again
            raise

    async def oordeel(self, bericht: Bericht, nuttig: bool) -> bool:
        """Whether the answer to the message `bericht.id` helped; False when there is none, or it was said before."""
        if not self._teller.mag(bericht.gesprek, self._klok()):
            raise Fout("te_snel")
        uit = False

        async def werk() -> None:
            nonlocal uit
            uit = await oordeel.bewaar(self.agent().tracker_store, bericht.gesprek, bericht.id or "", nuttig)

        await asyncio.shield(self._los(self._in_volgorde(bericht, None, werk)))
        if uit:
            toestand.DUIMEN.labels("ja" if nuttig else "nee").inc()
        return uit

    async def _eerste_keer(self, bericht: Bericht, stuur: Stuur, begin: Optional[Begin], herhaald: bool) -> None:
        # No await before the place in line is taken: messages keep the order in which they came.
        ruimte = self._teller.mag(bericht.gesprek, self._klok())
        if not ruimte and self._binnen[bericht.gesprek]:
            await self._zeg("utter_te_snel", bericht, stuur)
            return

        async def werk() -> None:
            # Who waits for each answer is only slowed down; who does not is told to wait.
            if not ruimte:
                await self._wacht_op_ruimte(bericht.gesprek)
            try:
                await self._behandel(bericht, stuur, herhaald)
            except SQLAlchemyError:
                logger.exception("The store of conversations does not answer.")
                await self._zeg("utter_storing", bericht, stuur)

        self._binnen[bericht.gesprek] += 1
        try:
            with toestand.BEURTEN.time():
                await self._loop_af(self._in_volgorde(bericht, begin, werk), bericht, stuur)
        finally:
            self._binnen[bericht.gesprek] -= 1
            if not self._binnen[bericht.gesprek]:
                del self._binnen[bericht.gesprek]

    async def _wacht_op_ruimte(self, gesprek: str) -> None:
        while not self._teller.mag(gesprek, self._klok()):
            await asyncio.sleep(ADEMPAUZE)

    async def rond_af(self, seconden: float = 10) -> None:
        """Waits for running turns: what an action stored must also reach the tracker."""
        if self._lopend:
            await asyncio.wait(self._lopend, timeout=seconden)

    async def _loop_af(self, werk: Any, bericht: Bericht, stuur: Stuur) -> None:
        # A turn is finished even when the person leaves: half a turn would store a request twice.
        taak = self._los(werk)
        klaar, _ = await asyncio.wait({taak}, timeout=GEDULD)
        if klaar:
            await taak
            return
        # What comes after this is not kept, so the conversation stays where this person left it. A request that was
        # being stored may be there: saying yes again finds it by its key, and so does asking for it.
        logger.error("A turn took longer than %s s in conversation %s.", GEDULD, bericht.gesprek)
        taak.cancel()
        await self._zeg("utter_storing", bericht, stuur)

    def _los(self, werk: Any) -> asyncio.Task[None]:
        taak = asyncio.ensure_future(werk)
        self._lopend.add(taak)
        taak.add_done_callback(self._lopend.discard)
        return taak

    async def _behandel(self, bericht: Bericht, stuur: Stuur, herhaald: bool) -> None:
        if herhaald and bericht.id and await self._speel_terug(bericht, stuur):
            return
        tekst: Optional[str] = bericht.tekst
        if bewaker.lijkt_opdracht(bericht.tekst):
            ladingen = bewaker.aangeboden(await self._gebeurtenissen(bericht.gesprek))
            tekst = bewaker.gekozen_knop(bericht.tekst, ladingen)
        if tekst is None:
            await self._zeg("utter_geen_opdracht", bericht, stuur)
            return
        # Before anything stores or logs it: Rasa never sees a BSN, an account or a card number.
        gemaskeerd = maskeer(tekst)
        if gemaskeerd != tekst:
            await self._zeg("utter_gemaskeerd", bericht, stuur)
        # Nor where someone lives or can be reached; the actions get those words from the seal.
        afgeschermd = gemaskeerd if gemaskeerd.startswith("/") else scherm_af(gemaskeerd)
        await self._rasa(bericht, afgeschermd, stuur, verzegel(gemaskeerd) if afgeschermd != gemaskeerd else None)

    async def _rasa(self, bericht: Bericht, tekst: str, stuur: Stuur, zegel: Optional[str] = None) -> None:
        uitgang = Uitgang(stuur)
        beurt = bericht.id or uuid.uuid4().hex
        BEURT.set(beurt)
        metadata: dict[str, Any] = {**bericht.spreker.metadata(), "beurt": beurt}
        if zegel is not None:
            metadata["tekst"] = zegel
        gelukt = False
        try:
            await self._naar_rasa(
                UserMessage(
                    tekst, uitgang, bericht.gesprek,
                    input_channel=KANAAL, message_id=bericht.id, metadata=metadata,
                )
            )
            gelukt = True
        except Exception:
            logger.exception("A turn failed in conversation %s.", bericht.gesprek)
        # Rasa only logs what goes wrong inside (action server down): silence is a failure too.
        if not gelukt or not uitgang.aantal:
            await self._zeg("utter_storing", bericht, stuur)

    async def _speel_terug(self, bericht: Bericht, stuur: Stuur) -> bool:
        """Sends the stored answers to a message that was handled before; False when it was not."""
        gebeurtenissen = list(await self._gebeurtenissen(bericht.gesprek))
        antwoorden: list[dict[str, Any]] = []
        for gebeurtenis in gebeurtenissen:  # newest first
            if gebeurtenis["event"] == "bot":
                antwoorden.append(gebeurtenis)
            elif gebeurtenis["event"] == "user":
                if gebeurtenis.get("message_id") == bericht.id:
                    break
                antwoorden.clear()
        else:
            return False
        berichten = [
            uitgaand({**(g.get("data") or {}), "text": g.get("text"), **(g.get("metadata") or {})})
            for g in reversed(antwoorden)
        ]
        for uit in filter(None, berichten):
            await stuur(uit)
        if not any(berichten):
            await self._zeg("utter_storing", bericht, stuur)
        return True

    async def _gebeurtenissen(self, gesprek: str) -> Iterator[dict[str, Any]]:
        """The conversation's events as dicts, newest first, made as they are asked for."""
        tracker = await self.agent().tracker_store.retrieve(gesprek)
        return (gebeurtenis.as_dict() for gebeurtenis in reversed(tracker.events)) if tracker else iter(())

    async def _zeg(self, naam: str, bericht: Bericht, stuur: Stuur) -> None:
        """Speaks one of the channel's own responses from the domain."""
        toestand.KANAALZINNEN.labels(naam).inc()
        antwoord = self.agent().nlg.generate_from_slots(  # type: ignore[attr-defined]
            naam, {"rol": bericht.spreker.rol}, KANAAL, contact=self._contact
        )
        uit = uitgaand(antwoord or {})
        if uit is None:
            logger.error("The domain has no response %s.", naam)
            raise Fout("intern")
        await stuur(uit)

    async def _in_volgorde(self, bericht: Bericht, begin: Optional[Begin], werk: Begin) -> None:
        async with self._plaats_in_rij(bericht.gesprek), self._gedeeld_slot(bericht.gesprek):
            if begin is not None:
                await begin()
            await werk()

    @asynccontextmanager
    async def _plaats_in_rij(self, gesprek: str) -> AsyncIterator[None]:
        # First come, first served, and without the one-second polling of Rasa's own lock.
        slot, wachtenden = self._rij.get(gesprek, (asyncio.Lock(), 0))
        self._rij[gesprek] = (slot, wachtenden + 1)
        try:
            async with slot:
                yield
        finally:
            _, wachtenden = self._rij[gesprek]
            if wachtenden == 1:
                del self._rij[gesprek]
            else:
                self._rij[gesprek] = (slot, wachtenden - 1)

    @asynccontextmanager
    async def _gedeeld_slot(self, gesprek: str) -> AsyncIterator[None]:
        """With several servers the check of buttons and repeats needs a shared lock around it."""
        winkel = self.agent().lock_store
        if isinstance(winkel, InMemoryLockStore):
            yield
            return
        async with winkel.lock(f"deur-{gesprek}", wait_time_in_seconds=0.1):
            yield
