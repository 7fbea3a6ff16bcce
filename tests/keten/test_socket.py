"""The guarded channel over Socket.IO, on the real servers."""
import asyncio

import pytest
import socketio
from kanaalhulp import FOUT_TOKEN, MAX_BERICHTEN, VRAAG, foute_tokens, knoppen, speel, teksten
from socketklant import SocketKlant

from protocol.token import maak_token


def test_nieuw_gesprek_begint_met_de_opening(basis_url):
    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            begin = await klant.opening()
            assert begin["nieuw"] and len(begin["gesprek"]) > 64
            namen = [naam for naam, _ in klant.log]
            assert namen[:3] == ["connect", "gesprek", "bezig"] and namen[-1] == "klaar" and "bot" in namen
            assert klant.van("bot")[0]["text"] and knoppen(klant.van("bot"))

    speel(verhaal())


def test_beurt_over_de_socket(basis_url):
    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            await klant.opening()
            voor = len(klant.log)
            ack, antwoorden = await klant.bericht(VRAAG, "vraag-1")
            assert ack == {"ok": True}
            assert [naam for naam, _ in klant.log[voor:]] == ["bezig"] + ["bot"] * len(antwoorden) + ["klaar"]
            assert klant.van("klaar", "vraag-1") and [bot["nr"] for bot in antwoorden] == list(range(len(antwoorden)))
            assert antwoorden[0]["metadata"]["bronregel"].startswith("Bron: protocol")

    speel(verhaal())


def test_verder_met_het_token(basis_url, zinnen):
    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            token = (await klant.opening())["gesprek"]
            keuze = knoppen(klant.van("bot"))[0]
        async with SocketKlant(basis_url, gesprek=token) as klant:
            begin = await klant.opening()
            assert begin == {"gesprek": token, "nieuw": False}
            _, antwoorden = await klant.bericht(keuze)  # offered before the connection was lost
            assert teksten(antwoorden) != [zinnen["geen_opdracht"]]
            assert [bot for bot in klant.van("bot") if bot["id"] is None] == []  # no second opening

    speel(verhaal())


def test_vals_of_andermans_token_krijgt_een_nieuw_gesprek(basis_url, inst):
    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            token = (await klant.opening())["gesprek"]
        ander_teken = "0" if token[-1] != "0" else "1"
        vals = (token[:-1] + ander_teken, "x" + token, token.split(".")[0], "", "é", 3, [token])
        pogingen = [{"gesprek": waarde} for waarde in vals]
        pogingen.append({"gesprek": token, "jwt": maak_token(inst, "medewerker", "noor")})
        for poging in pogingen:
            async with SocketKlant(basis_url, auth={"jwt": None, **poging}) as klant:
                begin = await klant.opening()
                assert begin["nieuw"] and begin["gesprek"] != token

    speel(verhaal())


@pytest.mark.parametrize("naam", FOUT_TOKEN)
def test_fout_token_op_de_socket_geweigerd(basis_url, inst, naam):
    async def verhaal():
        async with SocketKlant(basis_url, jwt=foute_tokens(inst)[naam]) as klant:
            assert klant.geweigerd["data"]["status"] == 401 and not klant.van("gesprek")

    speel(verhaal())


def test_token_dat_tijdens_de_verbinding_verloopt(basis_url, inst):
    async def verhaal():
        async with SocketKlant(basis_url, jwt=maak_token(inst, "medewerker", "noor", uren=4 / 3600)) as klant:
            await klant.opening()
            verloopt = asyncio.get_running_loop().time() + 10
            while (await klant.bericht("hoi"))[0]["ok"]:  # the guard slows this loop, time ends it
                assert asyncio.get_running_loop().time() < verloopt
            ack, antwoorden = await klant.bericht("hoi")
            assert not ack["ok"] and not antwoorden

    speel(verhaal())


def test_zelfde_bericht_id_een_keer(basis_url):
    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            token = (await klant.opening())["gesprek"]
            acks = [await klant.zend({"id": "dubbel", "message": VRAAG}) for _ in range(3)]
            assert [await ack for ack in acks] == [{"ok": True}] * 3
            eerste = klant.van("bot", "dubbel")
            assert eerste and [bot["nr"] for bot in eerste] == list(range(len(eerste)))
        async with SocketKlant(basis_url, gesprek=token) as klant:  # after a lost connection: same answers, once
            assert await klant.bericht(VRAAG, "dubbel") == ({"ok": True}, eerste)
            assert await klant.bericht(VRAAG, "dubbel") == ({"ok": True}, eerste)

    speel(verhaal())


