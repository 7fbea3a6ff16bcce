"""From text to nodes: words, numbers and the number forms of dates and times. One linear scan."""

from __future__ import annotations

import re
from typing import Dict, List, Optional

from .motor import Knoop
from .schrift import AANHALING, plat
from .spelling import promoveer, verbeter_maand, woordknopen
from .woorden import GESMEED, RANG, SMEEDBAAR, SMEEDBEGIN, WOORDEN

_STUK = re.compile(
    r"(?P<punten>[a-z](?:\.[a-z])+(?![a-z])\.?|t/m(?![a-z]))"   # a.s.  s.v.p.  t/m
    r"|(?P<getal>[0-9][0-9a-z.,:/\-]*)"                     # everything glued to a number, in one piece
    r"|(?P<woord>'s(?:-[a-z]+)?(?![a-z])|[a-z]+(?:['\-][a-z]+)*'?)"
    r"|(?P<teken>\S)")
_DELEN = re.compile(r"[0-9]+|[a-z]+|[^0-9a-z]")
_LANGSTE_GETAL = 32
_ONBEKEND: Dict[str, object] = {"RARE": True}
_RANGSLOT = ("e", "ste", "de", "en", "den", "sten")
_CITEER = "\"“”„«»"
_VOORSPEL = "€$#+_@"


def _jaar(cijfers: str) -> int:
    n = int(cijfers)
    if len(cijfers) == 4:
        return n
    return 2000 + n if n < 70 else 1900 + n


def _los_getal(cijfers: str) -> Knoop:
    if len(cijfers) > 4:
        return Knoop(cijfers, dict(_ONBEKEND))
    n = int(cijfers)
    if len(cijfers) <= 2:
        kort: Dict[str, object] = {"CIJF": n, "NUM": n}
        if n >= 20:
            kort["KORTJAAR"] = n
        if len(cijfers) == 2 and n <= 59:
            kort["MINUUT"] = n
        return Knoop(cijfers, kort)
    cats: Dict[str, object] = {"GROOT": n}
    if len(cijfers) == 4:
        if 1900 <= n <= 2199:
            cats["JAAR"] = n
        if int(cijfers[:2]) <= 24 and int(cijfers[2:]) <= 59:
            cats["VIER"] = (int(cijfers[:2]), int(cijfers[2:]))
    return Knoop(cijfers, cats)


def _vorm(delen: List[str]) -> Optional[Dict[str, object]]:
    """The categories of a pure number form such as 14-3-2027, 8/12, 14.30 or 14:30."""
    getallen, tekens = delen[::2], delen[1::2]
    if not all(g.isdigit() and len(g) <= 4 for g in getallen):
        return None
    n, lengtes = [int(g) for g in getallen], [len(g) for g in getallen]
    soort = "".join(tekens)
    if soort in ("--", "//", ".."):
        if lengtes[0] == 4 and max(lengtes[1:]) <= 2:
            return {"DMJ": (n[2], n[1], n[0])}
        if max(lengtes[:2]) <= 2 and lengtes[2] in (2, 4):
            return {"DMJ": (n[0], n[1], _jaar(getallen[2]))}
    elif soort in ("-", "/") and max(lengtes) <= 2:
        if soort == "/" and n == [24, 7]:
            return None
        return {"DM": (n[0], n[1])}
    elif soort == "." and max(lengtes) <= 2:
        return {"PT": (n[0], n[1], lengtes[1])}
    elif soort == "," and max(lengtes) <= 2:
        return {"KOMMA": (n[0], n[1], lengtes[1])}
    elif soort in (":", "::") and max(lengtes) <= 2 and lengtes[1] == 2:
        return {"KLOK": (n[0], n[1])} if n[0] <= 24 and max(n[1:]) <= 59 else None
    elif soort in (":-:", ".-.", ":-.", ".-:") and max(lengtes) <= 2 and lengtes[1] == lengtes[3] == 2:
        return {"KLOK": (n[0], n[1]), "VAK": True} if n[0] <= 24 and n[1] <= 59 and n[2] <= 24 and n[3] <= 59 else None
    return None


def _maandnummer(woord: str) -> Optional[int]:
    cats = WOORDEN.get(woord, {})
    return cats.get("MND") or cats.get("MAFK")


def _na_rangslot(woord: str) -> Optional[str]:
    """The word of the grammar that is glued to an ordinal ending, if there is one."""
    return next((woord[len(slot):] for slot in ("ste", "de", "e") if woord.startswith(slot) and woord[len(slot):] in SMEEDBAAR), None)


