"""The breadth of the grammar: how people type an appointment, row by row. Each row stands for a way of saying, not for itself."""

from __future__ import annotations

from datetime import datetime

import pytest

from protocol.datums import lees

NU = datetime(2026, 11, 23, 10, 15)                         # Monday 23 November 2026


def kort(tekst: str, nu: datetime = NU) -> str:
    """8-12-2026 14:30, 8-12-2026, 14:30, "?" for a question, "-" for nothing."""
    uit = lees(tekst, nu)
    if uit.outcome in ("ask", "none"):
        return "?" if uit.outcome == "ask" else "-"
    dag = f"{uit.date.day}-{uit.date.month}-{uit.date.year}" if uit.date else ""
    return f"{dag} {uit.time.strftime('%H:%M') if uit.time else ''}".strip()


@pytest.mark.parametrize("tekst, verwacht", [
    # weekdays
    ("aanst. vrijdag", "27-11-2026"), ("nu donderdag om 10u", "26-11-2026 10:00"), ("komend weekend zaterdag", "28-11-2026"),
    ("zaterdag van dit weekend", "28-11-2026"), ("vlgnde week do", "3-12-2026"), ("donderdag over 3wkn", "17-12-2026"),
    ("wk 50 op dinsdag", "8-12-2026"), ("de dinsdag van week 50", "8-12-2026"), ("woensdagvoormiddag om 11u", "25-11-2026 11:00"),
    ("vrijdag jl.", "20-11-2026"), ("vandaag, maandag", "23-11-2026"), ("op een dinsdag", "?"), ("op een dinsdag om half drie", "?"),
    ("volgeden week dinsdag", "?"), ("vrijdag 12 gesprek", "?"), ("vrijdag 11 gesprek", "11-12-2026"), ("uiterlijk donderdag", "?"),
    # distances
    ("over 'n week", "30-11-2026"), ("over n week", "30-11-2026"), ("over precies een week", "30-11-2026"), ("over morgen", "?"),
    ("over een kleine maand", "?"), ("over een maand en 21 dagen", "13-1-2027"), ("over 1 jaar 2 maanden en 3 dagen", "26-1-2028"),
    ("over anderhalf uur", "23-11-2026 11:45"), ("over 2,5 uur", "23-11-2026 12:45"), ("over een kwartiertje", "23-11-2026 10:30"),
    ("over 2 uur en een kwartier", "23-11-2026 12:30"), ("5 uur vanaf nu", "23-11-2026 15:15"), ("eergisteravond", "21-11-2026"),
    ("over 2 uur en 15 minuten", "23-11-2026 12:30"), ("over drie en een half uur", "23-11-2026 13:45"),
    # a day of the month
    ("den elfden december", "11-12-2026"), ("den 10den om 14u", "10-12-2026 14:00"), ("de 27e dezer", "27-11-2026"), ("de eerste", "?"),
    ("op de eerste", "1-12-2026"), ("7e is goed", "7-12-2026"), ("de 15e yogales", "?"), ("de 15e om half 8 yoga", "15-12-2026 07:30"),
    ("laatste dag van het jaar", "31-12-2026"), ("eind augustus, de 29ste", "29-8-2027"), ("begin december, de 3e", "3-12-2026"),
    ("half december, de 15e om 10 uur", "15-12-2026 10:00"), ("eind van de maand, de 30e", "30-11-2026"), ("okt-2", "2-10-2027"),
    ("ergens halverwege december, de 15e geloof ik", "15-12-2026"), ("\"nee, de 17e\"", "17-12-2026"),
    ("mei eenentwintig", "21-5-2027"), ("8 december jl.", "8-12-2025"),
    # named days
    ("2ekerstdag", "26-12-2026"), ("tweedekerstdag", "26-12-2026"), ("Maria Hemelvaart", "15-8-2027"), ("O.L.V. Hemelvaart", "15-8-2027"),
    ("O.L.H. Hemelvaart", "6-5-2027"), ("voor kerst", "?"), ("een afspraak voor kerst", "25-12-2026"),
    # clock
    ("om negenen", "09:00"), ("tegen tienen", "10:00"), ("na vieren", "?"), ("met zijn tweeën", "-"), ("kwartje over tien", "10:15"),
    ("14,30 uur", "14:30"), ("10.30u", "10:30"), ("20 na 3", "15:20"), ("kwart voor middernacht", "23:45"), ("een uur 's nachts", "01:00"),
    ("een uur 's middags", "13:00"), ("6 in de ochtend", "06:00"), ("om 3.00", "03:00"), ("een uurtje", "-"),
    ("14 dec 10 30", "14-12-2026 10:30"), ("14 december 1030", "14-12-2026 10:30"), ("ma 14/12 10.30u", "14-12-2026 10:30"),
    ("dinsdag 10 30", "24-11-2026 10:30"), ("14 december 2030", "14-12-2030"), ("morgen 's avonds om 9.00 uur 's ochtends", "?"),
    ("morgen om 4 joggen", "24-11-2026 16:00"), ("niet voor 10 uur", "?"),
    # slips
    ("zaterdach", "28-11-2026"), ("14 febuarie", "14-2-2027"), ("14 appril", "14-4-2027"), ("28 aprl 15 uur", "28-4-2027 15:00"),
    ("dinsdach 8 desember", "8-12-2026"), ("vrydag", "27-11-2026"), ("dinsdagmiddag14uur", "24-11-2026 14:00"),
    ("maandag21juni", "21-6-2027"), ("8edecember", "8-12-2026"), ("hebben julie 3 vragen", "-"),
    # corrections
    ("eerst 20 januari maar nu 21 januari", "21-1-2027"), ("7 december klopt niet, het is 8 december", "8-12-2026"),
    ("ik had 7 december maar het is 8 december geworden", "8-12-2026"), ("kan het de 9e ipv de 8e?", "9-12-2026"),
    ("8 december niet om 9 uur maar om 10 uur", "8-12-2026 10:00"), ("niet om 9 maar om 10 uur op 8 december", "8-12-2026 10:00"),
])
def test_zo_zegt_men_het(tekst, verwacht):
    assert kort(tekst) == verwacht


