"""The list of topics: what is made for the agent, by its plain words."""
from channels.onderwerpen import titels

AGENT = [{"type": "slot", "name": "rol", "value": "klantcontact"}]


def test_alleen_wat_voor_klantcontact_gemaakt_is():
    antwoorden = {
        "utter_b": [{"condition": AGENT, "metadata": {"titel": "wat is b?"}}, {"metadata": {"titel": "Voor de klant"}}],
        "utter_a": [{"condition": [*AGENT, {"type": "slot", "name": "opnamesoort", "value": None}],
                     "metadata": {"titel": "Wat is a?"}}] * 2,
        "utter_c": [{"condition": AGENT, "metadata": {"bron": ["R17"]}}, {"condition": None, "text": "x"}, {"text": "y"}],
        "utter_d": [{"condition": [{"type": "slot", "name": "rol", "value": "klant"}], "metadata": {"titel": "D"}}],
    }
    assert titels(antwoorden) == ["Wat is a?", "wat is b?"]
