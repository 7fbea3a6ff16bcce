"""The one normative source: the board memo of 17 October 2023, its rules (R) and its silent spots (S)."""
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterable, Mapping, NamedTuple

_MAP = Path(__file__).with_name("bronnen")
DATUM = "17 oktober 2023"


class Regel(NamedTuple):
    """A statement of the memo. `anker` stands literally in it; `parameters` hold its numbers."""

    id: str
    publiek: frozenset
    sectie: str
    anker: str
    feit: str
    parameters: Mapping[str, int]


class Hiaat(NamedTuple):
    """A contradiction or silent spot of the memo; `regels` are the rules it touches."""

    id: str
    soort: str
    publiek: frozenset
    onderwerp: str
    regels: tuple


def _lees(bestand: str) -> list:
    return [json.loads(regel) for regel in (_MAP / bestand).read_text("utf-8").splitlines()]


@lru_cache(maxsize=None)
def regels() -> Mapping[str, Regel]:
    """All rules R1..R61 by id."""
    return {
        r["id"]: Regel(r["id"], frozenset(r["audience"].split("/")), r["section"], r["anchor"], r["fact"],
                       r.get("parameters", {}))
        for r in _lees("regels.jsonl")
    }


@lru_cache(maxsize=None)
def hiaten() -> Mapping[str, Hiaat]:
    """All silent spots S1..S33 by id."""
    return {
        s["id"]: Hiaat(s["id"], s["kind"], frozenset(s["audience"].split("/")), s["topic"],
                       tuple(re.findall(r"R\d+", s["refs"])))
        for s in _lees("hiaten.jsonl")
    }


@lru_cache(maxsize=None)
def memo() -> str:
    """The text of the memo with all white space folded, so that an anchor may run over a line end."""
    return re.sub(r"\s+", " ", (_MAP / "memo.txt").read_text("utf-8"))


def termijn() -> int:
    """Working days between the last day for a request and the appointment (R17)."""
    return regels()["R17"].parameters["termijn_werkdagen"]


def getallen() -> Dict[str, int]:
    """The figures that answers may quote: `termijn` in working days (R17), reports of misuse up to October 2023 (R10)."""
    return {"termijn": termijn(), **regels()["R10"].parameters}


def bronregel(ids: Iterable[str]) -> str:
    """The source line under an answer, for the R and S ids it relies on.

    Names at most two sections: the line is a pointer, not a register. Raises KeyError for an unknown id.
    """
    genoemd = []
    for i in ids:
        genoemd += hiaten()[i].regels if i.startswith("S") else [i]
    secties = list(dict.fromkeys(regels()[r].sectie for r in genoemd))
    return ", ".join([f"Bron: protocol {DATUM}"] + (["; ".join(secties[:2])] if secties else []))
