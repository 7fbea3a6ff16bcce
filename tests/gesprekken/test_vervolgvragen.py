"""Follow-ups are answered in the light of the last answer."""
import pytest


@pytest.mark.parametrize("eerst, vervolg, bron", [
    ("mag ik het gesprek filmen?", "en bij beeldbellen?", "R28"),
    ("mag ik de opname aan mijn zus laten horen?", "en op facebook dan?", "R24"),
    ("hoe vraag ik of ik mag filmen?", "en als ze nee zeggen?", "S9"),
    ("mag ik het gesprek filmen?", "waarom?", "R52"),
    ("mag ik de opname op internet zetten?", "waarom?", "R48"),
    ("mag ik de opname aan mijn zus laten horen?", "korter graag", "R23"),
    ("mag ik de opname op youtube zetten?", "wat bedoel je?", "R24"),
])
def test_a_follow_up_is_about_the_last_answer(gesprek, eerst, vervolg, bron):
    gesprek.zeg(eerst)
    gesprek.zeg(vervolg)
    assert bron in gesprek.bronnen()


def test_shorter_is_shorter_and_still_the_same_topic(gesprek):
    lang = gesprek.zeg("mag ik de opname op internet zetten?")
    kort = gesprek.zeg("korter graag")
    assert len(kort) < len(lang) / 2 and "toestemming van UWV" in kort
    assert "Kansen" not in gesprek.zeg("waar staat dat?") and "protocol" in gesprek.berichten[0]["text"]


def test_no_reason_in_the_memo_is_said(gesprek):
    gesprek.zeg("mag ik de opname als bewijs gebruiken bij mijn bezwaar?")
    assert "staat niet waarom" in gesprek.zeg("waarom?")


def test_who_says_no_depends_on_who_is_recording(gesprek):
    gesprek.zeg("neemt UWV het gesprek zelf ook op?")
    gesprek.zeg("en als ik nee zeg?")
    assert "R26" in gesprek.bronnen()


def test_nothing_said_before_is_no_error(gesprek):
    assert "Geluid opnemen mag" in gesprek.zeg("korter graag")
