"""The client's page at /, in a real browser, against the real assistant."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Callable

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser.gesprek import HERSTELD, VERBROKEN, VRAAG, Chat, in_beeld

WEB = Path(__file__).parents[2] / "web"
MAX_GEWICHT = 150_000
MAX_BRUIKBAAR_MS = 1_000


@pytest.fixture
def chat(pagina: Page, basis_url: str) -> Chat:
    return Chat(pagina).open(basis_url)


# --- a conversation ---


def test_opening(chat: Chat) -> None:
    expect(chat.tab).to_have_title(re.compile("opnemen"))
    expect(chat.tab.locator("html")).to_have_attribute("lang", "nl")
    expect(chat.van_assistent.first).to_contain_text("Assistent")
    expect(chat.van_assistent.first).to_contain_text("computerprogramma")
    assert chat.knoppen.count() >= 3
    expect(chat.tab.get_by_role("contentinfo")).to_contain_text("Typ geen BSN of medische gegevens")


def test_vraag_krijgt_antwoord_met_bron(chat: Chat) -> None:
    antwoord = chat.zeg(VRAAG)
    expect(chat.van_u).to_have_count(1)
    expect(chat.van_u).to_contain_text(VRAAG)
    expect(chat.van_u).to_contain_text("U")
    expect(antwoord.get_by_text(re.compile(r"^Bron: protocol 17 oktober 2023")).first).to_be_visible()
    expect(chat.invoer).to_be_focused()
    expect(chat.invoer).to_have_value("")


def test_hielp_dit_antwoord_wordt_een_keer_gevraagd(chat: Chat) -> None:
    vraag = chat.tab.get_by_role("group", name="Hielp dit antwoord?")
    expect(vraag).to_be_hidden()  # the opening answers nothing
    chat.zeg("Hoe lang mag ik het filmpje bewaren?")
    expect(vraag).to_be_visible()
    assert chat.axe() == []
    vraag.get_by_role("button", name="Nee").focus()
    chat.tab.keyboard.press("Enter")
    expect(chat.tab.get_by_text("Dank u wel.").first).to_be_visible()
    expect(chat.invoer).to_be_focused()
    chat.wacht_op_melding("Dank u wel.")
    chat.zeg("ik wil filmen op 8 december")
    expect(vraag).to_be_hidden()  # a question of the form is no answer


def test_agendabestand_is_op_te_slaan_ook_na_herladen(chat: Chat) -> None:
    chat.zeg("tot wanneer kan ik vragen of ik mag filmen op 8 december?")
    for _ in range(2):
        link = chat.log.get_by_role("link", name="Zet de laatste dag in uw agenda")
        with chat.tab.expect_download() as opgeslagen:
            link.click()
        assert opgeslagen.value.suggested_filename == "laatste-dag.ics"
        assert "DTSTART;VALUE=DATE:20261201" in Path(opgeslagen.value.path()).read_text("utf-8")
        chat.tab.reload()


def test_knop_zegt_zijn_titel_en_wordt_beantwoord(chat: Chat) -> None:
    knop = chat.knoppen.first
    titel = knop.inner_text()
    knop.click()
    chat.antwoord()
    expect(chat.van_u).to_contain_text(titel)
    assert not any("/" in tekst.split() or tekst.startswith("/") for tekst in chat.teksten())
    expect(chat.van_assistent.first.get_by_role("button")).to_have_count(0)  # old buttons no longer count
    expect(chat.invoer).to_be_focused()


def test_alles_kan_met_alleen_het_toetsenbord(chat: Chat) -> None:
    toets = chat.tab.keyboard.press
    toets("Tab")
    expect(chat.tab.get_by_role("link", name="Direct naar het invoerveld")).to_be_focused()
    toets("Enter")
    expect(chat.invoer).to_be_focused()

    chat.tab.keyboard.type("Ik heb een afspraak")
    toets("Shift+Enter")
    chat.tab.keyboard.type(VRAAG)
    expect(chat.van_u).to_have_count(0)
    toets("Enter")
    chat.antwoord()
    expect(chat.van_u.locator("p", has_text=re.compile("^Ik heb een afspraak$"))).to_be_visible()
    expect(chat.van_u.locator("p", has_text=re.compile(f"^{re.escape(VRAAG)}$"))).to_be_visible()
    expect(chat.invoer).to_be_focused()

    toets("Shift+Tab")  # back into the answer: its last button
    expect(chat.knoppen.last).to_be_focused()
    titel = chat.knoppen.last.inner_text()
    assert in_beeld(chat.knoppen.last)
    toets("Enter")
    chat.antwoord()
    expect(chat.van_u.last).to_contain_text(titel)
    expect(chat.invoer).to_be_focused()

    chat.nieuw.focus()
    toets("Enter")
    expect(chat.dialoog.get_by_role("heading")).to_be_focused()
    for naam in ("Ja, nieuw gesprek", "Nee, ga verder"):
        toets("Tab")
        expect(chat.dialoog.get_by_role("button", name=naam)).to_be_focused()
    toets("Escape")
    expect(chat.dialoog).to_be_hidden()
    expect(chat.nieuw).to_be_focused()


def test_elk_bericht_wordt_een_keer_voorgelezen(chat: Chat) -> None:
    expect(chat.log).not_to_have_attribute("aria-live", "off")
    antwoord = chat.zeg(VRAAG)
    verwacht = [chat.van_u.inner_text(), *antwoord.all_inner_texts()]
    gehoord = chat.gehoord("log")[-len(verwacht) :]
    assert [tekst.split("\n")[0] for tekst in gehoord] == ["U"] + ["Assistent"] * antwoord.count()
    assert VRAAG in gehoord[0]
    assert len([tekst for tekst in chat.gehoord("log") if VRAAG in tekst]) == 1
    assert chat.gehoord("alert") == []


def test_tekst_blijft_tekst(chat: Chat) -> None:
    html = '<img src=x onerror="document.title=1"><b>vet</b> & <script>alert(1)</script>'
    chat.zeg(html)
    expect(chat.van_u).to_contain_text(html)
    expect(chat.log.locator("img, b, script")).to_have_count(0)


def test_leeg_en_te_lang_worden_gezegd(chat: Chat) -> None:
    chat.versturen.click()
    expect(chat.fout).to_have_text("Typ eerst uw vraag of antwoord.")
    expect(chat.invoer).to_be_focused()

    chat.invoer.fill("a" * 850)
    expect(chat.fout).to_be_empty()
    expect(chat.tab.locator("#teller")).to_have_text("Nog 150 tekens")
    chat.wacht_op_melding("Nog 150 tekens")
    chat.invoer.press("a")  # each key further is seen, not heard
    expect(chat.tab.locator("#teller")).to_have_text("Nog 149 tekens")

    chat.invoer.fill("a" * 1001)
    chat.wacht_op_melding("1 teken te veel")
    assert chat.gehoord("status") == ["Nog 150 tekens", "1 teken te veel"]
    chat.invoer.press("Enter")
    expect(chat.fout).to_contain_text("Uw bericht is 1 teken te lang.")
    expect(chat.invoer).to_have_attribute("aria-invalid", "true")
    expect(chat.invoer).to_have_value("a" * 1001)  # nothing is thrown away
    expect(chat.van_u).to_have_count(0)
    assert len([tekst for tekst in chat.gehoord("alert") if "te lang" in tekst]) == 1

    chat.invoer.fill("a" * 1000)
    expect(chat.fout).to_be_empty()
    chat.invoer.press("Enter")
    chat.antwoord()
    expect(chat.van_u).to_have_count(1)


def test_nieuw_gesprek_na_bevestiging(chat: Chat) -> None:
    chat.zeg(VRAAG)
    chat.nieuw.click()
    chat.dialoog.get_by_role("button", name="Nee, ga verder").click()
    expect(chat.van_u).to_have_count(1)
    expect(chat.nieuw).to_be_focused()

    chat.nieuw.click()
    chat.dialoog.get_by_role("button", name="Ja, nieuw gesprek").click()
    expect(chat.van_u).to_have_count(0)
    expect(chat.knoppen.first).to_be_visible()
    chat.wacht_tot_klaar()
    expect(chat.log.get_by_text("computerprogramma").first).to_be_visible()
    expect(chat.invoer).to_be_focused()
    chat.zeg(VRAAG)
    expect(chat.van_u).to_have_count(1)


# --- the connection ---


def test_herladen_houdt_het_gesprek(chat: Chat) -> None:
    chat.zeg(VRAAG)
    eerder = chat.teksten()
    knoppen = chat.knoppen.all_inner_texts()
    chat.tab.reload()
    chat.wacht_tot_klaar()
    assert chat.teksten() == eerder
    assert chat.knoppen.all_inner_texts() == knoppen
    expect(chat.log).not_to_have_attribute("aria-live", "off")  # what is old is in the page before reading out begins
    chat.zeg(VRAAG)
    assert chat.teksten()[: len(eerder)] == eerder
    expect(chat.van_u).to_have_count(2)
    # The old part is not read out again.
    assert len([tekst for tekst in chat.gehoord("log") if VRAAG in tekst]) == 1


def test_zonder_netwerk_gaat_niets_verloren(chat: Chat, context: BrowserContext) -> None:
    eerder = chat.teksten()
    context.set_offline(True)
    expect(chat.toestand).to_contain_text(VERBROKEN)
    chat.invoer.fill(VRAAG)
    chat.invoer.press("Enter")
    expect(chat.van_u).to_have_count(1)
    context.set_offline(False)
    chat.antwoord()
    chat.wacht_op_melding(HERSTELD)
    meldingen = chat.gehoord("status")
    assert len([tekst for tekst in meldingen if VERBROKEN in tekst]) == 1
    assert len([tekst for tekst in meldingen if HERSTELD in tekst]) == 1
    assert chat.teksten()[: len(eerder)] == eerder
    expect(chat.van_u).to_have_count(1)


def test_herstart_van_de_server_houdt_het_gesprek(chat: Chat, herstart_rasa: Callable[[], Any]) -> None:
    chat.zeg(VRAAG)
    eerder = chat.teksten()
    herstart_rasa()
    chat.wacht_op_melding(HERSTELD, timeout=120_000)
    assert chat.teksten() == eerder
    knop = chat.knoppen.first  # a button from before the restart still works
    titel = knop.inner_text()
    knop.click()
    chat.antwoord()
    expect(chat.van_u.last).to_contain_text(titel)
    assert chat.teksten()[: len(eerder)] == eerder


def test_onbevestigd_bericht_gaat_opnieuw_met_hetzelfde_nummer(pagina: Page, basis_url: str) -> None:
    """The line breaks after the page has sent, before the server has heard: one question, one answer."""
    gezien: list[dict[str, str]] = []

    def tussen(ws: WebSocketRoute) -> None:
        server = ws.connect_to_server()

        def naar_server(frame: Any) -> None:
            if isinstance(frame, str) and '["bericht"' in frame:
                gezien.append(json.loads(frame[frame.index("[") :])[1])
                if len(gezien) == 1:
                    server.close()
                    ws.close()
                    return
            server.send(frame)

        ws.on_message(naar_server)

    pagina.route_web_socket(re.compile(r"/socket\.io/"), tussen)
    chat = Chat(pagina).open(basis_url)
    antwoord = chat.zeg(VRAAG)
    assert [bericht["message"] for bericht in gezien] == [VRAAG, VRAAG]
    assert gezien[0]["id"] == gezien[1]["id"]
    expect(chat.van_u).to_have_count(1)
    teksten = antwoord.all_inner_texts()
    assert len(teksten) == len(set(teksten))


def test_wat_de_pagina_niet_kent_stoort_niet(pagina: Page, basis_url: str) -> None:
    def tussen(ws: WebSocketRoute) -> None:
        server = ws.connect_to_server()

        def naar_pagina(frame: Any) -> None:
            if isinstance(frame, str) and frame.startswith('42["klaar"'):
                for vreemd in (
                    {"custom": {"bestand": {"naam": "afspraak.ics", "type": "text/calendar", "url": "/x"}}, "id": "x"},
                    {"text": "Met iets erbij.", "custom": {"onbekend": [1]}, "buttons": None, "metadata": None, "id": "x"},
                    {},
                ):
                    ws.send("42" + json.dumps(["bot", vreemd]))
            ws.send(frame)

        server.on_message(naar_pagina)

    pagina.route_web_socket(re.compile(r"/socket\.io/"), tussen)
    chat = Chat(pagina)
    pagina.goto(basis_url)
    expect(chat.van_assistent.last).to_have_text(re.compile(r"Assistent\s*Met iets erbij\."))
    chat.zeg(VRAAG)


def test_onbekend_gesprek_begint_opnieuw_en_zegt_dat(chat: Chat) -> None:
    """A server that no longer knows the conversation starts another one; the page says so."""
    chat.zeg(VRAAG)
    eerder = chat.teksten()
    chat.tab.evaluate(
        """() => {
             const staat = JSON.parse(sessionStorage.getItem('opname-klant'));
             sessionStorage.setItem('opname-klant', JSON.stringify({ ...staat, gesprek: 'vals' }));
           }"""
    )
    chat.tab.reload()
    expect(chat.log).to_contain_text("Uw vorige gesprek kon niet verder gaan.")
    expect(chat.knoppen.first).to_be_visible()
    chat.wacht_tot_klaar()
    assert chat.teksten()[: len(eerder)] == eerder
    chat.zeg(VRAAG)
    expect(chat.van_u).to_have_count(2)


def test_geweigerd_bericht_wordt_een_keer_gezegd(pagina: Page, basis_url: str) -> None:
    """The server refuses a message: told in text and once, the text comes back, the buttons still count."""
    zin = "Uw bericht is leeg. Typ eerst een vraag."

    def tussen(ws: WebSocketRoute) -> None:
        server = ws.connect_to_server()

        def naar_server(frame: Any) -> None:
            gevonden = re.match(r'42(\d+)\["bericht"', frame) if isinstance(frame, str) else None
            if gevonden:
                ws.send(f"43{gevonden[1]}" + json.dumps([{"ok": False, "fout": zin}]))
            else:
                server.send(frame)

        ws.on_message(naar_server)

    pagina.route_web_socket(re.compile(r"/socket\.io/"), tussen)
    chat = Chat(pagina).open(basis_url)
    knoppen = chat.knoppen.all_inner_texts()
    chat.invoer.fill(VRAAG)
    chat.invoer.press("Enter")
    expect(chat.fout).to_have_text(zin)
    expect(chat.van_u).to_contain_text("Niet verstuurd")
    expect(chat.invoer).to_have_value(VRAAG)
    expect(chat.invoer).to_be_focused()
    assert chat.gehoord("alert") == [zin]
    assert chat.knoppen.all_inner_texts() == knoppen
    assert chat.axe() == []


def test_wachten_wordt_getoond_en_een_keer_gezegd(pagina: Page, basis_url: str) -> None:
    vast: list[tuple[WebSocketRoute, Any]] = []
    los = [True]

    def tussen(ws: WebSocketRoute) -> None:
        server = ws.connect_to_server()

        def naar_pagina(frame: Any) -> None:
            if los[0] or (isinstance(frame, str) and '["bezig"' in frame):
                ws.send(frame)
            else:
                vast.append((ws, frame))

        server.on_message(naar_pagina)

    pagina.route_web_socket(re.compile(r"/socket\.io/"), tussen)
    chat = Chat(pagina).open(basis_url)
    los[0] = False
    chat.invoer.fill(VRAAG)
    chat.invoer.press("Enter")
    expect(chat.bezig).to_be_visible()
    chat.wacht_op_melding("De assistent is nog bezig.")
    los[0] = True
    for ws, frame in vast:
        ws.send(frame)
    chat.antwoord()
    assert chat.gehoord("status") == ["De assistent is nog bezig."]


# --- light and fast ---


def test_gewicht_en_snelheid(pagina: Page, basis_url: str, record_property: Callable[[str, object], None]) -> None:
    """Everything the browser takes in until the first buttons are there, headers and Socket.IO included."""
    gewogen: list[float] = []
    meter = pagina.context.new_cdp_session(pagina)
    meter.send("Network.enable")
    meter.on("Network.loadingFinished", lambda klaar: gewogen.append(klaar["encodedDataLength"]))
    meter.on("Network.webSocketFrameReceived", lambda frame: gewogen.append(len(frame["response"]["payloadData"].encode())))
    Chat(pagina).open(basis_url)
    bruikbaar = pagina.evaluate("performance.getEntriesByName('chat-bruikbaar')[0].startTime")
    record_property("bytes", sum(gewogen))
    record_property("bruikbaar_ms", bruikbaar)
    print(f"\n/ weighs {sum(gewogen):.0f} bytes in {len(gewogen)} answers; usable after {bruikbaar:.0f} ms")
    assert 50_000 < sum(gewogen) < MAX_GEWICHT
    assert bruikbaar < MAX_BRUIKBAAR_MS


def test_geen_opmaak_of_script_in_de_pagina(pagina: Page, basis_url: str) -> None:
    """So that the page runs under a content policy without 'unsafe-inline'."""
    antwoord = pagina.goto(basis_url)
    assert antwoord is not None
    html = antwoord.text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", html)
    assert "unsafe-" not in html + str(antwoord.headers.get("content-security-policy"))


def test_elk_gebruikt_token_is_er() -> None:
    """web/vendor.mjs takes over only the design tokens in use: it has to run again when chat.css uses another."""
    eigen = (WEB / "static" / "chat.css").read_text(encoding="utf-8")
    alles = eigen + (WEB / "vendor" / "nlds.css").read_text(encoding="utf-8")
    gebruikt = set(re.findall(r"var\((--[\w-]+)\)", eigen))
    bepaald = set(re.findall(r"(?<![\w(-])(--[\w-]+):", alles))
    assert gebruikt <= bepaald, "run `npm --prefix web run vendor`"
