"""A small Socket.IO client over a raw WebSocket, so that tests can also send what a good client never would."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any, Callable, Optional

import websockets

GEDULD = 10.0  # an upper bound for waiting, never a pause


class SocketKlant:
    """`async with SocketKlant(url, gesprek=token) as klant`: events land in `klant.log` as (name, data).

    When the server refuses the connection, `geweigerd` holds what it said and nothing else works.
    """

    def __init__(self, basis_url: str, gesprek: Any = None, jwt: Any = None, auth: Any = ...,
                 kop: Optional[dict[str, str]] = None) -> None:
        self._url = basis_url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self._kop = kop
        self._auth = {"gesprek": gesprek, "jwt": jwt} if auth is ... else auth
        self.log: list[tuple[str, Any]] = []
        self.geweigerd: Optional[dict[str, Any]] = None
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._nieuws = asyncio.Condition()

    async def __aenter__(self) -> "SocketKlant":
        self.ws = await websockets.connect(self._url, max_size=None, extra_headers=self._kop)
        assert (await self.ws.recv()).startswith("0{")
        await self.ws.send("40" + json.dumps(self._auth))
        self._lezer = asyncio.ensure_future(self._lees())
        await self.tot(lambda: self.geweigerd or any(naam == "connect" for naam, _ in self.log))
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.ws.close()
        await asyncio.wait([self._lezer])

    async def _lees(self) -> None:
        try:
            async for pakket in self.ws:
                if pakket == "2":
                    await self.ws.send("3")
                elif pakket.startswith("40"):
                    self.log.append(("connect", None))
                elif pakket.startswith("44"):
                    self.geweigerd = json.loads(pakket[2:])
                elif pakket.startswith("42"):
                    self.log.append(tuple(json.loads(pakket[2:])))
                elif pakket.startswith("43"):
                    nummer, _, rest = pakket[2:].partition("[")
                    self._acks.pop(int(nummer)).set_result(json.loads("[" + rest)[0])
                async with self._nieuws:
                    self._nieuws.notify_all()
        except websockets.ConnectionClosed:
            pass
        finally:
            for ack in self._acks.values():
                ack.cancel()

    async def tot(self, waar: Callable[[], Any]) -> None:
        """Waits until `waar()`; fails after GEDULD seconds."""

        async def wacht() -> None:
            async with self._nieuws:
                await self._nieuws.wait_for(waar)

        await asyncio.wait_for(wacht(), GEDULD)

    async def opening(self) -> dict[str, Any]:
        """The `gesprek` event, after the opening when there is one."""
        await self.tot(lambda: self.van("gesprek") and (not self.van("gesprek")[0]["nieuw"] or self.van("klaar")))
        return self.van("gesprek")[0]

    def van(self, naam: str, id_: Any = ...) -> list[Any]:
        """The data of all events `naam` so far, of one message when `id_` is given."""
        return [data for soort, data in self.log if soort == naam and (id_ is ... or data.get("id") == id_)]

    async def zend(self, *argumenten: Any, gebeurtenis: str = "bericht") -> "asyncio.Future[Any]":
        """Emits an event; the future is its acknowledgement."""
        nummer = uuid.uuid4().int % 10**9
        self._acks[nummer] = ack = asyncio.get_running_loop().create_future()
        await self.ws.send(f"42{nummer}" + json.dumps([gebeurtenis, *argumenten]))
        return ack

    async def bericht(self, tekst: Any, id_: Optional[str] = None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Sends a message; returns its acknowledgement and the answers that came before it."""
        id_ = id_ or uuid.uuid4().hex
        ack = await asyncio.wait_for(await self.zend({"id": id_, "message": tekst}), GEDULD)
        return ack, self.van("bot", id_)
