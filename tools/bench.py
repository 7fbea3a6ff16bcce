"""Load and cost beside stock Rasa, in one run on this machine: `make bench`. Table in docs/bench.md, figures in var/bench.json.

Stock is what `rasa init` makes of the same domain, rules and answers: its pipeline, its policies, the plain REST channel
and Rasa's SQL tracker store. Both get the same action server and SQLite. DIET and TED are trained for a few epochs only:
their latency and memory do not depend on it, their accuracy and training time do (the table says how many).
"""
from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List

import aiohttp

WORTEL = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(WORTEL), str(WORTEL / "tests")]

from assistent import MODEL, Assistent  # noqa: E402

VRAAG, BEGIN = "mag ik het gesprek opnemen met mijn telefoon?", "ik wil filmen dinsdag 8 december half drie in Zwolle"
FORMULIER = ("bij de arts", "Fatima el Amrani")
KAAL = """
recipe: default.v1
assistant_id: kaal
language: nl
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- {name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}
- {name: DIETClassifier, epochs: %(epochs)s, constrain_similarities: true}
- name: EntitySynonymMapper
- {name: ResponseSelector, epochs: %(epochs)s, constrain_similarities: true}
- {name: FallbackClassifier, threshold: 0.3, ambiguity_threshold: 0.1}
policies:
- name: MemoizationPolicy
- name: RulePolicy
- {name: UnexpecTEDIntentPolicy, max_history: 5, epochs: %(epochs)s}
- {name: TEDPolicy, max_history: 5, epochs: %(epochs)s, constrain_similarities: true}
"""
KAAL_EINDPUNTEN = """
action_endpoint:
  url: ${OPNAME_ACTIES_URL}
tracker_store: {type: SQL, dialect: sqlite, db: %s}
"""
LEEG = 400  # requests that measure the floor


class Proef(Assistent):
    """One of the two assistants, with its servers."""

    def __init__(self, naam: str, map_: Path, model: Path):
        super().__init__(map_, OPNAME_MAX_BERICHTEN="1000000")
        self.naam, self.model = naam, model

    @property
    def webhook(self) -> str:
        return f"{self.basis_url}/webhooks/rest/webhook"

    def opdracht(self) -> List[str]:
        return [self.rasa, "run", "--model", str(self.model), "-i", "127.0.0.1", "-p", str(self.poort)]

    rasa = "components.zonder_tensorflow"

    def leeg(self) -> str:
        """Address that costs this server next to nothing."""
        return f"{self.basis_url}/gezond"

    def vul_aan(self, gesprek: str, beurten: int) -> int:
        """How many turns of a long conversation need not be played because they could be written."""
        return 0

    def start(self) -> None:
        subprocess.run([sys.executable, "-m", "protocol.opslag"], cwd=WORTEL, env=self.omgeving, check=True)
        self._start("acties", "rasa_sdk", "--actions", "actions", "-p", str(self.acties_poort))
        self._start("rasa", *self.opdracht())

    def geheugen(self) -> Dict[str, float]:
        """MB of resident memory of each server."""
        uit = {}
        for naam, proces in self._processen.items():
            stand = Path(f"/proc/{proces.pid}/status").read_text()
            uit[naam] = round(int(stand.split("VmRSS:")[1].split()[0]) / 1024, 1)
        return uit


class Kaal(Proef):
    """Stock Rasa."""

    rasa = "rasa"

    def opdracht(self) -> List[str]:
        (self.map / "credentials.yml").write_text("rest:\n")
        (self.map / "endpoints.yml").write_text(KAAL_EINDPUNTEN % (self.map / "gesprekken.db"))
        return [*super().opdracht(), "--credentials", str(self.map / "credentials.yml"),
                "--endpoints", str(self.map / "endpoints.yml")]

    def leeg(self) -> str:
        return f"{self.basis_url}/"

    def vul_aan(self, gesprek: str, beurten: int) -> int:
        """Its own store replays whatever is in the table, so the last played turn is written as often as is asked."""
        with sqlite3.connect(self.map / "gesprekken.db") as db:
            rijen = db.execute("select id, sender_id, type_name, timestamp, intent_name, action_name, data from events "
                               "where sender_id = ? order by id", (gesprek,)).fetchall()
            begin = max(r[0] for r in rijen if r[2] == "user")
            beurt = [r[1:] for r in rijen if r[0] >= begin]
            db.executemany("insert into events (sender_id, type_name, timestamp, intent_name, action_name, data) "
                           "values (?, ?, ?, ?, ?, ?)", beurt * beurten)
        return beurten


class Klant:
    """Sends messages and keeps the time."""

    def __init__(self, proef: Proef, sessie: aiohttp.ClientSession):
        self.proef, self.sessie, self.teller = proef, sessie, 0

    def nieuw(self) -> str:
        self.teller += 1
        return f"{self.proef.naam}-{self.teller}"

    async def zeg(self, gesprek: str, tekst: str) -> float:
        begin = time.perf_counter()
        async with self.sessie.post(self.proef.webhook, json={"sender": gesprek, "message": tekst}) as antwoord:
            berichten = await antwoord.json()
        if antwoord.status != 200 or not berichten:
            raise RuntimeError(f"{self.proef.naam}: no answer to {tekst!r}: {antwoord.status} {berichten}")
        return (time.perf_counter() - begin) * 1000


