"""The agent's answers beside the client's: always there, the same sources, three blocks, short enough to read aloud."""
import json
import re

import pytest
from rasa.core.nlg.generator import ResponseVariationFilter
from test_samenhang import ANTWOORDEN, DOMEIN, WORTEL, bronnen

from protocol.toegang import KLANT, KLANTCONTACT, ROLLEN

SOORTEN = ("geluid", "beeld", None)
REGEL = re.compile(r"Regel: (?P<regel>.+)\nZeg: (?P<zeg>.+)\nBeloof niet: (?P<beloof>.+)")
SOORT_REGEL = re.compile(r"\b(Mag|Mag niet|UWV vraagt|Niet geregeld(?: of onbekend)?|Achtergrond): ")
# Help inside the form, an answer in short and its reason: read aloud as the client reads it.
VOOR_BEIDEN = re.compile(r"utter_(waarom_vragen|uitleg_vragen|kort)_|utter_waar_staat_dat$|utter_intern_|"
                         r"utter_waarom_(?!protocol$|beeld_strenger$)")
# An employee's own work on a request or a case, which neither a client nor an agent may do (protocol.toegang).
VAN_MEDEWERKER = re.compile(r"utter_(rij|genomen|voor_u_antwoordt|behandel_overzicht|beantwoord)$|"
                            r"utter_(vraag_)?(melding|zaak|stap|duiding|concept)(_|$)|"
                            r"utter_(welk_concept|geen_zaken|cijfers_eigen)$")
# Not for the caller, unless the client's own answer to the topic says it.
INTERN = re.compile(r"leidinggevende|manager|juridische zaken|\bARO\b|agressie|\bVPT\b|aangifte|politie|strafblad|\bintern\b|"
                    r"\b[RS]\d", re.IGNORECASE)
ONDERWERPEN = sorted(naam for naam, varianten in ANTWOORDEN.items()
                     if (naam.replace("utter_", "") in DOMEIN["intents"] or naam.endswith("_algemeen"))
                     and bronnen(varianten[-1]) and not VOOR_BEIDEN.match(naam) and naam != "utter_telling")  # the count itself is a list


def keuze(naam, rol, soort):
    """The variations from which Rasa would draw one, by its own filter."""
    return ResponseVariationFilter(ANTWOORDEN).responses_for_utter_action(naam, "web", {"rol": rol, "opnamesoort": soort})


def test_the_kinds_are_all_the_kinds_there_are():
    patronen = (WORTEL / "data/entiteiten/opname.jsonl").read_text().splitlines()
    assert {p["id"] for p in map(json.loads, patronen) if p["label"] == "opnamesoort"} == {"geluid", "beeld"}


@pytest.mark.parametrize("rol", ROLLEN)
def test_no_answer_is_drawn_by_lot(rol):
    assert [(naam, soort) for naam in ANTWOORDEN for soort in SOORTEN if len(keuze(naam, rol, soort)) != 1
            and not (naam.startswith("utter_intern_") and rol != KLANTCONTACT)] == []


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("naam", sorted(n for n, v in ANTWOORDEN.items() if bronnen(v[-1])
                                        and not VOOR_BEIDEN.match(n) and not VAN_MEDEWERKER.match(n)))
def test_every_client_rule_has_its_agent_variant_with_the_same_sources(naam, soort):
    [klant], [contact] = keuze(naam, KLANT, soort), keuze(naam, KLANTCONTACT, soort)
    assert {"type": "slot", "name": "rol", "value": KLANTCONTACT} in contact.get("condition", [])
    assert contact["text"] != klant["text"]
    assert bronnen(contact) == bronnen(klant)


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("naam", ONDERWERPEN)
def test_a_topic_is_told_in_three_blocks(naam, soort):
    [variant] = keuze(naam, KLANTCONTACT, soort)
    blokken = REGEL.fullmatch(variant["text"])
    assert blokken, variant["text"]
    genoemd = set(re.findall(r"\b[RS]\d+\b", blokken["regel"]))
    assert SOORT_REGEL.search(blokken["regel"])
    assert genoemd == set(bronnen(variant))


@pytest.mark.parametrize("naam", sorted(ANTWOORDEN))
def test_what_is_read_aloud_is_short_and_holds_nothing_internal(naam):
    for variant in ANTWOORDEN[naam]:
        for zeg in re.findall(r"^Zeg: (.+)$", variant["text"], re.MULTILINE):
            assert len(zeg.split()) <= 45
            assert 1 <= len(re.findall(r"[.?!](?:\s|$)", zeg)) <= 3
            klant = keuze(naam, KLANT, None)[0]["text"].lower()
            assert [w for w in INTERN.findall(zeg) if w.lower() not in klant] == []


def test_only_the_agent_gets_an_agent_variant():
    for naam in ANTWOORDEN:
        for rol in ROLLEN:
            for soort in SOORTEN:
                for variant in keuze(naam, rol, soort):
                    assert rol == KLANTCONTACT or not re.search(r"^(Regel|Zeg|Beloof niet): ", variant["text"], re.MULTILINE)
