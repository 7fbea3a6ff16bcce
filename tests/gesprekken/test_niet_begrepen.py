"""Knowing when it does not know."""
import pytest

from actions.antwoord import gaat_tussen_twee


@pytest.mark.parametrize("kansen, twee", [
    ([0.4, 0.35, 0.05], True), ([0.3, 0.28, 0.02], True), ([0.9, 0.02], False), ([0.3, 0.25, 0.2], False), ([0.2, 0.15], False),
    ([0.6], False), ([], False), ([0.8, 0.1, 0.01], False),
])
def test_a_near_tie_is_a_choice_of_two(kansen, twee):
    assert gaat_tussen_twee(kansen) is twee


@pytest.mark.parametrize("bericht", ["asdkjh qwe", "xxxxxx", "qwertyuiop", "jkl jkl jkl fds"])
def test_nonsense_is_not_understood(gesprek, bericht):
    antwoord = gesprek.zeg(bericht)
    assert "zeker wat u bedoelt" in antwoord or "begrijp uw vraag niet" in antwoord


def test_another_language_is_answered_in_it(gesprek):
    assert "only speaks Dutch" in gesprek.zeg("Could you please tell me whether my neighbour may come along tomorrow?")
