"""What a form read as a name or a remark leaves the message before it is stored."""
import asyncio
import json

from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels import nawerk
from protocol.versleutelen import ontzegel, verzegel


def tracker(tekst, *slots, entiteiten=()):
    parse = {"text": tekst, "intent": {"name": "x"}, "entities": list(entiteiten), "metadata": {"rol": "klant"}}
    gezegd = UserUttered(tekst, {"name": "x"}, list(entiteiten), parse, metadata={"rol": "klant"})
    ervoor = UserUttered("Fatima el Amrani in een beurt ervoor", {"name": "x"})
    events = [ervoor, gezegd, ActionExecuted("validate_verzoek_form"),
              *(SlotSet(naam, verzegel(json.dumps(w)) if geheim else w) for naam, w, geheim in slots)]
    return DialogueStateTracker.from_events("g", events), gezegd, ervoor


def test_the_name_is_out_of_the_words_and_kept_beside_them():
    t, gezegd, ervoor = tracker("mijn naam is fatima el amrani", ("naam", "Fatima el Amrani", True), ("contact", None, False),
                                entiteiten=[{"entity": "plaats", "value": "Fatima el Amrani"}])
    nawerk.wis(t)
    assert gezegd.text == f"mijn naam is {nawerk.WEG}" and gezegd.entities[0]["value"] == nawerk.WEG
    assert "amrani" not in json.dumps(gezegd.as_dict()).lower()
    assert ontzegel(gezegd.metadata["tekst"]) == "mijn naam is fatima el amrani" and gezegd.metadata["rol"] == "klant"
    assert "Fatima" in ervoor.text  # only the last turn


def test_what_was_sealed_by_the_desk_stays_the_whole_message():
    t, gezegd, _ = tracker("Jan de Boer, 06 00000000", ("beheer", {"ingevuld": {"naam": "Jan de Boer", "versie": 2}}, True))
    gezegd.metadata = {"tekst": verzegel("Jan de Boer, 06 12345678")}
    nawerk.wis(t)
    assert gezegd.text == f"{nawerk.WEG}, 06 00000000" and ontzegel(gezegd.metadata["tekst"]) == "Jan de Boer, 06 12345678"


def test_nothing_else_changes():
    for tekst, slots in (("ik wil filmen", [("naam", "Jan", True)]), ("ja graag", [("naam", "ja", True)]),
                         ("Janneke belt", [("naam", "Jan", True)]), ("in Zwolle", [("plaats", "Zwolle", False)]),
                         ('/x{"a": "Jan Post"}', [("naam", "Jan Post", True)])):
        t, gezegd, _ = tracker(tekst, *slots)
        nawerk.wis(t)
        assert gezegd.text == tekst and "tekst" not in gezegd.metadata


def test_before_it_is_saved():
    bewaard = []

    async def bewaar(_, t):
        bewaard.append([e.text for e in t.events if isinstance(e, UserUttered)][-1])

    t, _, _ = tracker("ik heet Jan Post", ("naam", "Jan Post", True))
    asyncio.run(nawerk.met_wissen(bewaar)(None, t))
    assert bewaard == [f"ik heet {nawerk.WEG}"]
