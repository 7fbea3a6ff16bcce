"""Conversations while parts are killed and restarted at random: `make chaos`. Table in docs/chaos.md.

People make requests and report misuse over REST. Meanwhile the Rasa server and the action server get kill -9, a database
is held locked and the action server is frozen, by a seed that is printed. Nobody starts over by hand: a person who gets no
answer, or reads that something went wrong, asks or says it again, as people do. In the end the reference numbers that
people were told are compared with what is stored: each one once, and nothing else.
"""
from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

import httpx
import sqlalchemy as sa
import yaml

WORTEL = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(WORTEL), str(WORTEL / "tests")]

from assistent import Assistent  # noqa: E402

from protocol.instellingen import instellingen  # noqa: E402
from protocol.token import maak_token  # noqa: E402

GRENS = 10.0  # seconds within which a person hears something
REFERENTIE = re.compile(r"\b(?:BO|MB)(?:-[A-Z0-9]{4}){3}\b")
STORING = re.compile("Er ging (bij mij )?iets mis")
CONTROLE = "is er nu iets opgeslagen?"
# What is answered to each question: a button by its title, else words.
VERZOEK = {
    "met_wie": "bij de arts", "naam": "Fatima el Amrani", "contact": "Via Mijn UWV", "bijzonderheden": "Nee, niets",
    "akkoord": "Ja, geef het door", "afspraak_datum": "8 december", "afspraak_tijd": "half drie", "plaats": "Zwolle",
    "gesprekssoort": "Op kantoor",
}
MELDING = {
    "veilig": "Ja, ik ben veilig", "soort": "De opname staat online", "opname": "Beeld", "waar": "tiktok.com/@voorbeeld",
    "gezien": "gisteren rond vier uur", "bewerkt": "Nee", "plaatser": "Ja, een bekende cliënt", "wie": "Over mij",
    "leidinggevende": "Weet ik niet", "verteld": "Nee", "veiligheid": "niet prettig op kantoor", "cijfer": "2",
    "bewaard": "Ja", "akkoord": "Ja, sla de melding op",
}


def vragen(antwoorden: Dict[str, str], begin: str) -> Dict[str, str]:
    """The questions of a form, as the assistant words them, with what is answered."""
    uit = {}
    for bestand in (WORTEL / "data/antwoorden").glob("*.yml"):
        for naam, varianten in yaml.safe_load(bestand.read_text("utf-8"))["responses"].items():
            veld = "akkoord" if naam == f"utter_{begin}overzicht" else naam.removeprefix(f"utter_vraag_{begin}")
            if veld in antwoorden and (naam.startswith(f"utter_vraag_{begin}") or veld == "akkoord"):
                for variant in varianten:
                    for vraag in re.findall(r"[^.?!\n]*\?", variant["text"])[-1:]:
                        uit[re.sub(r"\\\{\w+\\\}", ".+?", re.escape(vraag.strip()))] = antwoorden[veld]
    return uit


class Soort(NamedTuple):
    """A kind of conversation: how it begins, what is answered, and how one finds out whether it was stored."""

    begin: str
    antwoorden: Dict[str, str]
    vraag_na: str


SOORTEN = {
    "verzoek": Soort("ik wil filmen dinsdag 8 december half drie in Zwolle", vragen(VERZOEK, ""), CONTROLE),
    "melding": Soort("een client heeft me gefilmd en het staat op tiktok", vragen(MELDING, "melding_"), "welke meldingen heb ik gedaan?"),
}


