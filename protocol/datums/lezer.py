"""From nodes to one answer: corrections, dates against weekdays, times against parts of the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import List, Optional, Tuple
from zoneinfo import ZoneInfo

from .begrippen import Datum, Nu, Tijd, eerste_na
from .dagen import eerstvolgende_dag
from .motor import Knoop
from .patronen import NIVEAUS
from .schrift import plat
from .tekens import knip
from .uitkomst import Reden, Uitkomst
from .verhaal import dag_in_vak, verteld
from .weekdagen import in_week_van

KLOK = ZoneInfo("Europe/Amsterdam")
LANGSTE_TEKST = 2000
#: Words after which only what follows counts.
_TERUGNAME = frozenset("nee neen sorry bedoel bedoelde oeps correctie pardon verbetering foutje".split())
_VERZETTEN = frozenset("verzet verzetten verplaats verplaatst verplaatsen verschuif verschuiven verschoven wijzig wijzigen "
                       "gewijzigd veranderen verander omzetten omgezet gaat ging van".split())
#: "ik zei dinsdag, maar het is woensdag"
_EERST = frozenset("zei zeg gezegd dacht stond was had schreef typte".split())
_FOUT = frozenset("fout verkeerd verkeerde onjuist".split())
_KAN = frozenset("kan kun kunnen lukt past schikt kom komt gaat ga mag wil uit".split())
_ZINSEIND = frozenset(".!?;,")


@dataclass(frozen=True)
class Correctie:
    """What was named first and what it is to become."""

    oud: Optional[Uitkomst]
    nieuw: Uitkomst


def amsterdam(nu: datetime) -> datetime:
    """A naive moment is the wall clock of Amsterdam; an aware one is converted to it."""
    return nu.replace(tzinfo=KLOK) if nu.tzinfo is None else nu.astimezone(KLOK)


def ontleed(tekst: str, moment: Nu) -> List[Knoop]:
    """The nodes of a message after all tables; also of use to explain an answer."""
    knopen = knip(tekst)
    for niveau in NIVEAUS:
        knopen = niveau.lees(moment, knopen)
    return knopen


# -- corrections ----------------------------------------------------------------------------------------------------

def _verfijn(knopen: List[Knoop], moment: Nu) -> None:
    """What only the neighbours can tell; changes the nodes in place."""
    met_dag = any("DATUM" in k.cats for k in knopen)
    for i, k in enumerate(knopen):
        buren = knopen[max(0, i - 2):i]
        na = knopen[i + 1] if i + 1 < len(knopen) else None
        if na is not None and "WEEKDAG" in k.cats and "CIJF" in na.cats and 1 <= na.cats["CIJF"] <= 31:
            # "vrijdag 11 gesprek": the eleventh, or eleven of something
            d = eerstvolgende_dag(moment, na.cats["CIJF"])
            k.cats["DATUM"] = (d if d.dag and d.dag.weekday() == k.cats["WEEKDAG"]
                               else Datum((*k.cats["DATUM"].kandidaten, *d.kandidaten), Reden.TWEE_DATUMS, True))
            continue
        if met_dag and buren and buren[-1].tekst == "om" and ("CIJF" in k.cats or "TELW" in k.cats) and k.cats["NUM"] <= 24 \
                and k.tekst != "een":
            k.cats["TIJD"] = Tijd(k.cats["NUM"], letterlijk=k.cats["NUM"] >= 13)     # "morgen om 4 <unknown word>"
        if "WEEKDAG" in k.cats and any("VOLGEND" in b.cats for b in buren):
            # "volgende keer dinsdag": which week is not said
            w = k.cats["WEEKDAG"]
            dagen = [eerste_na(moment.dag, w), moment.maandag + timedelta(days=7 + w)]
            k.cats["DATUM"] = Datum(tuple(dict.fromkeys(dagen)), Reden.VOLGENDE_TWEE_LEZINGEN, True)
        elif "WEEKDAG" in k.cats and _onbegrepen(knopen, i):
            k.cats["DATUM"] = replace(k.cats["DATUM"], reden=Reden.VAAG, vraag=True, weekdag=None)
        elif "TIJD" in k.cats and len(buren) == 2 and buren[1].tekst == "voor" and "DATUM" in buren[0].cats:
            k.cats["TIJD"] = replace(k.cats["TIJD"], vak=True)  # "vrijdag voor 12 uur" is before noon
        if moment.bij is not None and "DATUM" in k.cats and k.cats["DATUM"].weekdag is not None:
            k.cats["DATUM"] = in_week_van(moment, moment.bij, k.cats["DATUM"])


def _onbegrepen(knopen: List[Knoop], i: int) -> bool:
    """A weekday beside words that move it, which no pattern understood: "volgden week dinsdag", "dinsdag over 3 wkm"."""
    voor, na = knopen[max(0, i - 2):i], knopen[i + 1:i + 3]
    return (any(k.cats.get("EENH") in ("week", "maand") for k in voor + na)
            or (len(na) == 2 and na[0].tekst in ("over", "na") and not {"NUM", "RARE", "VOLGEND", "KOMEND"}.isdisjoint(na[1].cats)))


def _soort(knoop: Knoop) -> Optional[str]:
    return "DATUM" if "DATUM" in knoop.cats else "TIJD" if "TIJD" in knoop.cats else None


def _vervallen(knopen: List[Knoop]) -> Tuple[set, set]:
    """Positions of dates and times that were taken back, and of those that were only denied."""
    plekken = [i for i, k in enumerate(knopen) if _soort(k)]
    weg, ontkend = set(), set()
    woorden = [k.tekst for k in knopen]
    for n, i in enumerate(plekken):
        soort = _soort(knopen[i])
        ervoor = woorden[max(0, i - 3):i]
        later = next((j for j in plekken[n + 1:] if _soort(knopen[j]) == soort), None)
        tussen = woorden[i + 1:later] if later is not None else []
        if ervoor[-1:] == ["geen"] and len(plekken) > 1:
            weg.add(i)
        elif later is not None and "maar" in tussen and _EERST.intersection(ervoor[-2:]):
            weg.add(i)
        elif "niet" in ervoor[-2:] and (ervoor[-1] == "niet" or ervoor[-1] in ("op", "om", "de", "meer")):
            (weg if later is not None and "maar" in tussen else ontkend).add(i)
        elif ervoor[-2:] == ["plaats", "van"] or ervoor[-1:] in (["ipv"], ["i.p.v"]):
            weg.add(i)
        elif later is not None and "naar" in tussen[-3:] and ("van" in ervoor[-2:] or _VERZETTEN.intersection(woorden[:i])):
            weg.add(i)
        elif later is not None and _TERUGNAME.intersection(tussen):
            weg.add(i)
        elif later is not None and {"wordt", "geworden"} & set(tussen):
            weg.add(i)
        elif later is not None and ({"klopt", "niet"} <= set(tussen) or _FOUT.intersection(tussen)):
            weg.add(i)
        elif later is not None and "nu" in tussen and {"eerst", "oorspronkelijk", "vroeger"} & set(ervoor):
            weg.add(i)                                      # "eerst de 20e, nu de 21e"
        else:
            na = []
            for w in woorden[i + 1:i + 6]:
                if w in _ZINSEIND:
                    break
                na.append(w)
            andere = any(_soort(k) not in (None, soort) for k in knopen[i + 2:i + 4])     # "8 maart niet om 9 uur maar"
            if (na[:1] == ["niet"] and not andere) or ("niet" in na and _KAN.intersection(na)
                                      and not any(i < j < i + 1 + na.index("niet") and _soort(knopen[j]) == soort for j in plekken)):
                (weg if later is not None and "maar" in tussen else ontkend).add(i)
    return weg, ontkend


# -- times ----------------------------------------------------------------------------------------------------------

def _klokt(t: Tijd, deel: Optional[str]) -> Tuple[Optional[time], Optional[Reden]]:
    """The time of day that was meant, or why that cannot be said."""
    deel, uur = t.dagdeel or deel, t.uur
    if uur == 24:
        return time(0, 0), Reden.MIDDERNACHT
    if not 0 <= uur < 24:
        return None, None
    if deel in ("am", "pm"):
        uur = uur % 12 + (12 if deel == "pm" else 0) if uur <= 12 else uur
    elif deel == "middag":
        uur = uur + 12 if uur <= 10 and uur else uur
        if not 11 < uur + t.minuut / 60 < 24 or uur > 22:
            return None, Reden.DAGDEEL_SPREEKT_TEGEN
    elif deel == "avond":
        uur = uur + 12 if 4 <= uur <= 11 else uur
        if uur < 16:
            return None, Reden.DAGDEEL_SPREEKT_TEGEN
    elif deel == "ochtend":
        if uur >= 13:
            return None, Reden.DAGDEEL_SPREEKT_TEGEN
    elif deel == "nacht":
        uur = 0 if uur == 12 else uur + 12 if 9 <= uur <= 11 else uur
        if 8 < uur < 21:
            return None, Reden.DAGDEEL_SPREEKT_TEGEN
    elif not t.letterlijk and 1 <= uur <= 6:
        uur += 12                                           # office hours
    return time(uur, t.minuut), None


def _lees_tijd(knopen: List[Knoop], deel: Optional[str]) -> Tuple[Optional[time], Tuple[time, ...], Optional[Reden]]:
    """One time, or the candidates and the reason to ask."""
    lezingen: List[time] = []
    reden: Optional[Reden] = None
    for k in knopen:
        for t in (k.cats.get("TIJD"), k.cats.get("ANDERETIJD")):
            if t is None:
                continue
            uit, waarom = _klokt(t, deel)
            reden = reden or waarom or (Reden.TIJDVAK if t.vak else None)
            if uit is not None:
                lezingen.append(uit)
            if t.tot is not None:
                eind, _ = _klokt(t.tot, deel)
                if eind is not None:
                    lezingen.append(eind)
    lezingen = list(dict.fromkeys(lezingen))
    if reden is None and len(lezingen) > 1:
        reden = Reden.TWEE_TIJDEN
    if reden is None:
        return (lezingen[0] if lezingen else None), (), None
    return None, tuple(sorted(lezingen)), reden


# -- dates ----------------------------------------------------------------------------------------------------------

#: Questions between readings of one phrase: a date elsewhere in the message can settle them.
_KIEZEN = frozenset({Reden.VOLGENDE_TWEE_LEZINGEN, Reden.WEEK_TWEE_LEZINGEN, Reden.DEZE_IS_VOORBIJ})


def _verenig(datums: List[Datum]) -> Optional[Datum]:
    """All dates of a message as one: the same day said twice is one day, a weekday must agree with its date."""
    if not datums:
        return None
    vast = [d for d in datums if d.weekdag is None and not d.vraag]
    weekdagen = {d.weekdag for d in datums if d.weekdag is not None}
    vragen = [d for d in datums if d.weekdag is None and d.vraag]
    dagen = list(dict.fromkeys(d.dag for d in vast))
    if len(dagen) == 1:
        dag = dagen[0]
        gekozen = next(d for d in vast if d.dag == dag)
        # "volgende dinsdag 1 december": the date answers the question
        vragen = [d for d in vragen if not (d.binnen and d.binnen[0] <= dag <= d.binnen[1])
                  and not (d.reden in _KIEZEN and dag in d.kandidaten)]
        if weekdagen - {dag.weekday()}:
            anders = [d for d in datums if d.weekdag is not None and d.weekdag != dag.weekday()]
            reden = Reden.WEEKDAG_SPREEKT_TEGEN if not vragen else Reden.TWEE_DATUMS
            return Datum(tuple(dict.fromkeys([dag] + [k for d in anders for k in d.kandidaten])), reden, True)
        if not vragen:
            return gekozen
    elif not dagen and len(weekdagen) == 1 and not vragen:
        return next(d for d in datums if d.weekdag is not None)
    elif not dagen and not weekdagen and len({(d.kandidaten, d.reden, d.binnen) for d in vragen}) == 1:
        return vragen[0]
    elif not dagen and len(weekdagen) == 1 and len(vragen) == 1 and vragen[0].binnen:
        # "in week 50, het liefst dinsdag": the weekday inside the stretch, when there is only one
        van, tot = vragen[0].binnen
        keus = [van + timedelta(days=n) for n in range((tot - van).days + 1)
                if (van + timedelta(days=n)).weekday() in weekdagen]
        if len(keus) == 1:
            return Datum((keus[0],))
        return replace(vragen[0], kandidaten=tuple(keus))
    alle = tuple(dict.fromkeys(k for d in datums for k in d.kandidaten))
    soorten = {d.reden for d in vragen}
    reden = vragen[0].reden if len(soorten) == 1 and not dagen and not weekdagen else Reden.TWEE_DATUMS
    return Datum(alle[:8], reden, True)


# -- the answer -----------------------------------------------------------------------------------------------------

def _antwoord(knopen: List[Knoop], moment: Nu, gecorrigeerd: bool, ontkend: List[Knoop]) -> Uitkomst:
    datums = [k.cats["DATUM"] for k in knopen if "DATUM" in k.cats]
    tijdknopen = [k for k in knopen if "TIJD" in k.cats]
    delen = list(dict.fromkeys([k.cats["DAGDEEL"] for k in knopen if "DAGDEEL" in k.cats]
                               + [d.dagdeel for d in datums if d.dagdeel]))
    deel = delen[0] if len(delen) == 1 else None
    if tijdknopen and not datums:                           # "om zeven op 15"
        datums = [eerstvolgende_dag(moment, k.cats["OPDAG"]) for k in knopen if "OPDAG" in k.cats]
    if any("DAGNR" in k.cats for k in knopen):              # "de 8e ... de 9e <unknown word>": not surely one day
        datums += [eerstvolgende_dag(moment, k.cats["ORDC"]) for vorige, k in zip(knopen, knopen[1:])
                   if "ORDC" in k.cats and vorige.tekst == "de" and "DATUM" not in k.cats]
    datum = _verenig(datums)
    if datum is not None and datum.vraag and datum.reden in (Reden.WEEKDAG_SPREEKT_TEGEN, Reden.TWEE_DATUMS) and len(datums) > 1:
        plekken = [i for i, k in enumerate(knopen) if "DATUM" in k.cats]
        tussen = {k.tekst for k in knopen[plekken[0]:plekken[-1]]}
        if {"tot", "t/m", "tm", "tem"} & tussen:
            datum = replace(datum, reden=Reden.PERIODE)
        elif {"of", "en"} & tussen:
            datum = replace(datum, reden=Reden.TWEE_DATUMS)
    los = [eerstvolgende_dag(moment, k.cats["OPDAG"]) for k in knopen if "OPDAG" in k.cats]
    if not tijdknopen:                                      # "de 15e <unknown word>": a day, or the fifteenth of something
        los += [eerstvolgende_dag(moment, k.cats["ORDC"]) for vorige, k in zip(knopen, knopen[1:])
                if vorige.tekst == "de" and k.cats.get("ORDC", 0) > 3 and "DATUM" not in k.cats]
    if len(los) == 1 and datum is None and not tijdknopen and not ontkend:
        return Uitkomst("ask", candidates=los[0].kandidaten, reason=Reden.ALLEEN_GETAL, dagdeel=deel)
    tijd, tijden, tijdvraag = _lees_tijd(tijdknopen, deel)
    if ontkend and (datum is None or datum.dag is not None):
        nee_datums = [k.cats["DATUM"] for k in ontkend if "DATUM" in k.cats]
        if nee_datums and (datum is None or datum.dag < moment.dag):
            return Uitkomst("ask", None, tijd, tuple(c for d in nee_datums for c in d.kandidaten)[:8], Reden.ONTKEND, deel)
        nee_tijden = [k for k in ontkend if "DATUM" not in k.cats]
        if nee_tijden and tijd is None and not tijdvraag:
            een, meer, _ = _lees_tijd(nee_tijden, deel)
            return Uitkomst("ask", datum and datum.dag, None, (een,) if een else meer, Reden.TIJD_ONTKEND, deel)
    jaren = {j for k in knopen for j in [k.cats.get("JAARREF") or k.cats.get("JAAR")] if j and "DATUM" not in k.cats}
    if datum is None and any("JAARREF" in k.cats for k in knopen):
        return Uitkomst("ask", None, tijd, (), Reden.VAAG, deel)
    if datum is not None and datum.dag and any(j != datum.dag.year and -1 <= j - moment.dag.year <= 5 for j in jaren):
        return Uitkomst("ask", None, tijd, (datum.dag,), Reden.VAAG, deel)   # another year stands loose in the message
    if datum is not None and datum.vraag:
        return Uitkomst("ask", None, tijd, datum.kandidaten, datum.reden, deel, datum.binnen)
    dag = datum.dag if datum else None
    if tijdvraag is Reden.MIDDERNACHT and dag is None and any(k.cats["TIJD"].dagdeel == "middernacht" for k in tijdknopen):
        tijd, tijdvraag = tijden[0], None                   # only with a day is it the question of which one
    if deel == "nacht" and dag is not None and tijd is not None and tijd.hour < 7:
        return Uitkomst("ask", dag, None, (tijd,), Reden.MIDDERNACHT, deel)   # "vannacht om 3 uur": the night before or after
    if tijd is not None and len(delen) > 1:                 # 's avonds and 's ochtends in one message
        return Uitkomst("ask", dag, None, (tijd,), Reden.DAGDEEL_SPREEKT_TEGEN)
    if tijdvraag is not None:
        return Uitkomst("ask", dag, None, tijden, tijdvraag, deel)
    reden = datum.reden if datum else Reden.GELEZEN
    if gecorrigeerd and reden is Reden.GELEZEN:
        reden = Reden.CORRECTIE
    if dag is not None:
        return Uitkomst("date" if tijd is None else "datetime", dag, tijd, (), reden, deel)
    if tijd is not None:
        return Uitkomst("time", None, tijd, (), reden, deel)
    return Uitkomst("none", reason=Reden.ALLEEN_DAGDEEL if delen else Reden.GEEN, dagdeel=deel)


def _lees_beide(tekst: str, nu: datetime, bij: Optional[date]) -> Correctie:
    if not isinstance(tekst, str):
        return Correctie(None, Uitkomst("none", reason=Reden.GEEN_TEKST))
    if len(tekst) > LANGSTE_TEKST or len(plat(tekst)) > 2 * LANGSTE_TEKST:
        return Correctie(None, Uitkomst("none", reason=Reden.TE_LANG))
    moment = Nu(amsterdam(nu), bij.date() if isinstance(bij, datetime) else bij)
    knopen = ontleed(tekst, moment)
    _verfijn(knopen, moment)
    dag_in_vak(knopen)
    weg, ontkend = _vervallen(knopen)
    vervallen = weg | ontkend
    verhaal = verteld(knopen, moment, vervallen)
    blijft = [k for i, k in enumerate(knopen) if i not in vervallen and i not in verhaal]
    oude = [knopen[i] for i in sorted(weg)]
    oude += [Knoop(k.tekst, {"DATUM": k.cats["OUD"]}) for k in knopen if "OUD" in k.cats]
    oude += [Knoop(k.tekst, {"TIJD": k.cats["OUDETIJD"]}) for k in knopen if "OUDETIJD" in k.cats]
    nieuw = _antwoord(blijft, moment, bool(oude), [knopen[i] for i in sorted(ontkend)])
    return Correctie(_antwoord(oude, moment, False, []) if oude else None, nieuw)


def lees(tekst: str, nu: datetime, bij: Optional[date] = None) -> Uitkomst:
    """The date and time a Dutch message speaks of, as seen from `nu`. Never raises on any text.

    `bij` is the day already known, of the appointment being corrected: a bare day of the month is one of that month, a bare
    weekday one of that week.
    """
    return lees_correctie(tekst, nu, bij).nieuw


def lees_correctie(tekst: str, nu: datetime, bij: Optional[date] = None) -> Correctie:
    """The same, with what was taken back: "niet de 8e maar de 10e" has the 8th as `oud` and the 10th as `nieuw`."""
    try:
        return _lees_beide(tekst, nu, bij)
    except (OverflowError, ValueError):                     # a moment of asking in the very first or last days of the calendar
        return Correctie(None, Uitkomst("none", reason=Reden.GEEN))