@pytest.mark.parametrize("tekst, verwacht", [
    ("de brief kwam gisteren, ik moet op 8 december", "8-12-2026"),
    ("ik kreeg gisteren om 3 uur een mail, het is 8 december om 10 uur", "8-12-2026 10:00"),
    ("ik kreeg gisteren een brief dat ik 8 december moet komen", "8-12-2026"),
    ("vorige week gebeld, afspraak is nu 8 december", "8-12-2026"),
    ("vandaag gebeld: woensdag 9 december om 9 uur", "9-12-2026 09:00"),
    ("ik heb dinsdag gebeld en kan vrijdag terecht", "27-11-2026"),
    ("op 3 november kreeg ik bericht, ik moet 8 december komen", "8-12-2026"),
    ("uw brief d.d. 3 november over mijn gesprek van 8 december", "8-12-2026"),
    ("de brief is van 3 november, het gesprek 8 december", "8-12-2026"),
    ("ik ben sinds 1 maart ziek en heb op 8 december een gesprek", "8-12-2026"),
    ("geboren 12-3-1970, afspraak 8 december", "8-12-2026"),
    # whose day or time it is, is not clear
    ("mijn gesprek was gisteren, 8 december krijg ik uitslag", "?"), ("gisteren om 3 uur gebeld over 8 december", "?"),
    ("ik kreeg een oproep voor vrijdag, 8 december is te laat", "?"), ("3 november of 8 december", "?"),
    ("ik kreeg gisteren bericht: 8 december of 9 december", "?"), ("de brief kwam gisteren", "22-11-2026"),
    ("ik ben sinds 1 maart ziek", "-"), ("mijn moeder is gisteren overleden, ik kan 8 december niet komen", "?"),
])
def test_wat_alleen_verteld_wordt(tekst, verwacht):
    assert kort(tekst) == verwacht


@pytest.mark.parametrize("tekst, verwacht", [
    ("Hoi, ik heb op 8 december om 14.30 uur een gesprek met de arts in kamer 12", "8-12-2026 14:30"),
    ("mijn zoon van 12 mee op 8 december?", "8-12-2026"), ("ik ben 54 en moet vrijdag om 11 uur komen", "27-11-2026 11:00"),
    ("8 december kamer 10.30 om 11.45 uur", "8-12-2026 11:45"), ("kenteken 12-AB-34, ik kom 8 december 9 uur", "8-12-2026 09:00"),
    ("kantoor Kerkstraat 12, dinsdag 8 december, 13.15", "8-12-2026 13:15"), ("8 december, Burg. Drijbersingel 25 te Zwolle", "8-12-2026"),
    ("bel me op 06 12345678, ik heb morgen om 10 uur een afspraak", "24-11-2026 10:00"), ("2 december met mijn 2 dochters", "2-12-2026"),
    ("8 december om 9 uur (1 uur lang), duurt 45 minuten", "8-12-2026 09:00"), ("ik kreeg 350 euro en moet 8 december komen", "8-12-2026"),
    ("een gesprek van 1,5 uur op 8 december om 9.00", "8-12-2026 09:00"), ("ik werk van 9 tot 5 maar vrijdag 4 december kan ik", "4-12-2026"),
    ("Datum afspraak: vr 4 dec 2026 Tijd: 09.00 - 09.45 uur Locatie: Zwolle kamer 12", "4-12-2026 09:00"),
    ("datum=8-12-2026;tijd=09:00", "8-12-2026 09:00"), ("'t is volgende week donderdag in de voormiddag", "3-12-2026"),
    ("ik wil 8 december filmen met 2 telefoons en 1 statief", "8-12-2026"), ("12-12-2026 - 10:15", "12-12-2026 10:15"),
])
def test_tussen_andere_getallen(tekst, verwacht):
    assert kort(tekst) == verwacht


@pytest.mark.parametrize("tekst", [
    "om de 4 uur een pil", "elke 2 weken op dinsdag", "ik heb 2 uur gewacht", "twee uur durende opname", "8 van de 10", "1 op 1 gesprek",
    "ik ben de zesde", "op de derde plaats", "Marktstraat 3a", "Kerkweg 12-14", "ik werk van 9 tot 5", "bloeddruk 120/80",
    "2,5 uur", "een gesprek van anderhalf uur", "de 3e keer dat ik het vraag", "morgenmens", "1 keer in de week", "tegen 3 personen",
    "ik ga 50/50 werken", "1 meter 80", "35-80%", "samsung galaxy s21", "n", "achttien jaar bij dezelfde baas", "ons drieën",
])
def test_nog_meer_dat_geen_afspraak_is(tekst):
    assert kort(tekst) == "-"
