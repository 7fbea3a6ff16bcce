"""The pages and their files, with the Content-Security-Policy under which they run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable, Optional

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
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def csp(host: Optional[str]) -> str:
    """The policy of a page: everything from ourselves, nothing inline, nothing embedded.

    Older browsers do not count ws: as 'self'; they get the address of this host written out.
    """
    sockets = f" ws://{host} wss://{host}" if host and _HOST.fullmatch(host) else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def voeg_toe(blauwdruk: Blueprint, web: Path, gereed: Callable[[], bool]) -> None:
    """Adds /klantcontact, /static/<path> and /gezond; `gereed` says whether the model is loaded."""
    mappen = [(web / naam).resolve() for naam in ("static", "vendor")]

    @blauwdruk.get("/klantcontact")
    async def klantcontact(request: Request) -> HTTPResponse:
        return pagina(request, web / "klantcontact.html")

    @blauwdruk.get("/static/<pad:path>")
    async def bestand(request: Request, pad: str) -> HTTPResponse:
        for map_ in mappen:
            gevonden = _veilig(map_, pad)
            if gevonden is not None:
                return _lever(request, gevonden, SOORTEN[gevonden.suffix])
        raise Fout("geen_pad")

    @blauwdruk.get("/gezond")
    async def gezond(_: Request) -> HTTPResponse:
        return als_json({"status": "ok"}) if gereed() else als_json({"status": "niet klaar"}, 503)


def pagina(request: Request, bestand: Path) -> HTTPResponse:
    """An HTML page; a refusal when the file is not there. Does not raise (used in middleware)."""
    if not bestand.is_file():
        return weigering(Fout("geen_pad"))
    antwoord = _lever(request, bestand, "text/html; charset=utf-8")
    antwoord.headers["Content-Security-Policy"] = csp(request.headers.get("host"))
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
    """The file, or 304 when the browser has this very version."""
    stand = bestand.stat()
    headers = {"ETag": f'"{stand.st_mtime_ns:x}-{stand.st_size:x}"', "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return HTTPResponse(status=304, headers=headers)
    return HTTPResponse(bestand.read_bytes(), headers=headers, content_type=soort)
