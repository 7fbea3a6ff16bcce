"""Digressions: a side question is answered and the open question asked again, once; nothing is lost."""
import pytest


@pytest.mark.parametrize("vraag, bron", [
    ("mag ik de opname aan mijn zus laten zien?", "R23"),
    ("wie bepaalt of het mag?", "S5"),
    ("tot wanneer kan ik het vragen?", "R17"),
    ("wat als ze weigeren?", "S9"),
])
def test_a_side_question_in_the_middle(gesprek, vraag, bron):
    gesprek.zeg("ik wil een filmpje maken van mijn afspraak op 8 december om 10 uur via beeldbellen")
    gesprek.zeg("weet ik niet")
    antwoord = gesprek.zeg(vraag)
    assert bron in gesprek.bronnen()
    assert antwoord.endswith("Wat is uw naam?") and antwoord.count("Wat is uw naam?") == 1
    assert "Hoe kan de medewerker u bereiken?" in gesprek.zeg("Mark Visser")


def test_why_is_answered_about_the_question(gesprek):
    gesprek.zeg("ik wil filmen op 8 december om 10 uur via beeldbellen")
    gesprek.zeg("weet ik niet")
    antwoord = gesprek.zeg("waarom wilt u dat weten?")
    assert "van wie het verzoek is" in antwoord and antwoord.endswith("Wat is uw naam?")


def test_after_the_summary_a_side_question_does_not_repeat_it(gesprek):
    gesprek.zeg("ik wil filmen op 8 december om 10 uur via beeldbellen")
    for antwoord in ("weet ik niet", "Mark Visser", "mark@voorbeeld.nl", "nee"):
        gesprek.zeg(antwoord)
    antwoord = gesprek.zeg("hoe lang duurt het voor ik iets hoor?")
    assert "S10" in gesprek.bronnen() and "Datum:" not in antwoord and "Ja, geef het door" in gesprek.knoppen()
    assert "ontvangen" in gesprek.zeg("ja")


def test_danger_has_nothing_behind_it_and_the_form_waits(gesprek):
    gesprek.zeg("ik wil filmen op 8 december om 10 uur")
    antwoord = gesprek.zeg("help er staat iemand met een mes voor me")
    assert antwoord.startswith("Bel direct 112") and "?" not in antwoord and not gesprek.knoppen()
    assert "op een kantoor of via beeldbellen" in gesprek.zeg("het is weer veilig")


def test_a_follow_up_is_answered_for_the_other_kind(gesprek):
    gesprek.zeg("mag ik geluid opnemen?")
    assert "R12" in gesprek.bronnen()
    gesprek.zeg("en als ik film?")
    assert "R20" in gesprek.bronnen() and "R12" not in gesprek.bronnen()
