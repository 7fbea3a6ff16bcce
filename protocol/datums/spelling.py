"""Words as people type them: run together, shortened, or misspelt."""

from __future__ import annotations

import re
from typing import Dict, List, Optional, Sequence, Tuple

from .feestdagen import FEESTDAGEN
from .motor import Knoop
from .woorden import GEEN_SPELFOUT, GESMEED, SMEEDBAAR, SMEEDBEGIN, SPELBAAR, STRAATSLOT, WERKWOORDSLOT, WOORDEN

_KORTSTE, _LANGSTE = 6, 24


_DUBBEL = re.compile(r"([bcdfghjklmnpqrstvwxz])\1")


def klank(woord: str) -> str:
    """The word by its sound, as far as slips go: zaterdach, appril, febuarie."""
    woord = _DUBBEL.sub(r"\1", woord.replace("ch", "g").replace("ck", "k").replace("c", "k").replace("y", "i"))
    return woord[:-1] if woord.endswith("ie") else woord


def _weglatingen(woord: str) -> List[str]:
    return [woord[:i] + woord[i + 1:] for i in range(1, len(woord))]


def _afstand_hoogstens(a: str, b: str, grens: int) -> bool:
    """Edit distance with swapped neighbours, at most `grens`."""
    if abs(len(a) - len(b)) > grens:
        return False
    voor, vorige = list(range(len(b) + 1)), None
    for i, x in enumerate(a, 1):
        rij = [i]
        for j, y in enumerate(b, 1):
            d = min(voor[j] + 1, rij[j - 1] + 1, voor[j - 1] + (x != y))
            if vorige and i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                d = min(d, vorige[j - 2] + 1)
            rij.append(d)
        if min(rij) > grens:
            return False
        vorige, voor = voor, rij
    return voor[-1] <= grens


def _maak_index() -> Dict[str, List[str]]:
    index: Dict[str, List[str]] = {}
    for woord in sorted(SPELBAAR):
        gehoord = klank(woord)
        for vorm in {gehoord, *_weglatingen(gehoord)}:
            index.setdefault(vorm, []).append(woord)
            if len(woord) >= 10:
                for vorm2 in _weglatingen(vorm):
                    index.setdefault(vorm2, []).append(woord)
    return index


_INDEX = _maak_index()
#: Shorter months are recognised only when they sound the same.
_ZELFDE_KLANK = {klank(w): w for w in ("januari", "februari", "april", "maart", "augustus", "oktober")}


def verbeter(woord: str) -> Optional[str]:
    """The long word of the grammar this is one slip away from (two for ten letters or more); None when unsure."""
    if woord in GEEN_SPELFOUT or not woord.isalpha() or len(woord) > _LANGSTE:
        return None
    gehoord = klank(woord)
    if len(woord) >= 4 and gehoord in _ZELFDE_KLANK:
        return _ZELFDE_KLANK[gehoord]
    if len(woord) < _KORTSTE:
        return None
    kandidaten = set(_INDEX.get(gehoord, ()))
    for vorm in _weglatingen(gehoord):
        kandidaten.update(_INDEX.get(vorm, ()))
    for grens in (0, 1, 2):
        goed = [k for k in kandidaten
                if k[0] == woord[0] and len(k) >= (10 if grens == 2 else 7 if grens and len(woord) < 7 else 6)
                and _afstand_hoogstens(gehoord, klank(k), grens)]
        if goed:
            return goed[0] if len(goed) == 1 else None
    return None


def verbeter_maand(woord: str) -> Optional[str]:
    """A short month with one letter missing, doubled or swapped; only after a number ("28 aprl", "maat 42" is no month)."""
    if len(woord) < 4 or woord in WOORDEN or woord in _GEEN_MAAND:
        return None
    return next((m for m in ("april", "maart") if sorted(woord) == sorted(m) or woord in _weglatingen(m) or m in _weglatingen(woord)
                 if woord[0] == m[0]), None)


_GEEN_MAAND = frozenset({"maat", "mart", "mars", "aprils"})


def splits(woord: str) -> Optional[List[str]]:
    """halfdrie -> half drie; None when the word is not wholly made of words of the grammar."""
    if not 5 <= len(woord) <= 40:
        return None
    # beste[i]: the fewest parts that make up woord[:i]
    beste: List[Optional[List[str]]] = [[]] + [None] * len(woord)
    for eind in range(2, len(woord) + 1):
        for begin in range(max(0, eind - 20), eind - 1):
            deel, voor = woord[begin:eind], beste[begin]
            if voor is None or deel not in (SMEEDBAAR if begin else SMEEDBEGIN):
                continue
            if beste[eind] is None or len(voor) + 1 < len(beste[eind]):
                beste[eind] = voor + [deel]
    return beste[-1] if beste[-1] and len(beste[-1]) > 1 else None


_FEESTWOORDEN = frozenset(w for naam in FEESTDAGEN for w in naam.split())


