"""The parts name each other correctly: intents, rules, responses, sources, held-out sentences, settings."""
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from protocol import behandeling, bron, instellingen, meldingen, meldingformulier, toegang, zaakformulier
from protocol import verzoeken as leven
from protocol import verzoekformulier as formulier
from protocol.datums import Reden
from protocol.tekst import NOODINTENTS

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
# What employees and managers may ask about misuse and about recording themselves.
REGELS_STAF = {f"R{n}" for n in [6, 7, 10, 11, *range(30, 47), *range(51, 53), 54, 55, 56, 59]} | {"R27"}
HIATEN_STAF = {"S1", "S3", "S4", *(f"S{n}" for n in range(22, 31))}
HIATEN_KLANT = {s.id for s in bron.hiaten().values() if "K" in s.publiek}
# Responses that state no rule of UWV: conversation, questions of the form, other matters.
ZONDER_BRON = re.compile(
    r"utter_(vraag_|niet_gelezen_|datum_|ask_|uitleg_vragen_|waarom_vragen_|is_opgeslagen|niet_begrepen|status_onbekend"
    r"|geweigerd_|verzoek_(status|wijzigen|intrekken)$|gegevens_verwijder(en|d)$|status_(wachten|toelichting)$|beheer_gestopt$|wijzigen_kan_niet$"
    r"|alleen_(klant|medewerker)$|verzoek_status_zelf$|(een_|geen_|meer_)?open_verzoek(en)?$"
    r"|welk_verzoek$|contact_vastgelegd$|bereikbaar_gewijzigd$|behandeling_(gestopt|mislukt)$|geschiedenis$)"
    r"|utter_(groeten|afscheid|bedanken|wat_kun_je|ben_je_computer|mens_spreken|gevaar|zelfdoding|andere_taal"
    r"|andere_uwv_zaak|andere_instantie|buiten_bereik|verzoek_start|form_hulp|niet_opgeslagen|niets_te_stoppen"
    r"|melding_(start|bij_gevaar|bij_zelfdoding|niet_hier|onveilig|veilig_onbekend|zo_bewaart_u|niet_opgeslagen|gestopt"
    r"|ontvangen|later)|stap_(gestopt|niet_opgeslagen)|welke_zaak|cijfers_eigen_geen"
    r"|default|contact_ongeldig|neem_de_tijd|niet_doorgegeven|eerder_opgeslagen|tijd_buiten_kantooruren|verzoek_nog_niet_verstuurd|losse_gegevens|waar_staat_dat|termijn_gesloten|geen_opdracht|gemaskeerd|te_snel|storing)$")


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


@pytest.mark.parametrize("regel", sorted(REGELS_STAF | HIATEN_STAF, key=lambda i: (i[0], int(i[1:]))))
def test_every_staff_rule_and_silent_spot_has_an_answer(regel):
    assert [naam for naam, _, v in ALLE_VARIANTEN if regel in bronnen(v) and naam.replace("utter_", "") in DOMEIN["intents"]]


def test_the_term_is_never_written_as_a_number():
    assert [naam for naam, _, v in ALLE_VARIANTEN if re.search(r"\b(5|vijf)\b", v["text"])] == []


def test_every_intent_has_training_held_out_sentences_and_a_rule():
    intents = set(DOMEIN["intents"])
    assert intents == set(NLU) == set(HOLDOUT)
    regels = "".join(p.read_text() for p in (WORTEL / "data/rules").glob("*.yml"))
    in_formulier = formulier.ANTWOORDEN | meldingformulier.ANTWOORDEN
    assert [i for i in sorted(intents) if f"intent: {i}\n" not in regels and i not in in_formulier] == []
    assert {i for i, z in HOLDOUT.items() if len(z) < 12} == set()


def test_every_topic_rule_has_its_answer():
    gevraagd = set()
    regels = "".join((WORTEL / f"data/rules/{b}.yml").read_text() for b in ("antwoord", "melding", "oneigenlijk"))
    for stap in re.findall(r"- rule: [^\n]*onderwerp[^\n]*\n(?:(?!- rule).)*?- action: action_antwoord", regels, re.S):
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
    velden += [*meldingformulier.VELDEN, meldingformulier.WIJZIGING, meldingformulier.AKKOORD, *zaakformulier.VELDEN]
    assert {f"utter_{soort}_{v}" for v in velden for soort in ("vraag", "niet_gelezen")} <= set(ANTWOORDEN)


