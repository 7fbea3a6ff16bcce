"""Figures on reports, per year, from which nobody can be recognised."""
from collections import Counter
from typing import Dict, Iterable, List, NamedTuple, Optional
from xml.sax.saxutils import escape

from protocol import instellingen
from protocol import meldingen as m
from protocol.meldingen import Melding

# Fewer than this are not shown as a number.
GRENS = 5
SPLITSINGEN = {
    "opname": (m.GELUID, m.BEELD, m.ONBEKEND),
    "openbaar": ("openbaar", "niet_openbaar", m.ONBEKEND),
    "stand": ("open", m.GESLOTEN),
}


class Jaar(NamedTuple):
    """One year. `totaal` and a split are None when a number below GRENS would show or could be worked out."""

    jaar: int
    totaal: Optional[int]
    splitsing: Dict[str, Optional[Dict[str, int]]]


def _deel(melding: Melding, splitsing: str) -> str:
    if splitsing == "opname":
        return melding.opname
    if splitsing == "openbaar":
        return {m.OPENBAAR: "openbaar", m.ONBEKEND: m.ONBEKEND}.get(melding.soort, "niet_openbaar")
    return m.GESLOTEN if melding.toestand == m.GESLOTEN else "open"


def per_jaar(meldingen: Iterable[Melding]) -> List[Jaar]:
    """The years with reports, oldest first, in Dutch time.

    A split is shown only when none of its parts is between 0 and GRENS: with a single hidden part the others and the
    total would give it away.
    """
    jaren: Dict[int, List[Melding]] = {}
    for melding in meldingen:
        jaren.setdefault(melding.gemeld_op.astimezone(instellingen.TIJDZONE).year, []).append(melding)
    uit = []
    for jaar, lijst in sorted(jaren.items()):
        genoeg = len(lijst) >= GRENS
        splitsing: Dict[str, Optional[Dict[str, int]]] = {}
        for naam, delen in SPLITSINGEN.items():
            telling = Counter(_deel(melding, naam) for melding in lijst)
            toon = genoeg and all(n >= GRENS for n in telling.values())
            splitsing[naam] = {deel: telling[deel] for deel in delen} if toon else None
        uit.append(Jaar(jaar, len(lijst) if genoeg else None, splitsing))
    return uit


def grafiek(jaren: List[Jaar], titel: str, weinig: str) -> str:
    """The totals as bars in SVG, with the same numbers in words for who cannot see them.

    A year below GRENS is a thin line with `weinig` beside it, never a bar whose length tells the number.
    """
    hoogste = max((j.totaal or 0 for j in jaren), default=0) or 1
    hoogte = 40 * len(jaren) + 10
    regels = [f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="grafiek-titel" '
              f'viewBox="0 0 640 {hoogte}" width="640" height="{hoogte}" font-size="16">',
              f'<title id="grafiek-titel">{escape(titel)}</title>']
    for n, jaar in enumerate(jaren):
        y = 40 * n + 10
        breed = 2 if jaar.totaal is None else round(400 * jaar.totaal / hoogste)
        tekst = weinig if jaar.totaal is None else str(jaar.totaal)
        regels += [f'<text x="0" y="{y + 20}">{jaar.jaar}</text>',
                   f'<rect x="60" y="{y}" width="{breed}" height="28" fill="#0078d2"/>',
                   f'<text x="{70 + breed}" y="{y + 20}">{escape(tekst)}</text>']
    return "\n".join([*regels, "</svg>"])
