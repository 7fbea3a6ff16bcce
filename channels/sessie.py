"""The login of the staff pages: one short signed cookie that holds what the server verified.

The cookie is a token of our own, HttpOnly and SameSite=Lax, signed with a key that is derived from OPNAME_GEHEIM
and signs nothing else. While someone is away at the provider a second one, for ten minutes, remembers which login
that was: its `state`; the nonce and the PKCE verifier are derived from it, so they are in no cookie and no address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any, Mapping, Optional
from urllib.parse import urlsplit

import jwt
from sanic.response import HTTPResponse

from channels.fouten import Fout
from channels.identiteit import Spreker

_SESSIE, _POGING = "opname-sessie", "opname-aanmelding"
POGINGTIJD = 600


@dataclass(frozen=True)
class Sessie:
    """One login: who, and the number by which its open connections are found at logging out."""

    nummer: str
    spreker: Spreker


@dataclass(frozen=True)
class Poging:
    """One login under way: `state` for the address, the secrets behind it, and where to go afterwards."""

    state: str
    nonce: str
    verifier: str
    naar: str


class Sessies:
    """Makes and reads both cookies. `veilig`: the pages are served over https, so the cookies never leave it."""

    def __init__(self, geheim: str, minuten: int, veilig: bool) -> None:
        self._geheim, self._seconden, self._veilig = geheim.encode("utf-8"), minuten * 60, veilig
        # __Host-: no other host of the domain can set it for us.
        voor = "__Host-" if veilig else ""
        self.naam, self._pogingnaam = voor + _SESSIE, voor + _POGING

    def open(self, antwoord: HTTPResponse, spreker: Spreker) -> None:
        """Logs in. How long an ID token counts says nothing about a session: it only tells who logged in."""
        tot = time.time() + self._seconden
        lading = {"sub": spreker.sub, "rol": spreker.rol, "team": spreker.team, "jti": secrets.token_urlsafe(16)}
        self._zet(antwoord, self.naam, self._teken(_SESSIE, lading, tot), tot)

    def lees(self, cookies: Mapping[str, Any]) -> Optional[Sessie]:
        """The login in these cookies; None when there is none, `Fout("token")` when it is not right or over."""
        waarde = cookies.get(self.naam)
        if waarde is None:
            return None
        lading = self._controleer(_SESSIE, waarde)
        team = {"team": lading["team"]} if lading.get("team") else {}
        spreker = Spreker(lading["rol"], lading["sub"], exp=float(lading["exp"]), **team)
        return Sessie(lading["jti"], spreker)

    def sluit(self, antwoord: HTTPResponse) -> None:
        """Logs out."""
        self._zet(antwoord, self.naam, "", 0)

    def nieuwe_poging(self, naar: str) -> Poging:
        """A login that starts now."""
        return self._poging(secrets.token_urlsafe(24), naar)

    def bewaar_poging(self, antwoord: HTTPResponse, poging: Poging) -> None:
        """Keeps the login under way in the browser that started it."""
        tot = time.time() + POGINGTIJD
        lading = {"state": poging.state, "naar": poging.naar}
        self._zet(antwoord, self._pogingnaam, self._teken(_POGING, lading, tot), tot)

    def lees_poging(self, cookies: Mapping[str, Any], state: Any) -> Poging:
        """The login that this browser started with this `state`; `Fout("token")` when it did not."""
        lading = self._controleer(_POGING, cookies.get(self._pogingnaam))
        if not isinstance(state, str) or not hmac.compare_digest(state.encode(), str(lading["state"]).encode()):
            raise Fout("token")
        return self._poging(lading["state"], lading["naar"])

    def wis_poging(self, antwoord: HTTPResponse) -> None:
        """A login is finished once."""
        self._zet(antwoord, self._pogingnaam, "", 0)

    def _poging(self, state: str, naar: str) -> Poging:
        return Poging(state, self._afgeleid("nonce", state), self._afgeleid("pkce", state), naar)

    def _afgeleid(self, doel: str, waarde: str) -> str:
        ruw = hmac.new(self._geheim, f"aanmelden/{doel}/{waarde}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(ruw).rstrip(b"=").decode("ascii")

    def _teken(self, doel: str, lading: Mapping[str, Any], tot: float) -> str:
        return jwt.encode({**lading, "aud": doel, "exp": int(tot)}, self._afgeleid("cookie", doel), algorithm="HS256")

    def _controleer(self, doel: str, waarde: Any) -> dict[str, Any]:
        try:
            return jwt.decode(
                waarde, self._afgeleid("cookie", doel), algorithms=["HS256"], audience=doel, options={"require": ["exp"]}
            )
        except (jwt.PyJWTError, ValueError, TypeError) as fout:
            raise Fout("token") from fout

    def _zet(self, antwoord: HTTPResponse, naam: str, waarde: str, tot: float) -> None:
        antwoord.cookies[naam] = waarde
        cookie = antwoord.cookies[naam]
        cookie["path"] = "/"
        cookie["max-age"] = max(0, int(tot - time.time()))
        cookie["httponly"] = True
        cookie["samesite"] = "Lax"
        if self._veilig:
            cookie["secure"] = True


def van_eigen_pagina(headers: Mapping[str, str], adres: Optional[str]) -> bool:
    """Whether a browser sent this from one of our own pages.

    `Origin` must be ours. A request that carries none (a same-origin GET) must say so in `Sec-Fetch-Site`; both are
    set by the browser and cannot be chosen by a page.
    """
    herkomst, host = headers.get("origin"), headers.get("host")
    if herkomst is None:
        return headers.get("sec-fetch-site") == "same-origin"
    if adres is not None:
        return herkomst.lower() == adres.lower()
    deel = urlsplit(herkomst)
    return deel.scheme in ("http", "https") and bool(host) and deel.netloc.lower() == host.lower()