def _getalknopen(stuk: str) -> List[Knoop]:
    """The nodes of one run that starts with a digit. Anything odd becomes one unreadable node."""
    if len(stuk) > _LANGSTE_GETAL:
        return [Knoop(stuk[:8], dict(_ONBEKEND))]
    delen = _DELEN.findall(stuk)
    if len(delen) == 1:
        return [_los_getal(stuk)]
    # 2026-12-08t14:30 is a date and a time
    if "t" in delen and delen.count("t") == 1 and len(delen) in (9, 11):
        i = delen.index("t")
        datum, klok = _vorm(delen[:i]), _vorm(delen[i + 1:])
        if datum and klok and "DMJ" in datum and "KLOK" in klok:
            return [Knoop("".join(delen[:i]), datum), Knoop("".join(delen[i + 1:]), klok)]
    # 23-september-2020, 2/okt, 8dec
    if len(delen) <= 5:
        kern = [d for d in delen if d not in "-/."]
        if (len(kern) in (2, 3) and kern[0].isdigit() and len(kern[0]) <= 2 and _maandnummer(kern[1])
                and (len(kern) == 2 or (kern[2].isdigit() and len(kern[2]) in (2, 4)))):
            dag, maand = int(kern[0]), _maandnummer(kern[1])
            if len(kern) == 3:
                return [Knoop(stuk, {"DMJ": (dag, maand, _jaar(kern[2]))})]
            return [Knoop(kern[0], {"CIJF": dag, "NUM": dag}), Knoop(kern[1], dict(WOORDEN[kern[1]]))]
    # 14u30
    if len(delen) == 3 and delen[1] in ("u", "h", "uur") and len(delen[0]) <= 2 and len(delen[2]) == 2:
        uur, minuut = int(delen[0]), int(delen[2])
        return [Knoop(stuk, {"KLOK": (uur, minuut)} if uur <= 24 and minuut <= 59 else dict(_ONBEKEND))]
    cats = _vorm(delen)
    if cats:
        return [Knoop(stuk, cats)]
    # 14e, 15u, 14u30, 10.30u, 3weken: a number form and words in turn
    knopen: List[Knoop] = []
    i = 0
    while i < len(delen):
        if delen[i].isdigit():
            j = i
            while j + 2 < len(delen) and delen[j + 1] in ".:/-" and delen[j + 2].isdigit():
                j += 2
            if i == j:
                knopen.append(_los_getal(delen[i]))
            else:
                cats = _vorm(delen[i:j + 1])
                if not cats:
                    return [Knoop(stuk[:8], dict(_ONBEKEND))]
                knopen.append(Knoop("".join(delen[i:j + 1]), cats))
            i = j + 1
        elif delen[i] in _RANGSLOT and knopen and "CIJF" in knopen[-1].cats and i == 1:
            n = knopen[-1].cats["CIJF"]
            if not 1 <= n <= 31:
                return [Knoop(stuk[:8], dict(_ONBEKEND))]
            knopen[-1] = Knoop(stuk, {"ORD": n, "ORDC": n, RANG.get(n, ""): True})
            i += 1
        elif delen[i].isalpha() and (delen[i] in GESMEED or delen[i] in WOORDEN or delen[i] in SMEEDBEGIN or delen[i] in ("tot", "tm")):
            knopen.extend(woordknopen(delen[i], True))
            i += 1
        elif i == 1 and "CIJF" in knopen[0].cats and (rest := _na_rangslot(delen[i])):
            n = knopen[0].cats["CIJF"]                      # 2ekerstdag, 8edecember
            knopen[0] = Knoop(delen[0], {"ORD": n, "ORDC": n, RANG.get(n, ""): True})
            knopen.extend(woordknopen(rest, True))
            i += 1
        elif delen[i] == "." and knopen and "UURKORT" in knopen[-1].cats:
            i += 1                                          # 14u.30
        elif delen[i] in ("-", "/") and knopen and not knopen[-1].cats.keys().isdisjoint(("UUR", "UURKORT")):
            knopen.append(Knoop("-", {}))
            i += 1
        else:
            return [Knoop(stuk[:8], dict(_ONBEKEND))]
    return knopen


