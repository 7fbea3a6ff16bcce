"""Dutch dates: a table for every way of saying them, and the bars on the shared measuring rows when those are at hand."""

from __future__ import annotations

import json
import subprocess
import sys
import time as klok
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from protocol.datums import Reden, lees, lees_correctie, schrijf_datum, schrijf_tijd

WORTEL = Path(__file__).resolve().parents[2]
MAANDAG = datetime(2026, 11, 23, 10, 15)                    # Monday 23 November 2026
DAGEN = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]


def d(dag: int, maand: int, jaar: int = 2026) -> date:
    return date(jaar, maand, dag)


def dag_van(tekst: str, nu: datetime = MAANDAG) -> date:
    uit = lees(tekst, nu)
    assert uit.outcome in ("date", "datetime"), (tekst, uit)
    return uit.date


@pytest.mark.parametrize("tekst, verwacht", [
    ("vandaag", d(23, 11)), ("morgen graag", d(24, 11)), ("het is overmorgen", d(25, 11)), ("gisteren", d(22, 11)),
    ("eergisteren", d(21, 11)), ("vanmiddag", d(23, 11)), ("morgenochtend", d(24, 11)), ("morgen ochtend", d(24, 11)),
    ("overmorgenmiddag", d(25, 11)), ("de volgende dag", d(24, 11)), ("de dag na morgen", d(25, 11)),
    # coming days
    ("aanstaande donderdag", d(26, 11)), ("a.s. donderdag", d(26, 11)), ("donderdag a.s.", d(26, 11)), ("as donderdag", d(26, 11)),
    ("aankomende donderdag", d(26, 11)), ("komende maandag", d(30, 11)), ("eerstvolgende zondag", d(29, 11)),
    ("deze vrijdag", d(27, 11)), ("deze maandag", d(23, 11)), ("deze week zaterdag", d(28, 11)), ("zondag van deze week", d(29, 11)),
    ("volgende week dinsdag", d(1, 12)), ("dinsdag volgende week", d(1, 12)), ("volgende week op zondag", d(6, 12)),
    ("volgende maandag", d(30, 11)),                        # both readings fall together
    ("dinsdag over een week", d(1, 12)), ("vrijdag over twee weken", d(11, 12)), ("woensdag over 14 dagen", d(9, 12)),
    ("over 3 weken op vrijdag", d(18, 12)), ("over een week op dinsdag", d(1, 12)), ("dinsdag in week 51", d(15, 12)),
    ("vorige week dinsdag", d(17, 11)), ("afgelopen vrijdag", d(20, 11)), ("vrijdagmiddag", d(27, 11)),
    ("dinsdag in de ochtend", d(24, 11)), ("woensdag morgen", d(25, 11)), ("morgen, dinsdag dus", d(24, 11)),
    # distances
    ("over 10 dagen", d(3, 12)), ("over twee weken", d(7, 12)), ("over een maand", d(23, 12)), ("over 14 dagen", d(7, 12)),
    ("over een week", d(30, 11)), ("in 4 dagen", d(27, 11)), ("vandaag over een week", d(30, 11)), ("een week later", d(30, 11)),
    ("morgen over 14 dagen", d(8, 12)), ("over 1 week en 3 dagen", d(3, 12)), ("3 weken vanaf morgen", d(15, 12)),
    ("10 dagen na 8 december", d(18, 12)), ("5 dagen geleden", d(18, 11)), ("twee vrijdagen vanaf nu", d(4, 12)),
    # a day of the month
    ("de 28e", d(28, 11)), ("op de 23e", d(23, 11)), ("de 12e", d(12, 12)), ("de veertiende", d(14, 12)),
    ("ik moet de 14de komen", d(14, 12)), ("donderdag de 10e", d(10, 12)), ("de 3e van volgende maand", d(3, 12)),
    ("volgende maand op de 9e", d(9, 12)), ("de eerste maandag van december", d(7, 12)), ("de 31e", d(31, 12)),
    ("de laatste vrijdag van november", d(27, 11)), ("derde dinsdag van januari 2027", d(19, 1, 2027)),
    ("laatste dag van februari 2028", d(29, 2, 2028)), ("de eerste dag van volgende maand", d(1, 12)),
    # day and month
    ("14 maart", d(14, 3, 2027)), ("14 mrt.", d(14, 3, 2027)), ("14-3", d(14, 3, 2027)), ("14/3/2027", d(14, 3, 2027)),
    ("2027-03-14", d(14, 3, 2027)), ("14.3.2027", d(14, 3, 2027)), ("14-03-'27", d(14, 3, 2027)), ("14 maart 28", d(14, 3, 2028)),
    ("veertien maart tweeduizend achtentwintig", d(14, 3, 2028)), ("maart 14", d(14, 3, 2027)), ("14mrt2027", d(14, 3, 2027)),
    ("14-mrt-2027", d(14, 3, 2027)), ("03-04", d(3, 4, 2027)), ("de eenentwintigste van april", d(21, 4, 2027)),
    ("één december", d(1, 12)), ("de 8e van de 12e", d(8, 12)), ("8. dec. 2026", d(8, 12)), ("op 5/1", d(5, 1, 2027)), ("dinsdag 8 december", d(8, 12)), ("di. 8 dec.", d(8, 12)),
    ("dinsdag, 8-12", d(8, 12)), ("zo 13 dec", d(13, 12)), ("8 december volgend jaar", d(8, 12, 2027)),
    ("volgend jaar 8 december", d(8, 12, 2027)), ("8 december aanstaande", d(8, 12)), ("12 mei 2020", d(12, 5, 2020)),
    # named days
    ("Tweede Paasdag", d(29, 3, 2027)), ("2e kerstdag", d(26, 12)), ("eerste kerstdag", d(25, 12)), ("kerst", d(25, 12)),
    ("Hemelvaart", d(6, 5, 2027)), ("dag na Koningsdag", d(28, 4, 2027)), ("oudjaarsdag", d(31, 12)), ("nieuwjaarsdag", d(1, 1, 2027)),
    ("Koningsdag 2025", d(26, 4, 2025)), ("goede vrijdag", d(26, 3, 2027)), ("sinterklaas", d(5, 12)), ("paasmaandag", d(29, 3, 2027)),
    ("pinksteren 2028", d(4, 6, 2028)), ("de maandag na kerst", d(28, 12)), ("de dag voor kerst", d(24, 12)),
    ("Allerheiligen", d(1, 11, 2027)), ("moederdag", d(9, 5, 2027)), ("vrijdag de 4e, dus 4 december", d(4, 12)),
    ("volgende dinsdag 1 december", d(1, 12)), ("8 december, een dinsdag", d(8, 12)), ("dinsdag 8 december (week 50)", d(8, 12)),
    ("8 december op de 2e verdieping", d(8, 12)),
])
def test_dag(tekst, verwacht):
    assert dag_van(tekst) == verwacht


