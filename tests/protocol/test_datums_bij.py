"""The day already known: a correction is read beside the appointment it corrects."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.datums import WEEKDAGEN, Reden, lees, lees_correctie

NU = datetime(2026, 11, 23, 10, 15)                         # Monday
FEBRUARI = date(2027, 2, 10)                                # Wednesday


@pytest.mark.parametrize("tekst, verwacht", [
    ("de 12e", date(2027, 2, 12)), ("de tiende", date(2027, 2, 10)), ("niet de 8e maar de 10e", date(2027, 2, 10)),
    ("van de 10e naar de 17e", date(2027, 2, 17)), ("vrijdag de 12e", date(2027, 2, 12)), ("op 12 om 10 uur", date(2027, 2, 12)),
    ("ik bedoel woensdag", date(2027, 2, 10)), ("niet woensdag maar vrijdag", date(2027, 2, 12)), ("maandag om half drie", date(2027, 2, 8)),
    ("zondagmiddag", date(2027, 2, 14)), ("do. om 9u", date(2027, 2, 11)), ("de 10e, woensdag dus", date(2027, 2, 10)),
    # what has a month or a relation to today of its own stays what it was
    ("12 maart", date(2027, 3, 12)), ("12-3", date(2027, 3, 12)), ("morgen", date(2026, 11, 24)), ("aanstaande vrijdag", date(2026, 11, 27)),
    ("volgende week woensdag", date(2026, 12, 2)), ("vrijdag over een week", date(2026, 12, 4)), ("over twee weken", date(2026, 12, 7)),
    ("de 12e van volgende maand", date(2026, 12, 12)), ("deze vrijdag", date(2026, 11, 27)), ("woensdag in week 50", date(2026, 12, 9)),
    ("2 dagen na vrijdag", date(2026, 11, 29)), ("de eerste maandag van maart", date(2027, 3, 1)), ("vrijdag 12 maart", date(2027, 3, 12)),
])
def test_naast_de_bekende_dag(tekst, verwacht):
    uit = lees(tekst, NU, bij=FEBRUARI)
    assert (uit.outcome in ("date", "datetime"), uit.date) == (True, verwacht), uit
    assert lees_correctie(tekst, NU, bij=datetime(2027, 2, 10, 14, 30)).nieuw == uit


def test_zonder_bekende_dag_telt_vandaag():
    assert lees("de 12e", NU).date == lees("de 12e", NU, bij=None).date == date(2026, 12, 12)
    assert lees("woensdag", NU).date == date(2026, 11, 25)


def test_de_oude_dag_komt_ook_uit_die_maand():
    uit = lees_correctie("niet de 10e maar de 17e", NU, bij=FEBRUARI)
    assert (uit.oud.date, uit.nieuw.date, uit.nieuw.reason) == (FEBRUARI, date(2027, 2, 17), Reden.CORRECTIE)


@pytest.mark.parametrize("tekst, reden, kandidaten", [
    ("de 31e", Reden.ONBESTAAND, ()), ("de 11e of de 12e", Reden.TWEE_DATUMS, (date(2027, 2, 11), date(2027, 2, 12))),
    ("do", Reden.ALLEEN_AFKORTING, (date(2027, 2, 11),)), ("volgende vrijdag", Reden.VOLGENDE_TWEE_LEZINGEN, (date(2026, 11, 27), date(2026, 12, 4))),
    ("vrijdag of zaterdag", Reden.TWEE_DATUMS, (date(2027, 2, 12), date(2027, 2, 13))),
])
def test_naast_de_bekende_dag_wordt_gevraagd(tekst, reden, kandidaten):
    uit = lees(tekst, NU, bij=FEBRUARI)
    assert (uit.outcome, uit.reason, uit.candidates) == ("ask", reden, kandidaten)


def test_een_dag_die_voorbij_is_wordt_niet_gegeven():
    woensdag = datetime(2026, 11, 25, 9)
    vrijdag = date(2026, 11, 27)
    assert lees("maandag", woensdag, bij=vrijdag).candidates == (date(2026, 11, 23), date(2026, 11, 30))
    assert lees("maandag", woensdag, bij=vrijdag).reason is Reden.DEZE_IS_VOORBIJ
    uit = lees("de 3e", woensdag, bij=vrijdag)              # 3 November has passed: the first one after it, said aloud
    assert (uit.date, uit.reason) == (date(2026, 12, 3), Reden.MAAND_AANGENOMEN)


@settings(max_examples=300, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 300), st.integers(0, 6), st.integers(-200, 200))
def test_de_weekdag_ligt_altijd_in_de_week_van_de_bekende_dag(vandaag, verder, w, weken):
    bij = vandaag + timedelta(days=verder)
    dag = bij + timedelta(days=w - bij.weekday())
    uit = lees(f"ik bedoel {WEEKDAGEN[w]}", datetime(vandaag.year, vandaag.month, vandaag.day, 9), bij=bij)
    assert (uit.date == dag) if dag >= vandaag else (uit.outcome == "ask" and dag in uit.candidates)
    schuif = timedelta(weeks=weken)
    later = lees(f"ik bedoel {WEEKDAGEN[w]}", datetime(vandaag.year, vandaag.month, vandaag.day, 9) + schuif, bij=bij + schuif)
    assert (later.outcome, later.date) == (uit.outcome, uit.date and uit.date + schuif)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100), st.datetimes(), st.dates())
def test_geen_enkele_bekende_dag_geeft_een_fout(tekst, nu, bij):
    for bericht in (tekst, "woensdag", "de 10e", "ma", "niet de 8e maar de 31e", "op 15 om 9 uur"):
        assert lees(bericht, nu, bij=bij).outcome in ("date", "datetime", "time", "ask", "none")
