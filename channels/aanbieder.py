"""The intranet's OpenID Connect provider: authorization code flow with PKCE, by Authlib.

In: the answer of the provider to a login that we started. Out: verified claims. Every failure is `AanmeldFout`.
"""

from __future__ import annotations

import logging
from typing import Any, Mapping, Optional
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from authlib.integrations.base_client.async_app import AsyncOAuth2Mixin
from authlib.integrations.base_client.async_openid import AsyncOpenIDMixin
from authlib.integrations.httpx_client import AsyncOAuth2Client

from channels.sessie import Poging
from channels.sleutels import ASYMMETRISCH
from protocol.instellingen import Oidc

logger = logging.getLogger(__name__)

TIJDSLIMIET = 8.0
SPELING = 60  # seconds that the provider's clock may differ from ours


class AanmeldFout(Exception):
    """A login that did not succeed; `van_ons` when the provider could not be reached or made no sense."""

    def __init__(self, van_ons: bool) -> None:
        super().__init__(van_ons)
        self.van_ons = van_ons


class _Client(AsyncOAuth2Mixin, AsyncOpenIDMixin):
    client_cls = AsyncOAuth2Client

    async def load_server_metadata(self) -> dict[str, Any]:
        """What the provider says about itself; only algorithms with a public key are taken from it."""
        metadata = await super().load_server_metadata()
        genoemd = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [alg for alg in genoemd if alg in ASYMMETRISCH]
        return metadata


class Aanbieder:
    """The provider at `oidc.uitgever`; `terug` is our address to which it sends people back."""

    def __init__(self, oidc: Oidc, terug: str) -> None:
        self._oidc, self._terug = oidc, terug
        self._client = _Client(
            framework=None,
            name="intranet",
            client_id=oidc.client,
            client_secret=oidc.clientgeheim,
            server_metadata_url=f"{oidc.uitgever}/.well-known/openid-configuration",
            client_kwargs={
                "scope": oidc.scopes,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic" if oidc.clientgeheim else "none",
                "timeout": TIJDSLIMIET,
                "follow_redirects": False,
            },
        )

    async def adres(self, poging: Poging) -> str:
        """Where to send the person to log in."""
        try:
            await self._gegevens()
            begin = await self._client.create_authorization_url(
                self._terug, state=poging.state, nonce=poging.nonce, code_verifier=poging.verifier
            )
        except Exception as fout:
            raise _fout(fout, van_ons=True) from fout
        return begin["url"]

    async def claims(self, poging: Poging, vraag: Mapping[str, Any]) -> dict[str, Any]:
        """The verified claims of who comes back: the code is exchanged and the ID token checked in full."""
        if vraag.get("error") or not isinstance(vraag.get("code"), str):
            raise AanmeldFout(van_ons=False)
        if vraag.get("iss") not in (None, self._oidc.uitgever):  # RFC 9207: the answer of another provider
            raise AanmeldFout(van_ons=False)
        try:
            await self._gegevens()
            token = await self._client.fetch_access_token(
                self._terug, code=vraag["code"], code_verifier=poging.verifier, grant_type="authorization_code"
            )
            opties = {"iss": {"essential": True, "value": self._oidc.uitgever},
                      "aud": {"essential": True, "value": self._oidc.client}}
            claims = await self._client.parse_id_token(token, poging.nonce, claims_options=opties, leeway=SPELING)
        except OAuthError as fout:  # the provider answers: no
            raise _fout(fout, van_ons=False) from fout
        except Exception as fout:
            raise _fout(fout, van_ons=True) from fout
        if claims is None:
            raise AanmeldFout(van_ons=True)
        return dict(claims)

    async def afmeldadres(self, naar: str) -> Optional[str]:
        """Where the login at the provider itself is ended, when it has such an address."""
        try:
            eind = (await self._gegevens()).get("end_session_endpoint")
        except Exception as fout:
            logger.warning("The provider does not answer at logging out: %s", fout)
            return None
        return f"{eind}?{urlencode({'client_id': self._oidc.client, 'post_logout_redirect_uri': naar})}" if eind else None

    async def _gegevens(self) -> dict[str, Any]:
        metadata = await self._client.load_server_metadata()
        if metadata.get("issuer") != self._oidc.uitgever:
            self._client.server_metadata.clear()  # do not keep what is not from our provider
            raise ValueError("the provider calls itself by another name than OPNAME_OIDC_UITGEVER")
        return metadata


def _fout(fout: Exception, van_ons: bool) -> AanmeldFout:
    logger.warning("A login did not succeed: %s: %s", type(fout).__name__, fout)
    return AanmeldFout(van_ons)