@pytest.mark.parametrize("tekst, verwacht", [
    ("half drie", "14:30"), ("om half 3", "14:30"), ("halfdrie", "14:30"), ("half een", "12:30"), ("half acht", "07:30"),
    ("half zeven", "18:30"), ("kwart over 2", "14:15"), ("kwart voor tien", "09:45"), ("kwart na 2", "14:15"),
    ("kwartoverdrie", "15:15"), ("tien voor half vier", "15:20"), ("5 over half 4", "15:35"), ("vijf voor 12", "11:55"),
    ("20 minuten over acht", "08:20"), ("14.30", "14:30"), ("14:30 u", "14:30"), ("8:00", "08:00"), ("15u", "15:00"),
    ("14u30", "14:30"), ("9h15", "09:15"), ("1430 uur", "14:30"), ("14 uur 30", "14:30"), ("twee uur 's middags", "14:00"),
    ("12 uur", "12:00"), ("12 uur 's nachts", "00:00"), ("om drie uur", "15:00"), ("om 3", "15:00"), ("om 7 uur", "07:00"),
    ("zes uur", "18:00"), ("één uur", "13:00"), ("om een uur", "13:00"), ("rond een uur of 3", "15:00"), ("7 uur 's avonds", "19:00"),
    ("’s ochtends om 6 uur", "06:00"), ("van 10 tot 11", "10:00"), ("10.00-11.00 uur", "10:00"), ("9-10 uur", "09:00"),
    ("van half 3 tot half 4", "14:30"), ("7:30 pm", "19:30"), ("kwart over 3 's nachts", "03:15"), ("middernacht", "00:00"),
    ("half vier in de namiddag", "15:30"), ("3 minuten na 14.10", "14:13"), ("20:15:33", "20:15"), ("om zeven uur en dertig minuten", "07:30"),
])
def test_tijd(tekst, verwacht):
    uit = lees(tekst, MAANDAG)
    assert (uit.outcome, uit.date) == ("time", None), uit
    assert uit.time.strftime("%H:%M") == verwacht


