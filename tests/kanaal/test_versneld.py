"""What is done once instead of at every turn gives what the original gives."""
import asyncio
import itertools
import json
import random
import tarfile

import pytest
from assistent import MODEL
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from components import versneld

GOED = {"events": [{"event": "slot", "name": "plaats", "value": "Zwolle", "timestamp": None}],
        "responses": [{"text": "dag", "buttons": []}]}


@pytest.mark.parametrize("antwoord", [
    GOED, {"events": [], "responses": []}, {}, [], "stuk", None, {"events": "geen lijst"}, {"responses": [1]},
    {"events": [{"event": 3}]}, {"events": [{"zonder": "soort"}], "responses": []},
])
def test_the_kept_validator_judges_as_the_new_one(antwoord):
    def oordeel(keur):
        try:
            return keur(RemoteAction("x", None), antwoord)
        except ValidationError as fout:
            return fout.message
    assert oordeel(versneld._validate_action_result) == oordeel(versneld.ORIGINEEL["antwoord"])


def test_an_event_is_of_the_same_class():
    for soort in all_subclasses(Event):
        assert versneld.resolve_by_type(soort.type_name) is versneld.ORIGINEEL["soort"](soort.type_name)
    assert versneld.resolve_by_type("topic") is None
    assert versneld.resolve_by_type("onbekend", Event) is Event
    with pytest.raises(ValueError):
        versneld.resolve_by_type("onbekend")


@pytest.fixture(scope="module")
def lookup():
    with tarfile.open(MODEL) as tar:
        naam = next(n for n in tar.getnames() if n.endswith("rule_policy.json"))
        return json.load(tar.extractfile(naam))["lookup"]


@pytest.mark.parametrize("soort", [RULES, RULES_FOR_LOOP_UNHAPPY_PATH])
def test_the_same_rules_fit(lookup, soort):
    """Conversations made of the rules' own states, whole, cut, mixed and spoiled."""
    beleid, sleutels, dobbel = object.__new__(RulePolicy), sorted(lookup[soort]), random.Random(1)
    gevonden = 0
    for _ in range(150):
        toestanden = json.loads(dobbel.choice(sleutels))
        toestanden = json.loads(dobbel.choice(sleutels))[:dobbel.randint(0, 2)] + toestanden[dobbel.randint(0, 1):]
        if toestanden and dobbel.random() < 0.3:
            toestanden[-1].get("user", {})["intent"] = dobbel.choice(["groeten", "verzoek_doen", "None"])
        for deel in itertools.chain(*(t.values() for t in toestanden)):
            for naam, waarde in deel.items():
                deel[naam] = tuple(waarde) if isinstance(waarde, list) else waarde
        verwacht = versneld.ORIGINEEL["sleutels"](beleid, lookup[soort], toestanden)
        assert versneld._get_possible_keys(beleid, lookup[soort], toestanden) == verwacht
        gevonden += bool(verwacht)
    assert gevonden > 20
    assert versneld._get_possible_keys(beleid, lookup[soort], []) == set(sleutels)


def test_one_spacy_pipeline_serves_both_nodes():
    eerste = versneld.load_model("models/spacy_nl")
    assert versneld.load_model("models/spacy_nl") is eerste
    assert eerste.model.pipe_names == versneld.ORIGINEEL["spacy"]("models/spacy_nl").model.pipe_names


def test_one_session_stays_open_for_each_endpoint():
    async def speel():
        een, ander = EndpointConfig("http://127.0.0.1:9/"), EndpointConfig("http://127.0.0.1:9/")
        async with versneld.session(een) as eerste:
            pass
        async with versneld.session(een) as tweede, versneld.session(ander) as derde:
            assert eerste is tweede and eerste is not derde and not eerste.closed
        await eerste.close()
        async with versneld.session(een) as vierde:
            assert not vierde.closed
        await vierde.close()
        await derde.close()
    asyncio.run(speel())
