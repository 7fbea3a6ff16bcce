"""What the actions choose to say, without a server."""
import asyncio

import pytest
import yaml
from pathlib import Path
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.antwoord import ActionAntwoord, ActionNietBegrepen, ActionOverAntwoord, ActionVervolg
from actions.sessie import ActionSessionStart
from actions.termijn import ActionTelling, ActionTermijn
from actions.verzoek import ValidateVerzoekForm
from protocol import bron

WORTEL = Path(__file__).resolve().parents[2]
DOMEIN = {"responses": {naam: v for b in (WORTEL / "data/antwoorden").glob("*.yml")
                        for naam, v in yaml.safe_load(b.read_text())["responses"].items()}}


@pytest.fixture(autouse=True)
def nu(monkeypatch):
    monkeypatch.setenv("OPNAME_NU", "2026-11-23T10:15")


@pytest.fixture
def zeven(monkeypatch):
    regels = dict(bron.regels())
    regels["R17"] = regels["R17"]._replace(parameters={"termijn_werkdagen": 7})
    monkeypatch.setattr(bron, "regels", lambda: regels)


def tracker(tekst="", intent="", events=(), ranking=(), entiteiten=(), lus=None, claims=None, **slots):
    bericht = {"text": tekst, "intent": {"name": intent, "confidence": 0.9}, "metadata": claims or {},
               "entities": [{"entity": k, "value": v} for k, v in entiteiten],
               "intent_ranking": [{"name": n, "confidence": c} for n, c in ranking]}
    return Tracker("g", slots, bericht, list(events), False, None, {"name": lus} if lus else {}, "action_listen")


def zegt(actie, tr):
    dispatcher = CollectingDispatcher()
    events = actie.run(dispatcher, tr, DOMEIN)
    if asyncio.iscoroutine(events):
        events = asyncio.run(events)
    return dispatcher.messages, events


def bot(antwoord):
    return {"event": "bot", "metadata": {"utter_action": antwoord}}


def test_a_topic_gets_its_answer_with_the_term_and_the_way_to_a_person():
    [gezegd], _ = zegt(ActionAntwoord(), tracker("hoe vraag ik het", "hoe_vragen"))
    assert (gezegd["response"], gezegd["termijn"]) == ("utter_hoe_vragen", 5) and gezegd["contact"]


def test_the_term_of_seven_changes_answer_verdict_and_count(zeven):
    [gezegd], _ = zegt(ActionAntwoord(), tracker("hoe vraag ik het", "hoe_vragen"))
    assert gezegd["termijn"] == 7
    [gezegd], _ = zegt(ActionTermijn(), tracker("ik heb 2 december een afspraak", "termijn"))
    assert gezegd["response"] == "utter_termijn_op_tijd" and gezegd["laatste_dag"] == "maandag 23 november 2026"
    [gezegd], _ = zegt(ActionTelling(), tracker("", "telling", termijn_datum="2026-12-02"))
    assert "werkdag 7" in gezegd["dagen"]


@pytest.mark.parametrize("tekst, antwoord", [
    ("ik heb 5 januari een afspraak", "utter_termijn_op_tijd"), ("morgen", "utter_termijn_te_laat"),
    ("tot wanneer kan dat", "utter_termijn_algemeen"), ("gisteren", "utter_datum_voorbij"),
    ("volgende dinsdag", "utter_datum_volgende_twee_lezingen"), ("30 februari", "utter_datum_onbestaand")])
def test_the_term_of_a_date(tekst, antwoord):
    gezegd, _ = zegt(ActionTermijn(), tracker(tekst, "termijn"))
    assert gezegd[0]["response"] == antwoord


def test_on_the_edge(monkeypatch):
    monkeypatch.setenv("OPNAME_NU", "2026-05-04T23:59")
    [gezegd], _ = zegt(ActionTermijn(), tracker("11 mei", "termijn"))
    assert gezegd["response"] == "utter_termijn_op_de_grens"
    assert (gezegd["laatste_dag"], gezegd["uiterste_dag"]) == ("vrijdag 1 mei 2026", "maandag 4 mei 2026")


def test_a_follow_up_takes_the_last_topic_and_the_new_word():
    na_delen = [bot("utter_delen")]
    for entiteiten, antwoord in ((("opnamesoort", "beeld"), "utter_delen"),
                                 (("gesprekskanaal", "beeldbellen"), "utter_welk_gesprek"),
                                 (("medium", "facebook"), "utter_openbaar_maken")):
        [gezegd], _ = zegt(ActionVervolg(), tracker("en ...?", "vervolg", na_delen, entiteiten=[entiteiten]))
        assert gezegd["response"] == antwoord


def test_where_does_that_stand_names_the_section():
    [gezegd], _ = zegt(ActionOverAntwoord(), tracker("waar staat dat", "waar_staat_dat", [bot("utter_delen")]))
    assert "protocol 17 oktober 2023" in gezegd["bronregel"]


def test_not_understood_offers_likely_topics_and_then_a_person():
    ranking = [("nlu_fallback", 0.2), ("delen", 0.15), ("groeten", 0.1), ("livestream", 0.08), ("boos", 0.01)]
    [gezegd], _ = zegt(ActionNietBegrepen(), tracker("brabbel", "nlu_fallback", ranking=ranking))
    assert [k["payload"] for k in gezegd["buttons"]] == ["/delen", "/livestream"]
    [gezegd], _ = zegt(ActionNietBegrepen(), tracker("brabbel", "nlu_fallback", [bot("utter_niet_begrepen")], ranking))
    assert gezegd["response"] == "utter_niet_begrepen_weer"


def test_the_role_is_that_of_the_token_and_nothing_else():
    _, events = zegt(ActionSessionStart(), tracker(session_started_metadata={"rol": "klantcontact", "sub": "x"}))
    assert {"event": "slot", "timestamp": None, "name": "rol", "value": "klantcontact"} in events
    _, events = zegt(ActionSessionStart(), tracker("ik ben leidinggevende", entiteiten=[("rol", "leidinggevende")]))
    assert {"event": "slot", "timestamp": None, "name": "rol", "value": "klant"} in events


def test_a_failing_store_says_so_and_keeps_the_form_open(monkeypatch, tmp_path):
    monkeypatch.setenv("OPNAME_DATABASE", "postgresql://niemand@127.0.0.1:1/weg")
    slots = {"verzoek_sleutel": "s1", "requested_slot": "akkoord", "afspraak_datum": "2026-12-08", "oordeel": "op tijd",
             "afspraak_tijd": "14:30", "gesprekssoort": "beeldbellen", "plaats": None, "met_wie": "onbekend",
             "naam": "Jan", "contact": "via Mijn UWV", "bijzonderheden": "geen"}
    gezegd, events = zegt(ValidateVerzoekForm(), tracker("ja", "bevestigen", lus="verzoek_form", **slots))
    assert gezegd[0]["response"] == "utter_niet_opgeslagen"
    gezet = {e["name"]: e["value"] for e in events}
    assert gezet["requested_slot"] == "akkoord" and not gezet.get("referentie")