class Mens:
    """One person with one wish, who does not give up."""

    def __init__(self, assistent: Assistent, nummer: int, soort: str):
        self.soort, self.url = SOORTEN[soort], f"{assistent.basis_url}/webhooks/rest/webhook"
        self.naam, self.kop = f"mens-{nummer}", {}
        if soort == "melding":
            token = maak_token(instellingen(assistent.omgeving), "medewerker", f"mens-{nummer}")
            self.kop = {"Authorization": f"Bearer {token}"}
        self.verteld: Set[str] = set()
        self.langst, self.teller, self.gezegd = 0.0, Counter(), []

    def zeg(self, tekst: str) -> Optional[List[dict]]:
        """The answer; None when the connection broke."""
        begin = time.monotonic()
        try:
            antwoord = httpx.post(self.url, json={"sender": self.naam, "message": tekst}, headers=self.kop, timeout=60)
        except httpx.ConnectError:
            self.teller["not reachable"] += 1
            return None
        except httpx.HTTPError:
            self.teller["cut off"] += 1
            return None
        self.langst = max(self.langst, time.monotonic() - begin)
        self.teller["answered"] += 1
        if antwoord.status_code in (502, 503, 504):  # of the proxy, or while the model is loaded; the sentence says so
            self.teller["told: not there"] += 1
            return None
        antwoord.raise_for_status()
        return antwoord.json()

    def leef(self, verder: Callable[[], bool]) -> None:
        """The whole conversation, until a reference is told."""
        bericht = self.soort.begin
        while verder():
            antwoord = self.zeg(bericht)
            self.gezegd.append((bericht[:60], [b.get("text", "")[:120] for b in antwoord or []]))
            if antwoord is None:
                time.sleep(0.5)  # a person looks again after a moment
                bericht = self.soort.begin if len(self.gezegd) == 1 else CONTROLE
                continue
            tekst = "\n".join(b.get("text", "") for b in antwoord)
            self.verteld |= set(REFERENTIE.findall(tekst))
            if self.verteld:
                return
            if STORING.search(tekst):
                self.teller["told: went wrong"] += 1
                time.sleep(0.2)
                continue  # it was not kept; say it again
            bericht = self.kies(antwoord, tekst, bericht)

    def kies(self, antwoord: List[dict], tekst: str, vorig: str) -> str:
        plekken = [(m.end(), woorden) for vraag, woorden in self.soort.antwoorden.items() for m in re.finditer(vraag, tekst)]
        if not plekken:
            return self.soort.begin if vorig == self.soort.vraag_na else self.soort.vraag_na
        woorden = max(plekken)[1]
        knoppen = {k["title"]: k["payload"] for b in antwoord for k in b.get("buttons", [])}
        return knoppen.get(woorden, woorden)


@contextmanager
def op_slot(url: str) -> Iterator[None]:
    """The database is held by another."""
    verbinding = sa.create_engine(url, isolation_level=None).raw_connection()
    verbinding.execute("PRAGMA busy_timeout=2000")
    try:
        verbinding.execute("BEGIN EXCLUSIVE")
        yield
        verbinding.execute("ROLLBACK")
    finally:
        verbinding.close()


class Ramp:
    """Breaks a part at random moments, and puts it back, until told to stop."""

    def __init__(self, assistent: Assistent, dobbel: random.Random, pauze: Tuple[float, float]):
        self.assistent, self.dobbel, self.pauze = assistent, dobbel, pauze
        self.teller: Counter = Counter()
        self.klaar, self.fout = threading.Event(), None

    def loop(self) -> None:
        try:
            while not self.klaar.wait(self.dobbel.uniform(*self.pauze)):
                wat = self.dobbel.choice(["acties", "acties", "rasa", "allebei", "slot", "gesprekken", "bevroren"])
                self.teller[wat] += 1
                getattr(self, wat)()
        except BaseException as fout:  # pytest.fail of a server that does not start: people need not wait for it
            self.fout = fout
            self.klaar.set()

    def acties(self) -> None:
        self.assistent.stop("acties", hard=True)
        self.klaar.wait(self.dobbel.uniform(0, 1))
        self.assistent.start_acties()

    def rasa(self) -> None:
        self.assistent.stop("rasa", hard=True)
        self.assistent.start_rasa()

    def allebei(self) -> None:
        self.assistent.stop("rasa", hard=True)
        self.acties()
        self.assistent.start_rasa()

    def slot(self) -> None:
        self._op_slot(self.assistent.database)

    def gesprekken(self) -> None:
        self._op_slot(self.assistent.omgeving["OPNAME_GESPREKKEN"])

    def _op_slot(self, url: str) -> None:
        try:
            with op_slot(url):
                self.klaar.wait(self.dobbel.uniform(1, 6))
        except sa.exc.OperationalError:
            self.teller["lock not obtained"] += 1
        except Exception as fout:  # sqlite3.OperationalError of the raw connection
            if "locked" not in str(fout):
                raise
            self.teller["lock not obtained"] += 1

    def bevroren(self) -> None:
        """The action server takes the call and says nothing."""
        pid = self.assistent._processen["acties"].pid
        os.kill(pid, signal.SIGSTOP)
        self.klaar.wait(self.dobbel.uniform(3, 12))
        os.kill(pid, signal.SIGCONT)


