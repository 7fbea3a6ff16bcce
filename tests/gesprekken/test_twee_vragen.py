"""Two clear questions in one message are both answered, in order; a story is answered on its question."""
import pytest


@pytest.mark.parametrize("bericht, eerst, daarna", [
    ("Mag ik de opname aan mijn zus laten horen? En mag ik hem op facebook zetten?", "R23", "R24"),
    ("Hoe vraag ik of ik mag filmen en wanneer krijg ik antwoord?", "R18", "S10"),
    ("mag ik een screenshot maken en mag mijn advocaat de opname hebben als bewijs", "S13", "S18"),
])
def test_both_questions_are_answered_in_order(gesprek, bericht, eerst, daarna):
    gesprek.zeg(bericht)
    per_antwoord = [set(b.get("metadata", {}).get("bron", [])) for b in gesprek.berichten]
    assert len(per_antwoord) == 2 and eerst in per_antwoord[0] and daarna in per_antwoord[1]


def test_each_part_is_answered_for_its_own_kind(gesprek):
    gesprek.zeg("Moet ik een geluidsopname melden? En mag ik het filmpje op youtube zetten?")
    eerste, tweede = gesprek.berichten
    assert {"R15"} <= set(eerste["metadata"]["bron"]) and "R17" not in eerste["metadata"]["bron"]
    assert "beeldopname" in tweede["text"]
    assert "Bron" in gesprek.zeg("waar staat dat?")


@pytest.mark.parametrize("bericht, bron", [
    ("Mijn moeder is ziek. Ik ga vaak bij haar langs. Mag ik de opname aan haar laten horen?", "R23"),
    ("Ik heb volgende week een keuring. De vorige keer ging het mis. Mijn zus zegt dat ik het stiekem moet filmen. Mag dat?", "R21"),
])
def test_a_story_gets_one_answer_to_its_question(gesprek, bericht, bron):
    gesprek.zeg(bericht)
    assert len(gesprek.berichten) == 1 and bron in gesprek.bronnen()


def test_an_answer_in_the_form_is_not_split(gesprek):
    gesprek.zeg("ik wil filmen")
    antwoord = gesprek.zeg("8 december om half drie. Het is op kantoor in Zwolle.")
    assert "Met wie" in antwoord or "met wie" in antwoord
