"""The agent's page at /klantcontact, in a real browser, against the real assistant, without a mouse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.gesprek import VERBROKEN, Chat

ALLES = "leg verzoek vast voor M. Aydin, 10 december half drie, kantoor Arnhem, bij de arts, 06 12345678"
VRAAG = "stiekem film"
MEESTE_BEURTEN = 4


class Scripthulp(Chat):
    """The agent's page: the same conversation, with a search field, cards and a history."""

    def __init__(self, tab: Page) -> None:
        super().__init__(tab)
        self.invoer = tab.get_by_role("combobox", name="Zoek een onderwerp")
        self.lijst = tab.get_by_role("listbox", name="Onderwerpen")
        self.opties = self.lijst.get_by_role("option")
        self.kaarten = self.log.locator(".kaart--onderwerp")
        self.verloop = tab.locator("#verloop")

    def typ(self, tekst: str) -> "Scripthulp":
        """Key by key, as a person does."""
        self.tab.keyboard.type(tekst)
        return self

    def druk(self, *toetsen: str) -> "Scripthulp":
        for toets in toetsen:
            self.tab.keyboard.press(toets)
        return self


def meld_aan(context: BrowserContext, basis_url: str, rol: str = "klantcontact", sub: str = "sam") -> None:
    """Logs a browser in, as the development page does."""
    antwoord = context.request.post(f"{basis_url}/aanmelden", form={"rol": rol, "sub": sub}, headers={"Origin": basis_url})
    assert antwoord.ok


@pytest.fixture
def adres(context: BrowserContext, basis_url: str) -> str:
    meld_aan(context, basis_url)
    return f"{basis_url}/klantcontact"


@pytest.fixture
def hulp(pagina: Page, adres: str) -> Scripthulp:
    return Scripthulp(pagina).open(adres)  # type: ignore[return-value]


def klembord(tab: Page) -> str:
    tekst: str = tab.evaluate("navigator.clipboard.readText()")
    return tekst


@pytest.fixture
def met_klembord(context: BrowserContext, basis_url: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=basis_url)


# --- who may use it ---


def test_opening(hulp: Scripthulp) -> None:
    expect(hulp.tab).to_have_title(re.compile("Scripthulp"))
    expect(hulp.tab.locator("html")).to_have_attribute("lang", "nl")
    expect(hulp.invoer).to_be_focused()
    expect(hulp.tab.get_by_text("Aangemeld als sam (klantcontact)")).to_be_visible()


def test_zonder_aanmelding_komt_eerst_het_aanmelden(pagina: Page, basis_url: str) -> None:
    pagina.goto(f"{basis_url}/klantcontact")
    pagina.get_by_label("Rol").select_option(label="Klantcontact")
    pagina.get_by_label("Naam").fill("sam")
    pagina.get_by_role("button", name="Aanmelden").click()
    hulp = Scripthulp(pagina)
    expect(hulp.van_assistent.first).to_be_visible()
    expect(hulp.invoer).to_be_focused()


def test_een_andere_rol_komt_er_niet_in(pagina: Page, basis_url: str) -> None:
    meld_aan(pagina.context, basis_url, rol="medewerker")
    pagina.goto(f"{basis_url}/klantcontact")
    expect(pagina.get_by_role("heading", name="Geen toegang")).to_be_visible()


def test_na_afmelden_is_er_niets_meer_te_zien(hulp: Scripthulp, basis_url: str) -> None:
    hulp.zeg(VRAAG)
    hulp.tab.get_by_role("button", name="Afmelden").click()
    expect(hulp.tab.get_by_role("heading", name="U bent afgemeld")).to_be_visible()
    assert VRAAG not in hulp.tab.evaluate("JSON.stringify(sessionStorage)")
    hulp.tab.goto(f"{basis_url}/klantcontact")
    expect(hulp.tab.get_by_role("heading", name="Aanmelden om te testen")).to_be_visible()


# --- the answer ---


