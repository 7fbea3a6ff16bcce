"""Working days and the verdict on the term of a video request (R17, S8).

The memo does not say what a working day is. The strict reading counts no weekend and no day of the Algemene
termijnenwet (art. 3: Good Friday and 5 May are holidays every year); the lenient reading takes Good Friday, and
5 May outside lustrum years, for working days. Where the two disagree the verdict is `op de grens`.
"""
import argparse
import json
from datetime import date, timedelta
from functools import lru_cache
from typing import Iterable, NamedTuple, Tuple

import holidays

from protocol import bron

OP_TIJD, OP_DE_GRENS, TE_LAAT = "op tijd", "op de grens", "te laat"
WEEKEND = "weekend"


class Dag(NamedTuple):
    """One day of the count: `nummer` is its place (1 = nearest to the appointment) or 0 when it does not count."""

    datum: date
    nummer: int
    reden: str


class Telling(NamedTuple):
    """The verdict on a request made on `vandaag` for an appointment on `afspraak`.

    `laatste_dag` is the last day in the strict reading, `uiterste_dag` in the lenient one; `dagen` shows the
    strict count from the day before the appointment back to `laatste_dag`.
    """

    afspraak: date
    vandaag: date
    laatste_dag: date
    uiterste_dag: date
    oordeel: str
    dagen: Tuple[Dag, ...]


@lru_cache(maxsize=8)
def _kalender(streng: bool, sluitingsdagen: Tuple[date, ...]) -> holidays.HolidayBase:
    kalender = holidays.country_holidays("NL", language="nl", categories=("public", "optional") if streng else "public")
    kalender.update({dag: "extra sluitingsdag" for dag in sluitingsdagen})
    return kalender


def _werkdag(dag: date, streng: bool, sluitingsdagen: Tuple[date, ...]) -> bool:
    kalender = _kalender(streng, sluitingsdagen)
    if not streng and kalender.get(dag) == "Goede Vrijdag":
        return True
    return kalender.is_working_day(dag)


def _laatste_dag(afspraak: date, aantal: int, streng: bool, sluitingsdagen: Tuple[date, ...]) -> date:
    dag = afspraak
    while aantal:
        dag -= timedelta(days=1)
        aantal -= _werkdag(dag, streng, sluitingsdagen)
    return dag


def gesloten(dag: date, sluitingsdagen: Iterable[date] = ()) -> str:
    """Why UWV may be closed on `dag`: 'zaterdag', 'zondag', the holiday's Dutch name, or '' for a working day.

    By the strict reading: on Good Friday or 5 May it is worth asking whether the date is right.
    """
    sluitingsdagen = tuple(sluitingsdagen)
    if _werkdag(dag, True, sluitingsdagen):
        return ""
    return _kalender(True, sluitingsdagen).get(dag) or ("zaterdag" if dag.weekday() == 5 else "zondag")


def tel(afspraak: date, vandaag: date, sluitingsdagen: Iterable[date] = ()) -> Telling:
    """Count back from `afspraak` (both dates on the calendar of Europe/Amsterdam) and judge a request of `vandaag`.

    The day of the appointment does not count; a request on the last day, at any hour, is in time.
    """
    sluitingsdagen = tuple(sluitingsdagen)
    aantal = bron.termijn()
    laatste = _laatste_dag(afspraak, aantal, True, sluitingsdagen)
    uiterste = _laatste_dag(afspraak, aantal, False, sluitingsdagen)
    oordeel = OP_TIJD if vandaag <= laatste else OP_DE_GRENS if vandaag <= uiterste else TE_LAAT
    dagen, nummer, dag = [], 0, afspraak
    while dag > laatste:
        dag -= timedelta(days=1)
        if _werkdag(dag, True, sluitingsdagen):
            nummer += 1
            dagen.append(Dag(dag, nummer, ""))
        else:
            naam = _kalender(True, sluitingsdagen).get(dag)
            dagen.append(Dag(dag, 0, naam or WEEKEND))
    return Telling(afspraak, vandaag, laatste, uiterste, oordeel, tuple(dagen))


def werkdagen_tot(afspraak: date, vandaag: date, sluitingsdagen: Iterable[date] = ()) -> int:
    """How many working days (strict reading) lie between: tomorrow's is 1, today's is 0, a Monday seen on Friday 1."""
    sluitingsdagen = tuple(sluitingsdagen)
    return sum(_werkdag(vandaag + timedelta(days=n), True, sluitingsdagen)
               for n in range(1, (afspraak - vandaag).days + 1))


def main(argumenten=None) -> None:
    """Print the count for an appointment as JSON."""
    parser = argparse.ArgumentParser(prog="python -m protocol.werkdagen")
    parser.add_argument("afspraak", type=date.fromisoformat, help="datum van de afspraak, JJJJ-MM-DD")
    parser.add_argument("--vandaag", type=date.fromisoformat, help="dag van het verzoek (standaard: vandaag)")
    keuze = parser.parse_args(argumenten)
    from protocol import instellingen

    telling = tel(keuze.afspraak, keuze.vandaag or instellingen.nu().date(), instellingen.sluitingsdagen())
    print(json.dumps({
        "afspraak": telling.afspraak.isoformat(),
        "vandaag": telling.vandaag.isoformat(),
        "laatste_dag": telling.laatste_dag.isoformat(),
        "uiterste_dag": telling.uiterste_dag.isoformat(),
        "oordeel": telling.oordeel,
        "dagen": [{"datum": d.datum.isoformat(), "werkdag": d.nummer or None, "reden": d.reden or None}
                  for d in telling.dagen],
    }, ensure_ascii=False))


if __name__ == "__main__":
    main()
