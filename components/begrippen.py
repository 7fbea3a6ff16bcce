"""Concepts: what people mean, whatever words they choose. The table is data/begrippen/begrippen.txt."""
import re
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import List, Pattern, Tuple

TABEL = Path("data/begrippen/begrippen.txt")
# A word of up to this many words may stand where a pattern has `_*`.
_TUSSEN = r"(?: \w+){0,3}? "


def _patroon(tekst: str) -> str:
    begin = "" if tekst.startswith("^") else r"\b"
    tekst = tekst.replace(".", r"\.")
    tekst = tekst.replace("_*_", "\0").replace("_*", "\1").replace("*_", "\2")
    tekst = tekst.replace("*", r"\w*").replace("_", " ")
    tekst = tekst.replace("\0", _TUSSEN).replace("\1", r"(?: \w+){0,3}? \w*").replace("\2", r"\w* ")
    return f"{begin}(?:{tekst})(?!\\w)"


def lees_tabel(tekst: str) -> Tuple[Tuple[str, Pattern], ...]:
    """The table as (name, compiled pattern) pairs. Raises ValueError on a line it cannot read."""
    uit = []
    for regel in tekst.splitlines():
        if not regel.strip() or regel.startswith("#"):
            continue
        naam, _, woorden = regel.partition(":")
        if not re.fullmatch(r"[A-Z_]+", naam) or not woorden.split():
            raise ValueError(f"no concept: {regel}")
        try:
            uit.append((naam, re.compile("|".join(_patroon(w) for w in woorden.split()))))
        except re.error as fout:
            raise ValueError(f"{naam}: {fout}") from fout
    return tuple(uit)


@lru_cache(maxsize=1)
def tabel() -> Tuple[Tuple[str, Pattern], ...]:
    return lees_tabel(TABEL.read_text("utf-8"))


def begrippen(tekst: str) -> List[str]:
    """The names of the concepts in a normalised text."""
    return [naam for naam, patroon in tabel() if patroon.search(tekst)]


def met_paren(namen: List[str]) -> List[str]:
    """The concepts and every two of them together: 'who' with 'permission' is a topic, apart they are not."""
    return namen + [f"{a}+{b}" for a, b in combinations(sorted(namen), 2)]