@pytest.mark.parametrize("tekst, dag, tijd", [
    ("di 8 dec half 3 in Zwolle", d(8, 12), "14:30"),
    ("ik moet de 14e om kwart voor 10 komen", d(14, 12), "09:45"),
    ("volgende week woensdag 14u bij de verzekeringsarts", d(2, 12), "14:00"),
    ("Goedemiddag, op dinsdag 8 december 2026 om 14.30 uur heb ik een gesprek in kamer 12, mag ik filmen?", d(8, 12), "14:30"),
    ("morgen om 10 uur een gesprek met de arts", d(24, 11), "10:00"),
    ("vrijdagochtend 9 uur", d(27, 11), "09:00"),
    ("donderdagavond half 8", d(26, 11), "19:30"),
    ("half zes morgenavond", d(24, 11), "17:30"),
    ("overmorgen van 13.00 tot 14.00 uur", d(25, 11), "13:00"),
    ("8/12 13u15", d(8, 12), "13:15"),
    ("om 20:00 op 15", d(15, 12), "20:00"),
    ("2026-12-08T14:30", d(8, 12), "14:30"),
    ("wo om 10", d(25, 11), "10:00"),
    ("2e kerstdag kwart over 2", d(26, 12), "14:15"),
    ("over 2 uur", d(23, 11), "12:15"),
    ("'t is den 15e om negen uur", d(15, 12), "09:00"),
    ("dinsdag over een week kwart na 2 in de namiddag", d(1, 12), "14:15"),
    ("vrijdag van 10-12", d(27, 11), "10:00"),
])
def test_dag_en_tijd(tekst, dag, tijd):
    uit = lees(tekst, MAANDAG)
    assert (uit.outcome, uit.date, uit.time.strftime("%H:%M")) == ("datetime", dag, tijd)


ZO_GEZEGD = {"8 december": d(8, 12), "di. 8 dec.": d(8, 12), "dinsdag de achtste": d(8, 12), "8-12-2026": d(8, 12), "de 8e": d(8, 12),
             "morgen": d(24, 11), "dinsdag volgende week": d(1, 12), "vrijdag over 14 dagen": d(11, 12), "a.s. donderdag": d(26, 11),
             "over 2 weken": d(7, 12), "2e kerstdag": d(26, 12), "de eerste maandag van december": d(7, 12), "de 3e van volgende maand": d(3, 12)}
ZO_LAAT = {"half 3": "14:30", "kwart voor tien": "09:45", "5 over half 4": "15:35", "14.30": "14:30", "14u30": "14:30", "9u": "09:00",
           "3 uur": "15:00", "10 uur 30": "10:30", "9 uur 's ochtends": "09:00", "10-11 uur": "10:00", "van 10 tot 11 uur": "10:00",
           "één uur": "13:00", "om 3": "15:00", "rond 11 uur": "11:00"}


@pytest.mark.parametrize("zin", ["{d} {t}", "{d}, {t}", "{t}, {d}", "ik heb {d} {t} een afspraak", "Het is op {d}, {t} in Zwolle.",
                                 "{d} moet ik {t} komen", "kan ik {d} filmen? het is {t}", "{t} op {d} bij de arts"])
