"""One turn at the desk, with Rasa replaced: order, failures, repeats, buttons, and what leaves the house."""

import asyncio
import time

import pytest
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels import bewaker
from channels.balie import Balie, Bericht, uitgaand
from channels.fouten import Fout
from channels.identiteit import Spreker

NOOR = Spreker("medewerker", "noor", "utrecht")
ZINNEN = {"utter_gemaskeerd": "weggehaald", "utter_geen_opdracht": "gewone woorden graag", "utter_te_snel": "rustig aan",
          "utter_storing": "storing, {contact}"}
STORING = {"text": "storing, de balie"}
KNOP = {"title": "Ja", "payload": "/ja", "type": "postback"}


class GedeeldSlot(LockStore):
    """Stands for a Redis lock store: one that several servers share."""

    def __init__(self):
        super().__init__()
        self.conversation_locks = {}

    get_lock, save_lock = InMemoryLockStore.get_lock, InMemoryLockStore.save_lock

    def delete_lock(self, conversation_id):
        self.conversation_locks.pop(conversation_id, None)


class NepAgent:
    """What the desk needs of Rasa's Agent; `antwoord` is what the model does with a message."""

    def __init__(self, antwoord, slot=InMemoryLockStore):
        self.antwoord, self.gezien, self.klaar = antwoord, [], True
        self.nlg = TemplatedNaturalLanguageGenerator({naam: [{"text": zin}] for naam, zin in ZINNEN.items()})
        self.tracker_store, self.lock_store = InMemoryTrackerStore(Domain.empty()), slot()

    def is_ready(self):
        return self.klaar

    async def handle_message(self, bericht):
        self.gezien.append(bericht)
        tracker = await self.tracker_store.get_or_create_tracker(bericht.sender_id)
        tracker.update(UserUttered(bericht.text, message_id=bericht.message_id, metadata=bericht.metadata))
        async for tekst, knoppen in self.antwoord(bericht):
            event = BotUttered(tekst, {"buttons": knoppen}, {"utter_action": "utter_x", "metadata": {"bron": ["R17"]}})
            tracker.update(event)
            await bericht.output_channel.send_response(bericht.sender_id, event.message())
        await self.tracker_store.save(tracker)

    def balie(self, maximum=100, dubbel=0):
        return Balie(lambda: self, self.handle_message, "de balie", maximum, dubbel)


async def echo(bericht):
    yield f"echo {bericht.text}", [KNOP]


def speel(verhaal):
    return asyncio.run(asyncio.wait_for(verhaal, 10))


def bericht(tekst, id_=None, gesprek="g"):
    return Bericht(gesprek, NOOR, tekst, id_)


async def beurt(balie, *argumenten, **opties):
    uit = []

    async def stuur(antwoord):
        uit.append(antwoord)

    await balie.beurt(bericht(*argumenten), stuur, **opties)
    return uit


def teksten(antwoorden):
    return [antwoord["text"] for antwoord in antwoorden]


def test_alleen_geverifieerde_gegevens_gaan_mee():
    agent = NepAgent(echo)
    speel(beurt(agent.balie(), "hoi", "m1"))
    (gezien,) = agent.gezien
    assert gezien.metadata.pop("beurt")
    assert gezien.metadata == {"rol": "medewerker", "sub": "noor", "team": "utrecht"}
    assert (gezien.text, gezien.sender_id, gezien.message_id, gezien.input_channel) == ("hoi", "g", "m1", "web")


def test_uitgaand_laat_alleen_de_bron_en_de_titel_naar_buiten():
    speelt = {"text": "x", "buttons": [KNOP], "custom": {"a": 1}, "timestamp": 3, "utter_action": "utter_x",
              "image": None, "metadata": {"bron": ["R17", "S8"], "titel": "Termijn", "werkdag": "binnen"}}
    uit = uitgaand(speelt)
    assert uit["buttons"] == [{"title": "Ja", "payload": "/ja"}] and uit["metadata"]["bron"] == ["R17", "S8"]
    assert set(uit) == {"text", "buttons", "custom", "metadata"} and set(uit["metadata"]) == {"bron", "bronregel", "titel"}
    assert uitgaand({"text": "x", "metadata": {"titel": "t"}}) == {"text": "x"}
    assert uitgaand({"text": "x", "metadata": {"bron": ["R999"]}}) == {"text": "x"}  # logged, but the answer goes out
    assert uitgaand({"text": None, "buttons": None, "metadata": {"bron": ["R17"]}}) is None


async def stil(_):
    return
    yield


async def knalt(_):
    raise RuntimeError
    yield


