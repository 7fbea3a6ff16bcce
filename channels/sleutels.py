"""The keys of the intranet's provider, from its JWKS address: cached, with a time-out, and following key rotation.

Asking for a key may use the network, so `channels.identiteit.Controleur` does that outside the event loop.
"""

from __future__ import annotations

import logging
import time
from typing import Any, Callable

import jwt

from channels.fouten import Fout

logger = logging.getLogger(__name__)

# Never HS*: a public key is no secret, and who holds it could sign with it.
ASYMMETRISCH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
BEWAARTIJD = 600.0  # seconds that a set of keys counts; a key that was withdrawn counts no longer than this
AFKOELTIJD = 15.0  # a `kid` that nobody knows makes us ask again, but not more often than this
TIJDSLIMIET = 4.0
NA_UITVAL = 5.0  # after a failed request all who come in this time are told at once


class JwksSleutels:
    """Keys by the `kid` of a token. Raises `jwt.PyJWTError` for a token without a key of ours.

    `Fout("sleutels_weg")` when the address does not answer: that is no fault of the person.
    """

    algoritmen = ASYMMETRISCH
    netwerk = True

    def __init__(
        self, adres: str, afkoeltijd: float = AFKOELTIJD, tijdslimiet: float = TIJDSLIMIET,
        klok: Callable[[], float] = time.monotonic,
    ) -> None:
        self._klok, self._uitval = klok, float("-inf")
        self._client = jwt.PyJWKClient(
            adres, lifespan=BEWAARTIJD, timeout=tijdslimiet, cooldown_duration=afkoeltijd,
        )

    def sleutel(self, token: str) -> Any:
        """The public key for this token; looks at nothing but its header."""
        kop = jwt.get_unverified_header(token)
        if kop.get("alg") not in self.algoritmen:  # before any request: junk must not make us ask
            raise jwt.InvalidAlgorithmError("not an asymmetric algorithm")
        if self._klok() - self._uitval < NA_UITVAL:
            raise Fout("sleutels_weg")
        try:
            sleutel = self._client.get_signing_key(kop.get("kid"))
        except (jwt.PyJWKClientConnectionError, jwt.PyJWKSetError, OSError, ValueError) as fout:
            self._uitval = self._klok()
            logger.error("The keys of the provider cannot be fetched: %s", fout)
            raise Fout("sleutels_weg") from fout
        if sleutel.algorithm_name not in self.algoritmen:  # a symmetric key has no place in a public set
            raise jwt.InvalidKeyError("not a public key")
        return sleutel
