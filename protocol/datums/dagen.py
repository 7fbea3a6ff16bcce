"""Day and month, the day of a month, named days, distances and vague stretches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Dict, Optional

from dateutil.relativedelta import relativedelta

from .begrippen import GEEN, Cats, Datum, Nu, datum_knoop, eerste_na, maandbegin, vast, vraag
from .feestdagen import feestdag
from .motor import Vangst
from .tijden import punt_tijd
from .uitkomst import Reden


def lees_dag_maand(nu: Nu, d: int, m: int, j: Optional[int]) -> Datum:
    if j is not None:
        try:
            return Datum((date(j, m, d),))
        except ValueError:
            return Datum((), Reden.ONBESTAAND, True)
    for j in range(nu.dag.year, nu.dag.year + 9):           # 29 februari may be eight years away
        try:
            dag = date(j, m, d)
        except ValueError:
            continue
        if dag >= nu.dag:
            return Datum((dag,), Reden.GELEZEN if j == nu.dag.year else Reden.JAAR_AANGENOMEN)
    return Datum((), Reden.ONBESTAAND, True)


def met_weekdag(d: Datum, weekdag: Optional[int]) -> Dict[str, Any]:
    """Hold a date against the weekday that was said with it."""
    if weekdag is None or d.vraag or d.dag.weekday() == weekdag:
        return datum_knoop(d)
    if d.reden is Reden.JAAR_AANGENOMEN and (d.dag.month, d.dag.day) != (2, 29):
        vorig_jaar = d.dag.replace(year=d.dag.year - 1)
        if vorig_jaar.weekday() == weekdag:
            return vraag(Reden.VERLEDEN_OF_VOLGEND_JAAR, vorig_jaar, d.dag)
    zelfde_week = d.dag + timedelta(days=weekdag - d.dag.weekday())
    return vraag(Reden.WEEKDAG_SPREEKT_TEGEN, d.dag, zelfde_week)


def geldig(d: int, m: int) -> bool:
    return 1 <= d <= 31 and 1 <= m <= 12


def dag_maand(nu: Nu, v: Vangst) -> Cats:
    """14 maart, de 14e maart 2027, dinsdag 8 december, maart 3"""
    d, m, j = v.geef("NUM", "ORD", "CIJF", "ORDC", "TELW"), v.geef("MND", "MAFK"), v.geef("JAAR", "JAARREF")
    if not geldig(d, m):
        return dict(GEEN)
    return met_weekdag(lees_dag_maand(nu, d, m, j), v.geef("WDAG"))


def dag_van_zoveelste_maand(nu: Nu, v: Vangst) -> Cats:
    """de 8e van de 12e"""
    d, m = v.alle("ORD")
    return datum_knoop(lees_dag_maand(nu, d, m, None)) if geldig(d, m) else None


def dag_maand_kort_jaar(nu: Nu, v: Vangst) -> Cats:
    """14 maart 27: a year when it is one of the coming ten"""
    d, m, j = v.geef("NUM", "ORD"), v.geef("MND", "MAFK"), 2000 + v.geef("KORTJAAR")
    if not geldig(d, m) or not nu.dag.year - 1 <= j <= nu.dag.year + 10:
        return None
    return met_weekdag(lees_dag_maand(nu, d, m, j), v.geef("WDAG"))


def dag_maand_getallen(nu: Nu, v: Vangst) -> Cats:
    """14-3, dinsdag 8/12, 14-3-2027, 2027-03-14, 14 3 2027"""
    if "DMJ" in v:
        d, m, j = v.geef("DMJ")
    elif "DM" in v:
        (d, m), j = v.geef("DM"), v.geef("JAAR")
    else:
        (d, m), j = v.alle("CIJF"), v.geef("JAAR")
    if not geldig(d, m):
        return dict(GEEN)
    return met_weekdag(lees_dag_maand(nu, d, m, j), v.geef("WDAG"))


def op_punt(nu: Nu, v: Vangst) -> Cats:
    """op 10.10 is a day when it can be one, op 15.00 is a time"""
    a, b, lengte = v.geef("PT")
    if not geldig(a, b):
        return punt_tijd(nu, v)
    d = lees_dag_maand(nu, a, b, None)
    if lengte == 2 and a < 12 and a != b and d.dag:         # op 8.10: eight October or ten past eight
        return vraag(Reden.DATUM_OF_TIJD, d.dag)
    return datum_knoop(d)


def weekdag_punt(nu: Nu, v: Vangst) -> Cats:
    """dinsdag 14.30 is a time; dinsdag 8.12 may be both"""
    a, b, lengte = v.geef("PT")
    if geldig(a, b):
        d = lees_dag_maand(nu, a, b, None)
        if not d.vraag and d.dag.weekday() == v.geef("WDAG"):
            return vraag(Reden.DATUM_OF_TIJD, d.dag) if lengte == 2 else datum_knoop(d)
    return None


def dag_van_maandref(nu: Nu, v: Vangst) -> Cats:
    """de 3e van volgende maand"""
    eerste, d = v.geef("MAANDREF"), v.geef("ORD", "NUM", "CIJF")
    return met_weekdag(lees_dag_maand(nu, d, eerste.month, eerste.year), v.geef("WDAG")) if 1 <= d <= 31 else None


def dag_dezer(nu: Nu, v: Vangst) -> Cats:
    """de 27e dezer"""
    return datum_knoop(lees_dag_maand(nu, v.geef("ORD"), nu.dag.month, nu.dag.year))


def laatste_dag_maand(nu: Nu, v: Vangst) -> Cats:
    """8 december jl.: the last one before today"""
    d, m = v.geef("DM") or (v.geef("NUM", "ORD"), v.geef("MND", "MAFK"))
    for j in range(nu.dag.year, nu.dag.year - 9, -1):
        try:
            dag = date(j, m, d)
        except ValueError:
            continue
        if dag <= nu.dag:
            return vast(dag)
    return None


def eerstvolgende_dag(nu: Nu, d: int, weekdag: Optional[int] = None) -> Datum:
    """The first month, from this one on, in which day d is still to come (and falls on the weekday).

    With a known day: its own month, or else the first one after it.
    """
    if nu.bij is not None:
        return _dag_bij(nu, nu.bij, d, weekdag)
    eerste = nu.dag.replace(day=1)
    for n in range(0, 14):
        begin = eerste + relativedelta(months=n)
        try:
            dag = begin.replace(day=d)
        except ValueError:
            continue
        if dag >= nu.dag and (weekdag is None or dag.weekday() == weekdag):
            return Datum((dag,), Reden.GELEZEN if n == 0 else Reden.MAAND_AANGENOMEN)
    return Datum((), Reden.ONBESTAAND, True)


def _dag_bij(nu: Nu, bij: date, d: int, weekdag: Optional[int]) -> Datum:
    for n in range(0, 14):
        try:
            dag = (bij.replace(day=1) + relativedelta(months=n)).replace(day=d)
        except ValueError:
            if n == 0 and weekdag is None:
                return Datum((), Reden.ONBESTAAND, True)     # "de 31e" of a month with 30 days
            continue
        if dag >= nu.dag and (weekdag is None or dag.weekday() == weekdag):
            return Datum((dag,), Reden.GELEZEN if n == 0 else Reden.MAAND_AANGENOMEN)
    return Datum((), Reden.ONBESTAAND, True)


def dag_alleen(nu: Nu, v: Vangst) -> Cats:
    """de 14e"""
    d = v.geef("ORD", "ORDC", "ORDW", "CIJF")
    return {**datum_knoop(eerstvolgende_dag(nu, d)), "DAGNR": d} if 1 <= d <= 31 else None


def dag_in_woorden(nu: Nu, v: Vangst) -> Cats:
    """de veertiende; "de eerste" and "de tweede" count things more often than days"""
    return dag_alleen(nu, v) if v.geef("ORDW") > 3 else None


def eerste_of_tweede(nu: Nu, v: Vangst) -> Cats:
    """The whole message is "de eerste": the first of the month, or the first of what was offered?"""
    return vraag(Reden.ALLEEN_GETAL, *eerstvolgende_dag(nu, v.geef("ORDW")).kandidaten) if v.geef("ORDW") <= 3 else None


def een_weekdag(nu: Nu, v: Vangst) -> Cats:
    """op een dinsdag: which one is not said"""
    return vraag(Reden.VAAG, eerste_na(nu.dag, v.geef("WDAG")))


def weekdag_dag(nu: Nu, v: Vangst) -> Cats:
    """donderdag de 10e, vrijdag 23"""
    d, w = v.geef("ORD", "ORDC", "ORDW", "CIJF"), v.geef("WDAG")
    if not 1 <= d <= 31:
        return None
    eerst = eerstvolgende_dag(nu, d)
    if eerst.vraag or eerst.dag.weekday() == w:
        return datum_knoop(eerst)
    return vraag(Reden.WEEKDAG_SPREEKT_TEGEN, eerst.dag, *eerstvolgende_dag(nu, d, w).kandidaten)


def misschien_dag(nu: Nu, v: Vangst) -> Cats:
    """op 15: a day only when a time stands beside it"""
    d = v.geef("CIJF")
    return {"OPDAG": d} if 1 <= d <= 31 else None


def twee_dagen(nu: Nu, v: Vangst) -> Cats:
    """8 of 9 december, 8/9 december"""
    m, j = v.geef("MND", "MAFK"), v.geef("JAAR")
    dagen = list(v.geef("DM")) if "DM" in v else v.alle("NUM", "ORD")
    lezingen = [lees_dag_maand(nu, d, m, j) for d in dagen if 1 <= d <= 31]
    reden = Reden.PERIODE if {"tot", "t/m", "tm", "tem", "-"} & {s for s, _ in v.delen} else Reden.TWEE_DATUMS
    return vraag(reden, *[x.dag for x in lezingen if x.dag])


def datum_of_dag(nu: Nu, v: Vangst) -> Cats:
    """8 december of 9: two days of one month"""
    datum, d = v.geef("DATUM"), v.geef("NUM", "ORD")
    if datum.dag is None or datum.weekdag is not None or not 1 <= d <= 31:
        return None
    ander = lees_dag_maand(nu, d, datum.dag.month, datum.dag.year)
    return vraag(Reden.TWEE_DATUMS, datum.dag, *ander.kandidaten)


def tweede_dag(nu: Nu, v: Vangst) -> Cats:
    """niet 8 maar 10 december, van 3 naar 5 maart: the second; the first is kept as the old one"""
    m, j = v.geef("MND", "MAFK"), v.geef("JAAR")
    oud, nieuw = v.alle("NUM", "ORD")
    if m is None:
        d, o = eerstvolgende_dag(nu, nieuw), eerstvolgende_dag(nu, oud)
    else:
        d, o = lees_dag_maand(nu, nieuw, m, j), lees_dag_maand(nu, oud, m, j)
    return {**datum_knoop(d if d.vraag else replace(d, reden=d.reden if d.reden is not Reden.GELEZEN else Reden.CORRECTIE)),
            "OUD": o}


def relatief(nu: Nu, v: Vangst) -> Cats:
    """vandaag, morgen, overmorgen, de volgende dag"""
    n = v.geef("REL", "MORGEN")
    if n is None:
        n = 1 if "VOLGEND" in v else -1 if "VORIG" in v else 0
    return vast(nu.dag + timedelta(days=n))


def over_morgen(nu: Nu, v: Vangst) -> Cats:
    """Written apart: the day after tomorrow, or about tomorrow?"""
    return vraag(Reden.TWEE_DATUMS, nu.dag + timedelta(days=1), nu.dag + timedelta(days=2))


def dagdeel_vandaag(nu: Nu, v: Vangst) -> Cats:
    """deze avond"""
    return vast(nu.dag, dagdeel=v.geef("DEEL") or "ochtend")


def feest(nu: Nu, v: Vangst) -> Cats:
    """tweede paasdag, Koningsdag 2027"""
    naam, j = v.geef("FEEST"), v.geef("JAAR", "JAARREF")
    for jaar in (j,) if j is not None else range(nu.dag.year, nu.dag.year + 3):
        dag = feestdag(naam, jaar)
        if dag and (j is not None or dag >= nu.dag):
            reden = Reden.GELEZEN if j is not None or jaar == nu.dag.year else Reden.JAAR_AANGENOMEN
            cats = met_weekdag(Datum((dag,), reden), v.geef("WDAG"))
            return {**cats, "FEESTDATUM": cats["DATUM"]}
    return vraag(Reden.ONBESTAAND)


def geen_feest(nu: Nu, v: Vangst) -> Cats:
    """derde kerstdag"""
    return vraag(Reden.ONBESTAAND)


def over_duur(nu: Nu, v: Vangst) -> Cats:
    """over 3 weken, over een maand, 2 dagen later"""
    return vast(nu.dag + v.geef("DUUR"))


def duur_geleden(nu: Nu, v: Vangst) -> Cats:
    return vast(nu.dag - v.geef("DUUR"))


def duur_na(nu: Nu, v: Vangst) -> Cats:
    """2 dagen na vrijdag, drie weken vanaf morgen, de dag na Koningsdag"""
    datum, afstand = v.geef("DATUM"), v.geef("DUUR") or relativedelta(days=1)
    if datum.vraag or not datum.kandidaten:
        return datum_knoop(Datum(tuple(d + afstand for d in datum.kandidaten), datum.reden, True))
    return vast(datum.dag + afstand, datum.reden)


def duur_voor(nu: Nu, v: Vangst) -> Cats:
    """de dag voor kerst"""
    datum, afstand = v.geef("DATUM"), v.geef("DUUR") or relativedelta(days=1)
    if datum.vraag or not datum.kandidaten:
        return datum_knoop(Datum(tuple(d - afstand for d in datum.kandidaten), datum.reden, True))
    return vast(datum.dag - afstand, datum.reden)


def weekdag_na(nu: Nu, v: Vangst) -> Cats:
    """de maandag na kerst, derde dinsdag na kerst 2014"""
    datum = v.geef("DATUM")
    if datum.vraag:
        return vraag(datum.reden, *datum.kandidaten)
    return vast(eerste_na(datum.dag, v.geef("WEEKDAG")) + timedelta(weeks=(v.geef("ORD") or 1) - 1), datum.reden)


def weekdag_voor(nu: Nu, v: Vangst) -> Cats:
    """de vrijdag voor kerst"""
    datum = v.geef("DATUM")
    if datum.vraag:
        return vraag(datum.reden, *datum.kandidaten)
    return vast(eerste_na(datum.dag - timedelta(days=8), v.geef("WEEKDAG")), datum.reden)


def week_van(nu: Nu, v: Vangst) -> Cats:
    """in de week van 7 december: a week, not a day"""
    datum = v.geef("DATUM")
    if datum.vraag:
        return vraag(datum.reden, *datum.kandidaten)
    maandag = datum.dag - timedelta(days=datum.dag.weekday())
    return vraag(Reden.VAAG, binnen=(maandag, maandag + timedelta(days=6)))


def vaag(nu: Nu, v: Vangst) -> Cats:
    """begin mei, eind volgende week, na de zomer, over een dag of tien"""
    binnen = None
    if "WEEKREF" in v:
        binnen = (v.geef("WEEKREF"), v.geef("WEEKREF") + timedelta(days=6))
    elif v.geef("MAANDREF", "MND", "MAFK") or v.geef("EENH") == "maand":
        begin = maandbegin(nu, v) if "EENH" not in v else nu.dag.replace(day=1)
        binnen = (begin, begin + relativedelta(months=1) - timedelta(days=1))
    return vraag(Reden.VAAG, binnen=binnen)


def vaag_bij(nu: Nu, v: Vangst) -> Cats:
    """rond 8 december, na vrijdag"""
    datum = v.geef("DATUM", "FEESTDATUM")
    return vraag(Reden.VAAG, *datum.kandidaten, binnen=datum.binnen)


def weekend(nu: Nu, v: Vangst) -> Cats:
    zaterdag = nu.maandag + timedelta(days=5)
    if "VOLGEND" in v:
        zaterdag += timedelta(days=7)
    return vraag(Reden.VAAG, zaterdag, zaterdag + timedelta(days=1))