def test_every_step_verdict_and_refusal_of_a_case_has_its_words():
    namen = {f"utter_stap_{s}" for s in meldingen.STAPPEN}
    namen |= {f"utter_stap_geweigerd_{r}" for r in ("gesloten", "niet_gesloten", "al_zo", "al_begonnen", "verouderd",
                                                    "zonder_reden", "geen_toegang", "niet_afgestemd")}
    namen |= {f"utter_duiding_{d}" for d in ("oneigenlijk", "bewerkt", "anoniem", "derde", "groep", "dreiging", "onbekend",
                                             "beeld_niet_openbaar", "geluid_niet_openbaar", "niet_openbaar")}
    assert namen <= set(ANTWOORDEN)
    woorden = ANTWOORDEN["utter_zaak"][0]["metadata"]
    assert set(woorden["stappen"]) == {*meldingen.STAPPEN, meldingen.OVERGENOMEN}
    assert set(woorden["toestanden"]) == {*meldingen.TOESTANDEN, "geen_stappen", "stil"}


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


def test_no_message_in_a_form_is_without_a_rule():
    # A form that leaves a message to the rules, and no rule for it, would end in Rasa's last resort.
    intents = {i if isinstance(i, str) else next(iter(i)) for i in DOMEIN["intents"]}
    gedekt = {formulier_: set() for formulier_ in DOMEIN["forms"]}
    for bestand in sorted((WORTEL / "data/rules").glob("*.yml")):
        for regel in yaml.safe_load(bestand.read_text())["rules"]:
            lussen = [c["active_loop"] for c in regel.get("condition", []) if "active_loop" in c]
            begin = regel["steps"][0]
            for lus in lussen or gedekt:
                if lus:
                    gedekt[lus] |= {stap["intent"] for stap in begin.get("or", [begin]) if "intent" in stap}
    # Danger is answered by the forms themselves.
    assert {lus: intents - ids - NOODINTENTS for lus, ids in gedekt.items() if intents - ids - NOODINTENTS} == {}


def test_rasa_finds_the_data_sound():
    uit = subprocess.run([sys.executable, "-m", "rasa", "data", "validate"], cwd=WORTEL, capture_output=True, text=True)
    assert uit.returncode == 0, uit.stderr[-2000:]


def test_every_setting_is_in_the_readme():
    readme = (WORTEL / "README.md").read_text()
    assert [rij.naam for rij in instellingen.TABEL if f"`{rij.naam}`" not in readme] == []


def test_every_state_step_and_refusal_of_a_request_has_words():
    assert {f"utter_status_{t.replace(' ', '_')}" for t in leven.TOESTANDEN} <= set(ANTWOORDEN)
    oplossingen = ANTWOORDEN["utter_status_andere_oplossing"][0]["metadata"]
    assert set(leven.OPLOSSINGEN) | {behandeling.EIGEN_WOORDEN} <= set(oplossingen)
    assert set(leven.ANTWOORDEN) <= set(ANTWOORDEN["utter_behandel_overzicht"][0]["metadata"])
    verloop = ANTWOORDEN["utter_geschiedenis"][0]["metadata"]
    assert {leven.DOEN} | {s.naam for s in leven.STAPPEN} == set(verloop["stappen"])
    assert {*toegang.ROLLEN, leven.SYSTEEM} == set(verloop["wie"])
    redenen = {k.args[0].value for bestand in WORTEL.glob("protocol/*.py") for k in ast.walk(ast.parse(bestand.read_text()))
               if isinstance(k, ast.Call) and getattr(k.func, "id", "") == "Weigering"}
    assert redenen and {f"utter_geweigerd_{r}" for r in redenen} == {a for a in ANTWOORDEN if a.startswith("utter_geweigerd_")}


def test_every_open_field_of_an_employee_has_its_question_and_its_help():
    velden = (behandeling.TEKST, behandeling.STAP, behandeling.OPLOSSING, behandeling.TOELICHTING, behandeling.AKKOORD)
    assert {f"utter_{soort}_behandel_{v}" for v in velden for soort in ("vraag", "niet_gelezen")} <= set(ANTWOORDEN)
