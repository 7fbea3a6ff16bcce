"""The page of employees in a real browser: logging in, the worklist beside the chat, and logging out."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from assistent import NU
from tests.browser.gesprek import Chat
from playwright.sync_api import Page, expect

from protocol.instellingen import TIJDZONE
from protocol.opslag import Opslag
from protocol.verzoeken import Verzoek

HTML = "<img src=x onerror=alert(1)> <b>Fatima</b>"


@pytest.fixture(scope="module")
def winkel(assistent):
    return Opslag(assistent.database)


def verzoek(winkel, sleutel, dag, **anders):
    nu = datetime.fromisoformat(NU).replace(tzinfo=TIJDZONE)
    basis = dict(sleutel=sleutel, ontvangen_op=nu, afspraak_datum=dag, afspraak_tijd=time(14, 30), gesprekssoort="kantoor",
                 plaats="Zwolle", met_wie="de arts", naam="Fatima el Amrani", contact="Via Mijn UWV", bijzonderheden=None,
                 laatste_dag=dag, oordeel="op tijd")
    return winkel.bewaar(Verzoek(**{**basis, **anders})).referentie


@pytest.fixture(scope="module")
def verzoeken(winkel):
    """Three requests, stored in another order than that of urgency: (reference, ...) most urgent first."""
    later = verzoek(winkel, "browser-1", date(2027, 1, 12), contact="j.jansen@voorbeeld.nl", oordeel="op de grens")
    morgen = verzoek(winkel, "browser-2", date(2026, 11, 24), oordeel="te laat")
    eng = verzoek(winkel, "browser-3", date(2026, 12, 8), naam=HTML, plaats="<script>alert(2)</script>")
    return morgen, eng, later


class Werkplek(Chat):
    """The page of an employee."""

    def __init__(self, tab: Page) -> None:
        super().__init__(tab)
        self.rijen = tab.get_by_role("region", name="Werklijst").get_by_role("listitem")
        self.afmelden = tab.get_by_role("button", name="Afmelden")

    def meld_aan(self, basis_url: str, naam: str = "noor", rol: str = "Medewerker") -> "Werkplek":
        self.tab.goto(f"{basis_url}/medewerker")
        self.tab.get_by_label("Rol").select_option(label=rol)
        self.tab.get_by_label("Naam").fill(naam)
        self.tab.get_by_role("button", name="Aanmelden").click()
        return self.klaar()

    def klaar(self) -> "Werkplek":
        expect(self.tab.get_by_role("heading", name="Werklijst")).to_be_visible()
        expect(self.van_assistent.first).to_be_visible()
        self.wacht_tot_klaar()
        return self

    def kies(self, titel: str) -> None:
        """Presses the last button with this title, and waits for the answer."""
        self.knoppen.get_by_text(titel, exact=True).last.click()
        self.antwoord()

    def rij(self, referentie: str):
        return self.rijen.filter(has_text=referentie)


@pytest.fixture
def werkplek(pagina: Page, basis_url: str, verzoeken) -> Werkplek:
    return Werkplek(pagina).meld_aan(basis_url)


def test_de_werklijst_staat_op_volgorde_van_haast(werkplek, verzoeken, schermafdruk):
    expect(werkplek.rij(verzoeken[0])).to_be_visible()
    teksten = werkplek.rijen.all_inner_texts()
    plek = [next(i for i, tekst in enumerate(teksten) if referentie in tekst) for referentie in verzoeken]
    assert plek == sorted(plek)
    assert "Morgen: dinsdag 24 november, 14:30" in teksten[plek[0]] and "Na de termijn aangevraagd" in teksten[plek[0]]
    assert "j.jansen@voorbeeld.nl" in teksten[plek[2]] and "ontvangen" in teksten[plek[2]]
    expect(werkplek.tab.get_by_text("Aangemeld als noor (medewerker)")).to_be_visible()
    schermafdruk(werkplek.tab, "werklijst")


def test_wat_een_klant_typt_blijft_tekst(werkplek, verzoeken):
    rij = werkplek.rij(verzoeken[1])
    assert HTML in rij.inner_text() and "<script>alert(2)</script>" in rij.inner_text()
    assert rij.locator("img, script, b").count() == 0


def test_openen_nemen_en_beantwoorden_via_de_chat(werkplek, winkel, schermafdruk):
    """The whole of an employee's work on one request: open a row, take it, log contact, answer; the list follows."""
    referentie = verzoek(winkel, "browser-werk", date(2026, 12, 1), naam="Jan Pieters")
    werkplek.tab.get_by_role("button", name="Vernieuwen").click()
    werkplek.rij(referentie).get_by_role("button").click()
    expect(werkplek.van_u.last).to_contain_text(referentie)
    expect(werkplek.invoer).to_be_focused()
    werkplek.antwoord()
    werkplek.kies("Neem dit verzoek")
    expect(werkplek.rij(referentie)).to_contain_text("in behandeling, bij noor")
    werkplek.kies("Leg contact vast")
    werkplek.kies("Gebeld, geen gehoor")
    werkplek.kies("Geef antwoord")
    schermafdruk(werkplek.tab, "antwoord")
    werkplek.kies("Ik stem in")
    werkplek.kies("Nee, niets")
    werkplek.kies("Ja, sla het op")
    expect(werkplek.rij(referentie)).to_have_count(0)
    na = winkel.bij_referentie(referentie)
    assert (na.toestand, na.medewerker) == ("instemming", "noor")
    assert [(g.stap, g.sub) for g in winkel.geschiedenis(referentie)] == [
        ("doen", None), ("nemen", "noor"), ("contact vastleggen", "noor"), ("instemmen", "noor")]