def test_het_antwoord_is_een_kaart_in_drie_blokken(hulp: Scripthulp) -> None:
    hulp.zeg(VRAAG)
    kaart = hulp.kaarten.last
    assert kaart.locator("dt").all_inner_texts() == ["Regel", "Zeg", "Beloof niet"]
    expect(kaart.get_by_role("heading")).to_have_text("Mag ik stiekem filmen?")
    expect(hulp.log.get_by_text("Intern, niet voorlezen.")).to_be_visible()
    expect(hulp.log.get_by_text(re.compile(r"^Bron: protocol 17 oktober 2023")).first).to_be_visible()


def test_een_toets_kopieert_de_zin(hulp: Scripthulp, met_klembord: None) -> None:
    hulp.druk("Alt+c")
    hulp.wacht_op_melding("Er is nog geen zin om te kopiëren.")
    hulp.zeg(VRAAG)
    hulp.druk("Alt+c")
    hulp.wacht_op_melding("Zin gekopieerd.")
    assert klembord(hulp.tab) == hulp.kaarten.last.locator(".kaart__blok--zeg .kaart__tekst").inner_text()
    assert "leidinggevende" not in klembord(hulp.tab)
    expect(hulp.invoer).to_be_focused()
    expect(hulp.kaarten.last.get_by_role("button")).to_have_attribute("aria-keyshortcuts", "Alt+C")


def test_kan_kopieren_niet_dan_staat_dat_er(hulp: Scripthulp) -> None:
    hulp.zeg(VRAAG)
    hulp.tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('nee')); }")
    hulp.druk("Alt+c")
    hulp.wacht_op_melding("Kopiëren lukt niet.")


# --- searching ---


def test_suggesties_bij_het_typen(hulp: Scripthulp) -> None:
    hulp.typ("mag dele")
    expect(hulp.opties.first).to_be_visible()
    assert {"Mag ik de beelden delen?", "Mag ik de opname delen?"} <= set(hulp.opties.all_inner_texts())
    expect(hulp.invoer).to_have_attribute("aria-expanded", "true")
    hulp.druk("ArrowDown")
    expect(hulp.opties.first).to_have_attribute("aria-selected", "true")
    expect(hulp.invoer).to_have_attribute("aria-activedescendant", "suggestie-0")
    gekozen = hulp.opties.first.inner_text()
    hulp.druk("Enter")
    hulp.antwoord()
    expect(hulp.van_u).to_contain_text(gekozen)
    expect(hulp.kaarten.last.get_by_role("heading")).to_have_text(gekozen)
    expect(hulp.invoer).to_have_value("")
    expect(hulp.lijst).to_be_hidden()


def test_enter_zonder_keuze_stuurt_wat_getypt_is(hulp: Scripthulp) -> None:
    hulp.typ("mag delen").druk("Enter")
    hulp.antwoord()
    expect(hulp.van_u.locator("p", has_text=re.compile("^mag delen$"))).to_be_visible()


def test_pijl_toont_alle_onderwerpen_en_escape_sluit(hulp: Scripthulp) -> None:
    hulp.druk("ArrowUp")
    assert hulp.opties.count() > 40
    expect(hulp.opties.last).to_have_attribute("aria-selected", "true")
    hulp.druk("Escape")
    expect(hulp.lijst).to_be_hidden()
    hulp.typ("kind")
    hulp.druk("Escape", "Escape")
    expect(hulp.invoer).to_have_value("")
    expect(hulp.invoer).to_be_focused()


def test_een_onderwerp_kan_ook_met_de_muis(hulp: Scripthulp) -> None:
    hulp.typ("livestream beller zendt")
    expect(hulp.opties).to_have_count(0)
    hulp.invoer.fill("zendt live")
    hulp.opties.first.click()
    hulp.antwoord()
    expect(hulp.kaarten.last).to_contain_text("Wilt u de uitzending uitzetten?")


def test_een_cijfer_kiest_een_knop_en_een_datum_blijft_een_datum(hulp: Scripthulp) -> None:
    hulp.zeg("mag de klant filmen?")
    tweede = hulp.knoppen.filter(has_not_text="Kopieer").nth(1).inner_text()
    hulp.typ("2")
    expect(hulp.opties).to_have_count(1)
    expect(hulp.opties.first).to_contain_text(tweede.split(". ")[-1])
    hulp.druk("Enter")
    hulp.antwoord()
    expect(hulp.van_u.last).to_contain_text(tweede.split(". ")[-1])

    hulp.zeg("mag de klant filmen?")
    hulp.typ("10 december").druk("Enter")
    hulp.antwoord()
    expect(hulp.van_u.last).to_contain_text("10 december")
    expect(hulp.van_assistent.last).to_contain_text("Op tijd: laatste dag donderdag 3 december 2026")


