"""Who is speaking: verified tokens, conversation ids that the server issues, signed conversation tokens.

Neither Rasa nor Sanic here. A role comes from a verified JWT and from nothing else; every refusal is
`Fout("token")`, so that a bad token never becomes a client.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Protocol, Sequence

import jwt

from channels.fouten import Fout
from protocol.instellingen import Claims
from protocol.toegang import KLANT

_MAX_TOKEN = 8 * 1024
_MAX_NAAM = 128


@dataclass(frozen=True)
class Spreker:
    """A person as far as we know: role, and for staff the subject, team and expiry of the token."""

    rol: str = KLANT
    sub: Optional[str] = None
    team: Optional[str] = None
    exp: Optional[float] = None

    def metadata(self) -> dict[str, Optional[str]]:
        """What travels to Rasa and the actions as the message's metadata."""
        return {"rol": self.rol, "sub": self.sub, "team": self.team}

    def verlopen(self, nu: Optional[float] = None) -> bool:
        """Whether the token has expired since: a socket stays open longer than a token lives."""
        return self.exp is not None and (time.time() if nu is None else nu) >= self.exp


class Sleutelbron(Protocol):
    """Where verification keys come from. The algorithms belong to the source, never to the token."""

    algoritmen: Sequence[str]
    netwerk: bool  # whether finding a key may take a request over the network

    def sleutel(self, token: str) -> Any:
        """The key for `token` (a JWKS source looks at its `kid`); raises `jwt.PyJWTError` if none."""


@dataclass(frozen=True)
class VasteSleutel:
    """One shared key: the development key."""

    geheim: str
    algoritmen: Sequence[str] = ("HS256",)
    netwerk: bool = False

    def sleutel(self, token: str) -> str:
        return self.geheim


def spreker_uit(claims: Mapping[str, Any], kaart: Claims, lijst: bool = True) -> Optional[Spreker]:
    """The employee that verified claims name, or None when they name nobody or give no role.

    `lijst`: the claim of the role may be a list (of groups); the first match in `kaart.rollen` counts.
    """
    gegeven = claims.get(kaart.rol)
    waarden = gegeven if lijst and isinstance(gegeven, list) else [gegeven]
    rol = next((rol for waarde, rol in kaart.rollen if waarde in waarden), None)
    sub, team = claims.get(kaart.naam), claims.get(kaart.team)
    if rol is None or not _naam(sub) or not (team is None or _naam(team)):
        return None
    return Spreker(rol, sub, team, float(claims["exp"]) if "exp" in claims else None)


class Controleur:
    """Verifies tokens. Without a key source all are refused.

    `kaart` says in which claims an outside provider names the person; None is the plain contract of our own tokens.
    """

    def __init__(self, bron: Optional[Sleutelbron], aud: str, iss: str, kaart: Optional[Claims] = None) -> None:
        self._bron, self._aud, self._iss, self._kaart = bron, aud, iss, kaart
        self._draden = ThreadPoolExecutor(4, "sleutels") if bron is not None and bron.netwerk else None

    async def van_headers(self, waarden: Sequence[str]) -> Spreker:
        """As `uit_headers`, without holding up the event loop when a key has to be fetched."""
        return await self._buiten_de_lus(self.uit_headers, waarden) if waarden else Spreker()

    async def van_token(self, token: Any) -> Spreker:
        """As `uit_token`, without holding up the event loop when a key has to be fetched."""
        return await self._buiten_de_lus(self.uit_token, token)

    async def _buiten_de_lus(self, functie: Any, waarde: Any) -> Spreker:
        if self._draden is None:
            return functie(waarde)
        return await asyncio.get_running_loop().run_in_executor(self._draden, functie, waarde)

    def uit_headers(self, waarden: Sequence[str]) -> Spreker:
        """The speaker behind the Authorization headers of a request: none is a client."""
        if not waarden:
            return Spreker()
        soort, _, token = waarden[0].strip().partition(" ")
        if len(waarden) > 1 or soort.lower() != "bearer":
            raise Fout("token")
        return self.uit_token(token.strip())

    def uit_token(self, token: Any) -> Spreker:
        """The speaker in a JWT whose signature, expiry, audience, issuer and claims are right."""
        if self._bron is None or not isinstance(token, str) or not token.isascii() or len(token) > _MAX_TOKEN:
            raise Fout("token")
        try:
            claims = jwt.decode(
                token,
                self._bron.sleutel(token),
                algorithms=list(self._bron.algoritmen),
                audience=self._aud,
                issuer=self._iss,
                options={"require": ["exp", "aud", "iss", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as fout:
            raise Fout("token") from fout
        spreker = spreker_uit(claims, self._kaart or Claims(), lijst=self._kaart is not None)
        if spreker is None:
            raise Fout("token")
        return spreker


class Gesprekken:
    """Issues conversation ids and the signed token with which a page comes back to its own."""

    def __init__(self, geheim: str) -> None:
        self._geheim = geheim.encode("utf-8")

    @staticmethod
    def nieuwe_afzender() -> str:
        """A sender nobody can guess (192 bits)."""
        return secrets.token_urlsafe(24)

    def gesprek_id(self, kanaal: str, spreker: Spreker, afzender: str) -> str:
        """Rasa's conversation id: bound to channel, role and user, and not to be computed by others."""
        return f"{spreker.rol}-{self._hmac('gesprek', kanaal, spreker, afzender)}"

    def nieuw_token(self, spreker: Spreker) -> str:
        """A token for a new conversation of `spreker`."""
        nummer = self.nieuwe_afzender()
        return f"{nummer}.{self._hmac('token', 'socket', spreker, nummer)}"

    def nummer(self, token: Any, spreker: Spreker) -> Optional[str]:
        """The conversation number in a token that we signed for this role and user, else None."""
        if not isinstance(token, str) or not token.isascii() or len(token) > _MAX_NAAM:
            return None
        nummer, _, teken = token.partition(".")
        goed = self._hmac("token", "socket", spreker, nummer)
        return nummer if nummer and hmac.compare_digest(teken, goed) else None

    def _hmac(self, doel: str, kanaal: str, spreker: Spreker, waarde: str) -> str:
        # JSON keeps the parts apart: ("ab", "c") never signs as ("a", "bc")
        delen = json.dumps([doel, kanaal, spreker.rol, spreker.sub, waarde])
        return hmac.new(self._geheim, delen.encode("ascii"), hashlib.sha256).hexdigest()


def _naam(waarde: Any) -> bool:
    return isinstance(waarde, str) and 0 < len(waarde) <= _MAX_NAAM and waarde.isprintable()
