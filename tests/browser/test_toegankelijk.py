"""The pages of clients and employees for everyone: WCAG in every state, narrow, enlarged, in forced colours, at rest.

The agent's page has the same tests beside its own (test_klantcontact.py).
"""

from __future__ import annotations

import re
from typing import Any, Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gesprek import VERBROKEN, VRAAG, Chat, in_beeld

# Page -> who logs in there.
PAGINAS = {"/": None, "/medewerker": "leidinggevende"}


@pytest.fixture
def chat(pagina: Page, basis_url: str) -> Chat:
    return Chat(pagina).open(basis_url)


def meld_aan(tab: Page, basis_url: str, rol: str, team: str = "") -> None:
    """Logs the browser in, as the development page does."""
    antwoord = tab.context.request.post(
        f"{basis_url}/aanmelden", form={"rol": rol, "sub": "anna", "team": team}, headers={"Origin": basis_url}
    )
    assert antwoord.ok


def _leeg(chat: Chat) -> None:
    """Before the assistant has said anything (its connection is held back)."""
    expect(chat.van_assistent).to_have_count(0)


def _gesprek(chat: Chat) -> None:
    chat.zeg(VRAAG)


def _fout(chat: Chat) -> None:
    chat.invoer.fill("a" * 1001)
    chat.invoer.press("Enter")
    expect(chat.fout).to_contain_text("te lang")


def _verbroken(chat: Chat) -> None:
    chat.tab.context.set_offline(True)
    expect(chat.toestand).to_contain_text(VERBROKEN)


def _dialoog(chat: Chat) -> None:
    chat.nieuw.click()
    expect(chat.dialoog).to_be_visible()


STATEN: dict[str, Callable[[Chat], None]] = {
    "leeg": _leeg,
    "gesprek": _gesprek,
    "fout": _fout,
    "verbroken": _verbroken,
    "dialoog": _dialoog,
}


def in_staat(tab: Page, basis_url: str, staat: str, pagina: str = "/") -> Chat:
    chat, url = Chat(tab), basis_url + pagina
    if rol := PAGINAS[pagina]:
        meld_aan(tab, basis_url, rol)
    if staat == "leeg":
        tab.route_web_socket(re.compile(r"/socket\.io/"), lambda ws: None)  # answers nothing
        tab.goto(url)
    else:
        chat.open(url)
    STATEN[staat](chat)
    return chat


@pytest.mark.parametrize("adres", PAGINAS)
@pytest.mark.parametrize("staat", STATEN)
@pytest.mark.parametrize("breedte", [1280, 320])
def test_axe_vindt_niets(
    pagina: Page, basis_url: str, adres: str, staat: str, breedte: int, schermafdruk: Callable[[Page, str], None]
) -> None:
    pagina.set_viewport_size({"width": breedte, "height": 720})
    chat = in_staat(pagina, basis_url, staat, adres)
    schermafdruk(pagina, "beeld")
    assert chat.axe() == []
    assert chat.breder_dan_scherm() == 0


def test_focus_verdwijnt_niet_achter_het_invoerveld(pagina: Page, basis_url: str) -> None:
    pagina.set_viewport_size({"width": 320, "height": 640})
    chat = Chat(pagina).open(basis_url)
    chat.invoer.fill("a" * 1001)  # the input at its tallest, with an error above it
    chat.invoer.press("Enter")
    expect(chat.fout).to_contain_text("te lang")
    for knop in chat.knoppen.all():
        pagina.keyboard.press("Shift+Tab")
        assert in_beeld(pagina.locator(":focus"))
    expect(chat.knoppen.first).to_be_focused()


@pytest.mark.parametrize("adres", PAGINAS)
@pytest.mark.parametrize("staat", ["gesprek", "fout", "verbroken", "dialoog"])
def test_gedwongen_kleuren(
    pagina: Page, basis_url: str, adres: str, staat: str, schermafdruk: Callable[[Page, str], None]
) -> None:
    pagina.emulate_media(forced_colors="active")
    chat = in_staat(pagina, basis_url, staat, adres)
    schermafdruk(pagina, "beeld")
    assert chat.axe() == []
    # What shows by its background alone otherwise has an edge here.
    for element in (chat.versturen, chat.invoer, chat.log.locator(".bericht__ballon").first, chat.nieuw):
        rand = element.evaluate("(e) => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).borderTopWidth]")
        assert rand[0] != "none" and rand[1] != "0px", (element, rand)


def test_vergroot_tot_400_procent(browser: Any, basis_url: str) -> None:
    """A window of 1280 by 1024 at 400% is one of 320 by 256."""
    context = browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4, locale="nl-NL")
    context.add_init_script("window.gehoord = []")
    try:
        chat = Chat(context.new_page()).open(basis_url)
        chat.zeg(VRAAG)
        assert chat.breder_dan_scherm() == 0
        chat.tab.keyboard.press("Shift+Tab")
        for _ in range(chat.knoppen.count()):
            actief = chat.tab.locator(":focus")
            expect(actief).to_have_class(re.compile("keuzes__knop"))
            assert in_beeld(actief)
            chat.tab.keyboard.press("Shift+Tab")
        chat.nieuw.click()
        chat.dialoog.get_by_role("button", name="Nee, ga verder").click()
        expect(chat.dialoog).to_be_hidden()
        assert chat.axe() == []
    finally:
        context.close()


def test_tekst_twee_keer_zo_groot(chat: Chat) -> None:
    chat.tab.set_viewport_size({"width": 640, "height": 800})
    chat.zeg(VRAAG)
    chat.tab.evaluate("document.documentElement.style.fontSize = '200%'")
    assert chat.breder_dan_scherm() == 0
    chat.invoer.focus()
    assert in_beeld(chat.invoer)
    chat.versturen.focus()
    assert in_beeld(chat.versturen)


def test_minder_beweging(pagina: Page, basis_url: str) -> None:
    pagina.emulate_media(reduced_motion="reduce")
    chat = Chat(pagina).open(basis_url)
    bewegend = chat.tab.evaluate(
        """[...document.querySelectorAll('*')].filter((element) => {
             const stijl = getComputedStyle(element);
             return stijl.animationName !== 'none' || parseFloat(stijl.transitionDuration) > 0;
           }).map((element) => element.className)"""
    )
    assert bewegend == []