def test_elke_dag_met_elke_tijd_in_elke_zin(zin):
    for gezegd, dag in ZO_GEZEGD.items():
        for laat, tijd in ZO_LAAT.items():
            tekst = zin.format(d=gezegd, t=laat)
            uit = lees(tekst, MAANDAG)
            assert uit.outcome == "datetime", (tekst, uit)
            assert (uit.date, uit.time.strftime("%H:%M")) == (dag, tijd), (tekst, uit)


@pytest.mark.parametrize("tekst, dag", [
    ("dondedag", d(26, 11)), ("vrijdagmidag", d(27, 11)), ("volgnede week woensdag", d(2, 12)), ("3 februarie", d(3, 2, 2027)),
    ("3 febuari", d(3, 2, 2027)), ("zateradg", d(28, 11)), ("aanstaaande vrijdag", d(27, 11)), ("overmrgen", d(25, 11)),
    ("8 desember", d(8, 12)), ("volgendeweek dinsdag", d(1, 12)), ("hemmelvaartsdag", d(6, 5, 2027)), ("VRIJDAGH", d(27, 11)),
])
def test_tikfouten(tekst, dag):
    assert dag_van(tekst) == dag


@pytest.mark.parametrize("tekst", ["meneer Zondach", "ga daar vandaan", "volgens mij", "mevrouw Maandag", "Vrijdagh is mijn naam niet".replace(
    "Vrijdagh", "de heer Vrijdagh")])
def test_namen_en_gewone_woorden_blijven_heel(tekst):
    assert lees(tekst, MAANDAG).outcome == "none"


@pytest.mark.parametrize("tekst, reden, kandidaten", [
    ("maandag", Reden.VANDAAG_OF_OVER_EEN_WEEK, (d(23, 11), d(30, 11))),
    ("volgende vrijdag", Reden.VOLGENDE_TWEE_LEZINGEN, (d(27, 11), d(4, 12))),
    ("maandag over een week", Reden.WEEK_TWEE_LEZINGEN, (d(30, 11), d(7, 12))),
    ("dinsdag 9 december", Reden.WEEKDAG_SPREEKT_TEGEN, (d(9, 12), d(8, 12))),
    ("vrijdag 8-12-2026", Reden.WEEKDAG_SPREEKT_TEGEN, (d(8, 12), d(11, 12))),
    ("8 of 9 december", Reden.TWEE_DATUMS, (d(8, 12), d(9, 12))),
    ("dinsdag of woensdag", Reden.TWEE_DATUMS, (d(24, 11), d(25, 11))),
    ("8 december of 9", Reden.TWEE_DATUMS, (d(8, 12), d(9, 12))), ("de 8e of 9e", Reden.TWEE_DATUMS, (d(8, 12), d(9, 12))),
    ("het is 8 december en ook 10 december", Reden.TWEE_DATUMS, (d(8, 12), d(10, 12))),
    ("van 3 tot 5 maart", Reden.PERIODE, (d(3, 3, 2027), d(5, 3, 2027))),
    ("30 februari", Reden.ONBESTAAND, ()), ("31-4-2027", Reden.ONBESTAAND, ()), ("29 februari 2027", Reden.ONBESTAAND, ()),
    ("begin mei", Reden.VAAG, ()), ("ergens in april", Reden.VAAG, ()), ("eind van de maand", Reden.VAAG, ()),
    ("na de kerst", Reden.VAAG, (d(25, 12),)), ("over een dag of tien", Reden.VAAG, ()), ("eind volgende week", Reden.VAAG, ()),
    ("volgende maand", Reden.VAAG, ()), ("over een paar weken", Reden.VAAG, ()), ("rond 8 december", Reden.VAAG, (d(8, 12),)),
    ("volgend jaar", Reden.VAAG, ()), ("over 2 à 3 weken", Reden.VAAG, ()), ("in de week van 7 december", Reden.VAAG, ()),
    ("do", Reden.ALLEEN_AFKORTING, (d(26, 11),)), ("op 15", Reden.ALLEEN_GETAL, (d(15, 12),)),
    ("ik kan niet op dinsdag", Reden.ONTKEND, (d(24, 11),)), ("dinsdag kan ik niet", Reden.ONTKEND, (d(24, 11),)),
    ("dinsdag 8.12", Reden.DATUM_OF_TIJD, (d(8, 12),)), ("op 8.10", Reden.DATUM_OF_TIJD, (d(8, 10, 2027),)),
    ("vrijdag 30 oktober", Reden.VERLEDEN_OF_VOLGEND_JAAR, (d(30, 10), d(30, 10, 2027))),
    ("volgende week woensdag of donderdag", Reden.TWEE_DATUMS, (d(2, 12), d(26, 11))),
    ("maandag t/m woensdag", Reden.PERIODE, (d(23, 11), d(30, 11), d(25, 11))),
    ("de week na kerst", Reden.VAAG, (d(25, 12),)), ("volgende keer dinsdag", Reden.VOLGENDE_TWEE_LEZINGEN, (d(24, 11), d(1, 12))),
    ("derde kerstdag", Reden.ONBESTAAND, ()), ("de eerste dinsdag", Reden.VAAG, ()), ("een week later dan gepland", Reden.VAAG, ()),
    ("vandaag over acht dagen", Reden.WEEK_TWEE_LEZINGEN, (d(30, 11), d(1, 12))), ("over vier werkdagen", Reden.VAAG, ()),
])
def test_terugvragen_over_de_dag(tekst, reden, kandidaten):
    uit = lees(tekst, MAANDAG)
    assert (uit.outcome, uit.reason, uit.date, uit.candidates) == ("ask", reden, None, kandidaten)
    assert not uit.vraagt_tijd