class Uitslag(NamedTuple):
    """What people were told beside what is stored."""

    mensen: List[Mens]
    opgeslagen: List[str]
    ramp: Counter
    seconden: float

    @property
    def verschillen(self) -> Dict[str, list]:
        verteld = Counter(r for m in self.mensen for r in m.verteld)
        return {
            "told but not stored": sorted(set(verteld) - set(self.opgeslagen)),
            "stored but not told": sorted(set(self.opgeslagen) - set(verteld)),
            "told to two people": sorted(r for r, n in verteld.items() if n > 1),
            "stored twice": sorted(r for r, n in Counter(self.opgeslagen).items() if n > 1),
            "people with more than one reference": [m.naam for m in self.mensen if len(m.verteld) > 1],
            "people without a reference": [m.naam for m in self.mensen if not m.verteld],
        }

    @property
    def langst(self) -> float:
        return max(m.langst for m in self.mensen)

    def tellers(self) -> Counter:
        return sum((m.teller for m in self.mensen), Counter())


def speel(map_: Path, aantal: int, zaad: int, tegelijk: int = 8, pauze: Tuple[float, float] = (1, 5),
          tijd: float = 3000) -> Uitslag:
    """Play `aantal` conversations, a quarter of them reports of misuse, with disasters of this seed."""
    assistent, begin = Assistent(map_), time.monotonic()
    assistent.start_acties()
    assistent.start_rasa()
    ramp = Ramp(assistent, random.Random(zaad), pauze)  # nosec B311: a disaster that can be repeated
    mensen = [Mens(assistent, n, "melding" if n % 4 == 3 else "verzoek") for n in range(aantal)]
    breker = threading.Thread(target=ramp.loop)
    breker.start()
    try:
        with ThreadPoolExecutor(tegelijk) as pool:
            list(pool.map(lambda mens: mens.leef(lambda: time.monotonic() < begin + tijd and not ramp.fout), mensen))
        if ramp.fout:
            raise ramp.fout
    finally:
        ramp.klaar.set()
        breker.join()
        assistent.stop("rasa")
        assistent.stop("acties")
    with sa.create_engine(assistent.database).connect() as verbinding:
        rijen = [r[0] for tabel in ("verzoeken", "meldingen")
                 for r in verbinding.execute(sa.select(sa.column("referentie")).select_from(sa.table(tabel)))]
    return Uitslag(mensen, rijen, ramp.teller, time.monotonic() - begin)


def tabel(uitslag: Uitslag, zaad: int) -> str:
    """The outcome as the page docs/chaos.md."""
    rijen = [("conversations", len(uitslag.mensen)), ("stored requests and reports", len(uitslag.opgeslagen))]
    rijen += [(f"differences: {naam}", len(wie)) for naam, wie in uitslag.verschillen.items()]
    rijen += [("longest wait for an answer (s)", round(uitslag.langst, 1))]
    rijen += [(f"turns: {naam}", n) for naam, n in sorted(uitslag.tellers().items())]
    namen = {"acties": "kill -9 action server", "rasa": "kill -9 Rasa server", "allebei": "kill -9 both",
             "slot": "requests locked", "gesprekken": "conversations locked", "bevroren": "action server frozen"}
    rijen += [(namen.get(naam, naam), n) for naam, n in sorted(uitslag.ramp.items())]
    regels = "\n".join(f"| {naam} | {waarde} |" for naam, waarde in rijen)
    return f"""# What people were told beside what is stored

Measured by `make chaos ZAAD={zaad}` on {date.today().isoformat()}, in {uitslag.seconden:.0f} s: conversations over REST while
parts are killed, frozen and locked at random. Every person goes on until a reference number is told.

| | |
|---|---|
{regels}
"""


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--gesprekken", type=int, default=200)
    lezer.add_argument("--zaad", type=int, default=random.SystemRandom().randrange(10_000))
    keuze = lezer.parse_args()
    print(f"seed {keuze.zaad}", flush=True)
    with tempfile.TemporaryDirectory() as map_:
        uitslag = speel(Path(map_), keuze.gesprekken, keuze.zaad)
    print(tabel(uitslag, keuze.zaad))
    fout = {naam: wie for naam, wie in uitslag.verschillen.items() if wie}
    for mens in uitslag.mensen:
        if not mens.verteld:
            print(mens.naam, *mens.gezegd[-8:], sep="\n  ")
    if fout or uitslag.langst > GRENS:
        print(f"NOT GOOD: {fout}, longest wait {uitslag.langst:.1f} s", file=sys.stderr)
        return 1
    (WORTEL / "docs" / "chaos.md").write_text(tabel(uitslag, keuze.zaad))
    return 0


if __name__ == "__main__":
    sys.exit(main())
