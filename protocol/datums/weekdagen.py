"""Weekdays: which Tuesday is meant. Where Dutch speakers differ, both readings become a question."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Optional

from dateutil.relativedelta import relativedelta

from .begrippen import Cats, Datum, Nu, een_of_vraag, eerste_na, maandbegin, vast, vraag
from .motor import Vangst
from .uitkomst import Reden


def weekdag(nu: Nu, v: Vangst) -> Cats:
    """dinsdag"""
    w = v.geef("WDAG")
    deel = "ochtend" if "MORGEN" in v else None
    if nu.dag.weekday() == w:
        return vraag(Reden.VANDAAG_OF_OVER_EEN_WEEK, nu.dag, nu.dag + timedelta(days=7), weekdag=w, dagdeel=deel)
    return vast(eerste_na(nu.dag, w), weekdag=w, dagdeel=deel)


def in_week_van(nu: Nu, bij: date, d: Datum) -> Datum:
    """ik bedoel woensdag: the Wednesday in the week of the day already known"""
    dag = bij + timedelta(days=d.weekdag - bij.weekday())
    if dag < nu.dag:
        return Datum((dag, dag + timedelta(days=7)), Reden.DEZE_IS_VOORBIJ, True, weekdag=d.weekdag, dagdeel=d.dagdeel)
    return Datum((dag,), weekdag=d.weekdag, dagdeel=d.dagdeel)


def losse_afkorting(nu: Nu, v: Vangst) -> Cats:
    """The whole message is "do" or "zo": could be a weekday, could be a word."""
    w = v.geef("LOSSE_AFK")
    return vraag(Reden.ALLEEN_AFKORTING, eerste_na(nu.dag - timedelta(days=1), w) if nu.bij is None
                 else nu.bij + timedelta(days=w - nu.bij.weekday()))


def komende_weekdag(nu: Nu, v: Vangst) -> Cats:
    return vast(eerste_na(nu.dag, v.geef("WDAG")))


def volgende_weekdag(nu: Nu, v: Vangst) -> Cats:
    w = v.geef("WDAG")
    return een_of_vraag(Reden.VOLGENDE_TWEE_LEZINGEN, eerste_na(nu.dag, w), nu.maandag + timedelta(days=7 + w))


def vorige_weekdag(nu: Nu, v: Vangst) -> Cats:
    w = v.geef("WDAG")
    laatst = eerste_na(nu.dag - timedelta(days=8), w)
    if "AFGELOPEN" in v:
        return vast(laatst)
    return een_of_vraag(Reden.VOLGENDE_TWEE_LEZINGEN, laatst, nu.maandag + timedelta(days=w - 7))


def deze_weekdag(nu: Nu, v: Vangst) -> Cats:
    dag = nu.maandag + timedelta(days=v.geef("WDAG"))
    return vast(dag) if dag >= nu.dag else vraag(Reden.DEZE_IS_VOORBIJ, dag, dag + timedelta(days=7))


def weekdag_in_week(nu: Nu, v: Vangst) -> Cats:
    """volgende week dinsdag, woensdag van deze week, dinsdag in week 50"""
    return vast(v.geef("WEEKREF") + timedelta(days=v.geef("WDAG")))


def weekdag_in_weekend(nu: Nu, v: Vangst) -> Cats:
    """komend weekend zaterdag, zondag van dit weekend"""
    w = v.geef("WDAG")
    if w < 4:
        return None
    deze = nu.maandag + timedelta(days=w)
    if "KOMEND" in v and nu.dag.weekday() >= 5:
        return vast(deze + timedelta(days=7))
    return vast(deze) if deze >= nu.dag else vraag(Reden.DEZE_IS_VOORBIJ, deze, deze + timedelta(days=7))


def weekdag_komende_week(nu: Nu, v: Vangst) -> Cats:
    """komende week dinsdag: the coming seven days, or the coming calendar week"""
    w = v.geef("WDAG")
    return een_of_vraag(Reden.WEEK_TWEE_LEZINGEN, eerste_na(nu.dag, w), nu.maandag + timedelta(days=7 + w))


def _hele_weken(d: relativedelta) -> Optional[int]:
    if d.months or d.years:
        return None
    dagen = {8: 7, 15: 14}.get(d.days, d.days)              # "over acht dagen" is a week
    return dagen // 7 if dagen % 7 == 0 else None


def weekdag_over(nu: Nu, v: Vangst) -> Cats:
    """dinsdag over een week, woensdag over 14 dagen, morgen over een week"""
    datum, afstand = v.geef("DATUM"), v.geef("DUUR")
    if datum.weekdag is None:
        if datum.vraag:
            return None
        if afstand == relativedelta(days=8):                 # "vandaag over acht dagen": for many a week
            return vraag(Reden.WEEK_TWEE_LEZINGEN, datum.dag + timedelta(days=7), datum.dag + afstand)
        return vast(datum.dag + afstand)
    weken = _hele_weken(afstand)
    if weken is None:
        return None
    if datum.vraag:                                          # said on that weekday itself
        return vraag(Reden.WEEK_TWEE_LEZINGEN, *[d + timedelta(weeks=weken) for d in datum.kandidaten])
    return vast(datum.dag + timedelta(weeks=weken), dagdeel=datum.dagdeel)


def over_op_weekdag(nu: Nu, v: Vangst) -> Cats:
    """over 3 weken op vrijdag: that day of the week that lies three weeks ahead"""
    w, weken = v.geef("WEEKDAG"), _hele_weken(v.geef("DUUR"))
    if weken is None:
        return None
    in_die_week = nu.maandag + timedelta(days=w, weeks=weken)
    return een_of_vraag(Reden.WEEK_TWEE_LEZINGEN, in_die_week, eerste_na(nu.dag - timedelta(days=1), w) + timedelta(weeks=weken))


def zoveel_weekdagen(nu: Nu, v: Vangst) -> Cats:
    """twee zondagen vanaf nu"""
    n = v.geef("NUM")
    return vast(eerste_na(nu.dag, v.geef("WDAGEN")) + timedelta(weeks=n - 1)) if n >= 1 else None


def zoveelste_weekdag(nu: Nu, v: Vangst) -> Cats:
    """de eerste maandag van december, de laatste vrijdag van volgende maand"""
    def in_maand(begin: date) -> Optional[date]:
        if "laatste" in v:
            return eerste_na(begin + relativedelta(months=1) - timedelta(days=8), v.geef("WDAG"))
        dag = eerste_na(begin - timedelta(days=1), v.geef("WDAG")) + timedelta(weeks=v.geef("ORD") - 1)
        return dag if dag.month == begin.month else None
    if "maand" in v:                                         # "van de maand": this one, or the next when that day has passed
        begin = nu.dag.replace(day=1)
        dag = in_maand(begin)
        if dag and dag >= nu.dag:
            return vast(dag)
        dag = in_maand(begin + relativedelta(months=1))
        return vast(dag, Reden.MAAND_AANGENOMEN) if dag else vraag(Reden.ONBESTAAND)
    begin = maandbegin(nu, v)
    dag, reden = in_maand(begin), Reden.GELEZEN
    if dag and dag < nu.dag and "MAANDREF" not in v and "JAAR" not in v:
        dag = in_maand(begin + relativedelta(years=1))
    if dag and dag.year > nu.dag.year and "MAANDREF" not in v and "JAAR" not in v:
        reden = Reden.JAAR_AANGENOMEN
    return vast(dag, reden) if dag else vraag(Reden.ONBESTAAND)


def oudjaar(nu: Nu, v: Vangst) -> Cats:
    """de laatste dag van het jaar"""
    return vast(date(v.geef("JAARREF") or nu.dag.year, 12, 31))


def rand_van_maand(nu: Nu, v: Vangst) -> Cats:
    """de laatste dag van oktober, de eerste dag van volgende maand"""
    def in_maand(begin: date) -> date:
        return begin + relativedelta(months=1) - timedelta(days=1) if "laatste" in v else begin + timedelta(days=v.geef("ORD") - 1)
    begin = maandbegin(nu, v) if v.geef("MAANDREF", "MND", "MAFK") else nu.dag.replace(day=1)
    dag, reden = in_maand(begin), Reden.GELEZEN
    vrij = "MAANDREF" not in v and "JAAR" not in v
    if dag < nu.dag and vrij:
        dag = in_maand(begin + (relativedelta(years=1) if v.geef("MND", "MAFK") else relativedelta(months=1)))
    if dag.year > nu.dag.year and vrij:
        reden = Reden.JAAR_AANGENOMEN
    return vast(dag, reden)
