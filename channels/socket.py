"""Socket.IO: the conversation of the page, with resuming, acknowledgements and answers that come once.

Who speaks: `auth` may hold a token (`jwt`), or say `sessie: true`, and then the cookie of the staff login counts; the
page asks for it, because the client's page in the same browser is a client's. Anything else is a client.
Events in: `bericht` {"id", "message"}, acknowledged with {"ok": true} when its turn is over, or
{"ok": false, "fout": sentence}; `oordeel` {"id", "hielp"}, acknowledged alike. Events out: `gesprek`, `bezig`, `bot`, `klaar`.
A message may be sent again with the same id, on a new connection too: it is handled once, and its
answers go once to each connection that asks. An agent gets the topics to search with `onderwerpen`, before
`gesprek`: so the page also knows that it speaks to an agent.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Optional

from sanic import Sanic
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as Geweigerd
from sqlalchemy.exc import SQLAlchemyError

from channels import bewaker, onderwerpen
from channels.balie import Balie, Bericht
from channels.bezoekers import Bezoekers
from channels.fouten import Fout
from channels.identiteit import Controleur, Gesprekken, Spreker
from channels.sessie import Sessies, van_eigen_pagina

logger = logging.getLogger(__name__)

# A page sends its unanswered messages again directly after it reconnects. Only in this time is the
# tracker asked whether a message was handled before: that costs as much as half a turn.
HERSTELTIJD = 60.0
_MAX_ONTHOUDEN = 100


@dataclass
class Verbinding:
    """One open socket: its conversation, and the turns of the messages that came over it, by id."""

    spreker: Spreker
    gesprek: str
    hervat: bool
    sessie: Optional[str] = None  # number of the login behind it
    adres: Optional[str] = None
    sinds: float = field(default_factory=time.monotonic)
    beurten: OrderedDict[str, asyncio.Future[None]] = field(default_factory=OrderedDict)

    def kan_herhaald_zijn(self) -> bool:
        return self.hervat and time.monotonic() - self.sinds < HERSTELTIJD


class Socket:
    """The Socket.IO server on the same Sanic app as everything else."""

    def __init__(
        self, balie: Balie, controleur: Controleur, gesprekken: Gesprekken, sessies: Sessies, bezoekers: Bezoekers,
        adres: Optional[str], maximum: int,
    ) -> None:
        self._balie, self._controleur, self._gesprekken, self._maximum = balie, controleur, gesprekken, maximum
        self._sessies, self._bezoekers, self._adres = sessies, bezoekers, adres
        self._verbindingen: dict[str, Verbinding] = {}
        # No cors_allowed_origins: only pages of our own origin may connect.
        self.sio = AsyncServer(async_mode="sanic", cors_credentials=False, max_http_buffer_size=bewaker.MAX_BYTES)
        self.sio.on("connect", self._verbind)
        self.sio.on("disconnect", self._verbreek)
        self.sio.on("bericht", self._bericht)
        self.sio.on("oordeel", self._oordeel)

    def koppel(self, app: Sanic) -> None:
        """Adds /socket.io to the app."""
        self.sio.attach(app, "/socket.io")

    def vol(self) -> bool:
        """Whether nobody new can be let in: also who opens a connection and never says hello takes a place."""
        return len(self.sio.eio.sockets) >= 2 * self._maximum

    async def _verbind(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        auth = auth if isinstance(auth, dict) else {}
        request = environ["sanic.request"]
        adres = self._bezoekers.adres(request.ip, request.headers)
        geteld = False
        try:
            if len(self._verbindingen) >= self._maximum:
                raise Fout("vol")
            self._bezoekers.verbind(adres)
            geteld = True
            spreker, sessie = await self._wie(auth, environ)
            token = auth.get("gesprek")
            nummer = self._gesprekken.nummer(token, spreker)
            # A conversation that the store has lost starts again, and says so by its opening.
            hervat = nummer is not None and await self._balie.bekend(self._id(spreker, nummer))
            agent = spreker.rol == onderwerpen.ROL
            titels = onderwerpen.titels(self._balie.agent().domain.responses) if agent else []
        except Fout as fout:
            if geteld:
                self._bezoekers.verbreek(adres)
            raise Geweigerd(fout.zin, {"fout": fout.zin, "status": fout.status}) from fout
        if nummer is None:
            token = self._gesprekken.nieuw_token(spreker)
            nummer = self._gesprekken.nummer(token, spreker)
        verbinding = Verbinding(spreker, self._id(spreker, nummer), hervat, sessie, adres)
        self._verbindingen[sid] = verbinding
        # As a task: the client hears nothing before this handler has returned and it is connected.
        self.sio.start_background_task(self._begroet, sid, verbinding, token, titels)

    async def _wie(self, auth: dict[str, Any], environ: dict[str, Any]) -> tuple[Spreker, Optional[str]]:
        """The verified speaker, and the number of the login when it is a session."""
        if auth.get("jwt") is not None:
            return await self._controleur.van_token(auth["jwt"]), None
        if not auth.get("sessie"):
            return Spreker(), None
        request = environ["sanic.request"]
        # A browser sends cookies along with a connection that another site opens.
        if not van_eigen_pagina(request.headers, self._adres):
            raise Fout("herkomst")
        sessie = self._sessies.lees(request.cookies)
        if sessie is None:
            raise Fout("geen_aanmelding")
        return sessie.spreker, sessie.nummer

    async def verbreek_sessie(self, nummer: str) -> None:
        """Closes every connection of a login that has ended."""
        for sid in [sid for sid, verbinding in self._verbindingen.items() if verbinding.sessie == nummer]:
            await self.sio.disconnect(sid)

    def _id(self, spreker: Spreker, nummer: Optional[str]) -> str:
        return self._gesprekken.gesprek_id("socket", spreker, nummer or "")

    async def _begroet(self, sid: str, verbinding: Verbinding, token: str, titels: list[str]) -> None:
        if titels:
            await self.sio.emit("onderwerpen", {"titels": titels}, to=sid)
        await self.sio.emit("gesprek", {"gesprek": token, "nieuw": not verbinding.hervat}, to=sid)
        if not verbinding.hervat:
            await self._beurt(sid, Bericht(verbinding.gesprek, verbinding.spreker, ""), opening=True)

    async def _verbreek(self, sid: str, reden: Any = None) -> None:
        if verbinding := self._verbindingen.pop(sid, None):
            self._bezoekers.verbreek(verbinding.adres)

    async def _bericht(self, sid: str, *argumenten: Any) -> dict[str, Any]:
        try:
            verbinding, lading = self._gekeurd(sid, argumenten)
            tekst, id_ = bewaker.bericht(lading.get("message")), bewaker.bericht_id(lading.get("id"))
            bericht = Bericht(verbinding.gesprek, verbinding.spreker, tekst, id_)
            await self._eenmaal(sid, verbinding, bericht)
        except Fout as fout:
            return {"ok": False, "fout": fout.zin}
        return {"ok": True}

    async def _oordeel(self, sid: str, *argumenten: Any) -> dict[str, Any]:
        try:
            verbinding, lading = self._gekeurd(sid, argumenten)
            id_, hielp = bewaker.bericht_id(lading.get("id")), lading.get("hielp")
            if not isinstance(hielp, bool):
                raise Fout("oordeel")
            return {"ok": await self._balie.oordeel(Bericht(verbinding.gesprek, verbinding.spreker, "", id_), hielp)}
        except Fout as fout:
            return {"ok": False, "fout": fout.zin}
        except SQLAlchemyError:
            logger.exception("The store of conversations does not answer.")
            return {"ok": False, "fout": Fout("duurt_lang").zin}

    def _gekeurd(self, sid: str, argumenten: tuple[Any, ...]) -> tuple[Verbinding, dict[str, Any]]:
        """The connection and the payload of an event, or a refusal."""
        verbinding = self._verbindingen.get(sid)
        if verbinding is None or verbinding.spreker.verlopen():
            raise Fout("token")
        self._bezoekers.keur_bericht(verbinding.adres)
        lading = argumenten[0] if argumenten else None
        if not isinstance(lading, dict):
            raise Fout("geen_object")
        return verbinding, lading

    async def _eenmaal(self, sid: str, verbinding: Verbinding, bericht: Bericht) -> None:
        """Runs the turn of this message; the same id again waits for the outcome of the first."""
        beurten, id_ = verbinding.beurten, bericht.id or ""
        if id_ not in beurten:
            beurt = self._beurt(sid, bericht, herhaald=verbinding.kan_herhaald_zijn())
            beurten[id_] = asyncio.ensure_future(beurt)
            if len(beurten) > _MAX_ONTHOUDEN:
                beurten.popitem(last=False)
        try:
            await asyncio.shield(beurten[id_])
        except Fout:
            beurten.pop(id_, None)  # not handled: it may be sent again
            raise

    async def _beurt(self, sid: str, bericht: Bericht, opening: bool = False, herhaald: bool = False) -> None:
        nr = 0

        async def begin() -> None:
            await self.sio.emit("bezig", {}, to=sid)

        async def stuur(uit: dict[str, Any]) -> None:
            nonlocal nr
            # id and nr let a page drop an answer that it already shows
            await self.sio.emit("bot", {**uit, "id": bericht.id, "nr": nr}, to=sid)
            nr += 1

        try:
            if opening:
                await self._balie.open(bericht, stuur, begin)
            else:
                await self._balie.beurt(bericht, stuur, begin, herhaald)
        except Fout:
            if not opening:
                raise
            logger.exception("The opening of a conversation failed.")
        finally:
            await self.sio.emit("klaar", {"id": bericht.id}, to=sid)
