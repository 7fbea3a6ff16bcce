"""What a message means to the request form."""
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from protocol import verzoekformulier as f
from protocol.verzoekformulier import Bericht, lees_bericht, volgende_veld

NU = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))
VOL = {f.DATUM: "2026-12-08", "oordeel": "op tijd", f.TIJD: "14:30", f.SOORT: "kantoor", f.PLAATS: "Zwolle",
       f.MET_WIE: "de arts", f.NAAM: "Mag Smit", f.CONTACT: "via Mijn UWV", f.BIJZONDERHEDEN: "geen"}


def lees(tekst, gevraagd, intent="gegevens_geven", zekerheid=0.9, ingevuld=None, **entiteiten):
    return lees_bericht(Bericht(tekst, intent, zekerheid, {k: (v,) for k, v in entiteiten.items()}), gevraagd,
                        ingevuld or {}, NU)


def test_several_answers_in_one_message_are_all_taken():
    lezing = lees("dinsdag 8 december half drie in Zwolle", None, "verzoek_doen", plaats="Zwolle")
    assert {k: lezing.waarden[k] for k in (f.DATUM, f.TIJD, f.SOORT, f.PLAATS)} == {
        f.DATUM: "2026-12-08", f.TIJD: "14:30", f.SOORT: "kantoor", f.PLAATS: "Zwolle"}


@pytest.mark.parametrize("tekst, antwoord", [
    ("gisteren", "utter_datum_voorbij"),
    ("30 februari", "utter_datum_onbestaand"),
    ("8 of 9 december", "utter_datum_twee_datums"),
    ("zaterdag 12 december", "utter_datum_gesloten"),
    ("1e kerstdag", "utter_datum_gesloten"),
    ("8 december 2028", "utter_datum_ver_vooruit"),
    ("volgende dinsdag", "utter_datum_volgende_twee_lezingen"),
])
def test_a_date_that_is_not_sure_is_asked_back_and_not_filled_in(tekst, antwoord):
    lezing = lees(tekst, f.DATUM)
    assert [z.antwoord for z in lezing.zeg] == [antwoord]
    assert lezing.zeg[0].vraagt
    assert lezing.waarden[f.DATUM] is None


def test_both_dates_are_offered():
    assert len(lees("volgende dinsdag", f.DATUM).zeg[0].keuzes) == 2


def test_a_closed_day_is_taken_only_when_confirmed():
    eerst = lees("zaterdag 12 december", f.DATUM)
    assert eerst.waarden[f.DATUM] is None
    assert lees("ja", f.DATUM, "bevestigen", ingevuld=eerst.waarden).waarden[f.DATUM] == "2026-12-12"
    assert lees("nee", f.DATUM, "ontkennen", ingevuld=eerst.waarden).waarden == {f.VOORSTEL: None}


@pytest.mark.parametrize("datum, antwoord", [
    ("2026-12-08", "utter_oordeel_op_tijd"), ("2026-11-26", "utter_oordeel_te_laat"), ("2026-11-30", "utter_oordeel_op_tijd")])
def test_the_verdict_is_said_with_the_date(datum, antwoord):
    assert lees("", f.DATUM, datum=datum).zeg[0].antwoord == antwoord


@pytest.mark.parametrize("gevraagd", [f.DATUM, f.TIJD, f.SOORT, f.PLAATS, f.MET_WIE, f.NAAM, f.CONTACT, f.BIJZONDERHEDEN])
def test_a_side_question_never_lands_in_a_slot(gevraagd):
    lezing = lees("mag ik het delen met mijn zus?", gevraagd, "delen", 0.8)
    assert lezing.waarden == {} and lezing.zeg == []


@pytest.mark.parametrize("gevraagd", [f.DATUM, f.NAAM, f.BIJZONDERHEDEN, f.AKKOORD, f.WIJZIGING])
def test_stop_is_never_an_answer(gevraagd):
    assert lees("stop er maar mee", gevraagd, "stoppen", 0.9, VOL).waarden == {}


def test_a_remark_that_sounds_like_a_topic_is_still_the_remark():
    tekst = "ik ben doof en wil het later terugkijken"
    assert lees(tekst, f.BIJZONDERHEDEN, "beperking").waarden == {f.BIJZONDERHEDEN: tekst}


@pytest.mark.parametrize("tekst", ["nee", "nee hoor, niks"])
def test_no_remark(tekst):
    assert lees(tekst, f.BIJZONDERHEDEN, "ontkennen").waarden == {f.BIJZONDERHEDEN: f.GEEN}


