"""The table of concepts can be read, and says what its words mean."""
import pytest

from components.begrippen import begrippen, lees_tabel, met_paren, tabel
from components.kenmerken import vraagzin
from components.onzin import onzin


@pytest.mark.parametrize("tekst, begrip", [
    ("mag ik filmen", "BEELD"), ("mijn voicememo", "GELUID"), ("stiekem opnemen", "STIEKEM"),
    ("zonder dat de arts het weet", "STIEKEM"), ("op tiktok gezet", "OPENBAAR"), ("doorsturen naar mijn zus", "DELEN"),
    ("24 uur van tevoren", "OUDE_REGEL"), ("als ze nee zeggen", "WEIGEREN"), ("neemt uwv mij op", "MIJ_FILMEN"),
])
def test_a_concept_is_found_in_other_words(tekst, begrip):
    assert begrip in begrippen(tekst)


def test_a_word_of_other_matters_is_no_concept_of_ours():
    assert not {"BEELD", "GELUID", "OPNEMEN", "OPENBAAR"} & set(begrippen("mijn fiets staat buiten"))


@pytest.mark.parametrize("regel", ["geen naam hier", "NAAM:", "NAAM: (open", "klein: woord"])
def test_a_line_that_cannot_be_read_is_an_error(regel):
    with pytest.raises(ValueError):
        lees_tabel(regel)


def test_every_concept_stands_once():
    namen = [naam for naam, _ in tabel()]
    assert len(namen) == len(set(namen)) > 50


def test_pairs_do_not_depend_on_the_order():
    assert set(met_paren(["A", "B"])) == set(met_paren(["B", "A"])) == {"A", "B", "A+B"}


@pytest.mark.parametrize("tekst, vraag", [
    ("Mag ik filmen?", "Mag ik filmen?"),
    ("Ik heb een keuring. Mijn zus komt mee. Mag zij op de film?", "Mag zij op de film?"),
    ("Mag dat? Ik ben namelijk slechthorend.", "Mag dat?"),
    ("Ik ben boos. Ik wil filmen.", "Ik wil filmen."),
])
def test_a_long_story_is_about_its_question(tekst, vraag):
    assert vraagzin(tekst) == vraag


def test_nonsense_is_the_same_every_time():
    assert onzin(["een", "twee"], 20) == onzin(["een", "twee"], 20) and len(onzin(["een", "twee"], 20)) == 20
