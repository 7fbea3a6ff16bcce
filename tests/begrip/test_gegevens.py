"""The sentences themselves: no near-duplicates, and a coverage table that is made of them."""
import re
from collections import defaultdict

from protocol import bron
from tools.dekking import README, dekking, met_tabel
from tools.evaluate import gegevens

# Of two sentences of four words or more, the words they share as a part of all their words.
GELIJK = 0.9
MINSTENS_WOORDEN = 4


def _woorden(zin):
    return frozenset(re.findall(r"\w+", zin.lower()))


def test_no_two_training_sentences_are_nearly_the_same():
    zinnen = [(w, z) for z in gegevens.training() if len(w := _woorden(z.tekst)) >= MINSTENS_WOORDEN]
    met_woord = defaultdict(list)
    dubbel = []
    for nummer, (woorden, zin) in enumerate(zinnen):
        samen = defaultdict(int)
        for woord in woorden:
            for ander in met_woord[woord]:
                samen[ander] += 1
            met_woord[woord].append(nummer)
        dubbel += [(zin.intent, zin.tekst, zinnen[ander][1].intent, zinnen[ander][1].tekst) for ander, aantal in samen.items()
                   if aantal / len(woorden | zinnen[ander][0]) >= GELIJK]
    assert dubbel == []


def test_the_coverage_table_has_every_topic_with_its_rules():
    per_intent = {intent: ids for intent, _, ids in dekking()}
    assert {"R12", "R20"} <= set(per_intent["mag_opnemen"]) and per_intent["groeten"] == []
    assert README.read_text("utf-8") == met_tabel(README.read_text("utf-8")), "run `python -m tools.dekking`"


def test_every_rule_and_every_silent_spot_is_reached_by_asking():
    assert {*bron.regels(), *bron.hiaten()} == {i for _, _, ids in dekking() for i in ids}
