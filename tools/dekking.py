"""Writes the coverage table of the README from the data: `python -m tools.dekking`.

One line a topic: its intent, a sentence that asks for it, and the rules (R) and silent spots (S) of the memo in its answer.
"""
from pathlib import Path
from typing import Dict, List, Tuple

import yaml

WORTEL = Path(__file__).resolve().parents[1]
README = WORTEL / "README.md"
BEGIN, EINDE = "<!-- table: python -m tools.dekking -->\n", "<!-- end of table -->\n"


def voorbeelden() -> Dict[str, str]:
    """The first training sentence of each intent."""
    return {blok["intent"]: next(r[2:] for r in blok["examples"].splitlines() if r.startswith("- "))
            for bestand in sorted((WORTEL / "data/nlu").glob("*.yml"))
            for blok in yaml.safe_load(bestand.read_text("utf-8"))["nlu"] if "intent" in blok}


def bronnen() -> Dict[str, List[str]]:
    """The rules and silent spots per response, all its variations together."""
    uit: Dict[str, List[str]] = {}
    for bestand in sorted((WORTEL / "data/antwoorden").glob("*.yml")):
        for naam, varianten in yaml.safe_load(bestand.read_text("utf-8"))["responses"].items():
            ids = {i for v in varianten for i in v.get("metadata", {}).get("bron", [])}
            uit[naam] = sorted(ids, key=lambda i: (i[0], int(i[1:])))
    return uit


def dekking() -> List[Tuple[str, str, List[str]]]:
    """(intent, example, rules) of every intent, in the order of the domain; a task's rules are those of all its responses."""
    per_antwoord, zinnen = bronnen(), voorbeelden()
    uit = []
    for intent in yaml.safe_load((WORTEL / "domain.yml").read_text("utf-8"))["intents"]:
        ids = {i for naam, lijst in per_antwoord.items() for i in lijst
               if naam == f"utter_{intent}" or naam.startswith(f"utter_{intent}_")}
        uit.append((intent, zinnen[intent], sorted(ids, key=lambda i: (i[0], int(i[1:])))))
    return uit


def markdown() -> str:
    regels = ["| topic | for example | rules |", "|---|---|---|"]
    regels += [f"| `{intent}` | {zin.replace('|', '/')} | {', '.join(ids) or '-'} |" for intent, zin, ids in dekking()]
    return "\n".join(regels)


def met_tabel(tekst: str) -> str:
    """A text with the table of now between its marks."""
    voor, _, rest = tekst.partition(BEGIN)
    return f"{voor}{BEGIN}{markdown()}\n{EINDE}{rest.partition(EINDE)[2]}"


if __name__ == "__main__":
    README.write_text(met_tabel(README.read_text("utf-8")), "utf-8")