async def half(_):
    yield "half", None
    raise RuntimeError


@pytest.mark.parametrize("antwoord, voor", [(stil, []), (knalt, []), (half, ["half"])])
def test_mislukte_beurt_geeft_een_zin(antwoord, voor):
    assert teksten(speel(beurt(NepAgent(antwoord).balie(), "hoi"))) == [*voor, STORING["text"]]


def test_zonder_model_of_zonder_zin_een_weigering():
    agent = NepAgent(stil)
    agent.nlg.responses.clear()
    with pytest.raises(Fout, match="intern"):
        speel(beurt(agent.balie(), "hoi"))
    agent.klaar = False
    with pytest.raises(Fout, match="niet_klaar"):
        speel(beurt(agent.balie(), "hoi"))
    with pytest.raises(Fout, match="niet_klaar"):
        speel(beurt(Balie(lambda: None, agent.handle_message, "x", 8), "hoi"))


@pytest.mark.parametrize("slot", [InMemoryLockStore, GedeeldSlot])
def test_volgorde_binnen_een_gesprek_en_geen_wachten_op_een_ander(slot):
    async def verhaal():
        los, volgorde = asyncio.Event(), []

        async def antwoord(bericht):
            volgorde.append(bericht.text)
            if bericht.text == "1":
                await los.wait()
            yield bericht.text, None

        balie = NepAgent(antwoord, slot).balie()
        rij = [asyncio.ensure_future(beurt(balie, str(n))) for n in range(1, 6)]
        assert teksten(await beurt(balie, "ander", None, "g2")) == ["ander"]
        assert sorted(volgorde) == ["1", "ander"]
        los.set()
        await asyncio.gather(*rij)
        assert sorted(volgorde[:2]) == ["1", "ander"] and volgorde[2:] == ["2", "3", "4", "5"] and not balie._rij

    speel(verhaal())


def test_wie_weggaat_breekt_zijn_beurt_niet_af():
    async def verhaal():
        bezig, los, klaar = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def antwoord(_):
            bezig.set()
            await los.wait()
            klaar.set()
            yield "klaar", None

        balie = NepAgent(antwoord).balie()
        taak = asyncio.ensure_future(beurt(balie, "ja"))
        await bezig.wait()
        taak.cancel()
        with pytest.raises(asyncio.CancelledError):
            await taak
        los.set()
        await balie.rond_af()
        assert klaar.is_set()

    speel(verhaal())


def test_knop_eenmaal_ook_bij_tegelijk():
    async def verhaal():
        async def antwoord(bericht):
            await asyncio.sleep(0)
            yield bericht.text, [KNOP] if bericht.text == "hoi" else None

        agent = NepAgent(antwoord)
        balie = agent.balie()
        assert teksten(await beurt(balie, "/ja")) == ["gewone woorden graag"]
        await beurt(balie, "hoi")
        gezegd = await asyncio.gather(*(beurt(balie, "/ja") for _ in range(3)))
        assert [teksten(uit) for uit in gezegd] == [["/ja"], ["gewone woorden graag"], ["gewone woorden graag"]]
        assert [gezien.text for gezien in agent.gezien] == ["hoi", "/ja"]

    speel(verhaal())


def test_knop_blijft_na_een_mislukte_beurt():
    async def verhaal():
        async def antwoord(bericht):
            if bericht.text == "hoi":
                yield "kies", [KNOP]

        balie = NepAgent(antwoord).balie()
        await beurt(balie, "hoi")
        assert await beurt(balie, "/ja") == [STORING]
        assert await beurt(balie, "/ja") == [STORING]  # taken again, not refused

    speel(verhaal())


def test_herhaald_bericht_speelt_de_antwoorden_terug():
    async def verhaal():
        agent = NepAgent(echo)
        balie = agent.balie()
        eerste = await beurt(balie, "een", "id-1")
        await beurt(balie, "twee", "id-2")
        assert await beurt(balie, "een", "id-1", herhaald=True) == eerste
        assert len(agent.gezien) == 2
        assert teksten(await beurt(balie, "drie", "id-3", herhaald=True)) == ["echo drie"]

    speel(verhaal())


def test_herhaald_bericht_zonder_antwoord_was_een_storing():
    async def verhaal():
        balie = NepAgent(stil).balie()
        await beurt(balie, "een", "id-1")
        assert await beurt(balie, "een", "id-1", herhaald=True) == [STORING]

    speel(verhaal())