def test_herhaalde_knop_na_verloren_verbinding_is_geen_tweede_keuze(basis_url, zinnen):
    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            token = (await klant.opening())["gesprek"]
            keuze = knoppen(klant.van("bot"))[0]
            _, eerste = await klant.bericht(keuze, "keuze")
        async with SocketKlant(basis_url, gesprek=token) as klant:
            assert await klant.bericht(keuze, "keuze") == ({"ok": True}, eerste)
            if keuze not in knoppen(eerste):
                assert teksten((await klant.bericht(keuze, "nog-eens"))[1]) == [zinnen["geen_opdracht"]]

    speel(verhaal())


def test_berichten_in_volgorde(basis_url):
    aantal = MAX_BERICHTEN

    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            await klant.opening()
            # questions (Rasa's work) and refusals (none) mixed: the quick ones must not overtake
            acks = [await klant.zend({"id": f"n{n}", "message": "/x" if n % 2 else VRAAG}) for n in range(aantal)]
            assert [await ack for ack in acks] == [{"ok": True}] * aantal
            assert [klaar["id"] for klaar in klant.van("klaar")[1:]] == [f"n{n}" for n in range(aantal)]
            ids = [bot["id"] for bot in klant.van("bot") if bot["id"]]
            assert ids == sorted(ids)

    speel(verhaal())


def test_te_snel_op_de_socket(kale_url, zinnen):
    async def verhaal():
        async with SocketKlant(kale_url) as klant:
            await klant.opening()
            aantal = MAX_BERICHTEN + 4
            acks = [await klant.zend({"id": f"n{n}", "message": f"/x{n}"}) for n in range(aantal)]
            assert [await ack for ack in acks] == [{"ok": True}] * aantal
            gezegd = teksten(bot for n in range(aantal) for bot in klant.van("bot", f"n{n}"))
            # the first eight at once; a later one is slowed down or told to wait, never lost
            assert gezegd.count(zinnen["geen_opdracht"]) >= MAX_BERICHTEN and len(gezegd) == aantal

    speel(verhaal())


@pytest.mark.parametrize(
    "argumenten",
    [(), (None,), ("hoi",), ([],), ({},), ({"message": "hoi"},), ({"id": "a"},), ({"id": 1, "message": "hoi"},),
     ({"id": "a" * 65, "message": "hoi"},), ({"id": "a", "message": 1},), ({"id": "a", "message": ""},),
     ({"id": "a", "message": "a" * 1001},), ({"id": "a", "message": "\u200b"},)],
)
def test_verkeerd_bericht_op_de_socket(basis_url, argumenten):
    async def verhaal():
        async with SocketKlant(basis_url) as klant:
            await klant.opening()
            ack = await (await klant.zend(*argumenten))
            assert not ack["ok"] and ack["fout"].endswith(".")
            assert (await klant.bericht("hoi"))[0] == {"ok": True}

    speel(verhaal())


@pytest.mark.parametrize(
    "pakket", ["42" + "a" * 20_000, "42[" + "[" * 15_000, "42{", "42[]", "451-[]", "4", "9", "", "42/vreemd,[]"])
def test_kapot_pakket_raakt_anderen_niet(basis_url, pakket):
    async def verhaal():
        async with SocketKlant(basis_url) as klant, SocketKlant(basis_url) as ander:
            await klant.opening()
            await ander.opening()
            await klant.ws.send(pakket)
            assert (await ander.bericht("hoi"))[0] == {"ok": True}

    speel(verhaal())


def test_polling(basis_url):
    async def verhaal():
        klant, begonnen = socketio.AsyncClient(reconnection=False), asyncio.get_running_loop().create_future()
        klant.on("gesprek", begonnen.set_result)
        await klant.connect(basis_url, transports=["polling"], auth={"gesprek": None, "jwt": None})
        assert (await begonnen)["nieuw"]
        assert await klant.call("bericht", {"id": "p1", "message": VRAAG}, timeout=10) == {"ok": True}
        await klant.eio.disconnect(abort=True)  # a polite goodbye waits for the open poll

    speel(verhaal())
