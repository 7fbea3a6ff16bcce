"""Clock times, parts of the day and stretches of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any, Optional

from .begrippen import GEEN, Cats, Nu, Tijd, vast
from .motor import Vangst


def tijd_knoop(uur: int, minuut: int = 0, **meer: Any) -> Cats:
    if not (0 <= uur <= 24 and 0 <= minuut <= 59) or (uur == 24 and minuut):
        return None
    return {"TIJD": Tijd(uur, minuut, **meer), "VOLG": True}


def op_klok(minuten: int) -> Cats:
    """Spoken time: minutes counted from 12 o'clock."""
    minuten %= 24 * 60
    uur, minuut = divmod(minuten, 60)
    return tijd_knoop(uur or 12 if minuten < 12 * 60 else uur, minuut, letterlijk=uur >= 13)


def heel_uur(nu: Nu, v: Vangst) -> Cats:
    """3 uur, om 3"""
    n = v.geef("NUM", "CIJF", "TELW")
    if n is None or n > 24:
        return None
    if n == 24 and not {"om", "rond", "tegen"} & {s for s, _ in v.delen}:
        return dict(GEEN)                                    # "24 uur" is a day long
    return tijd_knoop(n, letterlijk=n >= 13 or n == 0, dagdeel=v.geef("AMPM"))


def uur_minuten(nu: Nu, v: Vangst) -> Cats:
    """3 uur 20, 14u30, vijftien uur dertig"""
    n, m = v.alle("NUM", "MINUUT", "TELW")
    if "TELW" in v and (m % 5 or m < 10):                   # "10 uur een afspraak" names no minutes
        return None
    return tijd_knoop(n, m, letterlijk=n >= 13 or n == 0, dagdeel=v.geef("AMPM"))


def uurvorm(nu: Nu, v: Vangst) -> Cats:
    """om negenen, tegen tienen; "na vieren" is a stretch"""
    return tijd_knoop(v.geef("UURVORM"), vak=bool({"na", "voor", "tot"} & {s for s, _ in v.delen}))


def bij_dag(nu: Nu, v: Vangst) -> Cats:
    """14 dec 10 30, dinsdag 1030: within the day's hours only"""
    uur, minuut = v.geef("VIER") or v.alle("CIJF", "MINUUT")
    datum = v.geef("DATUM")
    tijd = tijd_knoop(uur, minuut, letterlijk=True) if 7 <= uur <= 22 else None
    return tijd and {**tijd, "DATUM": datum, **({} if datum.weekdag is None else {"WEEKDAG": datum.weekdag})}


def uren_en_minuten(nu: Nu, v: Vangst) -> Cats:
    """om zeven uur en dertig minuten"""
    n, m = v.alle("NUM")
    return tijd_knoop(n, m, letterlijk=n >= 13 or n == 0)


def half_uur(nu: Nu, v: Vangst) -> Cats:
    n = v.geef("NUM")
    return op_klok(n * 60 - 30) if 1 <= n <= 12 else None


def over_uur(nu: Nu, v: Vangst) -> Cats:
    """kwart over 2, 10 over half 3, tien minuten over acht"""
    return _verschoven(v, 1)


def voor_uur(nu: Nu, v: Vangst) -> Cats:
    """kwart voor 10, tien voor half vier"""
    return _verschoven(v, -1)


def _verschoven(v: Vangst, teken: int) -> Cats:
    n = v.alle("NUM", "TELW", "CIJF")
    minuten, uur = (15, n[0]) if "kwart" in v else (n[0], n[-1])
    if minuten == 1 and "MIN" not in v:                     # "een voor een"
        return None
    if not 1 <= minuten <= 29 or not 0 <= uur <= (12 if "half" in v else 24):
        return None
    return op_klok(uur * 60 - (30 if "half" in v else 0) + teken * minuten)


def klok(nu: Nu, v: Vangst) -> Cats:
    """14:30"""
    uur, minuut = v.geef("KLOK")
    return tijd_knoop(uur, minuut, letterlijk=True, dagdeel=v.geef("AMPM"))


def _minuten_van_klok(v: Vangst, teken: int) -> Cats:
    uur, minuut = (v.geef("KLOK") or v.geef("PT"))[:2]
    uur, minuut = divmod((uur * 60 + minuut + teken * v.geef("NUM")) % (24 * 60), 60)
    return tijd_knoop(uur, minuut, letterlijk=True)


def minuten_over_klok(nu: Nu, v: Vangst) -> Cats:
    """3 minuten na 22:10"""
    return _minuten_van_klok(v, 1)


def minuten_voor_klok(nu: Nu, v: Vangst) -> Cats:
    return _minuten_van_klok(v, -1)


def vier_cijfers(nu: Nu, v: Vangst) -> Cats:
    """1430 uur"""
    uur, minuut = v.geef("VIER")
    return tijd_knoop(uur, minuut, letterlijk=True)


def punt_tijd(nu: Nu, v: Vangst) -> Cats:
    """14.30"""
    uur, minuut, lengte = v.geef("PT")
    return tijd_knoop(uur, minuut, letterlijk=True, dagdeel=v.geef("AMPM")) if lengte == 2 else None