def test_deze_dag_die_voorbij_is_wordt_gevraagd():
    uit = lees("deze maandag", datetime(2026, 11, 26, 9))
    assert (uit.outcome, uit.reason, uit.candidates) == ("ask", Reden.DEZE_IS_VOORBIJ, (d(23, 11), d(30, 11)))


def test_bij_een_vraag_over_de_dag_blijft_de_tijd_bewaard():
    uit = lees("volgende dinsdag om half drie", MAANDAG)
    assert (uit.outcome, uit.date, uit.time) == ("ask", None, time(14, 30))


@pytest.mark.parametrize("tekst, reden, tijden", [
    ("morgen om 3 uur of om 4 uur", Reden.TWEE_TIJDEN, (time(15), time(16))),
    ("morgen om 3 uur of 4", Reden.TWEE_TIJDEN, (time(15), time(16))),
    ("morgen om 3 à 4 uur", Reden.TWEE_TIJDEN, (time(15), time(16))),
    ("morgen tussen 2 en 3", Reden.TIJDVAK, (time(14), time(15))),
    ("morgen na 15.00 uur", Reden.TIJDVAK, (time(15),)),
    ("morgen voor 12 uur", Reden.TIJDVAK, (time(12),)),
    ("morgen 's ochtends om 15:00", Reden.DAGDEEL_SPREEKT_TEGEN, ()),
    ("morgen om 24:00", Reden.MIDDERNACHT, (time(0),)), ("morgennacht om 3 uur", Reden.MIDDERNACHT, (time(3),)),
    ("morgen kan, maar niet om 3 uur", Reden.TIJD_ONTKEND, (time(15),)),
])
def test_terugvragen_over_de_tijd(tekst, reden, tijden):
    uit = lees(tekst, MAANDAG)
    assert (uit.outcome, uit.reason, uit.date, uit.candidates) == ("ask", reden, d(24, 11), tijden)
    assert uit.vraagt_tijd


