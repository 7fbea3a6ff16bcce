"""A thumb for an answer: kept once, for an answer that was given in this conversation, and found by `make hear`."""
import asyncio

import pytest
from socketklant import SocketKlant

from channels.fouten import FOUTEN
from tools.hear import gebeurtenissen, niet_geholpen

VRAAG = "Hoe lang mag ik zo'n filmpje bewaren?"


async def oordeel(klant, id_, hielp):
    return await asyncio.wait_for(await klant.zend({"id": id_, "hielp": hielp}, gebeurtenis="oordeel"), 10)


def niet_geholpen_zinnen(assistent):
    gevonden = niet_geholpen(gebeurtenissen(assistent.omgeving["OPNAME_GESPREKKEN"], None))
    return {zin: n for lijst in gevonden.values() for zin, n in lijst}


def test_a_thumb_down_reaches_the_editor_once(assistent):
    async def proef():
        async with SocketKlant(assistent.basis_url) as klant:
            await klant.opening()
            await klant.bericht(VRAAG, "v1")
            await klant.bericht("mag ik geluid opnemen?", "v2")
            assert await oordeel(klant, "v1", False) == {"ok": True}
            assert await oordeel(klant, "v1", True) == {"ok": False}
            assert await oordeel(klant, "v2", True) == {"ok": True}
            ack, antwoorden = await klant.bericht("bedankt", "v3")
            assert ack == {"ok": True} and antwoorden
    eerst = niet_geholpen_zinnen(assistent).get(VRAAG, 0)
    asyncio.run(proef())
    na = niet_geholpen_zinnen(assistent)
    assert na[VRAAG] == eerst + 1 and "mag ik geluid opnemen?" not in na


def test_a_form_goes_on_after_a_thumb(assistent):
    async def proef():
        async with SocketKlant(assistent.basis_url) as klant:
            await klant.opening()
            await klant.bericht("ik wil filmen op 8 december om 10 uur in Zwolle", "v1")
            await klant.bericht("mag ik het filmpje delen?", "v2")
            assert await oordeel(klant, "v2", True) == {"ok": True}
            _, antwoorden = await klant.bericht("met de arts", "v3")
            assert "naam" in antwoorden[-1]["text"]
    asyncio.run(proef())


@pytest.mark.parametrize("lading, code", [
    ({"id": "v1", "hielp": "ja"}, "oordeel"), ({"id": "v1"}, "oordeel"), ({"hielp": True}, "id"),
    ({"id": ["v1"], "hielp": True}, "id"), ("v1", "geen_object"), (None, "geen_object"),
])
def test_a_thumb_that_is_no_thumb_is_refused(assistent, lading, code):
    async def proef():
        async with SocketKlant(assistent.basis_url) as klant:
            await klant.opening()
            ack = await asyncio.wait_for(await klant.zend(lading, gebeurtenis="oordeel"), 10)
            assert ack == {"ok": False, "fout": FOUTEN[code][1]}
    asyncio.run(proef())


def test_nobody_gives_a_thumb_in_the_conversation_of_someone_else(assistent):
    async def proef():
        async with SocketKlant(assistent.basis_url) as een, SocketKlant(assistent.basis_url) as ander:
            await een.opening()
            await ander.opening()
            await een.bericht(VRAAG, "v1")
            assert await oordeel(ander, "v1", False) == {"ok": False}
    asyncio.run(proef())
