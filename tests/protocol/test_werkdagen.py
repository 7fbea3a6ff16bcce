"""The last day of the term, against a count that shares nothing with the code: own Easter, own list, day by day."""
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from protocol import bron, werkdagen

GEDEELD = Path(__file__).resolve().parents[3] / "shared" / "werkdagen"
DAG = timedelta(days=1)
ALLE_DAGEN = [date(2024, 1, 1) + n * DAG for n in range(2922)]
LANG_GELEDEN = date(2023, 1, 2)


def pasen(jaar):
    """Easter Sunday after Oudin (1940)."""
    eeuw, n = jaar // 100, jaar % 19
    k = (eeuw - 17) // 25
    i = (eeuw - eeuw // 4 - (eeuw - k) // 3 + 19 * n + 15) % 30
    i -= (i // 28) * (1 - (i // 28) * (29 // (i + 1)) * ((21 - n) // 11))
    j = (jaar + jaar // 4 + i + 2 - eeuw + eeuw // 4) % 7
    maand = 3 + (i - j + 40) // 44
    return date(jaar, maand, i - j + 28 - 31 * (maand // 4))


def vrij(dag, streng):
    p = pasen(dag.year)
    koningsdag = date(dag.year, 4, 27)
    dagen = {date(dag.year, 1, 1), p + DAG, p + 39 * DAG, p + 50 * DAG, date(dag.year, 12, 25), date(dag.year, 12, 26),
             koningsdag if koningsdag.weekday() != 6 else koningsdag - DAG}
    if streng or dag.year % 5 == 0:
        dagen.add(date(dag.year, 5, 5))
    if streng:
        dagen.add(p - 2 * DAG)
    return dag.weekday() >= 5 or dag in dagen


def vijfde_ervoor(afspraak, streng):
    dag, over = afspraak, 5
    while over:
        dag -= DAG
        over -= not vrij(dag, streng)
    return dag


def test_the_last_day_is_right_for_all_days_of_2024_to_2031_in_both_readings():
    fout = [d for d in ALLE_DAGEN
            if (t := werkdagen.tel(d, LANG_GELEDEN)).laatste_dag != vijfde_ervoor(d, True)
            or t.uiterste_dag != vijfde_ervoor(d, False)]
    assert fout == []


@pytest.mark.skipif(not GEDEELD.exists(), reason="the table of true last days is not beside this checkout")
def test_the_last_day_is_that_of_the_table_of_2922_days():
    rijen = [json.loads(r) for r in (GEDEELD / "vijfde_werkdag_ervoor.jsonl").read_text().splitlines()]
    assert len(rijen) == 2922
    assert [r["appointment"] for r in rijen
            if werkdagen.tel(date.fromisoformat(r["appointment"]), LANG_GELEDEN).laatste_dag.isoformat()
            != r["last_day"]] == []


@pytest.mark.parametrize("vandaag, oordeel", [
    ("2026-04-29", werkdagen.OP_TIJD), ("2026-05-01", werkdagen.OP_TIJD),
    ("2026-05-04", werkdagen.OP_DE_GRENS),  # 5 May counts as a working day in the lenient reading only
    ("2026-05-05", werkdagen.TE_LAAT), ("2026-05-11", werkdagen.TE_LAAT),
])
def test_the_verdict_has_three_outcomes(vandaag, oordeel):
    assert werkdagen.tel(date(2026, 5, 11), date.fromisoformat(vandaag)).oordeel == oordeel


def test_a_request_on_the_last_day_is_in_time_and_a_day_later_is_not():
    for afspraak in ALLE_DAGEN[::7]:
        t = werkdagen.tel(afspraak, LANG_GELEDEN)
        assert werkdagen.tel(afspraak, t.laatste_dag).oordeel == werkdagen.OP_TIJD
        assert werkdagen.tel(afspraak, t.uiterste_dag + DAG).oordeel == werkdagen.TE_LAAT


def test_the_count_shows_every_day_and_why_it_does_not_count():
    dagen = werkdagen.tel(date(2027, 1, 5), LANG_GELEDEN).dagen
    assert [d.datum for d in dagen] == [date(2027, 1, 4) - n * DAG for n in range(8)]
    assert [d.nummer for d in dagen] == [1, 0, 0, 0, 2, 3, 4, 5]
    assert [d.reden for d in dagen if not d.nummer] == ["weekend", "weekend", "Nieuwjaarsdag"]


def test_an_extra_closing_day_moves_the_last_day_in_both_readings():
    t = werkdagen.tel(date(2026, 12, 8), LANG_GELEDEN, [date(2026, 12, 7)])
    assert (t.laatste_dag, t.uiterste_dag) == (date(2026, 11, 30), date(2026, 11, 30))
    assert werkdagen.tel(date(2026, 12, 8), LANG_GELEDEN).laatste_dag == date(2026, 12, 1)


@pytest.mark.parametrize("dag, reden", [
    ("2026-12-12", "zaterdag"), ("2026-12-13", "zondag"), ("2026-12-25", "Eerste Kerstdag"), ("2026-12-08", ""),
    ("2026-04-03", "Goede Vrijdag"), ("2026-05-05", "Bevrijdingsdag"),
])
def test_a_closed_day_is_named(dag, reden):
    assert werkdagen.gesloten(date.fromisoformat(dag)) == reden


def test_the_number_of_days_stands_in_one_place(monkeypatch):
    regels = dict(bron.regels())
    regels["R17"] = regels["R17"]._replace(parameters={"termijn_werkdagen": 7})
    monkeypatch.setattr(bron, "regels", lambda: regels)
    t = werkdagen.tel(date(2026, 12, 8), date(2026, 11, 30))
    assert t.laatste_dag == date(2026, 11, 27)
    assert t.oordeel == werkdagen.TE_LAAT
    assert [d.nummer for d in t.dagen if d.nummer] == [1, 2, 3, 4, 5, 6, 7]


def test_the_command_prints_the_count(capsys):
    werkdagen.main(["2026-05-11", "--vandaag", "2026-04-20"])
    uit = json.loads(capsys.readouterr().out)
    assert (uit["laatste_dag"], uit["uiterste_dag"], uit["oordeel"]) == ("2026-05-01", "2026-05-04", "op tijd")
    assert sum(d["werkdag"] is not None for d in uit["dagen"]) == 5
