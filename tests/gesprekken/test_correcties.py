"""Correcting: anything, at any time, in the client's own words; only that changes."""


def vul_in(gesprek):
    gesprek.zeg("ik wil filmen op dinsdag 8 december half drie in Zwolle")
    gesprek.zeg("bij de verzekeringsarts")
    gesprek.zeg("Fatima el Amrani-de Vries")
    gesprek.zeg("06 12345678")
    return gesprek.zeg("nee")


def test_the_date_after_the_summary(gesprek):
    assert "Datum: dinsdag 8 december 2026" in vul_in(gesprek)
    overzicht = gesprek.zeg("nee, niet de 8e maar de 10e")
    for regel in ("Datum: donderdag 10 december 2026", "Tijd: 14.30 uur", "Waar: op kantoor in Zwolle",
                  "Naam: Fatima el Amrani-de Vries", "laatste dag: donderdag 3 december 2026"):
        assert regel in overzicht


def test_an_office_becomes_a_video_call(gesprek):
    vul_in(gesprek)
    overzicht = gesprek.zeg("ik bedoel beeldbellen")
    assert "Waar: via beeldbellen" in overzicht and "Zwolle" not in overzicht


def test_a_field_is_chosen_with_a_button(gesprek):
    vul_in(gesprek)
    assert gesprek.kies("Iets wijzigen") == "Wat wilt u wijzigen?"
    assert gesprek.kies("De tijd") == "Hoe laat is de afspraak?"
    assert "Tijd: 9.00 uur" in gesprek.zeg("9 uur")


def test_halfway_a_correction_keeps_the_open_question(gesprek):
    gesprek.zeg("ik wil filmen op 8 december")
    antwoord = gesprek.zeg("sorry, ik bedoel 9 december")
    assert "woensdag 9 december 2026" in antwoord and "Hoe laat" in antwoord


def test_pointing_at_one_of_two_dates(gesprek):
    gesprek.zeg("ik wil filmen op 1 of 2 december")
    assert "woensdag 2 december 2026" in gesprek.zeg("de tweede")


def test_an_earlier_request_is_not_mixed_up_with_the_open_one(gesprek):
    gesprek.zeg("ik wil filmen op 8 december")
    antwoord = gesprek.zeg("ik wil mijn verzoek van vorige week intrekken")
    assert "nog niet verstuurd" in antwoord and "Hoe laat" in antwoord
    assert "niet opgeslagen" in gesprek.zeg("stop")
