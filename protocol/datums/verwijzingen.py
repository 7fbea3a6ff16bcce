"""Numbers, years, weeks, months and lengths of time: the parts dates are made of."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .begrippen import Cats, Nu
from .motor import Vangst


def jaartal(nu: Nu, v: Vangst) -> Cats:
    return {"JAAR": 2000 + (v.geef("NUM") or 0)}


def samengesteld_getal(nu: Nu, v: Vangst) -> Cats:
    een, tien = v.alle("TELW")
    return {"NUM": een + tien, "TELW": een + tien} if 1 <= een <= 9 and tien in (20, 30, 40, 50) else None


def een(nu: Nu, v: Vangst) -> Cats:
    return {"NUM": 1, "TELW": 1}


def kort_jaartal(nu: Nu, v: Vangst) -> Cats:
    return {"JAAR": 2000 + v.geef("CIJF")}


def rangtelwoord(nu: Nu, v: Vangst) -> Cats:
    n = v.geef("CIJF")
    return {"ORD": n, "ORDC": n} if 1 <= n <= 31 else None


def feestnaam(naam: str):
    def actie(nu: Nu, v: Vangst) -> Cats:
        return {"FEEST": naam}
    return actie


def week(verschil: int):
    def actie(nu: Nu, v: Vangst) -> Cats:
        return {"WEEKREF": nu.maandag + timedelta(weeks=verschil), "VOLG": True}
    return actie


def komende_week(nu: Nu, v: Vangst) -> Cats:
    return {"KOMENDEWEEK": True, "VOLG": True}


def weeknummer(nu: Nu, v: Vangst) -> Cats:
    n = v.geef("CIJF")
    jaar = v.geef("JAAR")
    if not 1 <= n <= 53:
        return None
    maandag = date.fromisocalendar(jaar or nu.maandag.isocalendar()[0], n, 1)
    if jaar is None and maandag + timedelta(days=6) < nu.dag:
        maandag = date.fromisocalendar(nu.maandag.isocalendar()[0] + 1, n, 1)
    return {"WEEKREF": maandag, "VOLG": True}


def maand(verschil: int):
    def actie(nu: Nu, v: Vangst) -> Cats:
        return {"MAANDREF": nu.dag.replace(day=1) + relativedelta(months=verschil), "VOLG": True}
    return actie


def jaar(verschil: int):
    def actie(nu: Nu, v: Vangst) -> Cats:
        return {"JAAR": nu.dag.year + verschil, "JAARREF": nu.dag.year + verschil, "VOLG": True}
    return actie


def duur(nu: Nu, v: Vangst) -> Cats:
    uit = relativedelta()
    for n, eenheid in zip(v.alle("NUM"), v.alle("EENH")):
        uit += {"dag": relativedelta(days=n), "week": relativedelta(weeks=n), "maand": relativedelta(months=n),
                "jaar": relativedelta(years=n)}[eenheid]
    return {"DUUR": uit}


def vage_duur(nu: Nu, v: Vangst) -> Cats:
    return {"VAGEDUUR": True}