# --- the call ---


def test_het_verloop_brengt_terug_en_nieuw_gesprek_wist_het(hulp: Scripthulp) -> None:
    hulp.zeg(VRAAG)
    hulp.zeg("al op fb")
    regels = hulp.verloop.get_by_role("button")
    assert regels.all_inner_texts() == [VRAAG, "al op fb"]
    regels.first.focus()
    hulp.druk("Enter")
    expect(hulp.van_u.first).to_be_focused()
    hulp.tab.reload()
    hulp.wacht_tot_klaar()
    assert regels.all_inner_texts() == [VRAAG, "al op fb"]
    hulp.nieuw.focus()
    hulp.druk("Enter", "Tab", "Enter")
    expect(hulp.verloop).to_be_hidden()
    expect(hulp.van_u).to_have_count(0)
    expect(hulp.knoppen.first).to_be_visible()
    expect(hulp.invoer).to_be_focused()


def test_een_verzoek_namens_een_client_in_twee_beurten(
    hulp: Scripthulp, record_property: Callable[[str, object], None]
) -> None:
    """The timed walk: all keys and turns of a request, from an empty field to the reference."""
    toetsen = 0

    def tel(tekst: str, *daarna: str) -> None:
        nonlocal toetsen
        toetsen += len(tekst) + len(daarna)
        hulp.typ(tekst).druk(*daarna)

    tel(ALLES, "Enter")
    hulp.antwoord()
    expect(hulp.van_assistent.last).to_contain_text("Naam: M. Aydin")
    tel("1", "Enter")  # the first button: Ja, leg het vast
    hulp.antwoord()
    expect(hulp.van_assistent.last).to_contain_text(re.compile(r"Vastgelegd: BO-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}"))
    expect(hulp.van_assistent.last).to_contain_text("Filmen mag alleen als een medewerker instemt")
    beurten = hulp.van_u.count()
    record_property("toetsen", toetsen)
    record_property("beurten", beurten)
    print(f"\na request on behalf of a client: {beurten} turns, {toetsen} keystrokes, {toetsen - len(ALLES)} beside the words")
    assert beurten == 2 <= MEESTE_BEURTEN
    assert toetsen == len(ALLES) + 3


