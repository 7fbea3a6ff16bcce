"""The machine under the grammar: nodes, compiled patterns, one left-to-right pass per level.

A pattern is a row of elements:  `op? de? CIJF MND|MAFK JAAR? !UUR >VOLG`
  CAPITALS  a category (see `woorden.py`), small letters the word itself, `a|b` either, `x?` may be left out
  `!x`      what follows is not x (nothing is taken)      `>x`  what follows is x (nothing is taken)
  `^`       the start of the message                      EINDE the end of the message or a full stop
In one pass the leftmost, longest pattern wins, and of two equally long ones the first in the table.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple


class Knoop:
    """A word or a group of words, with everything it may be."""

    __slots__ = ("tekst", "cats")

    def __init__(self, tekst: str, cats: Dict[str, Any]):
        self.tekst, self.cats = tekst, cats


class Vangst:
    """What a pattern caught: (category or word, value) in reading order."""

    __slots__ = ("delen",)

    def __init__(self, delen: Sequence[Tuple[str, Any]]):
        self.delen = delen

    def __contains__(self, sleutel: str) -> bool:
        return any(s == sleutel for s, _ in self.delen)

    def geef(self, *sleutels: str) -> Any:
        """The value of the first caught part that has one of these keys."""
        for s, w in self.delen:
            if s in sleutels:
                return w
        return None

    def alle(self, *sleutels: str) -> list:
        return [w for s, w in self.delen if s in sleutels]


Actie = Callable[[Any, Vangst], Optional[Dict[str, Any]]]
_EET, _WEL, _NIET, _BEGIN = range(4)
_SLOTTEKENS = frozenset(".!?;\n")


def _is(knoop: Optional[Knoop], keuzes: Tuple[str, ...]) -> Optional[str]:
    if knoop is None:
        return "EINDE" if "EINDE" in keuzes or "VOLG" in keuzes else None
    cats, tekst = knoop.cats, knoop.tekst
    for k in keuzes:
        if k in cats or k == tekst:
            return k
    if tekst in _SLOTTEKENS and "EINDE" in keuzes:
        return "EINDE"
    return None


class Patroon:
    __slots__ = ("bron", "delen", "actie", "nodig")

    def __init__(self, bron: str, actie: Actie):
        self.bron, self.actie = bron, actie
        self.delen = tuple(self._deel(d) for d in bron.split())
        #: what must stand somewhere in the message for this pattern to have a chance
        self.nodig = tuple(frozenset(keuzes) for soort, keuzes, vrij in self.delen if soort == _EET and not vrij)

    @staticmethod
    def _deel(d: str) -> Tuple[int, Tuple[str, ...], bool]:
        if d == "^":
            return _BEGIN, (), False
        if d[0] in "!>" and len(d) > 1:
            return (_NIET if d[0] == "!" else _WEL), tuple(d[1:].split("|")), False
        vrij = d.endswith("?") and len(d) > 1
        return _EET, tuple((d[:-1] if vrij else d).split("|")), vrij

    def begin(self) -> List[str]:
        """The keys of a node at which this pattern may start."""
        uit: List[str] = []
        for soort, keuzes, vrij in self.delen:
            if soort == _EET:
                uit.extend(keuzes)
                if not vrij:
                    break
        return uit

    def pas(self, knopen: Sequence[Knoop], i: int) -> Optional[Tuple[int, list]]:
        gevangen: list = []
        eind = self._pas(knopen, i, 0, gevangen)
        return None if eind < 0 else (eind, gevangen)

    def _pas(self, knopen: Sequence[Knoop], i: int, k: int, gevangen: list) -> int:
        delen = self.delen
        while k < len(delen):
            soort, keuzes, vrij = delen[k]
            knoop = knopen[i] if i < len(knopen) else None
            if soort == _EET:
                raak = _is(knoop, keuzes) if knoop is not None else None
                if raak is None:
                    if not vrij:
                        return -1
                    k += 1
                    continue
                gevangen.append((raak, knoop.cats.get(raak, knoop.tekst)))
                if vrij:                                    # take it, or else leave it
                    n = len(gevangen)
                    eind = self._pas(knopen, i + 1, k + 1, gevangen)
                    if eind >= 0:
                        return eind
                    del gevangen[n - 1:]
                else:
                    i += 1
            elif soort == _BEGIN:
                if i:
                    return -1
            elif (_is(knoop, keuzes) is None) == (soort == _WEL):
                return -1
            k += 1
        return i


class Niveau:
    """One table of patterns, applied to the whole message once."""

    def __init__(self, naam: str, rijen: Sequence[Tuple[str, Actie]]):
        self.naam = naam
        self.index: Dict[str, List[Tuple[int, Patroon]]] = {}
        for n, (bron, actie) in enumerate(rijen):
            patroon = Patroon(bron, actie)
            for sleutel in dict.fromkeys(patroon.begin()):
                self.index.setdefault(sleutel, []).append((n, patroon))

    def lees(self, nu: Any, knopen: List[Knoop]) -> List[Knoop]:
        uit: List[Knoop] = []
        index, i = self.index, 0
        aanwezig = {k.tekst for k in knopen}.union(*(k.cats for k in knopen))
        kans: Dict[int, bool] = {}
        while i < len(knopen):
            knoop = knopen[i]
            proef: Dict[int, Patroon] = {}
            for sleutel in (knoop.tekst, *knoop.cats):
                for n, patroon in index.get(sleutel, ()):
                    if n not in kans:
                        kans[n] = not any(keuzes.isdisjoint(aanwezig) for keuzes in patroon.nodig)
                    if kans[n]:
                        proef[n] = patroon
            gekozen = self._kies(nu, knopen, i, proef) if proef else None
            if gekozen is None:
                uit.append(knoop)
                i += 1
            else:
                eind, cats = gekozen
                uit.append(Knoop(" ".join(k.tekst for k in knopen[i:eind]), cats))
                i = eind
        return uit

    @staticmethod
    def _kies(nu: Any, knopen: List[Knoop], i: int, proef: Dict[int, Patroon]) -> Optional[Tuple[int, Dict[str, Any]]]:
        passend = []
        for n, patroon in proef.items():
            raak = patroon.pas(knopen, i)
            if raak is not None and raak[0] > i:
                passend.append((-raak[0], n, raak[1], patroon))
        passend.sort(key=lambda p: p[:2])
        for min_eind, _, gevangen, patroon in passend:
            try:
                cats = patroon.actie(nu, Vangst(gevangen))
            except (ValueError, OverflowError):             # a day outside the calendar
                cats = None
            if cats is not None:
                return -min_eind, cats
        return None
