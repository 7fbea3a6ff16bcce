"""What was not understood comes back masked, grouped and in the form of the training data."""
from datetime import date

import yaml
from assistent import Gesprek

from tools.hear import als_yaml, gebeurtenissen, niet_begrepen, zonder_gegevens


def test_personal_data_is_masked():
    zin = zonder_gegevens("Ik heet Jan Jansen, bsn 111222333, bel 06 12345678 of mail jan@voorbeeld.nl, NL91ABNA0417164300")
    assert not any(w in zin for w in ("Jansen", "111222333", "12345678", "jan@", "0417164300"))
    assert "[naam]" in zin and "[telefoon]" in zin and "[e-mail]" in zin


def test_a_sentence_without_personal_data_stays():
    assert zonder_gegevens("mag ik  op 8 december\nfilmen?") == "mag ik op 8 december filmen?"


def test_what_was_not_understood_is_found_in_the_stored_conversations(assistent):
    een, ander = Gesprek(assistent.basis_url), Gesprek(assistent.basis_url)
    for gesprek in (een, ander):
        gesprek.zeg("qwerty zxcvb plop@voorbeeld.nl")
    een.zeg("mag ik filmen?")
    gevonden = niet_begrepen(gebeurtenissen(assistent.omgeving["OPNAME_GESPREKKEN"], None))
    zinnen = dict(paar for lijst in gevonden.values() for paar in lijst)
    assert zinnen["qwerty zxcvb [e-mail]"] >= 2 and "mag ik filmen?" not in zinnen
    gelezen = yaml.safe_load(als_yaml(gevonden, {"bewaren": [("hoe lang dan?", 2)]}))["nlu"]
    assert any("- qwerty zxcvb [e-mail]" in blok["examples"] for blok in gelezen)
    assert gelezen[-1] == {"intent": "bewaren", "examples": "- hoe lang dan?\n"}


def test_only_what_is_new_enough(assistent):
    assert niet_begrepen(gebeurtenissen(assistent.omgeving["OPNAME_GESPREKKEN"], date(2999, 1, 1))) == {}
