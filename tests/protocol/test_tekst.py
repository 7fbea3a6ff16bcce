"""Small readings of Dutch text."""
import pytest

from protocol.tekst import kies, lijkt_vraag, zonder_aanloop


@pytest.mark.parametrize("tekst, aantal, plek", [
    ("de eerste", 2, 0), ("doe de tweede maar", 2, 1), ("de laatste graag", 3, 2), ("de 2e", 2, 1),
    ("de tweede", 1, None), ("tweede paasdag", 2, None), ("dinsdag", 2, None), ("", 2, None)])
def test_pointing_at_a_choice(tekst, aantal, plek):
    assert kies(tekst, aantal) == plek


@pytest.mark.parametrize("tekst, vraag", [
    ("mag dat", True), ("Zwolle?", True), ("ik vroeg me af hoe lang dat duurt", True), ("de arts in Zwolle", False),
    ("Marjan Moet", False), ("", False)])
def test_the_form_of_a_question(tekst, vraag):
    assert lijkt_vraag(tekst) is vraag


@pytest.mark.parametrize("tekst, kern", [
    ("eh, bij de arts", "de arts"), ("het is in Zwolle.", "Zwolle"), ("afdeling bezwaar", "afdeling bezwaar")])
def test_the_answer_without_its_run_up(tekst, kern):
    assert zonder_aanloop(tekst) == kern