def test_te_snel_door_elkaar_ziet_rasa_niet():
    async def verhaal():
        agent = NepAgent(echo)
        balie = agent.balie(maximum=2)
        gezegd = [teksten(t) for t in await asyncio.gather(*(beurt(balie, "hoi") for _ in range(4)))]
        assert gezegd == [["echo hoi"]] * 2 + [["rustig aan"]] * 2 and len(agent.gezien) == 2

    speel(verhaal())


def test_wie_op_antwoord_wacht_wordt_alleen_vertraagd(monkeypatch):
    monkeypatch.setattr(bewaker.FloodTeller.__init__, "__defaults__", (0.3, 10_000))

    async def verhaal():
        balie = NepAgent(echo).balie(maximum=2)
        begin = time.monotonic()
        gezegd = [teksten(await beurt(balie, "hoi")) for _ in range(5)]
        assert gezegd == [["echo hoi"]] * 5 and time.monotonic() - begin >= 0.4

    speel(verhaal())


def test_bekend_na_het_eerste_woord():
    async def verhaal():
        agent = NepAgent(stil)
        balie = agent.balie()
        assert not await balie.bekend("g")
        await beurt(balie, "hoi")
        assert not await balie.bekend("g")  # only a failure was said: it opens again
        agent.antwoord = echo
        await beurt(balie, "hoi")
        assert await balie.bekend("g")

    speel(verhaal())


def test_tracker_is_leesbaar_als_gebeurtenissen():
    # the guard reads events as dicts: these are the names it relies on
    events = [UserUttered("x", message_id="m"), BotUttered("y", {"buttons": [KNOP]})]
    tracker = DialogueStateTracker.from_events("g", events)
    gebruiker, bot = (event.as_dict() for event in tracker.events)
    assert (gebruiker["event"], gebruiker["message_id"], bot["event"]) == ("user", "m", "bot")
    assert bot["data"]["buttons"] == [KNOP]


def test_een_bsn_komt_niet_voorbij_de_balie():
    agent = NepAgent(echo)
    gezegd = teksten(speel(beurt(agent.balie(), "mijn bsn is 123456782")))
    assert gezegd[0] == "weggehaald" and "123456782" not in agent.gezien[0].text


def test_dubbel_binnen_een_tel_is_een_bericht():
    async def verhaal():
        agent = NepAgent(echo)
        balie = agent.balie(dubbel=60)
        tegelijk = await asyncio.gather(beurt(balie, "hoi"), beurt(balie, "hoi"), beurt(balie, "hoi", None, "ander"))
        assert [teksten(t) for t in tegelijk] == [["echo hoi"]] * 3
        assert teksten(await beurt(balie, "hoi")) == ["echo hoi"]  # who asks over HTTP gets the answer again
        assert [b.sender_id for b in agent.gezien] == ["g", "ander"]
        await beurt(balie, "iets anders")
        await beurt(balie, "hoi")
        assert [b.text for b in agent.gezien if b.sender_id == "g"] == ["hoi", "iets anders", "hoi"]

    speel(verhaal())


def test_dubbele_klik_op_de_pagina_krijgt_geen_tweede_antwoord():
    async def verhaal():
        agent = NepAgent(echo)
        balie = agent.balie(dubbel=60)
        eerste, tweede = await asyncio.gather(beurt(balie, "hoi", "m1"), beurt(balie, "hoi", "m2"))
        assert (teksten(eerste), tweede, len(agent.gezien)) == (["echo hoi"], [], 1)

    speel(verhaal())


def test_dubbel_na_een_weigering_of_na_een_tel_telt_weer():
    async def verhaal():
        agent, nu = NepAgent(echo), [0.0]
        balie = Balie(lambda: agent, agent.handle_message, "de balie", 100, 1.0, lambda: nu[0])
        agent.klaar = False
        with pytest.raises(Fout):
            await beurt(balie, "hoi")
        agent.klaar = True
        await beurt(balie, "hoi")
        nu[0] = 1.0
        await beurt(balie, "hoi")
        assert len(agent.gezien) == 2

    speel(verhaal())


def test_wie_te_lang_wacht_hoort_iets_en_de_late_beurt_telt_niet(monkeypatch):
    monkeypatch.setattr("channels.balie.GEDULD", 0.1)
    klaar = []

    async def traag(bericht):
        await asyncio.sleep(5)
        klaar.append(bericht)
        yield "te laat", []

    async def proef():
        balie = NepAgent(traag).balie()
        begin = time.monotonic()
        assert await beurt(balie, "hallo") == [STORING]
        assert time.monotonic() - begin < 2
        await balie.rond_af(1)
        assert not balie._lopend and not klaar
    speel(proef())
