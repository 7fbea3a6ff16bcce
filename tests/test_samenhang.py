"""The parts name each other correctly: intents, rules, responses, sources, held-out sentences, settings."""
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from protocol import bron, instellingen
from protocol import verzoekformulier as formulier
from protocol.datums import Reden

WORTEL = Path(__file__).resolve().parents[1]
DOMEIN = yaml.safe_load((WORTEL / "domain.yml").read_text())
ANTWOORDEN = {}
for _bestand in sorted((WORTEL / "data/antwoorden").glob("*.yml")):
    for _naam, _varianten in yaml.safe_load(_bestand.read_text())["responses"].items():
        assert _naam not in ANTWOORDEN, f"{_naam} stands in two files"
        ANTWOORDEN[_naam] = _varianten
NLU = {i["intent"]: [r[2:] for r in i["examples"].splitlines() if r.startswith("- ")]
       for b in sorted((WORTEL / "data/nlu").glob("*.yml")) for i in yaml.safe_load(b.read_text())["nlu"]}
HOLDOUT = {intent: [z for zinnen in stemmen.values() for z in zinnen]
           for b in sorted((WORTEL / "tests/nlu").glob("*.yml")) if b.stem != "buiten_bereik_groot"
           for intent, stemmen in yaml.safe_load(b.read_text()).items()}
ALLE_VARIANTEN = [(naam, n, v) for naam, varianten in ANTWOORDEN.items() for n, v in enumerate(varianten)]

# Parts of the memo that concern a client (R6.. and the staff's steps are told to staff).
REGELS_KLANT = {f"R{n}" for n in [*range(12, 29), *range(32, 37), 49, 53, 57]} | {"R5"}
HIATEN_KLANT = {s.id for s in bron.hiaten().values() if "K" in s.publiek}
# Responses that state no rule of UWV: conversation, questions of the form, other matters.
ZONDER_BRON = re.compile(
    r"utter_(vraag_|niet_gelezen_|datum_|ask_|uitleg_vragen_|waarom_vragen_|is_opgeslagen|niet_begrepen|status_onbekend"
    r"|geweigerd_|verzoek_(status|wijzigen|intrekken)$|status_(wachten|toelichting)$|beheer_gestopt$|wijzigen_kan_niet$"
    r"|alleen_(klant|medewerker)$|verzoek_status_zelf$|(een_|geen_|meer_)?open_verzoek(en)?$"
    r"|welk_verzoek$|contact_vastgelegd$|bereikbaar_gewijzigd$|behandeling_(gestopt|mislukt)$|geschiedenis$)"
    r"|utter_(groeten|afscheid|bedanken|wat_kun_je|ben_je_computer|mens_spreken|gevaar|zelfdoding|andere_taal"
    r"|andere_uwv_zaak|andere_instantie|buiten_bereik|verzoek_start|form_hulp|niet_opgeslagen|niets_te_stoppen"
    r"|contact_ongeldig|neem_de_tijd|niet_doorgegeven|eerder_opgeslagen|tijd_buiten_kantooruren|verzoek_nog_niet_verstuurd|losse_gegevens|waar_staat_dat|termijn_gesloten|geen_opdracht|gemaskeerd|te_snel|storing)$")


def gelijk(zin):
    return " ".join(re.findall(r"\w+", zin.lower()))


def bronnen(variant):
    return variant.get("metadata", {}).get("bron", [])


@pytest.mark.parametrize("naam, n, variant", ALLE_VARIANTEN, ids=[f"{a}-{n}" for a, n, _ in ALLE_VARIANTEN])
def test_a_response_names_known_sources_and_is_short(naam, n, variant):
    assert bronnen(variant) or ZONDER_BRON.match(naam), "states a rule without a source"
    assert set(bronnen(variant)) <= set(bron.regels()) | set(bron.hiaten())
    assert len(variant["text"].split()) <= 90
    assert not re.search(r"\b(je|jij|jou|jouw|jullie)\b", variant["text"].lower()), "not the u-form"


@pytest.mark.parametrize("regel", sorted(REGELS_KLANT | HIATEN_KLANT, key=lambda i: (i[0], int(i[1:]))))
def test_every_client_rule_and_silent_spot_has_an_answer(regel):
    onderwerpen = [naam for naam, varianten in ANTWOORDEN.items() for v in varianten
                   if regel in bronnen(v) and naam.replace("utter_", "") in DOMEIN["intents"]]
    taken = [naam for naam, varianten in ANTWOORDEN.items() for v in varianten if regel in bronnen(v)]
    assert onderwerpen or (regel in ("S7", "S8") and taken)


