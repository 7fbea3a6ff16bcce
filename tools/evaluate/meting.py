"""Scores: shares with Wilson confidence intervals, per topic, per voice, and for what is not ours."""
from collections import defaultdict
from math import sqrt
from typing import Any, Callable, Dict, List, NamedTuple, Sequence

from tools.evaluate.gegevens import GEEN_ONDERWERP, NIET_BEGREPEN, NIET_VAN_ONS, Zin

Z95 = 1.96


class Deel(NamedTuple):
    """`goed` of `aantal`, and the interval that holds the true share in 95 of 100 cases."""

    goed: int
    aantal: int

    @property
    def deel(self) -> float:
        return self.goed / self.aantal if self.aantal else 0.0

    @property
    def interval(self) -> tuple:
        if not self.aantal:
            return 0.0, 1.0
        n, p = self.aantal, self.deel
        noemer = 1 + Z95 ** 2 / n
        midden = (p + Z95 ** 2 / (2 * n)) / noemer
        helft = Z95 * sqrt(p * (1 - p) / n + Z95 ** 2 / (4 * n * n)) / noemer
        return max(0.0, midden - helft), min(1.0, midden + helft)

    def als_json(self) -> Dict[str, Any]:
        laag, hoog = self.interval
        return {"goed": self.goed, "aantal": self.aantal, "deel": round(self.deel, 4),
                "interval": [round(laag, 4), round(hoog, 4)]}


def tel(waar: Sequence[bool]) -> Deel:
    return Deel(sum(map(bool, waar)), len(waar))


def per(zinnen: Sequence[Zin], gelezen: Sequence[str], sleutel: Callable[[Zin], str]) -> Dict[str, Deel]:
    """The share of right sentences per group, the worst group first."""
    groepen: Dict[str, List[bool]] = defaultdict(list)
    for zin, intent in zip(zinnen, gelezen):
        groepen[sleutel(zin)].append(zin.intent == intent)
    return dict(sorted(((g, tel(w)) for g, w in groepen.items()), key=lambda paar: paar[1].deel))


def meet(zinnen: Sequence[Zin], gelezen: Sequence[str], ander: Sequence[Zin], ander_gelezen: Sequence[str]) -> Dict[str, Any]:
    """All scores of one pipeline: `gelezen` are the intents it gave to `zinnen`, `ander_gelezen` to `ander`."""
    binnen = [(z, g) for z, g in zip(zinnen, gelezen) if z.intent not in NIET_VAN_ONS]
    groepen: Dict[str, List[bool]] = defaultdict(list)
    for zin, intent in zip(ander, ander_gelezen):
        groepen[zin.stem].append(intent not in GEEN_ONDERWERP)
    return {
        "goed": tel([z.intent == g for z, g in zip(zinnen, gelezen)]).als_json(),
        "per_onderwerp": {k: d.als_json() for k, d in per(zinnen, gelezen, lambda z: z.intent).items()},
        "per_stem": {k: d.als_json() for k, d in per(zinnen, gelezen, lambda z: z.stem).items()},
        "weggestuurd": tel([g in NIET_VAN_ONS for _, g in binnen]).als_json(),
        "niet_begrepen": tel([g == NIET_BEGREPEN for _, g in binnen]).als_json(),
        "voor_onderwerp_aangezien": tel([w for lijst in groepen.values() for w in lijst]).als_json(),
        "voor_onderwerp_per_groep": {k: tel(v).als_json() for k, v in sorted(groepen.items())},
    }
