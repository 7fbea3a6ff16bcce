"""Measure the understanding: `python -m tools.evaluate [--stock] [--heldout MAP]`.

Writes results/begrip.html and results/begrip.json, and with --stock the tables in docs/begrip.md. --stock trains the
pipelines of `rasa init` and of RasaHQ/financial-demo on the same data beside our own, which takes hours with the 100 epochs
of their DIET; `--epochs 20` trains that one shorter, and the tables say so.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np
import yaml
from sklearn.exceptions import ConvergenceWarning

from tools.evaluate import gegevens, plaatjes, verslag, vergelijking
from tools.evaluate.meting import meet

HIER = Path(__file__).parent
RESULTATEN = gegevens.WORTEL / "results"
DOC = gegevens.WORTEL / "docs" / "begrip.md"
BEGIN, EINDE = "<!-- table: make evaluate ARGS=--stock -->", "<!-- end of table -->"
STOCK = {"rasa init": HIER / "init.yml", "financial-demo": HIER / "financial_demo.yml"}
LAT_ONDERWERP = 0.85


def draai_rasa(naam: str, config: Path, zinnen: List[gegevens.Zin], ander: List[gegevens.Zin],
               epochs: Optional[int] = None) -> Dict[str, Any]:
    """Train and score one whole Rasa pipeline in a process of its own; `epochs` in place of what its config says."""
    print(f"Rasa-pijplijn {naam}: trainen en lezen", flush=True)
    with tempfile.TemporaryDirectory() as map_:
        vraag, antwoord = Path(map_, "in.json"), Path(map_, "uit.json")
        if epochs:
            korter = Path(map_, "config.yml")
            korter.write_text(re.sub(r"epochs: \d+", f"epochs: {epochs}", config.read_text("utf-8")), "utf-8")
            config = korter
        vraag.write_text(json.dumps({"config": str(config), "teksten": [z.tekst for z in [*zinnen, *ander]]}), "utf-8")
        subprocess.run([sys.executable, "-m", "tools.evaluate.rasa_pijplijn", str(vraag), str(antwoord)], check=True,
                       cwd=gegevens.WORTEL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        uit = json.loads(antwoord.read_text("utf-8"))
    intents = uit.pop("intents")
    uit["scores"] = meet(zinnen, intents[:len(zinnen)], ander, intents[len(zinnen):])
    print(f"  {uit['scores']['goed']['deel']:.1%} goed, trainen {uit['train_s']} s, lezen {uit['ms']} ms", flush=True)
    return uit


def vergelijk(zinnen: List[gegevens.Zin]) -> Dict[str, vergelijking.Uitkomst]:
    """Every pipeline of vergelijking.PIJPLIJNEN, cross-validated."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    uit = {}
    for naam, maak in vergelijking.PIJPLIJNEN.items():
        uit[naam] = vergelijking.kruis(maak, zinnen)
        print(f"{naam}: {vergelijking.samenvatting(zinnen, uit[naam])}", flush=True)
    return uit


def schrijf_doc(tekst: str) -> None:
    """Put the tables in docs/begrip.md between their marks."""
    oud = DOC.read_text("utf-8")
    voor, _, rest = oud.partition(BEGIN)
    _, _, na = rest.partition(EINDE)
    DOC.write_text(f"{voor}{BEGIN}\n{tekst}{EINDE}{na}", "utf-8")


def main(argv: List[str]) -> None:
    opties = argparse.ArgumentParser(prog="python -m tools.evaluate")
    opties.add_argument("--stock", action="store_true", help="beside the pipelines of rasa init and financial-demo")
    opties.add_argument("--epochs", type=int, help="epochs of the stock DIET, in place of 100")
    opties.add_argument("--heldout", type=Path, default=gegevens.HELDOUT, help="another folder of held-out sentences")
    keuze = opties.parse_args(argv)
    geleerd, zinnen, ander = gegevens.training(), gegevens.heldout(keuze.heldout), gegevens.andere_zaken(keuze.heldout)

    pijplijnen = {"eigen": draai_rasa("eigen", gegevens.WORTEL / "config.yml", zinnen, ander)}
    if keuze.stock:
        erbij = f", {keuze.epochs} epochs" if keuze.epochs else ""
        pijplijnen.update({naam + erbij: draai_rasa(naam, config, zinnen, ander, keuze.epochs) for naam, config in STOCK.items()})
    uitkomsten = vergelijk(geleerd)
    gekozen = uitkomsten[vergelijking.GEKOZEN]
    punten = vergelijking.drempels(geleerd, gekozen, np.linspace(0, 0.95, 39))
    hoort = [z.intent for z in geleerd]
    gelezen = [gekozen.klassen[i] for i in gekozen.kansen.argmax(1)]
    r = {"moment": datetime.now().strftime("%Y-%m-%d %H:%M"), "training": len(geleerd), "heldout": len(zinnen),
         "andere_zaken": len(ander), "pijplijnen": pijplijnen,
         "vergelijking": {n: vergelijking.samenvatting(geleerd, u) for n, u in uitkomsten.items()},
         "drempels": punten, "slechtste": vergelijking.slechtste(geleerd, gekozen)}
    r["latten"] = verslag.latten(r)

    config = {stap["name"].split(".")[-1]: stap for stap in yaml.safe_load((gegevens.WORTEL / "config.yml").read_text())["pipeline"]}
    eigen = pijplijnen["eigen"]["scores"]
    beelden = {
        "stem": plaatjes.balken(eigen["per_stem"], LAT_ONDERWERP),
        "onderwerp": plaatjes.balken(eigen["per_onderwerp"], LAT_ONDERWERP),
        "drempel_zekerheid": plaatjes.drempelcurve(punten, "zekerheid", config["FallbackClassifier"]["threshold"]),
        "drempel_ander": plaatjes.drempelcurve(punten, "andere zaken", config["NgramIntentClassifier"]["out_of_scope_threshold"]),
        "ijking": plaatjes.ijking(gekozen.kansen.max(1).tolist(), [h == g for h, g in zip(hoort, gelezen)]),
        "verwarring": plaatjes.verwarring(hoort, gelezen),
    }
    RESULTATEN.mkdir(exist_ok=True)
    (RESULTATEN / "begrip.json").write_text(json.dumps(r, ensure_ascii=False, indent=1), "utf-8")
    (RESULTATEN / "begrip.html").write_text(verslag.html(r, beelden), "utf-8")
    if keuze.stock:
        schrijf_doc(verslag.markdown(r))
    for rij in r["latten"]:
        print(f"{'ja ' if rij['gehaald'] else 'NEE'} {rij['naam']}: {rij['gemeten']} ({rij['lat']})")
    print(f"Het verslag staat in {RESULTATEN / 'begrip.html'}")


if __name__ == "__main__":
    main(sys.argv[1:])
