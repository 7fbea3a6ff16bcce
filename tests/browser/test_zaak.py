"""A manager's case on the page of employees: the drafts and the figures, reached by their links."""

from __future__ import annotations

import io
import itertools

import pytest
from docx import Document
from meldingen import meld, praat_als, zet_stap
from playwright.sync_api import Page, expect

from tests.browser.gesprek import Chat
from tests.browser.test_toegankelijk import meld_aan


teams = (f"team-browser-{n}" for n in itertools.count())


@pytest.fixture
def werkplek(assistent, pagina: Page, basis_url: str) -> Chat:
    """The page of the manager of a fresh case that was talked through with the employee."""
    team = next(teams)
    meld(praat_als(assistent, "medewerker", "sam-browser", team))
    zet_stap(praat_als(assistent, "leidinggevende", "anna", team), "ik heb het besproken met mijn medewerker")
    meld_aan(pagina, basis_url, "leidinggevende", team)
    return Chat(pagina).open(f"{basis_url}/medewerker")


def test_a_draft_is_downloaded_from_the_chat(werkplek: Chat) -> None:
    werkplek.zeg("maak een concept voor het verwijderverzoek")
    with werkplek.tab.expect_download() as ophalen:
        werkplek.log.get_by_role("link").last.click()
    with open(ophalen.value.path(), "rb") as bestand:
        eerste = Document(io.BytesIO(bestand.read())).paragraphs[0].text
    assert ophalen.value.suggested_filename.startswith("concept-verwijderverzoek-MB-")
    assert eerste.startswith("CONCEPT")


@pytest.mark.parametrize("breedte", [1280, 320])
def test_the_figures_are_a_page_for_everyone(werkplek: Chat, breedte: int, schermafdruk) -> None:
    werkplek.zeg("hoeveel meldingen zijn er dit jaar")
    with werkplek.tab.context.expect_page() as nieuw:
        werkplek.log.get_by_role("link").last.click()
    cijfers = Chat(nieuw.value)
    cijfers.tab.set_viewport_size({"width": breedte, "height": 720})
    expect(cijfers.tab.get_by_role("heading", level=1)).to_be_visible()
    expect(cijfers.tab.locator("html")).to_have_attribute("lang", "nl")
    assert "sam-browser" not in cijfers.tab.content()
    assert cijfers.axe() == [] and cijfers.breder_dan_scherm() <= 0
    schermafdruk(cijfers.tab, f"cijfers-{breedte}")