@pytest.mark.parametrize("tekst", [
    "mijn bsn is 123456782", "bsn 123 456 782", "06-12345678", "06 12 34 56 78", "bel 030 - 123 45 67", "+31 6 12345678", "kamer 12",
    "kamer 2.15", "kenmerk 2026-12-08", "dossier 12-3-2026", "ik heb 3 vragen", "een bedrag van 14,50", "€ 12.50", "12 euro", "artikel 5",
    "NL91 ABNA 0417 1643 00", "1234 AB Zwolle", "de 2e keer", "mijn eerste afspraak", "een gesprek van 2 uur", "het duurt 20 minuten",
    "24/7", "binnen 48 uur", "om 3 redenen", "elke dinsdag", "ik zat te wachten", "dat doe ik zo", "maar ma belt", "goedemorgen",
    "goede morgen", "fijn weekend", "de volgende vraag", "versie 2.0", "40 uur per week", "ik ben 56 jaar", "al 2 weken ziek",
    "opname_2026-12-08.mp4", "om een opname te maken", "acht u dat nodig?", "24 uur van tevoren", "één voor één", "de opname duurt bijna twee uur",
    "mevrouw Zondag", "hij is met vakantie", "www.uwv.nl/8-12", "binnen hoeveel dagen", "een dag of tien", "kenmerk: AB-12-3-2026", "45 januari", "9/40", "13:75", "192.168.1.1", "", " ", "?", "hallo", "in 2019",
])
def test_geen_datum(tekst):
    uit = lees(tekst, MAANDAG)
    assert (uit.outcome, uit.date, uit.time) == ("none", None, None), uit


@pytest.mark.parametrize("tekst, oud, nieuw", [
    ("niet de 8e maar de 10e", d(8, 12), d(10, 12)), ("verzet van 3 naar 5 maart", d(3, 3, 2027), d(5, 3, 2027)),
    ("niet 8 maar 10 december", d(8, 12), d(10, 12)), ("het is niet dinsdag maar donderdag", d(24, 11), d(26, 11)),
    ("8 december, nee sorry, 9 december", d(8, 12), d(9, 12)), ("15 december in plaats van 8 december", d(8, 12), d(15, 12)),
    ("mijn afspraak van 8 december is verplaatst naar 15 december", d(8, 12), d(15, 12)), ("dinsdag wordt woensdag", d(24, 11), d(25, 11)),
    ("nie den 8e maar den 9e", d(8, 12), d(9, 12)), ("ik zei dinsdag maar het is woensdag", d(24, 11), d(25, 11)),
    ("van dinsdag 8 naar woensdag 9 december", d(8, 12), d(9, 12)),
])
def test_correctie(tekst, oud, nieuw):
    uit = lees_correctie(tekst, MAANDAG)
    assert uit.nieuw == lees(tekst, MAANDAG)
    assert (uit.nieuw.date, uit.oud.date) == (nieuw, oud)


@pytest.mark.parametrize("tekst, nieuw", [("niet om 3 uur maar om 4 uur", "16:00"), ("niet half 3 maar half 4", "15:30"),
                                          ("van 3 uur naar 4 uur", "16:00"), ("niet om 2 maar om half 3", "14:30")])
def test_correctie_van_de_tijd(tekst, nieuw):
    assert lees(tekst, MAANDAG).time.strftime("%H:%M") == nieuw


def test_een_gewone_zin_is_geen_correctie():
    assert lees_correctie("dinsdag 8 december", MAANDAG).oud is None


@pytest.mark.parametrize("verschuif", range(7))
@pytest.mark.parametrize("w", range(7))
def test_elke_weekdag_op_elke_weekdag(w, verschuif):
    nu = datetime(2026, 11, 23, 15) + timedelta(days=verschuif)
    vandaag, dag = nu.date(), DAGEN[w]
    eerste = vandaag + timedelta(days=(w - vandaag.weekday() - 1) % 7 + 1)
    maandag = vandaag - timedelta(days=vandaag.weekday())
    assert dag_van(f"aanstaande {dag}", nu) == dag_van(f"komende {dag}", nu) == dag_van(f"{dag} a.s.", nu) == eerste
    assert dag_van(f"volgende week {dag}", nu) == maandag + timedelta(days=7 + w)
    assert dag_van(f"deze week {dag}", nu) == maandag + timedelta(days=w)
    volgende, los, over = lees(f"volgende {dag}", nu), lees(dag, nu), lees(f"{dag} over een week", nu)
    if eerste == maandag + timedelta(days=7 + w):
        assert volgende.date == eerste
    else:
        assert volgende.candidates == (eerste, maandag + timedelta(days=7 + w))
    if w == vandaag.weekday():
        assert los.candidates == (vandaag, vandaag + timedelta(days=7))
        assert over.outcome == "ask"
    else:
        assert (los.date, over.date) == (eerste, eerste + timedelta(days=7))


