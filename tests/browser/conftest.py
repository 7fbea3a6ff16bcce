"""A real Chromium for the pages, and what the page tests share.

`basis_url` (address of the running assistant) and `herstart_rasa` (stops and starts the Rasa server) come from
tests/conftest.py. Set OPNAME_SCHERMAFDRUKKEN to a folder to keep the pictures that the tests take.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.browser.gesprek import AXE, gekeurd

# Chromium looks up its makers' hosts at every start unless told not to; a closed machine refuses those.
CHROMIUM_OPTIES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Writes down what a screen reader would be told: each text that is added inside a live region, in order.
LUISTER = """
window.gehoord = [];
document.addEventListener('DOMContentLoaded', () => new MutationObserver((wijzigingen) => {
  for (const { target, addedNodes } of wijzigingen) {
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    const gebied = element?.closest('[role=log], [role=status], [role=alert]');
    if (!gebied || gebied.getAttribute('aria-live') === 'off') continue;
    for (const knoop of addedNodes) {
      const tekst = (knoop.innerText ?? knoop.textContent).trim();
      if (tekst) window.gehoord.push({ gebied: gebied.getAttribute('role'), tekst });
    }
  }
}).observe(document.body, { childList: true, subtree: true }));
"""


def chromium_pad() -> str:
    """Debian's Chromium, or the one named in OPNAME_CHROMIUM."""
    pad = os.environ.get("OPNAME_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not pad:
        pytest.fail(
            "The page tests need Chromium, and there is none on PATH. Install it (Debian: apt-get install chromium) "
            "or name one: OPNAME_CHROMIUM=/path/to/chrome.",
            pytrace=False,
        )
    return pad


# Per module, not per session: while Playwright's sync API is open it keeps an event loop running in this
# thread, and the asyncio tests of other folders cannot start theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        gestart = playwright.chromium.launch(executable_path=chromium_pad(), args=CHROMIUM_OPTIES)
        yield gestart
        gestart.close()


def pytest_sessionfinish() -> None:
    """Writes what axe-core found, page by page, when OPNAME_AXE names a file (`make axe`)."""
    if not (bestand := os.environ.get("OPNAME_AXE")) or not gekeurd:
        return
    versie = json.loads((AXE.parent / "package.json").read_text(encoding="utf-8"))["version"]
    regels = [
        "# Verslag van axe-core",
        "",
        f"Gemaakt met `make axe`: axe-core {versie}, alle regels aan, in Chromium, op de draaiende assistent.",
        "",
        "| pagina | breedte | keuringen | regels geslaagd (minst) | overtredingen |",
        "|---|---|---|---|---|",
    ]
    for adres, breedte in sorted({(een[0], een[1]) for een in gekeurd}):
        groep = [een for een in gekeurd if een[:2] == (adres, breedte)]
        regels.append(f"| `{adres}` | {breedte} | {len(groep)} | {min(e[3] for e in groep)} | {sum(e[4] for e in groep)} |")
    regels += ["", "Waarin gekeurd is:", ""]
    regels += [f"- `{adres}`, {breedte}: {test}" for adres, breedte, test, *_ in sorted(gekeurd)]
    Path(bestand).write_text("\n".join(regels) + "\n", encoding="utf-8")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A person's browser: Dutch, nothing remembered."""
    nieuw = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800})
    nieuw.add_init_script(LUISTER)
    nieuw.set_default_timeout(15_000)
    yield nieuw
    nieuw.close()


@pytest.fixture
def pagina(context: BrowserContext, basis_url: str) -> Iterator[Page]:
    """An empty tab. Afterwards: the page raised nothing, and asked nothing of any other host."""
    tab = context.new_page()
    fouten: list[str] = []
    buiten: list[str] = []
    eigen = urlsplit(basis_url).netloc

    def bij_console(bericht: ConsoleMessage) -> None:
        # A lost connection, an ended login or a refused page is no fault of the page; the browser reports it all the same.
        geen_fout = ("WebSocket", "net::ERR", "503", "401", "403")
        if bericht.type == "error" and not any(woord in bericht.text for woord in geen_fout):
            fouten.append(bericht.text)

    def bij_verzoek(verzoek: Request) -> None:
        if urlsplit(verzoek.url).netloc != eigen and not verzoek.url.startswith(("data:", "blob:")):
            buiten.append(verzoek.url)

    tab.on("pageerror", lambda fout: fouten.append(str(fout)))
    tab.on("console", bij_console)
    tab.on("request", bij_verzoek)
    tab.on("websocket", lambda ws: buiten.append(ws.url) if urlsplit(ws.url).netloc != eigen else None)
    yield tab
    assert not fouten, f"the page reported errors: {fouten}"
    assert not buiten, f"the page went outside: {buiten}"


@pytest.fixture
def schermafdruk(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Takes a picture of the page, when someone asked for pictures."""

    def neem(tab: Page, naam: str) -> None:
        if map_ := os.environ.get("OPNAME_SCHERMAFDRUKKEN"):
            Path(map_).mkdir(parents=True, exist_ok=True)
            tab.screenshot(path=Path(map_) / f"{request.node.name}-{naam}.png".replace("/", "_"), full_page=True)

    return neem
