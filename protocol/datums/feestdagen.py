"""Named days: the Dutch and Flemish names come from `holidays`, the few it lacks from one table."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Callable, Dict, Optional, Tuple

import holidays
from dateutil.relativedelta import MO, SU, TU, relativedelta

from .schrift import plat

#: A year in which `holidays` knows every name; only used to learn the names.
_VOORBEELDJAAR = 2026
_EERSTE_JAAR, _LAATSTE_JAAR = 1900, 2199


@lru_cache(maxsize=400)
def _kalender(land: str, jaar: int) -> Dict[str, date]:
    soort = getattr(holidays, land)
    dagen = soort(years=jaar, language="nl", categories=soort.supported_categories)
    uit: Dict[str, date] = {}
    for dag in sorted(dagen):
        for naam in dagen.get_list(dag):
            uit.setdefault(plat(naam), dag)
    return uit


def _vast(maand: int, dag: int) -> Callable[[int], date]:
    return lambda jaar: date(jaar, maand, dag)


def _uit(land: str, naam: str, verschil: int = 0) -> Callable[[int], Optional[date]]:
    def dag_van(jaar: int) -> Optional[date]:
        dag = _kalender(land, jaar).get(naam)
        return dag and dag + timedelta(days=verschil)
    return dag_van


def _zoveelste(maand: int, weekdag) -> Callable[[int], date]:
    return lambda jaar: date(jaar, maand, 1) + relativedelta(weekday=weekdag)


#: What people say for a name that `holidays` writes in full.
_ANDERS_GEZEGD = {
    "nieuwjaarsdag": ("nieuwjaar", "nieuw jaar", "nieuwjaars dag"),
    "eerste paasdag": ("pasen", "paaszondag", "eerste paas dag", "paasdag", "eerste pasen"),
    "tweede paasdag": ("paasmaandag", "tweede paas dag", "tweede pasen"),
    "goede vrijdag": ("goedevrijdag",),
    "koningsdag": ("konings dag", "koninginnedag"),
    "bevrijdingsdag": ("bevrijdings dag",),
    "hemelvaartsdag": ("hemelvaart", "hemelvaarts dag", "hemelvaartdag"),
    "o l v hemelvaart": ("maria hemelvaart", "maria-hemelvaart", "onze lieve vrouw hemelvaart", "onze-lieve-vrouw-hemelvaart",
                         "o.l.v hemelvaart", "olv hemelvaart"),
    "eerste pinksterdag": ("pinksteren", "pinksterzondag", "eerste pinkster dag", "pinksterdag"),
    "tweede pinksterdag": ("pinkstermaandag", "tweede pinkster dag"),
    "eerste kerstdag": ("kerst", "kerstmis", "eerste kerst dag", "kerstdag", "eerste kerst"),
    "tweede kerstdag": ("tweede kerst dag", "tweede kerst"),
}
#: Days people name that are no public holiday, so `holidays` does not know them.
_OVERIG: Tuple[Tuple[Tuple[str, ...], Callable[[int], Optional[date]]], ...] = (
    (("driekoningen",), _vast(1, 6)),
    (("valentijnsdag", "valentijn"), _vast(2, 14)),
    (("palmzondag", "palmpasen"), _uit("NL", "eerste paasdag", -7)),
    (("witte donderdag",), _uit("NL", "eerste paasdag", -3)),
    (("stille zaterdag",), _uit("NL", "eerste paasdag", -1)),
    (("aswoensdag",), _uit("NL", "eerste paasdag", -46)),
    (("dodenherdenking",), _vast(5, 4)),
    (("moederdag",), _zoveelste(5, SU(2))),
    (("vaderdag",), _zoveelste(6, SU(3))),
    (("prinsjesdag",), _zoveelste(9, TU(3))),
    (("dierendag",), _vast(10, 4)),
    (("halloween",), _vast(10, 31)),
    (("allerzielen",), _vast(11, 2)),
    (("sint maarten", "sint-maarten", "sintmaarten"), _vast(11, 11)),
    (("wapenstilstandsdag",), _vast(11, 11)),
    (("sinterklaas", "sinterklaasavond", "sinterklaasdag", "pakjesavond"), _vast(12, 5)),
    (("kerstavond", "kerstnacht"), _vast(12, 24)),
    (("oudjaar", "oudjaarsdag", "oudjaarsavond", "oudejaarsdag", "oudejaarsavond", "oudjaarsnacht", "oudejaar",
      "oudejaarsnacht", "oudejaars dag", "oudjaars dag", "oudjaardag", "oud en nieuw", "oud & nieuw"), _vast(12, 31)),
    (("verloren maandag",), _zoveelste(1, MO(2))),
)


def _namen() -> Dict[str, Callable[[int], Optional[date]]]:
    uit: Dict[str, Callable[[int], Optional[date]]] = {}
    for land in ("NL", "BE"):
        for naam in _kalender(land, _VOORBEELDJAAR):
            if naam.startswith("vrijdag na") or naam in ("banksluitingsdag", "nationale feestdag"):
                continue
            uit.setdefault(" ".join(naam.replace(".", " ").split()) if land == "BE" else naam, _uit(land, naam))
    for naam, andere in _ANDERS_GEZEGD.items():
        for anders in andere:
            uit[anders] = uit[naam]
    for namen, dag_van in _OVERIG:
        for naam in namen:
            uit[naam] = dag_van
    return uit


#: name (flat, single spaces) -> function from a year to that day
FEESTDAGEN = {" ".join(n.split()): f for n, f in _namen().items()}


def feestdag(naam: str, jaar: int) -> Optional[date]:
    """The named day in a year; None when that year has no such day."""
    return FEESTDAGEN[naam](jaar) if _EERSTE_JAAR <= jaar <= _LAATSTE_JAAR else None
