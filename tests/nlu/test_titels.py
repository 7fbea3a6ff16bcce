"""Every topic an agent can pick from the list leads to its own answer, for its own kind of recording."""
import asyncio

import pytest
from test_klantcontact_teksten import keuze
from test_nlu import model  # noqa: F401
from test_samenhang import ANTWOORDEN

from channels.onderwerpen import titels
from protocol.toegang import KLANTCONTACT

# Topics that are answered by an action; it says these responses.
ACTIE = {"utter_termijn_algemeen": "termijn", "utter_telling_algemeen": "telling", "utter_telling": "telling",
         "utter_verzoek_start": "verzoek_doen"}
BEDOELD = {}
for _naam in ANTWOORDEN:
    for _soort in ("geluid", "beeld", None):
        for _variant in keuze(_naam, KLANTCONTACT, _soort):
            if "condition" in _variant and (_titel := _variant.get("metadata", {}).get("titel")):
                BEDOELD.setdefault(_titel, (ACTIE.get(_naam, _naam.replace("utter_", "")), set()))[1].add(_soort)


def test_every_title_in_the_list_is_covered():
    assert set(titels(ANTWOORDEN)) == set(BEDOELD)


@pytest.mark.parametrize("titel", sorted(BEDOELD))
def test_a_title_leads_to_its_topic(model, titel):  # noqa: F811
    gelezen = asyncio.new_event_loop().run_until_complete(model.parse_message(titel))
    intent, soorten = BEDOELD[titel]
    assert gelezen["intent"]["name"] == intent
    genoemd = [e["value"] for e in gelezen["entities"] if e["entity"] == "opnamesoort"]
    assert (genoemd[-1] if genoemd else None) in soorten
