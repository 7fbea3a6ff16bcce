"""Score our date reader beside dateparser and Duckling: python tools/bench_datums.py [folder with the measuring rows].

Right: the expected kind, date and time. Asked: we ask back. None: no answer. Wrong: any other answer. In `geen_datum`
there is nothing to find: "none" and "asked" are fine there, every answered date or time is wrong. The two libraries come
from requirements-bench.txt, never from the requirements of the assistant; one that is not installed is named as such.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Callable, Dict, List, Optional, Tuple
from zoneinfo import ZoneInfo

WORTEL = Path(__file__).resolve().parents[1]
if str(WORTEL) not in sys.path:
    sys.path.insert(0, str(WORTEL))

from protocol.datums import lees  # noqa: E402

#: outcome, date as YYYY-MM-DD, time as HH:MM
Antwoord = Tuple[str, Optional[str], Optional[str]]
Lezer = Callable[[str, datetime, str], Antwoord]
ZONE = ZoneInfo("Europe/Amsterdam")
UITSLAGEN = ("right", "asked", "none", "wrong")


class Telling:
    """The verdicts of one reader on one subset."""

    def __init__(self) -> None:
        self.aantal: Counter = Counter()
        self.seconden = 0.0

    @property
    def totaal(self) -> int:
        return sum(self.aantal.values())

    def deel(self, uitslag: str) -> float:
        return 100 * self.aantal[uitslag] / max(1, self.totaal)

    def __repr__(self) -> str:
        return (f"{self.totaal:4} rijen  " + "  ".join(f"{u} {self.deel(u):5.1f}%" for u in UITSLAGEN)
                + f"  {1e6 * self.seconden / max(1, self.totaal):8.0f} µs per bericht")


def ons(tekst: str, nu: datetime, soort: str) -> Antwoord:
    uit = lees(tekst, nu)
    return (uit.outcome, uit.date and uit.date.isoformat(), uit.time and uit.time.strftime("%H:%M"))


def _naar_soort(gevonden: datetime, soort: str) -> Antwoord:
    """The libraries always give a date and a time: look only at what the row asks for."""
    return (soort, gevonden.date().isoformat() if soort != "time" else None,
            gevonden.strftime("%H:%M") if soort != "date" else None)


def maak_dateparser() -> Lezer:
    import dateparser
    from dateparser.search import search_dates

    def lezer(tekst: str, nu: datetime, soort: str) -> Antwoord:
        instelling = {"RELATIVE_BASE": nu, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
        gevonden = dateparser.parse(tekst, languages=["nl"], settings=instelling)
        if gevonden is None:
            rest = search_dates(tekst, languages=["nl"], settings=instelling)
            gevonden = rest[0][1] if rest else None
        return ("none", None, None) if gevonden is None else _naar_soort(gevonden.replace(tzinfo=None), soort)
    return lezer


def maak_duckling() -> Lezer:
    from duckling import (Context, default_locale_lang, load_time_zones, parse, parse_dimensions, parse_lang, parse_locale,
                          parse_ref_time)
    zones = load_time_zones("/usr/share/zoneinfo")
    taal = parse_lang("NL")
    plaats = parse_locale("NL_NL", default_locale_lang(taal))
    dimensies = parse_dimensions(["time"])

    def lezer(tekst: str, nu: datetime, soort: str) -> Antwoord:
        moment = parse_ref_time(zones, "Europe/Amsterdam", int(nu.replace(tzinfo=ZONE).timestamp()))
        for stuk in parse(tekst, Context(moment, plaats), dimensies, False):
            waarde = stuk["value"].get("value") or (stuk["value"].get("from") or {}).get("value")
            if waarde:
                return _naar_soort(datetime.fromisoformat(waarde[:19]), soort)
        return ("none", None, None)
    return lezer


def oordeel(rij: dict, antwoord: Antwoord) -> str:
    uitkomst, dag, tijd = antwoord
    if uitkomst in ("ask", "none"):
        return {"ask": "asked", "none": "none"}[uitkomst]
    soort = rij.get("scope")
    goed = (uitkomst == soort and (soort == "time" or dag == rij["expected_date"])
            and (soort == "date" or tijd in rij["expected_times"]))
    return "right" if goed else "wrong"


def lees_rijen(map_: Path) -> Tuple[List[dict], List[dict]]:
    return tuple([json.loads(r) for r in (map_ / naam).read_text("utf-8").splitlines() if r.strip()]  # type: ignore[return-value]
                 for naam in ("afspraken.jsonl", "geen_datum.jsonl"))


def meet(lezer: Lezer, afspraken: List[dict], geen: List[dict]) -> Dict[str, Telling]:
    uit: Dict[str, Telling] = {"clear": Telling(), "convention": Telling(), "geen_datum": Telling()}
    for rij in afspraken + geen:
        telling = uit[rij.get("subset", "geen_datum")]
        nu = datetime.fromisoformat(rij["reference"])
        begin = time.perf_counter()
        antwoord = lezer(rij["text"], nu, rij.get("scope", "date"))
        telling.seconden += time.perf_counter() - begin
        telling.aantal[oordeel(rij, antwoord)] += 1
    return uit


def main(args: List[str]) -> int:
    map_ = Path(args[0]) if args else WORTEL.parent / "shared" / "datums"
    if not (map_ / "afspraken.jsonl").exists():
        print(f"Geen meetrijen in {map_}.", file=sys.stderr)
        return 2
    rijen = lees_rijen(map_)
    for naam, maak in (("protocol.datums", lambda: ons), ("dateparser", maak_dateparser), ("pyduckling", maak_duckling)):
        try:
            lezer = maak()
        except ImportError as fout:
            print(f"{naam}: niet geïnstalleerd ({fout.name or fout})")
            continue
        lezer("dinsdag 8 december 2026 om 14.30 uur", datetime(2026, 11, 23, 10, 15), "datetime")
        print(naam)
        for subset, telling in meet(lezer, *rijen).items():
            print(f"  {subset:11} {telling}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
