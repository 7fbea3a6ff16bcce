"""The reader of the report form, the reader of steps, the drafts and the figures."""
import io
from datetime import datetime, timezone
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from protocol import cijfers, concepten, zaakformulier
from protocol import meldingen as m
from protocol import meldingformulier as f
from protocol.instellingen import TIJDZONE
from protocol.verzoekformulier import Bericht

NU = datetime(2026, 11, 23, 10, 15, tzinfo=TIJDZONE)
ZAAK = m.Melding("s", NU.astimezone(timezone.utc), "sam", m.IK, m.OPENBAAR, m.GELUID, None, None, m.NEE, m.CLIENT, "sam",
                 "zwolle", None, m.NEE, None, None, m.NEE, referentie="MB-ABCD-EFGH-JKMN")


@pytest.mark.parametrize("veld, tekst, waarde", [
    (f.SOORT, "hij dreigt het online te zetten", m.DREIGING), (f.SOORT, "het staat op facebook", m.OPENBAAR),
    (f.SOORT, "in een appgroep", m.GROEP), (f.SOORT, "nog nergens online", m.NIET_OPENBAAR),
    (f.SOORT, "geen idee", m.ONBEKEND), (f.SOORT, "appeltaart", None),
    (f.OPNAME, "een filmpje", m.BEELD), (f.OPNAME, "geen beeld maar geluid", m.GELUID), (f.OPNAME, "alleen audio", m.GELUID),
    (f.PLAATSER, "een anoniem account", m.ANONIEM), (f.PLAATSER, "zijn zus", m.DERDE), (f.PLAATSER, "de cliënt", m.CLIENT),
    (f.WIE, "over mijn collega", m.COLLEGA), (f.WIE, "mij", m.IK),
    (f.CIJFER, "een 2", 2), (f.CIJFER, "2 of 3", None), (f.CIJFER, "vijf", 5), (f.CIJFER, "9", None),
    (f.VEILIG, "nee hij staat hier", m.NEE), (f.VEILIG, "ja hoor", m.JA), (f.VEILIG, "ik ben niet veilig", m.NEE),
    (f.BEWAARD, "nog niet", m.NEE), (f.BEWERKT, "weet ik niet", m.ONBEKEND),
])
def test_a_choice_is_read_or_asked_again(veld, tekst, waarde):
    assert f.lees_keuze(veld, Bericht(tekst)) == waarde


@pytest.mark.parametrize("veld", f.VELDEN)
def test_every_question_takes_i_do_not_know(veld):
    lezing = f.lees_bericht(Bericht("weet ik niet", "weet_niet", 0.9), veld, {}, NU)
    assert lezing.waarden[veld] == m.ONBEKEND


def test_no_feeling_is_asked_of_a_colleague_and_no_place_of_a_threat():
    assert not f.geldt(f.VEILIGHEID, {f.WIE: m.COLLEGA}) and not f.geldt(f.CIJFER, {f.WIE: m.ONBEKEND})
    assert f.geldt(f.VEILIGHEID, {f.WIE: m.IK}) and not f.geldt(f.WAAR, {f.SOORT: m.DREIGING})


@given(st.text(max_size=300), st.sampled_from([*f.VELDEN, f.WIJZIGING, f.AKKOORD, None]),
       st.sampled_from(["gegevens_geven", "corrigeren", "stoppen", "bevestigen", "nlu_fallback"]))
def test_no_text_breaks_the_reader(tekst, gevraagd, intent):
    lezing = f.lees_bericht(Bericht(tekst, intent, 0.9), gevraagd, {}, NU)
    assert set(lezing.waarden) <= {*f.VELDEN, f.WIJZIGING, f.AKKOORD, f.NOOD}


@pytest.mark.parametrize("tekst, stap", [
    ("cliënt heeft het verwijderd", "verwijderd"), ("hij weigert", "niet_verwijderd"),
    ("hij wil het niet weghalen", "niet_verwijderd"), ("het staat er nog", "niet_verwijderd"),
    ("de cliënt reageert niet", "verwijdering_onbekend"), ("het verwijderverzoek is verstuurd", "verwijderverzoek"),
    ("we hebben aangifte gedaan", "aangifte"), ("ik twijfel, ik vraag het de jurist", "juridische_zaken"),
    ("sluit de zaak maar", "gesloten"), ("het filmpje staat weer online", "heropend"), ("iets vastleggen", None),
])
def test_a_step_is_read_in_free_words(tekst, stap):
    assert zaakformulier.lees_stap(Bericht(tekst)) == stap


@pytest.mark.parametrize("soort", concepten.SOORTEN)
def test_a_draft_of_what_is_unknown_says_so_and_invents_nothing(soort):
    tekst = "\n".join(p.text for p in Document(io.BytesIO(concepten.maak(soort, ZAAK, [], NU))).paragraphs)
    assert "None" not in tekst and "{" not in tekst and "CONCEPT" in tekst
    assert ("niet bekend" in tekst) == (soort != "verwijderverzoek")


def test_text_that_word_cannot_hold_makes_no_broken_draft():
    zaak = replace(ZAAK, waar="a\x00\x08\ufffe\ud800b {referentie}")
    tekst = "\n".join(p.text for p in Document(io.BytesIO(concepten.maak("aangifte", zaak, [], NU))).paragraphs)
    assert "Waar: ab {referentie}" in tekst


def test_the_letter_and_the_police_report_are_only_for_what_the_memo_describes():
    dreiging = replace(ZAAK, soort=m.DREIGING)
    assert concepten.past("verwijderverzoek", ZAAK) and not concepten.past("verwijderverzoek", dreiging)
    assert concepten.past("agressie", dreiging) and not concepten.past("aangifte", replace(ZAAK, plaatser=m.DERDE))


def jaar(*groepen):
    return cijfers.per_jaar([replace(ZAAK, **velden) for aantal, velden in groepen for _ in range(aantal)])


def test_fewer_than_the_limit_is_never_shown_nor_to_be_worked_out():
    [weinig] = jaar((4, {}))
    assert weinig.totaal is None and set(weinig.splitsing.values()) == {None}
    [gemengd] = jaar((6, {}), (4, {"opname": m.BEELD}))
    assert gemengd.totaal == 10 and gemengd.splitsing["opname"] is None
    assert gemengd.splitsing["openbaar"] == {"openbaar": 10, "niet_openbaar": 0, "onbekend": 0}
    regels = "\n".join(concepten.cijferregels([*jaar((4, {})), gemengd]))
    assert "minder dan 5" in regels and "beeld" not in regels


def test_a_year_is_a_dutch_year_and_the_chart_says_its_numbers():
    oud = datetime(2025, 12, 31, 23, 30, tzinfo=timezone.utc)  # 2026 in the Netherlands
    assert [j.jaar for j in jaar((5, {"gemeld_op": oud}))] == [2026]
    tabel = concepten.cijfertabel(jaar((5, {}), (3, {"gemeld_op": oud.replace(year=2024)})))
    assert ">5</text>" in tabel["grafiek"] and ">minder dan 5</text>" in tabel["grafiek"]
    assert [len(r) for r in tabel["rijen"]] == [len(tabel["koppen"])] * 2