def test_the_term_is_never_written_as_a_number():
    assert [naam for naam, _, v in ALLE_VARIANTEN if re.search(r"\b(5|vijf)\b", v["text"])] == []


def test_every_intent_has_training_held_out_sentences_and_a_rule():
    intents = set(DOMEIN["intents"])
    assert intents == set(NLU) == set(HOLDOUT)
    regels = "".join(p.read_text() for p in (WORTEL / "data/rules").glob("*.yml"))
    in_formulier = formulier.ANTWOORDEN
    assert [i for i in sorted(intents) if f"intent: {i}\n" not in regels and i not in in_formulier] == []
    assert {i for i, z in HOLDOUT.items() if len(z) < 12} == set()


def test_every_topic_rule_has_its_answer():
    gevraagd = set()
    for stap in re.findall(r"- rule: [^\n]*onderwerp.*?- action: action_antwoord",
                           (WORTEL / "data/rules/antwoord.yml").read_text(), re.S):
        gevraagd |= set(re.findall(r"intent: (\w+)", stap))
    assert gevraagd and {i for i in gevraagd if f"utter_{i}" not in ANTWOORDEN} == set()


def test_no_held_out_sentence_is_trained_on():
    getraind = {gelijk(z) for zinnen in NLU.values() for z in zinnen}
    groot = yaml.safe_load((WORTEL / "tests/nlu/buiten_bereik_groot.yml").read_text())
    zinnen = [z for lijst in [*HOLDOUT.values(), *groot.values()] for z in lijst]
    assert [z for z in zinnen if gelijk(z) and gelijk(z) in getraind] == []


def test_no_sentence_is_trained_twice():
    gezien = {}
    dubbel = []
    for intent, zinnen in NLU.items():
        for z in zinnen:
            if gelijk(z) and gelijk(z) in gezien:
                dubbel.append((z, intent, gezien[gelijk(z)]))
            gezien[gelijk(z)] = intent
    assert dubbel == []


def test_every_reason_of_the_date_reader_has_words():
    stil = {Reden.GELEZEN, Reden.JAAR_AANGENOMEN, Reden.MAAND_AANGENOMEN, Reden.CORRECTIE, Reden.GEEN,
            Reden.ALLEEN_DAGDEEL, Reden.TE_LANG, Reden.GEEN_TEKST}
    assert {f"utter_datum_{r}" for r in set(Reden) - stil} <= set(ANTWOORDEN)


def test_every_field_of_the_form_has_its_question_and_its_help():
    velden = [*formulier.VELDEN, formulier.WIJZIGING, formulier.AKKOORD]
    assert {f"utter_{soort}_{v}" for v in velden for soort in ("vraag", "niet_gelezen")} <= set(ANTWOORDEN)


def test_every_button_leads_somewhere():
    knoppen = {re.match(r"/(\w+)", k["payload"])[1] for _, _, v in ALLE_VARIANTEN for k in v.get("buttons", [])}
    assert knoppen <= set(DOMEIN["intents"])


def test_the_code_says_only_responses_that_exist():
    genoemd = {k.value for bestand in [*WORTEL.glob("actions/*.py"), *WORTEL.glob("protocol/*.py"), *WORTEL.glob("channels/*.py")]
               for k in ast.walk(ast.parse(bestand.read_text()))
               if isinstance(k, ast.Constant) and isinstance(k.value, str) and re.fullmatch(r"utter_\w+", k.value)}
    assert {g for g in genoemd if not g.endswith("_")} - {"utter_action"} <= set(ANTWOORDEN)


def test_protocol_knows_no_rasa():
    for bestand in WORTEL.glob("protocol/**/*.py"):
        for knoop in ast.walk(ast.parse(bestand.read_text())):
            namen = [a.name for a in knoop.names] if isinstance(knoop, ast.Import) else [getattr(knoop, "module", "") or ""] \
                if isinstance(knoop, ast.ImportFrom) else []
            assert not [n for n in namen if n.split(".")[0] in ("rasa", "rasa_sdk", "actions", "channels", "components")]


def test_rasa_finds_the_data_sound():
    uit = subprocess.run([sys.executable, "-m", "rasa", "data", "validate"], cwd=WORTEL, capture_output=True, text=True)
    assert uit.returncode == 0, uit.stderr[-2000:]


def test_every_setting_is_in_the_readme():
    readme = (WORTEL / "README.md").read_text()
    assert [rij.naam for rij in instellingen.TABEL if f"`{rij.naam}`" not in readme] == []