def maten(tijden: List[float]) -> Dict[str, float]:
    rij = sorted(tijden)
    return {naam: round(rij[min(len(rij) - 1, int(len(rij) * deel))], 1)
            for naam, deel in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}


async def eerste_antwoord(klant: Klant, sinds: float) -> float:
    while time.perf_counter() - sinds < 300:
        try:
            await klant.zeg(klant.nieuw(), VRAAG)
            return round(time.perf_counter() - sinds, 1)
        except (aiohttp.ClientError, RuntimeError, asyncio.TimeoutError):
            await asyncio.sleep(0.05)  # between two looks at a server that is starting
    raise RuntimeError(f"{klant.proef.naam} did not start:\n{klant.proef.logs()[-3000:]}")


async def vloer(klant: Klant) -> List[float]:
    tijden = []
    for _ in range(LEEG):
        begin = time.perf_counter()
        async with klant.sessie.get(klant.proef.leeg()) as antwoord:
            await antwoord.read()
        tijden.append((time.perf_counter() - begin) * 1000)
    return tijden


async def vragen(klant: Klant, aantal: int) -> List[float]:
    tijden = []
    for _ in range(aantal // 4):
        gesprek = klant.nieuw()
        await klant.zeg(gesprek, VRAAG)
        tijden += [await klant.zeg(gesprek, VRAAG) for _ in range(4)]
    return tijden


async def formulier(klant: Klant, aantal: int) -> List[float]:
    tijden = []
    for _ in range(aantal // len(FORMULIER)):
        gesprek = klant.nieuw()
        await klant.zeg(gesprek, BEGIN)
        tijden += [await klant.zeg(gesprek, tekst) for tekst in FORMULIER]
    return tijden


async def doorvoer(klant: Klant, tegelijk: int, seconden: float) -> float:
    einde, beurten = time.perf_counter() + seconden, 0

    async def gesprek() -> None:
        nonlocal beurten
        while time.perf_counter() < einde:
            naam = klant.nieuw()
            for _ in range(5):
                await klant.zeg(naam, VRAAG)
                beurten += time.perf_counter() < einde

    await asyncio.gather(*(gesprek() for _ in range(tegelijk)))
    return round(beurten / seconden, 1)


async def lang(klant: Klant, punten: List[int]) -> Dict[str, float]:
    """p50 of the twelve turns from each point on; the first turn of a conversation also opens it and is left out."""
    gesprek, beurt, uit = klant.nieuw(), 1, {}
    await klant.zeg(gesprek, VRAAG)
    for punt in punten:
        if punt - beurt > 100:
            beurt += klant.proef.vul_aan(gesprek, punt - beurt)
        while beurt < punt:
            await klant.zeg(gesprek, VRAAG)
            beurt += 1
        tijden = [await klant.zeg(gesprek, VRAAG) for _ in range(12)]
        beurt += 12
        uit[str(punt)] = round(statistics.median(tijden), 1)
    return uit


async def meet(proef: Proef, n: int, seconden: float, punten: List[int]) -> Dict[str, Any]:
    uit: Dict[str, Any] = {}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as sessie:
        klant = Klant(proef, sessie)
        stappen: Dict[str, Callable[[], Awaitable[Any]]] = {
            "vloer": lambda: vloer(klant), "regelvraag": lambda: vragen(klant, n),
            "formulierbeurt": lambda: formulier(klant, n)}
        try:
            begin = time.perf_counter()
            proef.start()
            uit["koude_start"] = await eerste_antwoord(klant, begin)
            for _ in range(5):
                await formulier(klant, 4)
            for naam, stap in stappen.items():
                uit[naam] = maten(await stap())
            uit["doorvoer"] = {str(t): await doorvoer(klant, t, seconden) for t in (1, 8, 32)}
            uit["geheugen"] = proef.geheugen()
            uit["beurt"] = await lang(klant, punten)
            proef.stop("rasa")
            proef.stop("acties")
            begin = time.perf_counter()
            proef.start()
            uit["warme_start"] = await eerste_antwoord(klant, begin)
        finally:
            proef.stop("rasa")
            proef.stop("acties")
    print(f"{proef.naam}: {json.dumps(uit)}", flush=True)
    return uit


def train(naam: str, doel: Path, config: Path) -> float:
    """Processor seconds of a training from nothing; a model that is newer than its data and configuration is not made again."""
    model, klok = doel / f"{naam}.tar.gz", doel / f"{naam}.seconden"
    bronnen = [WORTEL / "domain.yml", *(WORTEL / "data").rglob("*.yml")]
    if klok.exists() and model.exists() and klok.stat().st_mtime > max(b.stat().st_mtime for b in bronnen) \
            and (doel / f"{naam}.config").read_text() == config.read_text():
        return float(klok.read_text())
    with tempfile.TemporaryDirectory() as cache:
        omgeving = {**os.environ, "RASA_CACHE_DIRECTORY": cache, "RASA_TELEMETRY_ENABLED": "false"}
        begin = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        subprocess.run([sys.executable, "-m", "rasa", "train", "-c", str(config), "--out", str(doel), "--quiet",
                        "--skip-validation", "--fixed-model-name", naam], cwd=WORTEL, env=omgeving, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconden = round(sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - begin, 1)
    (doel / f"{naam}.config").write_text(config.read_text())
    klok.write_text(str(seconden))
    return seconden


def keer(groot: float, klein: float) -> str:
    return f"{groot / klein:.1f}x"


def tabel(uit: Dict[str, Any]) -> str:
    """The figures as the page docs/bench.md."""
    o, k = uit["opname"], uit["kaal"]
    rijen = [("start command to first answer, cold (s)", o["koude_start"], k["koude_start"], keer(k["koude_start"], o["koude_start"])),
             ("the same, warm (s)", o["warme_start"], k["warme_start"], keer(k["warme_start"], o["warme_start"])),
             (f"training (processor seconds; stock with {uit['epochs']} epochs instead of 100)", o["training"], k["training"], "")]
    totaal = [round(sum(p["geheugen"].values())) for p in (o, k)]
    rijen.append(("memory, both servers (MB)", *totaal, keer(totaal[1], totaal[0])))
    for naam, titel in (("rasa", "Rasa server"), ("acties", "action server")):
        rijen.append((f"- {titel}", o["geheugen"][naam], k["geheugen"][naam], ""))
    for naam, titel in (("vloer", "empty HTTP turn (the floor)"), ("regelvraag", "rule question"),
                        ("formulierbeurt", "form turn with its action call")):
        rijen.append((f"{titel}, p50 / p95 / p99 (ms)", *(" / ".join(str(v) for v in p[naam].values()) for p in (o, k)),
                      keer(k[naam]["p50"], o[naam]["p50"])))
    for t in o["doorvoer"]:
        rijen.append((f"turns a second, {t} conversation{'s' if t != '1' else ''}", o["doorvoer"][t], k["doorvoer"][t],
                      keer(o["doorvoer"][t], k["doorvoer"][t])))
    for punt in o["beurt"]:
        kaal = k["beurt"].get(punt)
        rijen.append((f"turn {punt} of a conversation, p50 (ms)", o["beurt"][punt], kaal or "not measured",
                      keer(kaal, o["beurt"][punt]) if kaal else ""))
    regels = "\n".join(f"| {' | '.join(str(cel) for cel in rij)} |" for rij in rijen)
    verval = o["beurt"][list(o["beurt"])[-1]] / o["beurt"]["1"]
    return f"""# Load and cost beside stock Rasa

Measured by `make bench` on {uit['dag']}: {uit['machine']}. Stock is the pipeline and policies of `rasa init` (DIET, TED,
UnexpecTED), the plain REST channel and Rasa's SQL tracker store on SQLite, with the same domain, rules, answers and action
server. One client, {uit['n']} turns of each kind.

| | this assistant | stock Rasa | |
|---|---|---|---|
{regels}

The last of these turns costs {verval:.2f} times the first. The long conversation of stock was lengthened by writing its
last turn to its table again; ours was played. Other work on the machine while measuring slows both down.
"""


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--beurten", type=int, default=400, help="turns of each kind")
    lezer.add_argument("--seconden", type=float, default=10, help="length of each measurement of turns a second")
    lezer.add_argument("--epochs", type=int, default=3, help="epochs of DIET and TED in stock")
    lezer.add_argument("--punten", default="1,50,200,1000")
    keuze = lezer.parse_args()
    basis = WORTEL / "var" / "bench"
    basis.mkdir(parents=True, exist_ok=True)
    (basis / "config.yml").write_text(KAAL % {"epochs": keuze.epochs})
    punten = [int(punt) for punt in keuze.punten.split(",")]
    uit: Dict[str, Any] = {"dag": date.today().isoformat(), "n": keuze.beurten, "epochs": keuze.epochs,
                           "machine": f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"}
    for naam, soort, config, model in (("opname", Proef, WORTEL / "config.yml", MODEL),
                                       ("kaal", Kaal, basis / "config.yml", basis / "kaal.tar.gz")):
        seconden = train(naam, basis, config)
        with tempfile.TemporaryDirectory() as map_:
            uit[naam] = asyncio.run(meet(soort(naam, Path(map_), model), keuze.beurten, keuze.seconden, punten))
        uit[naam]["training"] = seconden
    (WORTEL / "var" / "bench.json").write_text(json.dumps(uit, indent=1))
    (WORTEL / "docs" / "bench.md").write_text(tabel(uit))
    print(tabel(uit))


if __name__ == "__main__":
    main()
