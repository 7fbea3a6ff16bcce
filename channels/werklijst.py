"""GET /werklijst: the open requests of an employee, most urgent first, as JSON. Only for who is verified as such."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, time
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from channels.antwoord import als_json
from channels.fouten import Fout
from channels.identiteit import Controleur, Spreker
from channels.sessie import Sessies
from protocol import instellingen, toegang
from protocol.herinnering import dringend
from protocol.opslag import opslag

logger = logging.getLogger(__name__)

# What the page shows; a request holds more.
VELDEN = ("referentie", "afspraak_datum", "afspraak_tijd", "oordeel", "toestand", "naam", "contact", "met_wie",
          "gesprekssoort", "plaats", "medewerker")


def voeg_toe(blauwdruk: Blueprint, controleur: Controleur, sessies: Sessies) -> None:
    """Adds the worklist to the blueprint."""

    @blauwdruk.get("/werklijst")
    async def werklijst(request: Request) -> HTTPResponse:
        spreker = await wie(request, controleur, sessies)
        if not toegang.mag(spreker.rol, "open_verzoeken"):
            raise Fout("geen_toegang")
        try:
            # The database may be slow; other people's turns do not wait for it.
            rijen = await asyncio.get_running_loop().run_in_executor(None, _open_verzoeken, spreker)
        except SQLAlchemyError as fout:
            logger.exception("The worklist cannot be read.")
            raise Fout("werklijst_weg") from fout
        return als_json({"spreker": spreker.metadata(), "rijen": rijen})


async def wie(request: Request, controleur: Controleur, sessies: Sessies) -> Spreker:
    """The verified employee behind a request: a token, or else the session; nobody is 401."""
    if koppen := request.headers.getall("authorization", []):
        return await controleur.van_headers(koppen)
    sessie = sessies.lees(request.cookies)
    if sessie is None:
        raise Fout("geen_aanmelding")
    return sessie.spreker


def _open_verzoeken(spreker: Spreker) -> list[dict[str, Any]]:
    nu = instellingen.nu()
    rijen = opslag().open_verzoeken(toegang.Spreker(spreker.rol, spreker.sub, spreker.team), nu)
    return [{**{veld: _waarde(getattr(rij, veld)) for veld in VELDEN},
             "dagen_tot_afspraak": (rij.afspraak_datum - nu.date()).days,
             "dringend": dringend(rij, nu.date(), instellingen.sluitingsdagen())} for rij in rijen]


def _waarde(waarde: Any) -> Any:
    if isinstance(waarde, time):
        return waarde.strftime("%H:%M")
    return waarde.isoformat() if isinstance(waarde, date) else waarde