@pytest.mark.parametrize("tekst, naam", [
    ("Fatima el Amrani-de Vries", "Fatima el Amrani-de Vries"), ("mijn naam is Jan van 't Hof", "Jan van 't Hof"),
    ("J.P. de Boer", "J.P. de Boer"), ("ik heet Çelik", "Çelik"), ("eh ja Sjoukje Hoekstra", "Sjoukje Hoekstra"),
    ("Ngoc", "Ngoc"), ("Mag", "Mag"),
])
def test_a_name_is_kept_as_typed(tekst, naam):
    assert lees(tekst, f.NAAM, "nlu_fallback", 0.3).waarden == {f.NAAM: naam}


@pytest.mark.parametrize("tekst", ["123456782", "a", "!!!", "x" * 90, "<script>alert(1)</script>"])
def test_what_is_no_name_is_asked_again(tekst):
    lezing = lees(tekst, f.NAAM, "nlu_fallback", 0.3)
    assert lezing.waarden == {f.NAAM: None}
    assert lezing.zeg[0].antwoord == "utter_niet_gelezen_naam"


@pytest.mark.parametrize("tekst, contact", [
    ("06-12345678", "+31 6 12345678"), ("bel maar op 030 1234567", "+31 30 123 4567"),
    ("jan@voorbeeld.nl", "jan@voorbeeld.nl"), ("mail naar Jan.Boer@Voorbeeld.nl graag", "Jan.Boer@voorbeeld.nl"),
    ("mijn uwv", "via Mijn UWV"), ("+32 470 12 34 56", "+32 470 12 34 56"),
])
def test_contact_is_checked_and_normalised(tekst, contact):
    assert lees(tekst, f.CONTACT).waarden == {f.CONTACT: contact}


@pytest.mark.parametrize("tekst", ["061234", "jan@", "jan@@voorbeeld.nl", "06-1234567890123"])
def test_a_wrong_number_or_address_is_not_taken(tekst):
    lezing = lees(tekst, f.CONTACT)
    assert lezing.waarden.get(f.CONTACT) is None and lezing.zeg


def test_a_telephone_number_is_no_date():
    assert set(lees("06 12 12 2026 12", f.CONTACT).waarden) == {f.CONTACT}


@pytest.mark.parametrize("tekst, intent, entiteiten, anders", [
    ("nee, niet de 8e maar de 10e", "corrigeren", {}, {f.DATUM: "2026-12-10"}),
    ("ik bedoel beeldbellen", "corrigeren", {"gesprekskanaal": "beeldbellen"}, {f.SOORT: "beeldbellen", f.PLAATS: None}),
    ("het is om kwart voor vier", "corrigeren", {}, {f.TIJD: "15:45"}),
    ("mijn naam is Jan Smit", "corrigeren", {}, {f.NAAM: "Jan Smit"}),
])
def test_a_correction_after_the_summary_changes_only_that(tekst, intent, entiteiten, anders):
    waarden = lees(tekst, f.AKKOORD, intent, ingevuld=VOL, **entiteiten).waarden
    assert {k: v for k, v in waarden.items() if k in VOL and k != "oordeel"} == anders
    assert volgende_veld({**VOL, **waarden}) == f.AKKOORD


@pytest.mark.parametrize("tekst, veld", [
    ("de tijd klopt niet", f.TIJD), ("mijn naam is verkeerd", f.NAAM), ("ander telefoonnummer", f.CONTACT)])
def test_a_field_named_without_a_value_is_asked_again(tekst, veld):
    waarden = lees(tekst, f.AKKOORD, "corrigeren", ingevuld=VOL).waarden
    assert volgende_veld({**VOL, **waarden}) == veld


def test_no_after_the_summary_asks_what_to_change():
    waarden = lees("nee", f.AKKOORD, "ontkennen", ingevuld=VOL).waarden
    assert volgende_veld({**VOL, **waarden}) == f.WIJZIGING


def test_a_telephone_appointment_has_no_picture():
    lezing = lees("het is telefonisch", f.SOORT, gesprekskanaal="telefoon")
    assert lezing.waarden == {f.SOORT: None} and lezing.zeg[0].antwoord == "utter_telefoon_geen_beeld"


def test_fields_are_asked_in_order_and_only_when_needed():
    assert volgende_veld({}) == f.DATUM
    assert volgende_veld({f.DATUM: "2026-11-26", "oordeel": "te laat"}) == f.TOCH
    beeldbellen = {**VOL, f.SOORT: "beeldbellen", f.PLAATS: None}
    assert volgende_veld(beeldbellen) == f.AKKOORD
    assert volgende_veld({**VOL, f.PLAATS: None}) == f.PLAATS
    assert volgende_veld({**VOL, f.AKKOORD: "ja"}) is None