def test_elk_onderwerp_op_een_blad(hulp: Scripthulp, tmp_path: Path) -> None:
    hulp.zeg(VRAAG)
    hulp.zeg("8 december")  # no topic, so no card
    hulp.zeg("boze klant filmen recht")
    pdf = hulp.tab.pdf(path=tmp_path / "kaart.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == hulp.kaarten.count() == 2
    hulp.tab.emulate_media(media="print")
    for weg in (hulp.invoer, hulp.nieuw, hulp.verloop, hulp.van_u.first, hulp.tab.get_by_text("Intern, niet voorlezen.").first):
        expect(weg).to_be_hidden()
    expect(hulp.kaarten.first).to_contain_text("Beloof niet")
    expect(hulp.log.get_by_text(re.compile("^Bron: protocol")).first).to_be_visible()


# --- accessible in every state ---


def _leeg(hulp: Scripthulp) -> None:
    expect(hulp.van_u).to_have_count(0)


def _antwoord(hulp: Scripthulp) -> None:
    hulp.zeg(VRAAG)


def _formulier(hulp: Scripthulp) -> None:
    hulp.zeg(ALLES)
    expect(hulp.van_assistent.last).to_contain_text("Naam: M. Aydin")


def _lijst(hulp: Scripthulp) -> None:
    hulp.druk("ArrowDown")
    expect(hulp.opties.first).to_have_attribute("aria-selected", "true")


def _fout(hulp: Scripthulp) -> None:
    hulp.druk("Enter")
    expect(hulp.fout).to_contain_text("Typ eerst")


def _dialoog(hulp: Scripthulp) -> None:
    hulp.zeg(VRAAG)
    hulp.nieuw.click()
    expect(hulp.dialoog).to_be_visible()


def _verbroken(hulp: Scripthulp) -> None:
    hulp.tab.context.set_offline(True)
    expect(hulp.toestand).to_contain_text(VERBROKEN)


STATEN: dict[str, Callable[[Scripthulp], None]] = {
    "leeg": _leeg, "antwoord": _antwoord, "formulier": _formulier, "lijst": _lijst, "fout": _fout, "dialoog": _dialoog,
    "verbroken": _verbroken,
}


@pytest.mark.parametrize("staat", STATEN)
@pytest.mark.parametrize("breedte", [1280, 320])
def test_axe_vindt_niets(
    pagina: Page, adres: str, staat: str, breedte: int, schermafdruk: Callable[[Page, str], None]
) -> None:
    pagina.set_viewport_size({"width": breedte, "height": 720})
    hulp = Scripthulp(pagina)
    hulp.open(adres)
    STATEN[staat](hulp)
    schermafdruk(pagina, "beeld")
    assert hulp.axe() == []
    assert hulp.breder_dan_scherm() == 0


@pytest.mark.parametrize("staat", ["antwoord", "lijst", "dialoog"])
def test_gedwongen_kleuren(pagina: Page, adres: str, staat: str, schermafdruk: Callable[[Page, str], None]) -> None:
    pagina.emulate_media(forced_colors="active")
    hulp = Scripthulp(pagina)
    hulp.open(adres)
    STATEN[staat](hulp)
    schermafdruk(pagina, "beeld")
    assert hulp.axe() == []
    if staat == "lijst":  # what is marked differs by more than its shade
        kleur = "(e) => getComputedStyle(e).backgroundColor"
        assert hulp.opties.first.evaluate(kleur) != hulp.opties.nth(1).evaluate(kleur)


def test_vergroot_tot_400_procent(browser: Any, basis_url: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4, locale="nl-NL",
                                  reduced_motion="reduce")
    context.add_init_script("window.gehoord = []")
    try:
        meld_aan(context, basis_url)
        hulp = Scripthulp(context.new_page())
        hulp.open(f"{basis_url}/klantcontact")
        hulp.zeg(VRAAG)
        assert hulp.breder_dan_scherm() == 0
        hulp.druk("ArrowDown")
        expect(hulp.opties.first).to_be_in_viewport()
        assert hulp.axe() == []
        hulp.druk("Enter")
        hulp.antwoord()
        assert hulp.breder_dan_scherm() == 0
    finally:
        context.close()


def test_alles_kan_met_alleen_het_toetsenbord(hulp: Scripthulp) -> None:
    hulp.zeg("mag de klant filmen?")
    gezien = []
    for _ in range(12):
        hulp.druk("Shift+Tab")
        actief = hulp.tab.locator(":focus")
        if not actief.count():
            break  # past the first element: the browser's own controls
        expect(actief).to_be_visible()
        gezien.append(actief.inner_text())
    samen = " ".join(gezien)
    for deel in ("Dit gesprek", "Kopieer", "Verzoek vastleggen", "Nieuw gesprek", "Direct naar het zoekveld"):
        assert deel in samen, gezien


def test_minder_beweging(pagina: Page, adres: str) -> None:
    pagina.emulate_media(reduced_motion="reduce")
    hulp = Scripthulp(pagina)
    hulp.open(adres)
    hulp.zeg(VRAAG)
    bewegend = pagina.evaluate(
        """[...document.querySelectorAll('*')].filter((element) => {
             const stijl = getComputedStyle(element);
             return stijl.animationName !== 'none' || parseFloat(stijl.transitionDuration) > 0;
           }).map((element) => element.className)"""
    )
    assert bewegend == []


def test_geen_opmaak_of_script_in_de_pagina(pagina: Page, adres: str) -> None:
    antwoord = pagina.goto(adres)
    assert antwoord is not None
    html = antwoord.text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", html)
    assert "unsafe-" not in html + str(antwoord.headers.get("content-security-policy"))
