"""Signed, short-lived addresses for documents and figures: bound to a person, a role and one thing."""
import hashlib
import hmac
import time
from typing import NamedTuple, Optional

import jwt

from protocol.toegang import Spreker

MINUTEN = 15


class Adres(NamedTuple):
    """What an address gives to whom."""

    doel: str
    spreker: Spreker
    referentie: str = ""
    soort: str = ""


def _sleutel(geheim: str) -> bytes:
    # A key of its own: a token of another purpose can never pass for an address.
    return hmac.new(geheim.encode("utf-8"), b"downloads", hashlib.sha256).digest()


def maak(geheim: str, adres: Adres, nu: Optional[float] = None) -> str:
    """The token in the address. The real time is used, not OPNAME_NU, as for all tokens."""
    tot = (time.time() if nu is None else nu) + MINUTEN * 60
    return jwt.encode({"doel": adres.doel, "rol": adres.spreker.rol, "sub": adres.spreker.sub or "",
                       "team": adres.spreker.team or "", "referentie": adres.referentie, "soort": adres.soort,
                       "exp": tot}, _sleutel(geheim), algorithm="HS256")


def lees(geheim: str, token: str, doel: str) -> Optional[Adres]:
    """What a token stands for; None when it is not ours, of another purpose, or too old."""
    try:
        claims = jwt.decode(token, _sleutel(geheim), algorithms=["HS256"], options={"require": ["exp", "doel", "rol"]})
    except (jwt.PyJWTError, ValueError):
        return None
    if claims["doel"] != doel:
        return None
    spreker = Spreker(claims["rol"], claims["sub"] or None, claims["team"] or None)
    return Adres(doel, spreker, claims["referentie"], claims["soort"])
