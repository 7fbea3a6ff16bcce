"""What holds for every date, every moment and every text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.datums import Reden, lees, lees_correctie, schrijf_datum, schrijf_tijd
from protocol.datums.feestdagen import FEESTDAGEN
from protocol.datums.woorden import GESMEED, WOORDEN

DATUMS = st.dates(date(1950, 1, 1), date(2149, 12, 31))
MOMENTEN = st.datetimes(datetime(2000, 1, 1), datetime(2090, 12, 31))
TIJDEN = st.times().map(lambda t: time(t.hour, t.minute))
#: Texts made of the grammar's own words: these reach every row of the tables.
GRAMMATICA = st.lists(st.sampled_from(
    sorted(WOORDEN) + sorted(GESMEED) + sorted(FEESTDAGEN)
    + ["de", "op", "om", "over", "na", "voor", "van", "naar", "in", "tot", "of", "niet", "maar", "half", "kwart", "laatste", "nu", "'s",
       "tussen", ",", ".", "-", "/", "week", "maand", "dag", "14-3", "14/3/2027", "2027-03-14", "14.30", "14:30", "24:00", "15u", "14u30",
       "14e", "8dec", "1430", "2027", "10.00-11.00", "10-11"] * 6 + [str(n) for n in range(40)] * 3), max_size=12).map(" ".join)
#: Phrases that lie with respect to the day of asking.
RELATIEF = st.sampled_from([
    "vandaag", "overmorgen", "dinsdag", "komende vrijdag", "volgende week zondag", "volgende donderdag", "deze week maandag",
    "woensdag over een week", "over 3 weken op vrijdag", "over 10 dagen", "morgen om half drie", "vrijdagmiddag", "deze zaterdag",
    "2 dagen na vrijdag", "ma over 14 dagen", "eind volgende week", "niet dinsdag maar donderdag", "twee zondagen vanaf nu"])


@settings(max_examples=300, deadline=None)
@given(DATUMS, MOMENTEN)
def test_elke_geschreven_datum_wordt_teruggelezen(dag, nu):
    uit = lees(schrijf_datum(dag), nu)
    assert (uit.outcome, uit.date, uit.time, uit.reason) == ("date", dag, None, Reden.GELEZEN)


@settings(max_examples=200, deadline=None)
@given(DATUMS, TIJDEN, MOMENTEN)
def test_elke_geschreven_datum_met_tijd_wordt_teruggelezen(dag, tijd, nu):
    for tekst in (f"{schrijf_datum(dag)} om {schrijf_tijd(tijd)}", f"U komt op {schrijf_datum(dag)}, {schrijf_tijd(tijd)}."):
        uit = lees(tekst, nu)
        assert (uit.outcome, uit.date, uit.time) == ("datetime", dag, tijd)


@settings(max_examples=300, deadline=None)
@given(RELATIEF, MOMENTEN, st.integers(-200, 200))
def test_een_antwoord_schuift_met_hele_weken_mee(tekst, nu, weken):
    verschil = timedelta(weeks=weken)
    toen, dan = lees(tekst, nu), lees(tekst, nu + verschil)
    assert (toen.outcome, toen.time, toen.reason) == (dan.outcome, dan.time, dan.reason)
    assert dan.date == (toen.date and toen.date + verschil)
    assert dan.candidates == tuple(k + verschil for k in toen.candidates)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=300), GRAMMATICA), st.datetimes())
def test_geen_enkele_tekst_geeft_een_fout(tekst, nu):
    uit = lees(tekst, nu)
    assert isinstance(uit.reason, Reden) and uit.outcome in ("date", "datetime", "time", "ask", "none")
    assert (uit.outcome in ("date", "datetime")) <= (uit.date is not None)
    assert (uit.outcome in ("time", "datetime")) <= (uit.time is not None)
    assert not (uit.outcome == "time" and uit.date) and not (uit.outcome == "date" and uit.time)
    if uit.outcome == "none":
        assert uit.date is None and uit.time is None and not uit.candidates
    assert lees(tekst, nu) == uit == lees_correctie(tekst, nu).nieuw
    assert set(uit.als_dict()) == {"outcome", "date", "time", "candidates", "reason"}


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.none(), st.integers(), st.floats(), st.binary(), st.lists(st.text()), st.dictionaries(st.text(), st.text())), MOMENTEN)
def test_wat_geen_tekst_is_is_geen_datum(invoer, nu):
    assert lees(invoer, nu).reason is Reden.GEEN_TEKST


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/-.: ", min_size=1, max_size=1000), MOMENTEN)
def test_cijfers_en_strepen_zijn_nooit_fout(tekst, nu):
    lees(tekst, nu)


@settings(max_examples=200, deadline=None)
@given(DATUMS, MOMENTEN)
def test_een_weekdag_die_niet_klopt_wordt_gevraagd(dag, nu):
    from protocol.datums import MAANDEN, WEEKDAGEN
    verkeerd = WEEKDAGEN[(dag.weekday() + 3) % 7]
    uit = lees(f"{verkeerd} {dag.day} {MAANDEN[dag.month - 1]} {dag.year}", nu)
    assert (uit.outcome, uit.reason) == ("ask", Reden.WEEKDAG_SPREEKT_TEGEN) and dag in uit.candidates