@pytest.mark.parametrize("nu, tekst, verwacht", [
    (datetime(2026, 11, 23, 0, 0), "vandaag", d(23, 11)), (datetime(2026, 11, 23, 23, 59, 59), "morgen", d(24, 11)),
    # the nights the clock changes
    (datetime(2027, 3, 28, 1, 59), "morgen", d(29, 3, 2027)), (datetime(2027, 3, 27, 23, 59), "over 1 dag", d(28, 3, 2027)),
    (datetime(2026, 10, 25, 2, 30), "vandaag over een week", d(1, 11)), (datetime(2026, 10, 24, 23, 30), "overmorgen", d(26, 10)),
    # leap day
    (datetime(2028, 2, 28, 12), "morgen", d(29, 2, 2028)), (datetime(2028, 2, 29, 12), "over een jaar", d(28, 2, 2029)),
    (datetime(2028, 2, 29, 12), "29 februari", d(29, 2, 2028)), (datetime(2028, 3, 1, 12), "29 februari", d(29, 2, 2032)),
    (datetime(2027, 1, 31, 12), "over een maand", d(28, 2, 2027)),
    # year end
    (datetime(2026, 12, 31, 23, 59), "morgen", d(1, 1, 2027)), (datetime(2026, 12, 31, 12), "31 december", d(31, 12)),
    (datetime(2027, 1, 1, 0, 0), "31 december", d(31, 12, 2027)), (datetime(2026, 12, 28, 12), "de 3e", d(3, 1, 2027)),
    (datetime(2026, 12, 30, 9), "volgende week vrijdag", d(8, 1, 2027)), (datetime(2026, 12, 31, 9), "nieuwjaarsdag", d(1, 1, 2027)),
    (datetime(2026, 12, 14, 9), "volgende maand de 3e", d(3, 1, 2027)), (datetime(2027, 1, 3, 9), "maandag in week 53", d(28, 12)),
])
def test_randen_van_de_kalender(nu, tekst, verwacht):
    assert dag_van(tekst, nu) == verwacht


def test_een_moment_met_zone_wordt_naar_amsterdam_gebracht():
    assert dag_van("vandaag", datetime(2026, 11, 23, 23, 30, tzinfo=timezone.utc)) == d(24, 11)
    assert dag_van("vandaag", datetime(2026, 7, 1, 21, 59, tzinfo=timezone.utc)) == d(1, 7)
    assert dag_van("vandaag", datetime(2026, 7, 1, 22, 0, tzinfo=timezone.utc)) == d(2, 7)


def test_uren_tellen_door_de_zomertijd_heen():
    uit = lees("over 2 uur", datetime(2027, 3, 28, 1, 30))
    assert (uit.date, uit.time) == (d(28, 3, 2027), time(4, 30))


def test_wat_is_aangenomen_staat_in_de_reden():
    assert lees("14 maart", MAANDAG).jaar_aangenomen
    assert not lees("14 maart 2027", MAANDAG).jaar_aangenomen
    assert not lees("8 december", MAANDAG).jaar_aangenomen
    assert lees("tweede paasdag", MAANDAG).reason is Reden.JAAR_AANGENOMEN
    assert lees("de 12e", MAANDAG).reason is Reden.MAAND_AANGENOMEN
    assert lees("om 20:30", MAANDAG).buiten_kantooruren and not lees("om half 3", MAANDAG).buiten_kantooruren
    assert lees("vrijdagmiddag", MAANDAG).dagdeel == "middag"


def test_de_assistent_schrijft_voluit():
    assert schrijf_datum(d(8, 12)) == "dinsdag 8 december 2026"
    assert schrijf_tijd(time(14, 30)) == "14.30 uur" and schrijf_tijd(time(9, 5)) == "9.05 uur"


