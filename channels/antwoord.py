"""How the channel answers over HTTP: JSON, refusals in Dutch, bounded request bodies, security headers."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any, Mapping, Optional

from sanic import exceptions
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.bewaker import MAX_BYTES
from channels.fouten import Fout

logger = logging.getLogger(__name__)

# A too large body is read to its end, and dropped, up to this size: then the sender can read the 413.
MAX_WEGGOOIEN = 2 * 1024 * 1024
LEESTIJD = 10.0
_VAST: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_LENGTE = re.compile(r"[0-9]{1,12}")
_SANIC_FOUTEN: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.NotFound, "geen_pad"),
    (exceptions.MethodNotSupported, "methode"),
    (exceptions.PayloadTooLarge, "te_groot"),
    (exceptions.RequestTimeout, "traag"),
    (exceptions.ServiceUnavailable, "duurt_lang"),
    (exceptions.InvalidUsage, "verzoek"),
    (exceptions.HeaderExpectationFailed, "verzoek"),
)


def als_json(waarde: Any, status: int = 200, headers: Optional[dict[str, str]] = None) -> HTTPResponse:
    """A JSON response in plain UTF-8."""
    lading = json.dumps(waarde, ensure_ascii=False)
    return HTTPResponse(lading, status, headers=headers, content_type="application/json; charset=utf-8")


def weigering(fout: Fout) -> HTTPResponse:
    """The refusal as {"fout": sentence}."""
    headers = {"WWW-Authenticate": "Bearer"} if fout.status == 401 else None
    return als_json({"fout": fout.zin}, fout.status, headers)


async def fout_antwoord(request: Request, fout: Exception) -> HTTPResponse:
    """Sanic's handler for every exception on the way to an answer; unknown ones are logged."""
    if isinstance(fout, Fout):
        return weigering(fout)
    for soort, code in _SANIC_FOUTEN:
        if isinstance(fout, soort):
            return weigering(Fout(code))
    if request.method == "NONE":  # Sanic could not even read the request line and headers
        return weigering(Fout("verzoek"))
    logger.error("Unexpected error at %s", request.path, exc_info=fout)
    return weigering(Fout("intern"))


async def zet_headers(_: Request, response: Optional[HTTPResponse]) -> None:
    """Response middleware: the security headers, where the answer has not set its own; no CORS headers."""
    if response is not None:
        for naam in [naam for naam in response.headers if naam.lower().startswith("access-control-")]:
            del response.headers[naam]
        for naam, waarde in _VAST.items():
            response.headers.setdefault(naam, waarde)


class Verzoek(Request):
    """A request whose body is bounded in bytes and in time, whatever its headers promise.

    Sanic 21.12 believes the framing headers: after "Content-Length: -5" it spins for ever and the whole
    server stands still. So they are checked before it acts on them; an odd one is a 400.
    """

    __slots__ = ()

    def __init__(self, url_bytes: bytes, headers: Any, *args: Any, **kwargs: Any) -> None:
        lengtes = headers.getall("content-length", [])
        codering = headers.getall("transfer-encoding", [])
        goed = not lengtes or (not codering and _LENGTE.fullmatch(lengtes[0]))
        if len(lengtes) > 1 or not goed or codering not in ([], ["chunked"]):
            raise Fout("verzoek")
        super().__init__(url_bytes, headers, *args, **kwargs)

    async def receive_body(self) -> None:
        if self.body or self.stream is None:
            return
        try:
            self.body = await asyncio.wait_for(self._lees(), LEESTIJD)
        except asyncio.TimeoutError as fout:
            self.stream.keep_alive = False
            raise Fout("traag") from fout

    async def _lees(self) -> bytes:
        delen, aantal = [], 0
        async for deel in self.stream:
            aantal += len(deel)
            if aantal <= MAX_BYTES:
                delen.append(deel)
        if aantal > MAX_BYTES:
            self.stream.keep_alive = False
            raise Fout("te_groot")
        return b"".join(delen)
