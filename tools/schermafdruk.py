"""Takes a picture of a conversation on one of the pages, for the README.

    python tools/schermafdruk.py http://127.0.0.1:5005 docs/chat-klant.png
    python tools/schermafdruk.py http://127.0.0.1:5005 docs/chat-klant.png --zeg "Mag ik filmen?" --zeg "8 december"
    python tools/schermafdruk.py http://127.0.0.1:5005/klantcontact docs/klantcontact.png --jwt "$(make -s token ROL=klantcontact SUB=sam)"

What is said may be the title of a button: then the button is pressed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import CHROMIUM_OPTIES, chromium_pad
from tests.browser.gesprek import Chat

VERHALEN = {
    "": [
        "Mag ik het gesprek met de arts filmen?",
        "Ik wil een verzoek doen",
        "dinsdag 8 december half drie in Zwolle",
    ],
    "/klantcontact": ["stiekem film", "8 jan"],
}


def main() -> None:
    opties = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    opties.add_argument("url")
    opties.add_argument("bestand", type=Path)
    opties.add_argument("--zeg", action="append", help="one message, or the title of a button; may be repeated")
    opties.add_argument("--breedte", type=int, default=1000)
    opties.add_argument("--jwt", help="token of a staff page (make token)")
    keuze = opties.parse_args()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_pad(), args=CHROMIUM_OPTIES)
        tab = browser.new_page(
            viewport={"width": keuze.breedte, "height": 800}, locale="nl-NL", reduced_motion="reduce"
        )
        pad = urlsplit(keuze.url).path.rstrip("/")
        chat = Chat(tab).open(keuze.url + (f"#jwt={keuze.jwt}" if keuze.jwt else ""))
        chat.invoer = tab.locator("#invoer")  # its label differs from page to page
        for tekst in keuze.zeg or VERHALEN[pad]:
            eerder = chat.van_u.count()
            knop = chat.log.get_by_role("button", name=tekst, exact=True)
            if knop.count():
                knop.first.click()
            else:
                chat.invoer.fill(tekst)
                chat.invoer.press("Enter")
            expect(chat.van_u).to_have_count(eerder + 1)
            chat.antwoord()
        # The whole conversation, as if the screen were high enough.
        hoogte = tab.evaluate("document.documentElement.scrollHeight")
        tab.set_viewport_size({"width": keuze.breedte, "height": hoogte})
        keuze.bestand.parent.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=keuze.bestand)
        browser.close()
    print(keuze.bestand)


if __name__ == "__main__":
    main()