def _wis_reeksen(knopen: List[Knoop]) -> None:
    """Three bare numbers in a row are a telephone number or the like, unless they are day month year."""
    i = 0
    while i < len(knopen):
        j = i
        while j < len(knopen) and ("CIJF" in knopen[j].cats or "GROOT" in knopen[j].cats or "RARE" in knopen[j].cats):
            j += 1
        if j - i >= 3:
            kop = knopen[i:i + 3]
            if not (j - i == 3 and "JAAR" in kop[2].cats and "CIJF" in kop[0].cats and "CIJF" in kop[1].cats):
                for k in knopen[i:j]:
                    k.cats = dict(_ONBEKEND)
        i = max(j, i + 1)


def knip(tekst: str) -> List[Knoop]:
    """The nodes of a message."""
    bron = tekst.translate(AANHALING)
    vlak = plat(tekst)
    hoofdletters = len(bron) == len(vlak)                   # positions only agree when nothing was added or removed
    schreeuwt = tekst.isupper()
    knopen: List[Knoop] = []
    vorig_eind = 0
    for m in _STUK.finditer(vlak):
        stuk, begin = m.group(), m.start()
        los = begin == 0 or vlak[begin - 1].isspace() or vlak[begin - 1] in "(,;'\"[:/|"
        if m.lastgroup == "punten":
            kort = stuk.rstrip(".")
            knopen.append(Knoop(kort, dict(WOORDEN.get(kort, {}))))
        elif m.lastgroup == "getal":
            kern = stuk.rstrip(".,:/-")
            voor = vlak[begin - 1] if begin else " "
            if voor in _VOORSPEL or (voor in "-/" and begin > 1 and not vlak[begin - 2].isspace()
                                     and not (len(knopen) > 1 and knopen[-1].tekst in ("-", "/")
                                              and not knopen[-2].cats.keys().isdisjoint(("WDAG", "WAFK", "MND", "MAFK")))):
                knopen.append(Knoop(kern[:8], dict(_ONBEKEND)))
            elif voor.isalpha() and not (knopen and knopen[-1].cats.keys() - {"VOLG", "RARE", "GETELD"}
                                         or knopen and knopen[-1].tekst in ("half", "over", "voor", "kwart", "om", "op")):
                knopen.append(Knoop(kern[:8], dict(_ONBEKEND)))
            else:
                knopen.extend(_getalknopen(kern))
            for c in stuk[len(kern):][:2]:
                knopen.append(Knoop(c, {}))
        elif m.lastgroup == "woord":
            woord = stuk[:-1] if stuk.endswith("'") and len(stuk) > 2 else stuk
            # a capital inside a sentence may be a name
            naam = (hoofdletters and not schreeuwt and bool(knopen) and knopen[-1].tekst not in ".!?:"
                    and bron[begin:begin + 1].isupper())
            nieuw = woordknopen(woord, naam)
            if woord in ("een", "een'") and hoofdletters and bron[begin:begin + 1] in "éÉ":
                nieuw[0].cats["EEN"] = True
            if not los and nieuw and "-" in vlak[max(0, begin - 1):begin] and "WAFK" in nieuw[0].cats:
                nieuw[0].cats.pop("WAFK")
            knopen.extend(nieuw)
        else:
            # the full stop of a short form belongs to it
            if stuk == "." and knopen and begin == vorig_eind and ("MAFK" in knopen[-1].cats or "WAFK" in knopen[-1].cats
                                                                    or "KOMEND" in knopen[-1].cats
                                                                    or knopen[-1].tekst in ("nr", "tel", "art", "ca", "u", "v")):
                knopen[-1].cats["PUNT"] = True
            elif stuk not in _CITEER and not (knopen and knopen[-1].tekst == stuk and begin == vorig_eind):   # "!!!" is one mark
                knopen.append(Knoop(stuk, dict(WOORDEN.get(stuk, {}))))
        vorig_eind = m.end()
    for vorige, knoop in zip(knopen, knopen[1:]):
        if not knoop.cats and ("CIJF" in vorige.cats or "ORD" in vorige.cats) and (maand := verbeter_maand(knoop.tekst)):
            knoop.tekst, knoop.cats = maand, dict(WOORDEN[maand])
        if "UURKORT" in knoop.cats and not vorige.cats.keys().isdisjoint(("CIJF", "KLOK", "PT", "DM", "VIER")):
            knoop.cats["UUR"] = True
    _wis_reeksen(knopen)
    promoveer(knopen)
    return knopen
