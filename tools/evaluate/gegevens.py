"""The sentences: those trained on, the held-out ones with their voices, and the large set of other matters."""
from pathlib import Path
from typing import Dict, List, NamedTuple

import yaml

WORTEL = Path(__file__).resolve().parents[2]
TRAINING = WORTEL / "data" / "nlu"
HELDOUT = WORTEL / "tests" / "nlu"
GROOT = "buiten_bereik_groot"
# What is no matter of this assistant, and what says that it did not understand.
NIET_VAN_ONS = {"andere_uwv_zaak", "andere_instantie", "buiten_bereik", "andere_taal", "gevaar", "zelfdoding",
                "nlu_fallback"}
NIET_BEGREPEN = "nlu_fallback"
# Bare data ("8374 22 9") is no topic either: outside a form the assistant asks what it is for.
GEEN_ONDERWERP = NIET_VAN_ONS | {"gegevens_geven"}


class Zin(NamedTuple):
    """A sentence, what it should be taken for, and its voice (or the group of other matters it belongs to)."""

    tekst: str
    intent: str
    stem: str


def training() -> List[Zin]:
    """Every training sentence."""
    return [Zin(regel[2:], blok["intent"], "")
            for bestand in sorted(TRAINING.glob("*.yml")) for blok in yaml.safe_load(bestand.read_text("utf-8"))["nlu"]
            for regel in blok["examples"].splitlines() if regel.startswith("- ")]


def heldout(map_: Path = HELDOUT) -> List[Zin]:
    """Every held-out sentence; another folder in the same form scores an independent set."""
    return [Zin(tekst, intent, stem)
            for bestand in sorted(map_.glob("*.yml")) if bestand.stem != GROOT
            for intent, stemmen in yaml.safe_load(bestand.read_text("utf-8")).items()
            for stem, teksten in stemmen.items() for tekst in teksten]


def andere_zaken(map_: Path = HELDOUT) -> List[Zin]:
    """The large set of what is not ours; [] when the folder has none."""
    bestand = map_ / f"{GROOT}.yml"
    if not bestand.exists():
        return []
    groepen: Dict[str, List[str]] = yaml.safe_load(bestand.read_text("utf-8"))
    return [Zin(tekst, "", groep) for groep, teksten in groepen.items() for tekst in teksten]