def woordknopen(woord: str, mag_naam_zijn: bool) -> List[Knoop]:
    """The nodes for one word: itself, its glued parts, or the word it was meant to be."""
    if woord in GESMEED:
        delen = GESMEED[woord].split()
        knopen = [Knoop(d, dict(WOORDEN.get(d, {}))) for d in delen]
        if delen and delen[0] == "vandaag":
            knopen[0].cats["VANDEEL"] = True
        return knopen
    cats = WOORDEN.get(woord)
    if cats is not None or woord in _FEESTWOORDEN:
        return [Knoop(woord, dict(cats or {}))]
    delen = splits(woord)
    if delen:
        return [k for d in delen for k in woordknopen(d, True)]
    if not mag_naam_zijn:
        goed = verbeter(woord)
        if goed:
            return woordknopen(goed, True)
    if woord.endswith(STRAATSLOT):
        return [Knoop(woord, {"STRAAT": True})]
    if woord.endswith(WERKWOORDSLOT):
        return [Knoop(woord, {"VOLG": True})]
    return [Knoop(woord, {})]


# -- short weekdays ------------------------------------------------------------------------------------------------
#: "zo", "zat", "zon" and "vrij" are everyday words: they need a clearer neighbour.
_RISKANT = frozenset({"zo", "zat", "zon", "vrij", "zater", "maa"})
_RECHTS = ("CIJF", "ORDC", "DM", "DMJ", "KLOK", "PT", "KOMEND", "DEEL", "DEELS", "half", "kwart", "MND", "MAFK", "'s")
_LINKS = ("KOMEND", "VOLGEND", "VORIG", "AFGELOPEN")


def _heeft(knoop: Optional[Knoop], keuzes: Sequence[str]) -> bool:
    return knoop is not None and any(k in knoop.cats or k == knoop.tekst for k in keuzes)


#: In a message with a clock time these stand for nothing else.
_ALLEEN_DAG = frozenset({"di", "wo", "woe", "woens", "vr", "za", "dond", "dins"})
_KLOKTEKENS = frozenset({"UUR", "KLOK", "PT", "half", "kwart", "om", "tot", "over"})


def promoveer(knopen: List[Knoop]) -> None:
    """Decide which short weekdays ("di", "do", "zo") are weekdays; changes the nodes in place."""
    met_klok = any(k.tekst in _KLOKTEKENS or not _KLOKTEKENS.isdisjoint(k.cats) for k in knopen)
    for i, knoop in enumerate(knopen):
        if "WAFK" not in knoop.cats:
            continue
        rest = [k for k in knopen[i + 1:i + 5] if k.tekst != ","]
        rechts, daarna = (rest + [None, None])[:2]
        links = next((k for k in reversed(knopen[max(0, i - 2):i]) if k.tekst not in (",", "de")), None)
        einde = rechts is None or rechts.tekst in (".", "!", "?")
        if len(knopen) == 1 or (i == 0 and einde and len(knopen) == 2):
            dag = "PUNT" in knoop.cats or knoop.tekst in ("woens", "dond")
            if not dag:
                knoop.cats["LOSSE_AFK"] = knoop.cats["WAFK"]
        elif knoop.tekst in _RISKANT:
            datum_rechts = (_heeft(rechts, ("DM", "DMJ"))
                            or (_heeft(rechts, ("CIJF", "ORDC")) and _heeft(daarna, ("MND", "MAFK")))
                            or (_heeft(rechts, ("MND", "MAFK")) and _heeft(daarna, ("CIJF", "ORDC"))))
            dag = (datum_rechts or _heeft(links, ("KOMEND", "VOLGEND")) or ("PUNT" in knoop.cats and not einde)
                   or (_heeft(links, ("op", "week")) and (einde or _heeft(rechts, ("VOLG", "KLOK", "CIJF", "PT"))))
                   or (_heeft(rechts, ("KOMEND",)) and not _heeft(daarna, ("WDAG",))))
        else:
            dag = ((met_klok and knoop.tekst in _ALLEEN_DAG) or _heeft(rechts, _RECHTS) or _heeft(links, _LINKS) or _heeft(links, ("op", "week"))
                   or ("PUNT" in knoop.cats and not einde)
                   or (_heeft(rechts, ("om", "rond", "tegen")) and _heeft(daarna, ("CIJF", "KLOK", "PT", "NUM", "half", "kwart")))
                   or (_heeft(rechts, ("de",)) and _heeft(daarna, ("ORDC", "ORDW", "CIJF")))
                   or (_heeft(rechts, ("over",)) and _heeft(daarna, ("NUM",)))
                   or (_heeft(rechts, ("VOLGEND", "DEZE")) and _heeft(daarna, ("week",)))
                   or (_heeft(links, ("DEZE",)) and einde)
                   or (_heeft(rechts, ("of",)) and _heeft(daarna, ("WAFK", "WDAG")))
                   or (_heeft(links, ("of",)) and i > 1 and _heeft(knopen[i - 2], ("WDAG",))))
        if dag:
            knoop.cats["WDAG"] = knoop.cats["WAFK"]
