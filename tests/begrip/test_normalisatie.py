"""Spelling for the classifier: words of the subject are put right, names, dates and numbers are left alone."""
import pytest

from components.normalisatie import afstand, klank, normaliseer, verbeter


@pytest.mark.parametrize("getypt, bedoeld", [
    ("beeld opname", "beeldopname"), ("gelijdsopname", "geluidsopname"), ("geliudsopname", "geluidsopname"),
    ("fillemen", "filmen"), ("geluids opnames", "geluidsopnames"), ("toestemmig", "toestemming"),
    ("beelbellen", "beeldbellen"), ("scherm opname", "schermopname"), ("terug luisteren", "terugluisteren"),
    ("stiekum", "stiekem"), ("verzekerings arts", "verzekeringsarts"), ("oneigelijk", "oneigenlijk"),
    ("publiseren", "publiceren"), ("mag ik me gesprek opneme", "mag ik me gesprek opnemen"), ("magik filmen", "mag ik filmen"),
    ("TOESTEMMIG", "toestemming"),
])
def test_words_of_the_subject_are_put_right(getypt, bedoeld):
    assert normaliseer(getypt) == bedoeld


@pytest.mark.parametrize("tekst", [
    "Ik heet Filmon Gesprik", "mijn naam is opnamme", "mevrouw Geluit", "met Jan Regter en Piet Klagt",
    "8 december 2026 om 14:30", "12-05-2027", "0612345678", "BO-ABCD-EFGH-JKMN", "telefon@fimpje.nl", "in Heerlen", "Vlaanderen",
])
def test_names_dates_and_numbers_stay(tekst):
    assert normaliseer(tekst) == tekst.lower()


@pytest.mark.parametrize("woord", ["gehouden", "waarop", "geschreven", "gevonden", "pasen", "weken", "fiets", "vrede"])
def test_a_good_dutch_word_is_not_made_into_another(woord):
    assert verbeter(woord) is None


@pytest.mark.parametrize("a, b, ver", [("opname", "opname", 0), ("opnmae", "opname", 1), ("opnamme", "opname", 1), ("kat", "hond", 3)])
def test_distance_counts_a_swap_as_one(a, b, ver):
    assert afstand(a, b, 2) == ver


@pytest.mark.parametrize("een, ander", [("gefilmt", "gefilmd"), ("vidéo", "video"), ("kamera", "camera"), ("zeiden", "zijden")])
def test_words_that_sound_alike_come_together(een, ander):
    assert klank(een) == klank(ander)