def komma_tijd(nu: Nu, v: Vangst) -> Cats:
    """14,30 uur; "2,5 uur" is a length"""
    uur, minuut, lengte = v.geef("KOMMA")
    return tijd_knoop(uur, minuut, letterlijk=True) if lengte == 2 else dict(GEEN)


def dm_uur(nu: Nu, v: Vangst) -> Cats:
    """10-11 uur: from ten"""
    a, b = v.geef("DM")
    return tijd_knoop(a, letterlijk=a >= 13) if a < b <= 24 else None


def vaste_tijd(uur: int):
    def actie(nu: Nu, v: Vangst) -> Cats:
        return tijd_knoop(uur, letterlijk=True)
    return actie


def middernacht(nu: Nu, v: Vangst) -> Cats:
    return tijd_knoop(24, dagdeel="middernacht")


def rond_middernacht(nu: Nu, v: Vangst) -> Cats:
    """kwart voor middernacht"""
    minuten = 15 if "kwart" in v else 30 if "half" in v else v.geef("NUM")
    uur, minuut = divmod((-minuten if "voor" in v else minuten) % (24 * 60), 60)
    return tijd_knoop(uur, minuut, letterlijk=True)


def dagdeel(nu: Nu, v: Vangst) -> Cats:
    return {"DAGDEEL": v.geef("DEELS", "DEEL") or "ochtend", "VOLG": True}


def als_dagdeel(deel: str):
    def actie(nu: Nu, v: Vangst) -> Cats:
        return {"DAGDEEL": deel, "VOLG": True}
    return actie


def _lengte(v: Vangst) -> Optional[int]:
    """Minutes: a quarter, a half hour, anderhalf uur, 2,5 uur, 20 minuten, 2 uur en een kwartier."""
    if "kwartier" in v or "kwartiertje" in v:
        return 15 + 60 * (v.geef("NUM") or 0)
    if "anderhalf" in v:
        return 90
    breuk = v.geef("KOMMA", "PT")
    if breuk is not None:
        return breuk[0] * 60 + 30 if breuk[1:] == (5, 1) else None
    uren, minuten = (v.alle("NUM") + [0, 0])[:2]
    if "UUR" not in v:
        return uren
    return uren * 60 + minuten + (30 if "half" in v else 0)


def over_uren(nu: Nu, v: Vangst) -> Cats:
    """over 2 uur, over een half uur, over 20 minuten"""
    minuten = _lengte(v)
    if minuten is None:
        return None
    dan = (nu.moment.astimezone(timezone.utc) + timedelta(minutes=minuten)).astimezone(nu.moment.tzinfo)
    return {**vast(dan.date()), "TIJD": Tijd(dan.hour, dan.minute, True)}


def _als_tijd(w: Any) -> Tijd:
    return w if isinstance(w, Tijd) else Tijd(w, letterlijk=w >= 13)


def begin_van_vak(nu: Nu, v: Vangst) -> Cats:
    """van 10 tot 11: the start"""
    van, tot = [_als_tijd(w) for w in v.alle("NUM", "TIJD")]
    if van.uur > 24 or tot.uur > 24:
        return None
    return {"TIJD": replace(van, dagdeel=van.dagdeel or tot.dagdeel), "VOLG": True}


def tussen(nu: Nu, v: Vangst) -> Cats:
    """tussen 2 en 3: which of them is for the person to say"""
    van, tot = [_als_tijd(w) for w in v.alle("NUM", "TIJD")]
    return {"TIJD": replace(van, vak=True, tot=tot), "VOLG": True} if van.uur <= 24 and tot.uur <= 24 else None


def na_tijd(nu: Nu, v: Vangst) -> Cats:
    return {"TIJD": replace(v.geef("TIJD"), vak=True), "VOLG": True}


def een_van_twee(nu: Nu, v: Vangst) -> Cats:
    """3 of 4 uur"""
    a, b = [_als_tijd(w) for w in v.alle("NUM", "TIJD")]
    return {"TIJD": a, "ANDERETIJD": b, "VOLG": True} if a.uur <= 24 else None


def nieuwe_tijd(nu: Nu, v: Vangst) -> Cats:
    """van 3 naar 4 uur"""
    return {"TIJD": v.alle("NUM", "TIJD")[-1], "OUDETIJD": _als_tijd(v.alle("NUM", "TIJD")[0]), "VOLG": True}


def twee_getallen(nu: Nu, v: Vangst) -> Cats:
    """14 30 uur"""
    return tijd_knoop(*v.alle("CIJF", "MINUUT"), letterlijk=True)


def uur_en_grote_minuten(nu: Nu, v: Vangst) -> Cats:
    """14 30 uur; "maart 14 10 uur" is a day and an hour"""
    return twee_getallen(nu, v) if v.geef("MINUUT") > 24 else None


def een_uur(nu: Nu, v: Vangst) -> Cats:
    """Without an accent or a preposition "een uur" is a length of time."""
    return dict(GEEN)


def dagdeel_uur(nu: Nu, v: Vangst) -> Cats:
    """'s ochtends om 9"""
    uur = heel_uur(nu, v)
    return uur and {**uur, **dagdeel(nu, v)}
