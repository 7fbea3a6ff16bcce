"""What a person does and sees on a chat page, in the words of the tests."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
VERBROKEN = "De verbinding is weg"
HERSTELD = "De verbinding is er weer"
VRAAG = "Mag ik het gesprek met de arts filmen?"

# What axe-core was asked in this run: (page, width in pixels, test, rules passed, violations); conftest.py reports it.
gekeurd: list[tuple[str, int, str, int, int]] = []


def in_beeld(element: Locator) -> bool:
    """Whether the middle of the element is on the screen, with nothing in front of it."""
    zichtbaar: bool = element.evaluate(
        """(element) => {
             const vak = element.getBoundingClientRect();
             const boven = document.elementFromPoint(vak.x + vak.width / 2, vak.y + vak.height / 2);
             return boven !== null && element.contains(boven);
           }"""
    )
    return zichtbaar


class Chat:
    """The client's page."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.log = tab.get_by_role("log", name="Gesprek")
        self.invoer = tab.get_by_label("Uw vraag of antwoord")
        self.versturen = tab.get_by_role("button", name="Versturen")
        self.nieuw = tab.get_by_role("button", name="Nieuw gesprek", exact=True)
        self.dialoog = tab.get_by_role("dialog", name="Nieuw gesprek beginnen?")
        self.fout = tab.locator("form [role=alert]")
        self.toestand = tab.locator("#toestand")
        self.van_u = self.log.locator("[data-van=gebruiker]")
        self.van_assistent = self.log.locator("[data-van=assistent]")
        self.knoppen = self.log.get_by_role("button")
        self.bezig = tab.get_by_text("De assistent is bezig")

    def open(self, url: str) -> "Chat":
        """Opens the page and waits for the first words of the assistant."""
        self.tab.goto(url)
        expect(self.knoppen.first).to_be_visible()
        self.wacht_tot_klaar()
        return self

    def wacht_tot_klaar(self) -> None:
        expect(self.bezig).to_be_hidden()

    def zeg(self, tekst: str) -> Locator:
        """Types and sends; returns the answers to it once they are all there."""
        self.invoer.fill(tekst)
        self.invoer.press("Enter")
        return self.antwoord()

    def antwoord(self) -> Locator:
        """The assistant's messages after the last thing the user said."""
        na = self.log.locator("[data-van=gebruiker]:not(:has(~ [data-van=gebruiker])) ~ [data-van=assistent]")
        expect(na.first).to_be_visible()
        self.wacht_tot_klaar()
        return na

    def teksten(self) -> list[str]:
        """All messages, without the buttons."""
        return self.log.locator(".bericht__ballon").all_inner_texts()

    def gehoord(self, gebied: str) -> list[str]:
        """What was announced in the live regions of this role, in order."""
        alles: list[dict[str, str]] = self.tab.evaluate("window.gehoord")
        return [een["tekst"] for een in alles if een["gebied"] == gebied]

    def wacht_op_melding(self, tekst: str, keer: int = 1, timeout: float = 60_000) -> None:
        """Waits until a sentence with this text was announced, even when it has gone from the screen since."""
        self.tab.wait_for_function(
            "([tekst, keer]) => window.gehoord.filter((een) => een.tekst.includes(tekst)).length >= keer",
            arg=[tekst, keer],
            timeout=timeout,
        )

    def axe(self) -> list[str]:
        """What axe-core finds, all its rules on; one line per violation."""
        if not self.tab.evaluate("typeof axe === 'object'"):
            self.tab.evaluate(AXE.read_text(encoding="utf-8"))
        uitslag: dict[str, Any] = self.tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        keuring = self.tab.evaluate("[location.pathname, innerWidth]")
        test = os.environ["PYTEST_CURRENT_TEST"].rpartition("::")[2].split(" ")[0]
        gekeurd.append((*keuring, test, len(uitslag["passes"]), len(uitslag["violations"])))
        return [
            f"{een['id']} ({een['help']}): {json.dumps([knoop['html'] for knoop in een['nodes']])}"
            for een in uitslag["violations"]
        ]

    def breder_dan_scherm(self) -> int:
        """How many pixels have to be scrolled sideways."""
        breedte: int = self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return breedte
