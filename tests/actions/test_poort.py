"""The gate of the action server: plain inside, encrypted outside, and closed to strangers."""
import asyncio
import json
from types import SimpleNamespace

from sanic.compat import Header

from actions import poort
from protocol.geheimen import ACTIEKOP, actiesleutel
from protocol.versleutelen import in_alles, is_verzegeld, ontzegel, verzegel

NUMMER = "06 12345678"


def vraag(**slots):
    return {"next_action": "action_x", "tracker": {
        "slots": slots, "latest_message": {"text": "bel 06 00000000", "metadata": {"tekst": verzegel(f"bel {NUMMER}")}},
        "events": [{"event": "user"}, {"event": "bot", "data": {"buttons": [{"title": verzegel("Fatima")}]}}, {"event": "slot"}]}}


def test_actions_read_plain_text_and_the_call_itself_stays_as_it_was():
    gegeven = vraag(naam=verzegel(json.dumps("Fatima")), beheer=verzegel(json.dumps({"ingevuld": {"naam": "Fatima"}})), rol="klant")
    zoals = json.dumps(gegeven)
    tracker = poort.binnen(gegeven)["tracker"]
    assert tracker["slots"] == {"naam": "Fatima", "beheer": {"ingevuld": {"naam": "Fatima"}}, "rol": "klant"}
    assert tracker["latest_message"]["text"] == f"bel {NUMMER}"
    assert tracker["events"][1]["data"]["buttons"][0]["title"] == "Fatima"
    assert json.dumps(gegeven) == zoals


def test_what_leaves_is_encrypted():
    uit = poort.buiten({
        "events": [{"event": "slot", "name": "contact", "value": NUMMER}, {"event": "slot", "name": "contact", "value": None},
                   {"event": "slot", "name": "referentie", "value": "BO-X"}, {"event": "action", "name": "action_listen"}],
        "responses": [{"response": "utter_overzicht", "naam": "Fatima", "contact_klant": NUMMER, "datum": "8 december",
                       "vrij": f"bel {NUMMER}", "contact": "telefoon 088 898 92 94", "custom": {},
                       "buttons": [{"title": "Fatima", "payload": "/ja"}]}]})
    assert NUMMER not in str(uit) and "Fatima" not in str(uit)
    assert is_verzegeld(uit["events"][0]["value"]) and json.loads(ontzegel(uit["events"][0]["value"])) == NUMMER
    assert uit["events"][1:] == [{"event": "slot", "name": "contact", "value": None},
                                 {"event": "slot", "name": "referentie", "value": "BO-X"}, {"event": "action", "name": "action_listen"}]
    [bericht] = in_alles(uit["responses"], ontzegel)
    assert (bericht["naam"], bericht["vrij"], bericht["datum"]) == ("Fatima", f"bel {NUMMER}", "8 december")
    assert uit["responses"][0]["contact"] == "telefoon 088 898 92 94" and uit["responses"][0]["datum"] == "8 december"
    assert bericht["buttons"] == [{"title": "Fatima", "payload": "/ja"}]


def test_the_gate_stands_around_every_action():
    gezien = []

    async def voer_uit(_, aanroep):
        gezien.append(aanroep["tracker"]["slots"]["naam"])
        return {"events": [{"event": "slot", "name": "naam", "value": "Jan"}], "responses": []}

    uit = asyncio.run(poort.door_de_poort(voer_uit)(None, vraag(naam=verzegel('"Fatima"'))))
    assert gezien == ["Fatima"] and is_verzegeld(uit["events"][0]["value"])


def test_strangers_get_nothing():
    bewaak = poort.bewaak(actiesleutel("g" * 32))

    def klop(pad, **koppen):
        return bewaak(SimpleNamespace(path=pad, headers=Header(koppen)))

    goed = {ACTIEKOP: actiesleutel("g" * 32)}
    assert klop("/webhook", **goed) is None and klop("/health") is None
    for pad, koppen in (("/webhook", {}), ("/webhook/", {}), ("/actions", {}), ("/webhook", {ACTIEKOP: actiesleutel("h" * 32)}),
                        ("/webhook", {ACTIEKOP: "é"})):
        assert klop(pad, **koppen).status == 401
