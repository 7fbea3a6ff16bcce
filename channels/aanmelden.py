"""Logging in and out of the staff pages, and the pages themselves.

With a provider: the code flow of `channels.aanbieder`. Without one, and outside production: a page on which one
chooses a role and a name. Nothing else opens a session.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Awaitable, Callable, Mapping, Optional

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from channels import paginas
from channels.aanbieder import Aanbieder, AanmeldFout
from channels.antwoord import als_json
from channels.fouten import Fout
from channels.identiteit import spreker_uit
from channels.sessie import Sessie, Sessies, van_eigen_pagina
from protocol.instellingen import Claims, Instellingen
from protocol.toegang import KLANTCONTACT, LEIDINGGEVENDE, MEDEWERKER

logger = logging.getLogger(__name__)

AANMELDEN, TERUG, AFMELDEN, AFGEMELD = "/aanmelden", "/aanmelden/terug", "/afmelden", "/afgemeld"
SESSIE = "/sessie"
# The staff pages: address -> (file, who may see it).
PAGINAS: Mapping[str, tuple[str, frozenset[str]]] = {
    "/medewerker": ("medewerker.html", frozenset({MEDEWERKER, LEIDINGGEVENDE})),
    "/klantcontact": ("klantcontact.html", frozenset({KLANTCONTACT})),
}


class Loket:
    """The routes around a session. `verbreek` closes the open connections of one."""

    def __init__(
        self, inst: Instellingen, sessies: Sessies, web: Path, verbreek: Callable[[str], Awaitable[None]]
    ) -> None:
        self._inst, self._sessies, self._web, self._verbreek = inst, sessies, web, verbreek
        self._aanbieder = Aanbieder(inst.oidc, f"{inst.adres}{TERUG}") if inst.oidc else None

    def voeg_toe(self, blauwdruk: Blueprint) -> None:
        """Adds the routes to the blueprint."""

        def route(methode: str, adres: str, werk: Callable[[Request], Awaitable[HTTPResponse]], naam: str) -> None:
            async def handler(request: Request) -> HTTPResponse:  # Sanic writes on a handler; a method takes that ill
                return await werk(request)

            blauwdruk.add_route(handler, adres, methods=[methode], name=naam)

        route("GET", AANMELDEN, self.aanmelden, "aanmelden")
        route("GET", TERUG, self.terug, "terug")
        route("POST", AFMELDEN, self.afmelden, "afmelden")
        route("GET", AFGEMELD, self.afgemeld, "afgemeld")
        route("GET", SESSIE, self.sessie, "sessie")
        if self._aanbieder is None and not self._inst.productie:
            route("POST", AANMELDEN, self.ontwikkelaanmelding, "ontwikkelaanmelding")
        for adres in PAGINAS:
            route("GET", adres, self.pagina, adres[1:])

    async def pagina(self, request: Request) -> HTTPResponse:
        """A staff page, for who is logged in with a role that it is meant for."""
        bestand, rollen = PAGINAS[request.path]
        sessie = self._sessie(request)
        if sessie is None:
            return redirect(f"{AANMELDEN}?naar={request.path}", status=303)
        if sessie.spreker.rol not in rollen:
            return self._melding(request, "geen_toegang", 403)
        return paginas.pagina(request, self._web / bestand)

    async def aanmelden(self, request: Request) -> HTTPResponse:
        """Begins a login: to the provider, or to the development page."""
        naar = _naar(request.args.get("naar"))
        if self._aanbieder is None:
            if self._inst.productie:
                return self._melding(request, "aanmelden_kan_niet", 503)
            return paginas.pagina(request, self._web / "aanmelden.html", formulier=True)
        poging = self._sessies.nieuwe_poging(naar)
        try:
            antwoord = redirect(await self._aanbieder.adres(poging), status=303)
        except AanmeldFout:
            return self._melding(request, "aanmelden_storing", 503)
        self._sessies.bewaar_poging(antwoord, poging)
        return antwoord

    async def terug(self, request: Request) -> HTTPResponse:
        """Back from the provider: only for the browser that began this login, and once."""
        if self._aanbieder is None:
            raise Fout("geen_pad")
        vraag = {naam: waarden[0] for naam, waarden in request.args.items() if len(waarden) == 1}
        try:
            poging = self._sessies.lees_poging(request.cookies, vraag.get("state"))
            claims = await self._aanbieder.claims(poging, vraag)
        except Fout:
            return self._melding(request, "aanmelden_mislukt", 400)
        except AanmeldFout as fout:
            naam, status = ("aanmelden_storing", 503) if fout.van_ons else ("aanmelden_mislukt", 400)
            return self._zonder_poging(self._melding(request, naam, status))
        spreker = spreker_uit(claims, self._inst.claims)
        if spreker is None:
            logger.warning("A login gives no role: the claim %s has no value of OPNAME_ROLLEN.", self._inst.claims.rol)
            return self._zonder_poging(self._melding(request, "geen_rol", 403))
        antwoord = self._zonder_poging(redirect(poging.naar, status=303))
        self._sessies.open(antwoord, spreker)
        return antwoord

    async def ontwikkelaanmelding(self, request: Request) -> HTTPResponse:
        """The development page: role and name as chosen."""
        self._eis_eigen_pagina(request)
        gekozen = {naam: (request.form or {}).get(naam) or None for naam in ("rol", "sub", "team")}
        spreker = spreker_uit(gekozen, Claims())
        if spreker is None:
            return self._melding(request, "aanmelden_mislukt", 400)
        naar = next((adres for adres, (_, rollen) in PAGINAS.items() if spreker.rol in rollen), _naar(None))
        antwoord = redirect(naar, status=303)
        self._sessies.open(antwoord, spreker)
        return antwoord

    async def afmelden(self, request: Request) -> HTTPResponse:
        """Ends the session here and its connections; answers where the browser goes now."""
        self._eis_eigen_pagina(request)
        sessie = self._sessie(request)
        naar = AFGEMELD
        if sessie is not None:
            await self._verbreek(sessie.nummer)
            if self._aanbieder is not None:
                naar = await self._aanbieder.afmeldadres(f"{self._inst.adres}{AFGEMELD}") or AFGEMELD
        antwoord = als_json({"naar": naar})
        self._sessies.sluit(antwoord)
        return antwoord

    async def afgemeld(self, request: Request) -> HTTPResponse:
        return self._melding(request, "afgemeld", 200)

    async def sessie(self, request: Request) -> HTTPResponse:
        """Who is logged in, for the page itself."""
        sessie = self._sessies.lees(request.cookies)
        if sessie is None:
            raise Fout("geen_aanmelding")
        return als_json({"spreker": sessie.spreker.metadata()})

    def _sessie(self, request: Request) -> Optional[Sessie]:
        """The session of the browser; one that is over or not right is none: then one logs in."""
        try:
            return self._sessies.lees(request.cookies)
        except Fout:
            return None

    def _zonder_poging(self, antwoord: HTTPResponse) -> HTTPResponse:
        self._sessies.wis_poging(antwoord)
        return antwoord

    def _eis_eigen_pagina(self, request: Request) -> None:
        if not van_eigen_pagina(request.headers, self._inst.adres):
            raise Fout("herkomst")

    def _melding(self, request: Request, naam: str, status: int) -> HTTPResponse:
        return paginas.melding(request, self._web / "melding.html", naam, status)


def _naar(waarde: Optional[str]) -> str:
    """Where to go after logging in: one of our pages, never an address from outside."""
    return waarde if waarde in PAGINAS else next(iter(PAGINAS))
