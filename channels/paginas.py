"""The pages and their files, with the Content-Security-Policy under which they run."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Callable, Optional

from jinja2 import Environment, FileSystemLoader
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.antwoord import als_json, weigering
from channels.fouten import Fout

# Only what a page needs is served; package.json, READMEs and source maps of vendor packages are not.
SOORTEN = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
# What web/melding.html says: title, sentence, and the link below it.
MELDINGEN: dict[str, tuple[str, str, tuple[str, str]]] = {
    "afgemeld": ("U bent afgemeld", "U kunt deze pagina sluiten.", ("/medewerker", "Opnieuw aanmelden")),
    "geen_toegang": ("Geen toegang", "Deze pagina is voor medewerkers met een andere rol dan de uwe.",
                     ("/aanmelden", "Met een andere naam aanmelden")),
    "geen_rol": ("Geen toegang", "U bent aangemeld, maar u hebt hier geen rol. Vraag uw beheerder om toegang.",
                 ("/aanmelden", "Opnieuw proberen")),
    "aanmelden_mislukt": ("Aanmelden is niet gelukt", "U bent niet aangemeld. Begin opnieuw met aanmelden.",
                          ("/aanmelden", "Opnieuw aanmelden")),
    "aanmelden_storing": ("Aanmelden kan nu niet", "De aanmeldpagina antwoordt niet. Probeer het over een paar minuten.",
                          ("/aanmelden", "Opnieuw proberen")),
    "aanmelden_kan_niet": ("Aanmelden kan niet", "Aanmelden is op deze server niet ingericht.",
                           ("/", "Naar de chat voor klanten")),
}
GELDIG = timedelta(days=30)
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def csp(host: Optional[str], formulier: bool = False) -> str:
    """The policy of a page: everything from ourselves, nothing inline, nothing embedded.

    Older browsers do not count ws: as 'self'; they get the address of this host written out.
    """
    actie = "'self'" if formulier else "'none'"
    sockets = f" ws://{host} wss://{host}" if host and _HOST.fullmatch(host) else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'{sockets}; base-uri 'none'; form-action {actie}; frame-ancestors 'none'"
    )


def voeg_toe(blauwdruk: Blueprint, web: Path, gereed: Callable[[], bool], meldpunt: Optional[str]) -> None:
    """Adds /static/<path>, /gezond and security.txt; `gereed` says whether the model is loaded."""
    mappen = [(web / naam).resolve() for naam in ("static", "vendor")]

    @blauwdruk.get("/static/<pad:path>")
    async def bestand(request: Request, pad: str) -> HTTPResponse:
        for map_ in mappen:
            gevonden = _veilig(map_, pad)
            if gevonden is not None:
                return _lever(request, gevonden, SOORTEN[gevonden.suffix])
        raise Fout("geen_pad")

    @blauwdruk.get("/.well-known/security.txt")
    async def beveiliging(_: Request) -> HTTPResponse:
        if meldpunt is None:
            raise Fout("geen_pad")
        # RFC 9116 wants an end date; what we say holds as long as the server says it.
        tot = datetime.now(timezone.utc) + GELDIG
        regels = [f"Contact: {meldpunt}", f"Expires: {tot:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: nl, en", ""]
        return HTTPResponse("\n".join(regels), content_type="text/plain; charset=utf-8")

    @blauwdruk.get("/gezond")
    async def gezond(_: Request) -> HTTPResponse:
        return als_json({"status": "ok"}) if gereed() else als_json({"status": "niet klaar"}, 503)


def pagina(request: Request, bestand: Path, formulier: bool = False) -> HTTPResponse:
    """An HTML page; a refusal when the file is not there. Does not raise (used in middleware).

    `formulier`: the page sends a form to us, and then the browser has to tell from where.
    """
    if not bestand.is_file():
        return weigering(Fout("geen_pad"))
    html = _sjablonen(bestand.parent).get_template(bestand.name).render().encode()
    antwoord = _met_etag(request, sha256(html).hexdigest()[:32], lambda: html, "text/html; charset=utf-8")
    return _als_pagina(request, antwoord, formulier)


def melding(request: Request, sjabloon: Path, naam: str, status: int) -> HTTPResponse:
    """A page with one message of `MELDINGEN` and one way on."""
    titel, zin, (adres, knop) = MELDINGEN[naam]
    velden = {"titel": titel, "zin": zin, "adres": adres, "knop": knop}
    html = Template(sjabloon.read_text(encoding="utf-8")).substitute({k: escape(v) for k, v in velden.items()})
    return _als_pagina(request, HTTPResponse(html, status, content_type="text/html; charset=utf-8"))


def _als_pagina(request: Request, antwoord: HTTPResponse, formulier: bool = False) -> HTTPResponse:
    antwoord.headers["Content-Security-Policy"] = csp(request.headers.get("host"), formulier)
    if formulier:
        antwoord.headers["Referrer-Policy"] = "same-origin"
    return antwoord


def _veilig(map_: Path, pad: str) -> Optional[Path]:
    """The file at `pad` when it really lies inside `map_` and is of a kind that we serve."""
    if "\0" in pad or "\\" in pad:
        return None
    try:
        gevonden = (map_ / pad).resolve()
        goed = gevonden.is_relative_to(map_) and gevonden.suffix in SOORTEN and gevonden.is_file()
    except OSError:  # a name longer than the file system takes
        return None
    return gevonden if goed else None


def _lever(request: Request, bestand: Path, soort: str) -> HTTPResponse:
    stand = bestand.stat()
    return _met_etag(request, f"{stand.st_mtime_ns:x}-{stand.st_size:x}", bestand.read_bytes, soort)


def _met_etag(request: Request, versie: str, inhoud: Callable[[], bytes], soort: str) -> HTTPResponse:
    """The content, or 304 when the browser has this very version."""
    headers = {"ETag": f'"{versie}"', "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return HTTPResponse(status=304, headers=headers)
    return HTTPResponse(inhoud(), headers=headers, content_type=soort)


@lru_cache(maxsize=4)
def _sjablonen(map_: Path) -> Environment:
    """The templates of web/: what the pages share stands in basis.html and chat.html."""
    return Environment(loader=FileSystemLoader(map_), autoescape=True, trim_blocks=True, lstrip_blocks=True)