def test_danger_goes_before_every_question():
    assert volgende_veld({**VOL, f.NOOD: "gevaar"}) == f.NOOD


@pytest.mark.parametrize("tekst, intent", [("weet ik niet", "weet_niet"), ("ik wil filmen", "verzoek_doen"), ("ja", "bevestigen")])
def test_no_answer_becomes_a_name(tekst, intent):
    assert lees(tekst, f.NAAM, intent).waarden == {f.NAAM: None}


def test_a_time_outside_office_hours_is_asked_back_with_both_readings():
    lezing = lees("3:00", f.TIJD)
    assert lezing.waarden == {f.TIJD: None} and [k.hour for k in lezing.zeg[0].keuzes] == [3, 15]


def test_an_elliptical_question_is_a_question():
    assert lees("en geluid dan?", f.DATUM, "vervolg").waarden == {}


def test_a_bare_day_corrects_the_appointment_in_its_own_month():
    waarden = lees("nee, niet de 8e maar de 11e", f.AKKOORD, "corrigeren", ingevuld={**VOL, f.DATUM: "2027-03-08"}).waarden
    assert waarden[f.DATUM] == "2027-03-11"


@pytest.mark.parametrize("eerst, dan, datum", [
    ("volgende week", "dinsdag", "2026-12-01"), ("in januari", "de 14e", "2027-01-14"),
    ("dinsdag 9 december", "ik bedoel woensdag", "2026-12-09"), ("8 of 9 december", "9", "2026-12-09")])
def test_a_day_is_read_in_the_stretch_that_was_spoken_of(eerst, dan, datum):
    vaag = lees(eerst, f.DATUM)
    assert vaag.waarden[f.DATUM] is None
    assert lees(dan, f.DATUM, ingevuld=vaag.waarden).waarden[f.DATUM] == datum


def test_a_day_that_has_just_passed_is_next_years_only_when_confirmed():
    eerst = lees("1 november", f.DATUM)
    assert eerst.waarden[f.DATUM] is None and eerst.zeg[0].antwoord == "utter_datum_volgend_jaar"
    assert lees("ja", f.DATUM, "bevestigen", ingevuld=eerst.waarden).waarden[f.DATUM] == "2027-11-01"


@pytest.mark.parametrize("gevraagd, tekst", [
    (f.MET_WIE, "wat is afdeling?"), (f.PLAATS, "mag ik daar parkeren?"), (f.BIJZONDERHEDEN, "ziet de arts dit?")])
def test_a_question_mark_is_never_an_answer_in_free_text(gevraagd, tekst):
    assert lees(tekst, gevraagd, "gegevens_geven").waarden == {}


@pytest.mark.parametrize("tekst", ["wacht even", "ik moet even zoeken", "momentje"])
def test_someone_who_looks_it_up_is_given_time(tekst):
    lezing = lees(tekst, f.MET_WIE)
    assert lezing.waarden == {f.MET_WIE: None} and lezing.zeg[0].antwoord == "utter_neem_de_tijd"


@pytest.mark.parametrize("naam", ["Wil de Boer", "Wim Stop", "Hoe Kim", "Van der Heijden, P.J."])
def test_a_name_that_reads_like_a_command_is_a_name(naam):
    assert lees(naam, f.NAAM, "stoppen", 0.9).waarden == {f.NAAM: naam}


@pytest.mark.parametrize("tekst, met_wie", [
    ("bij mevrouw Jansen in Zwolle", "mevrouw Jansen"), ("met de heer van der Berg van SMZ", "de heer van der Berg van SMZ")])
def test_a_person_named_in_passing_is_taken(tekst, met_wie):
    assert lees(f"8 december half drie {tekst}", f.DATUM).waarden[f.MET_WIE] == met_wie


def test_name_and_number_in_one_message():
    assert lees("Jo Smit en mijn nummer is 0612345678", f.NAAM).waarden == {f.NAAM: "Jo Smit", f.CONTACT: "+31 6 12345678"}


def test_no_with_another_day_is_another_day():
    te_laat = {f.DATUM: "2026-11-27", "oordeel": "te laat"}
    assert lees("nee toch donderdag 10 december", f.TOCH, "ontkennen", ingevuld=te_laat).waarden[f.DATUM] == "2026-12-10"


@pytest.mark.parametrize("tekst, waarde", [("opmerking: mijn man komt mee", "mijn man komt mee"), ("haal de opmerking weg", f.GEEN)])
def test_the_remark_is_changed_in_words(tekst, waarde):
    assert lees(tekst, f.AKKOORD, "corrigeren", ingevuld=VOL).waarden[f.BIJZONDERHEDEN] == waarde