def test_alles_met_het_toetsenbord(werkplek, verzoeken):
    """From the top of the page to a row, by Tab and Enter only; the focus is visible all the way."""
    knop = werkplek.rij(verzoeken[0]).get_by_role("button")
    expect(knop).to_be_visible()
    werkplek.tab.evaluate("document.activeElement.blur()")
    for _ in range(40):
        werkplek.tab.keyboard.press("Tab")
        assert werkplek.tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if knop.evaluate("knop => knop === document.activeElement"):
            break
    expect(knop).to_be_focused()
    werkplek.tab.keyboard.press("Enter")
    expect(werkplek.van_u.last).to_contain_text(verzoeken[0])


def test_verversen_houdt_de_plek(werkplek, verzoeken, winkel):
    knop = werkplek.rij(verzoeken[1]).get_by_role("button")
    knop.focus()
    extra = verzoek(winkel, "browser-extra", date(2026, 11, 25))
    werkplek.tab.evaluate("document.getElementById('vernieuwen').dispatchEvent(new Event('click'))")
    expect(werkplek.rij(extra)).to_be_visible()
    expect(knop).to_be_focused()
    expect(werkplek.tab.locator("#werklijst-toestand")).to_contain_text("open verzoeken")


@pytest.mark.parametrize("breedte, hoogte", [(1280, 800), (320, 700), (320, 256)])
def test_axe_en_geen_zijwaarts_schuiven(werkplek, verzoeken, breedte, hoogte, schermafdruk):
    expect(werkplek.rij(verzoeken[0])).to_be_visible()
    werkplek.tab.set_viewport_size({"width": breedte, "height": hoogte})
    assert werkplek.axe() == []
    assert werkplek.breder_dan_scherm() <= 0
    werkplek.rij(verzoeken[0]).get_by_role("button").click()
    werkplek.antwoord()
    assert werkplek.axe() == []
    assert werkplek.breder_dan_scherm() <= 0
    schermafdruk(werkplek.tab, f"{breedte}x{hoogte}")


def test_de_paginas_rond_het_aanmelden(pagina, basis_url, schermafdruk):
    chat = Chat(pagina)
    for adres in ("/medewerker", "/afgemeld"):
        pagina.goto(f"{basis_url}{adres}")
        pagina.set_viewport_size({"width": 320, "height": 600})
        assert chat.axe() == [] and chat.breder_dan_scherm() <= 0
        schermafdruk(pagina, adres[1:])


def test_afmelden_laat_niets_achter(werkplek, basis_url):
    werkplek.zeg("wat kun je?")
    eerder = werkplek.teksten()
    werkplek.afmelden.click()
    expect(werkplek.tab.get_by_role("heading", name="U bent afgemeld")).to_be_visible()
    assert not any(werkplek.tab.evaluate("Object.values(sessionStorage)").count(t) for t in eerder)
    assert not [k for k in werkplek.tab.context.cookies() if k["name"] == "opname-sessie" and k["value"]]
    werkplek.tab.goto(f"{basis_url}/medewerker")
    expect(werkplek.tab.get_by_label("Rol")).to_be_visible()


def test_een_ander_ziet_niets_van_wie_hier_zat(werkplek, basis_url):
    werkplek.zeg("wat kun je?")
    werkplek.tab.context.clear_cookies()
    Werkplek(werkplek.tab).meld_aan(basis_url, "piet")
    assert "wat kun je?" not in " ".join(werkplek.teksten())
    expect(werkplek.tab.get_by_text("Aangemeld als piet (medewerker)")).to_be_visible()


def test_de_aanmelding_is_voorbij(werkplek):
    """What was said stays on the page, and there is a way back."""
    werkplek.zeg("wat kun je?")
    werkplek.tab.context.clear_cookies()
    werkplek.tab.get_by_role("button", name="Vernieuwen").click()
    melding = werkplek.tab.get_by_role("alert").filter(has_text="Uw aanmelding is verlopen")
    expect(melding).to_be_visible()
    assert werkplek.axe() == []
    expect(werkplek.log).to_contain_text("wat kun je?")
    melding.get_by_role("button").click()
    expect(werkplek.tab.get_by_label("Rol")).to_be_visible()


def test_afmelden_in_een_tab_sluit_de_andere(werkplek, basis_url):
    ander = Werkplek(werkplek.tab.context.new_page())
    ander.tab.goto(f"{basis_url}/medewerker")
    ander.klaar()
    werkplek.afmelden.click()
    expect(ander.tab.get_by_role("alert").filter(has_text="Uw aanmelding is verlopen")).to_be_visible()


def test_de_pagina_van_klanten_kent_de_medewerker_niet(werkplek, basis_url, browser):
    """In the same browser: the client's page asks for no session, and says what it says to any client."""
    tab = werkplek.tab.context.new_page()
    verstuurd: list[str] = []
    tab.on("websocket", lambda ws: ws.on("framesent", lambda pakket: verstuurd.append(str(pakket))))
    teksten = Chat(tab).open(basis_url).teksten()
    assert any('"sessie":false' in pakket for pakket in verstuurd)
    anoniem = browser.new_context()
    assert Chat(anoniem.new_page()).open(basis_url).teksten() == teksten
    anoniem.close()
