"""The channel under load and in failure: a Rasa server of its own, with the default limits and without an action server."""
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
from kanaalhulp import ACTIEVRAAG, MAX_BERICHTEN, VRAAG, WEBHOOK, knoppen, speel, teksten
from socketklant import SocketKlant

from channels.fouten import FOUTEN


def test_te_snel(kale_url, zinnen):
    afzender = uuid.uuid4().hex
    post = lambda n: httpx.post(kale_url + WEBHOOK, json={"sender": afzender, "message": f"/x{n}"}).json()  # noqa: E731
    with ThreadPoolExecutor(4 * MAX_BERICHTEN) as groep:
        gezegd = [teksten(antwoord) for antwoord in groep.map(post, range(4 * MAX_BERICHTEN))]
    geremd = [tekst for tekst in gezegd if tekst != [zinnen["geen_opdracht"]]]
    assert geremd and len({tuple(tekst) for tekst in geremd}) == 1 and len(geremd) <= 3 * MAX_BERICHTEN
    ander = httpx.post(kale_url + WEBHOOK, json={"message": "/x"}).json()
    assert teksten(ander) == [zinnen["geen_opdracht"]]  # somebody else is not slowed


def test_hetzelfde_bericht_twee_keer_tegelijk_is_een_bericht(kale_url):
    kop, vraag = {"X-Forwarded-For": "192.0.2.11"}, {"sender": uuid.uuid4().hex, "message": VRAAG}
    post = lambda _: httpx.post(kale_url + WEBHOOK, json=vraag, headers=kop, timeout=30).json()  # noqa: E731
    with ThreadPoolExecutor(4) as groep:
        antwoorden = list(groep.map(post, range(4)))
    assert antwoorden[0] and all(antwoord == antwoorden[0] for antwoord in antwoorden)

    async def verhaal():
        async with SocketKlant(kale_url, kop={"X-Forwarded-For": "192.0.2.12"}) as klant:
            await klant.opening()
            acks = [await klant.zend({"id": id_, "message": VRAAG}) for id_ in ("eerste", "tweede")]
            assert [await ack for ack in acks] == [{"ok": True}] * 2
            assert klant.van("bot", "eerste") and not klant.van("bot", "tweede")

    speel(verhaal())


def test_een_adres_stuurt_niet_onbeperkt(kale_url):
    post = lambda n: httpx.post(kale_url + WEBHOOK, json={"message": f"/x{n}"}, timeout=30,  # noqa: E731
                                headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.13"})
    with ThreadPoolExecutor(16) as groep:
        antwoorden = list(groep.map(post, range(80)))
    geweigerd = [a for a in antwoorden if a.status_code == 429]
    assert geweigerd and {a.status_code for a in antwoorden} == {200, 429}
    assert geweigerd[0].json() == {"fout": FOUTEN["te_snel"][1]}
    ander = httpx.post(kale_url + WEBHOOK, json={"message": "/x"}, headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.14"})
    assert ander.status_code == 200


def test_een_adres_opent_niet_onbeperkt_vensters(kale_url):
    async def verhaal():
        kop = {"X-Forwarded-For": "192.0.2.15"}
        async with SocketKlant(kale_url, kop=kop) as een, SocketKlant(kale_url, kop=kop), SocketKlant(kale_url, kop=kop):
            await een.opening()
            async with SocketKlant(kale_url, kop=kop) as vierde:
                assert vierde.geweigerd["message"] == FOUTEN["te_veel_vensters"][1]
            async with SocketKlant(kale_url, kop={"X-Forwarded-For": "192.0.2.16"}) as ander:
                assert await ander.opening()
        async with SocketKlant(kale_url, kop=kop) as weer:
            assert await weer.opening()

    speel(verhaal())


def test_acties_weg_geeft_een_zin_met_een_uitweg(kale_url, inst):
    antwoorden = httpx.post(kale_url + WEBHOOK, json={"message": ACTIEVRAAG}, timeout=30).json()
    assert inst.contact in antwoorden[-1]["text"] and "{" not in antwoorden[-1]["text"]


def test_herstart_verliest_geen_knop_gesprek_of_bericht_id(basis_url, zeg, zinnen, herstart_rasa):
    async def voor():
        async with SocketKlant(basis_url) as klant:
            token = (await klant.opening())["gesprek"]
            return token, (await klant.bericht(VRAAG, "voor-de-herstart"))[1]

    async def na(token, eerste):
        async with SocketKlant(basis_url, gesprek=token) as klant:
            assert not (await klant.opening())["nieuw"]
            assert await klant.bericht(VRAAG, "voor-de-herstart") == ({"ok": True}, eerste)

    keuze = knoppen(zeg("hoi"))[0]
    token, eerste = speel(voor())
    herstart_rasa()
    speel(na(token, eerste))
    assert teksten(zeg(keuze)) != [zinnen["geen_opdracht"]]
