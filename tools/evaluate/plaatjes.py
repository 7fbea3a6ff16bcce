"""The pictures of the report, as PNG in data URLs: the report is one file that can be mailed."""
import base64
from collections import Counter
from io import BytesIO
from typing import Any, Dict, List, Sequence, Tuple

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (after the choice of the backend)

BLAUW, ROOD, GRIJS = "#0078d2", "#b3261e", "#6b7280"


def _data_url(figuur: Any) -> str:
    stroom = BytesIO()
    figuur.savefig(stroom, format="png", dpi=110, bbox_inches="tight")
    plt.close(figuur)
    return "data:image/png;base64," + base64.b64encode(stroom.getvalue()).decode()


def balken(scores: Dict[str, Dict[str, Any]], lat: float) -> str:
    """A bar with its confidence interval per group; groups below the bar `lat` are red."""
    namen = list(reversed(list(scores)))
    delen = [scores[n]["deel"] for n in namen]
    fout = [[d - scores[n]["interval"][0] for n, d in zip(namen, delen)],
            [scores[n]["interval"][1] - d for n, d in zip(namen, delen)]]
    figuur, as_ = plt.subplots(figsize=(8, 0.24 * len(namen) + 0.8))
    as_.barh(namen, delen, xerr=fout, color=[ROOD if d < lat else BLAUW for d in delen], ecolor=GRIJS, capsize=2)
    as_.axvline(lat, color=GRIJS, linestyle="--")
    as_.set_xlim(0, 1)
    as_.set_ylim(-0.7, len(namen) - 0.3)
    as_.tick_params(labelsize=8)
    as_.set_xlabel("goed begrepen, met 95%-interval")
    return _data_url(figuur)


def verwarring(hoort: Sequence[str], gelezen: Sequence[str], aantal: int = 22) -> str:
    """The topics that are confused most, as numbers in a grid: row = meant, column = understood."""
    paren = Counter((h, g) for h, g in zip(hoort, gelezen) if h != g)
    wegen: Counter = Counter()
    for (h, g), n in paren.items():
        wegen[h] += n
        wegen[g] += n
    namen = sorted(naam for naam, _ in wegen.most_common(aantal))
    rooster = [[paren.get((h, g), 0) for g in namen] for h in namen]
    figuur, as_ = plt.subplots(figsize=(10, 9))
    as_.imshow(rooster, cmap="Reds")
    for y, rij in enumerate(rooster):
        for x, n in enumerate(rij):
            if n:
                as_.text(x, y, str(n), ha="center", va="center", fontsize=8, color="white" if n > 8 else "black")
    as_.set_xticks(range(len(namen)), namen, rotation=60, ha="right", fontsize=8)
    as_.set_yticks(range(len(namen)), namen, fontsize=8)
    as_.set_xlabel("begrepen als")
    as_.set_ylabel("bedoeld")
    return _data_url(figuur)


def drempelcurve(punten: List[Dict[str, Any]], soort: str, gekozen: float) -> str:
    """What a threshold costs and brings; the chosen one is dashed."""
    lijn = sorted((p for p in punten if p["soort"] == soort), key=lambda p: p["drempel"])
    figuur, as_ = plt.subplots(figsize=(8, 4))
    for sleutel, naam, kleur in (("goed", "goed begrepen", BLAUW), ("fout", "verkeerd onderwerp", ROOD),
                                 ("weggestuurd", "eigen vraag weggestuurd", "#e08a00"),
                                 ("ander_voor_ons", "andere zaak voor onderwerp aangezien", "#5b2a86")):
        as_.plot([p["drempel"] for p in lijn], [p[sleutel] for p in lijn], label=naam, color=kleur)
    as_.axvline(gekozen, color=GRIJS, linestyle="--")
    as_.set_xlabel(f"drempel op de {'zekerheid van het beste onderwerp' if soort == 'zekerheid' else 'kans op andere zaken samen'}")
    as_.set_ylim(0, 1)
    as_.legend(fontsize=8)
    return _data_url(figuur)


def ijking(zeker: Sequence[float], goed: Sequence[bool]) -> str:
    """How often it is right when it says to be so sure: on the diagonal it is honest."""
    bakken: List[Tuple[float, float]] = []
    for laag in range(10):
        rij = [g for z, g in zip(zeker, goed) if laag / 10 <= z < (laag + 1) / 10 or (laag == 9 and z == 1)]
        if rij:
            bakken.append(((laag + 0.5) / 10, sum(rij) / len(rij)))
    figuur, as_ = plt.subplots(figsize=(4.5, 4))
    as_.plot([0, 1], [0, 1], color=GRIJS, linestyle="--")
    as_.plot(*zip(*bakken), marker="o", color=BLAUW)
    as_.set_xlabel("zekerheid")
    as_.set_ylabel("deel goed")
    return _data_url(figuur)
