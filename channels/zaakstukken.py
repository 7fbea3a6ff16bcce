"""GET /medewerker/concept/<token> and /medewerker/cijfers/<token>: drafts and figures under a signed address.

The address is bound to the person and role to whom the assistant gave it and works for a short while. Whether that
person may see the case is asked again at every download; a request that says who it is, is refused for another.
"""

from __future__ import annotations

import asyncio
import logging
from html import escape
from pathlib import Path
from string import Template
from typing import Callable, Optional

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from channels.fouten import Fout
from channels.identiteit import Controleur
from protocol import cijfers, concepten, downloads, instellingen, meldingen, toegang
from protocol.opslag_meldingen import opslag_meldingen

logger = logging.getLogger(__name__)


def voeg_toe(blauwdruk: Blueprint, geheim: str, web: Path, controleur: Controleur) -> None:
    """Adds both addresses to the blueprint."""

    async def geef(request: Request, token: str, doel: str, maak: Callable[[downloads.Adres], Optional[HTTPResponse]]):
        adres = downloads.lees(geheim, token, doel)
        koppen = request.headers.getall("authorization", [])
        if adres is None:
            raise Fout("geen_pad")
        if koppen:
            zelf = controleur.uit_headers(koppen)
            if (zelf.rol, zelf.sub) != (adres.spreker.rol, adres.spreker.sub):
                raise Fout("geen_pad")
        try:
            # Reading and making take a moment; other people's turns do not wait for it.
            antwoord = await asyncio.get_running_loop().run_in_executor(None, maak, adres)
        except SQLAlchemyError as fout:
            logger.exception("A document or the figures cannot be read.")
            raise Fout("intern") from fout
        if antwoord is None:
            raise Fout("geen_pad")
        return antwoord

    @blauwdruk.get("/medewerker/concept/<token>")
    async def concept(request: Request, token: str) -> HTTPResponse:
        return await geef(request, token, "concept", _document)

    @blauwdruk.get("/medewerker/cijfers/<token>")
    async def overzicht(request: Request, token: str) -> HTTPResponse:
        return await geef(request, token, "cijfers", lambda adres: _pagina(adres, web))


def _document(adres: downloads.Adres) -> Optional[HTTPResponse]:
    winkel = opslag_meldingen()
    zaak = winkel.bij_referentie(adres.referentie)
    if (zaak is None or adres.soort not in concepten.SOORTEN or not toegang.mag(adres.spreker.rol, "concept_vragen")
            or not meldingen.mag_bijwerken(zaak, adres.spreker) or not concepten.past(adres.soort, zaak)):
        return None
    inhoud = concepten.maak(adres.soort, zaak, winkel.geschiedenis(zaak.referentie), instellingen.nu())
    naam = f"concept-{adres.soort}-{zaak.referentie}.docx"
    return HTTPResponse(inhoud, headers={"Content-Disposition": f'attachment; filename="{naam}"'},
                        content_type=concepten.MIME)


def _pagina(adres: downloads.Adres, web: Path) -> Optional[HTTPResponse]:
    if not toegang.mag(adres.spreker.rol, "meldingen_cijfers"):
        return None
    tabel = concepten.cijfertabel(cijfers.per_jaar(opslag_meldingen().alle()))
    koppen = "".join(f'<th scope="col">{escape(kop)}</th>' for kop in tabel["koppen"])
    rijen = "".join(f'<tr><th scope="row">{escape(rij[0])}</th>' + "".join(f"<td>{escape(c)}</td>" for c in rij[1:])
                    + "</tr>" for rij in tabel["rijen"])
    html = Template((web / "cijfers.html").read_text("utf-8")).substitute(
        titel=escape(tabel["titel"]), koppen=koppen, rijen=rijen, grafiek=tabel["grafiek"], grens=cijfers.GRENS)
    return HTTPResponse(html, content_type="text/html; charset=utf-8", headers={
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
                                   "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"})
