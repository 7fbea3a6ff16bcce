"""The notions the grammar works with: the moment of asking, a reading of a date, a clock time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Dict, Optional, Tuple

from dateutil.relativedelta import relativedelta

from .motor import Vangst
from .uitkomst import Reden


@dataclass(frozen=True)
class Nu:
    """The moment of asking, on the clock of Europe/Amsterdam, and the day it is asked about when one is known."""

    moment: datetime
    bij: Optional[date] = None             # the day already known, of the appointment being corrected

    @property
    def dag(self) -> date:
        return self.moment.date()

    @property
    def maandag(self) -> date:
        return self.dag - timedelta(days=self.dag.weekday())


@dataclass(frozen=True)
class Datum:
    """A reading of a date: one candidate without a question, or a question with its candidates."""

    kandidaten: Tuple[date, ...] = ()
    reden: Reden = Reden.GELEZEN
    vraag: bool = False
    weekdag: Optional[int] = None          # set when only a weekday was said
    dagdeel: Optional[str] = None
    binnen: Optional[Tuple[date, date]] = None  # a vague stretch, first and last day

    @property
    def dag(self) -> Optional[date]:
        return self.kandidaten[0] if self.kandidaten and not self.vraag else None


@dataclass(frozen=True)
class Tijd:
    """A clock time. Without a part of the day `uur` is still what was said, not yet what was meant."""

    uur: int
    minuut: int = 0
    letterlijk: bool = False
    dagdeel: Optional[str] = None
    vak: bool = False                      # a stretch: "na 3 uur", "tussen 2 en 3"
    tot: Optional["Tijd"] = None


Cats = Optional[Dict[str, Any]]
GEEN: Dict[str, Any] = {"GEEN": True}


def geen(nu: Nu, v: Vangst) -> Cats:
    """Swallow: these numbers are no date and no time."""
    return dict(GEEN)


def datum_knoop(d: Datum) -> Dict[str, Any]:
    cats: Dict[str, Any] = {"DATUM": d, "VOLG": True}
    if d.weekdag is not None:
        cats["WEEKDAG"] = d.weekdag
    return cats


def vast(dag: date, reden: Reden = Reden.GELEZEN, **meer: Any) -> Dict[str, Any]:
    return datum_knoop(Datum((dag,), reden, **meer))


def vraag(reden: Reden, *kandidaten: date, **meer: Any) -> Dict[str, Any]:
    return datum_knoop(Datum(tuple(dict.fromkeys(kandidaten)), reden, True, **meer))


def een_of_vraag(reden: Reden, *kandidaten: date) -> Dict[str, Any]:
    """One reading, or a question when the readings differ."""
    return vast(kandidaten[0]) if len(set(kandidaten)) == 1 else vraag(reden, *sorted(set(kandidaten)))


def eerste_na(dag: date, weekdag: int) -> date:
    """The first such weekday after a day, that day left out."""
    return dag + timedelta(days=(weekdag - dag.weekday() - 1) % 7 + 1)


def maandbegin(nu: Nu, v: Vangst) -> date:
    """The first day of the month that was named; a month that has passed is next year's."""
    if "MAANDREF" in v:
        return v.geef("MAANDREF")
    m, j = v.geef("MND", "MAFK"), v.geef("JAAR")
    return date(j or (nu.dag.year if m >= nu.dag.month else nu.dag.year + 1), m, 1)