@pytest.mark.parametrize("tekst", ["9" * 1000, "/" * 1000, "1/" * 500, "1/1/" * 250, "12-" * 333, "1.1" * 333, "9:" * 500, "€1" * 500])
def test_vijandige_invoer_kost_hoogstens_enkele_milliseconden(tekst):
    lees(tekst, MAANDAG)
    duur = []
    for _ in range(7):
        begin = klok.process_time()
        assert lees(tekst, MAANDAG).outcome in ("none", "ask")
        duur.append(klok.process_time() - begin)
    assert min(duur) < 0.01


def test_een_gewoon_bericht_kost_minder_dan_een_milliseconde():
    tekst = "Hallo, volgende week dinsdag om kwart over 2 heb ik een gesprek in Utrecht, mag ik dat opnemen?"
    duur = []
    for _ in range(30):
        begin = klok.process_time()
        lees(tekst, MAANDAG)
        duur.append(klok.process_time() - begin)
    assert min(duur) < 0.001


def test_geen_tekst_en_te_lange_tekst():
    for invoer in (None, 3, [], {}, b"morgen"):
        assert lees(invoer, MAANDAG).reason is Reden.GEEN_TEKST
    assert lees("morgen " * 1000, MAANDAG).reason is Reden.TE_LANG


@pytest.mark.parametrize("nu", [datetime.min, datetime.max, datetime.max.replace(tzinfo=timezone.utc), datetime.min.replace(tzinfo=timezone.utc)])
def test_aan_de_rand_van_de_kalender_komt_er_geen_fout(nu):
    for tekst in ("volgende week dinsdag", "gisteren", "over 99 jaar", "14 maart", "volgende keer dinsdag", "kerst", "maandag"):
        assert lees(tekst, nu).outcome in ("date", "ask", "none")


def test_jsonl_op_de_opdrachtregel():
    regels = [{"text": "di 8 dec half 3", "reference": "2026-11-23T10:15:00"}, {"text": "maandag", "reference": "2026-11-23T10:15:00"},
              {"text": 3, "reference": "2026-11-23T10:15:00"}, {"text": "morgen", "reference": "ooit"}]
    invoer = "\n".join([json.dumps(r) for r in regels] + ["geen json", "[]"]) + "\n"
    uit = subprocess.run([sys.executable, "-m", "protocol.datums", "--jsonl"], input=invoer, capture_output=True, text=True,
                         cwd=WORTEL, check=True, timeout=60)
    antwoorden = [json.loads(r) for r in uit.stdout.splitlines()]
    assert antwoorden[0] == {"outcome": "datetime", "date": "2026-12-08", "time": "14:30", "candidates": [], "reason": "gelezen"}
    assert antwoorden[1] == {"outcome": "ask", "date": None, "time": None, "candidates": ["2026-11-23", "2026-11-30"],
                             "reason": "vandaag_of_over_een_week"}
    assert len(antwoorden) == 6
    assert all((a["outcome"], a["reason"]) == ("none", "geen_tekst") for a in antwoorden[2:])


# -- the shared measuring rows --------------------------------------------------------------------------------------

MEETRIJEN = WORTEL.parent / "shared" / "datums"


@pytest.mark.skipif(not (MEETRIJEN / "afspraken.jsonl").exists(), reason=f"de meetrijen staan niet in {MEETRIJEN}")
def test_de_meetlat():
    sys.path.insert(0, str(WORTEL))
    try:
        from tools.bench_datums import lees_rijen, meet, ons
    finally:
        sys.path.remove(str(WORTEL))
    telling = meet(ons, *lees_rijen(MEETRIJEN))
    duidelijk, gewoonte, geen = telling["clear"], telling["convention"], telling["geen_datum"]
    assert duidelijk.deel("right") >= 97.0, duidelijk
    assert duidelijk.deel("wrong") <= 0.5, duidelijk
    assert gewoonte.deel("wrong") <= 3.0, gewoonte
    assert geen.aantal["wrong"] <= 3, geen
