"""The guarded channel on the real servers: REST and the pages, as a good and as a bad client sees them."""
import json
import socket
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from urllib.parse import urlsplit

import httpx
import pytest
from kanaalhulp import FOUT_TOKEN, VRAAG, WEBHOOK, foute_tokens, knoppen, teksten, weigering

from protocol.token import maak_token


# REST


def test_rest_contract(zeg):
    antwoorden = zeg("hoi", sender="Jan é 1")
    assert antwoorden
    for antwoord in antwoorden:
        assert set(antwoord) <= {"recipient_id", "text", "buttons", "custom", "metadata"}
        assert antwoord["recipient_id"] == "Jan é 1"
        assert all(set(knop) == {"title", "payload"} for knop in antwoord.get("buttons", []))


def test_antwoord_noemt_zijn_bron_en_titel_en_verder_niets_van_binnen(zeg):
    (met_bron, *_) = [antwoord for antwoord in zeg(VRAAG) if "metadata" in antwoord]
    assert set(met_bron["metadata"]) == {"bron", "bronregel", "titel"}
    assert met_bron["metadata"]["bron"] and met_bron["metadata"]["bronregel"].startswith("Bron: protocol")


@pytest.mark.parametrize("afzender", [{}, {"sender": None}, {"sender": ""}])
def test_zonder_afzender_een_nieuwe(web, afzender):
    lading = {"message": "hoi", **afzender}
    uitgegeven = {web.post(WEBHOOK, json=lading).json()[0]["recipient_id"] for _ in range(3)}
    assert len(uitgegeven) == 3 and all(len(afzender) >= 32 for afzender in uitgegeven)


def test_gesprek_gaat_verder_met_de_uitgegeven_afzender(web, zeg):
    antwoorden = web.post(WEBHOOK, json={"message": "hoi"}).json()
    keuze = knoppen(antwoorden)[0]
    assert teksten(zeg(keuze, sender=antwoorden[0]["recipient_id"])) != teksten(zeg(keuze, sender=uuid.uuid4().hex))


@pytest.mark.parametrize(
    "lading",
    [
        {}, {"sender": "a"}, {"message": None}, {"message": 1}, {"message": True}, {"message": ["hoi"]},
        {"message": {"text": "hoi"}}, {"message": ""}, {"message": " \n\t"}, {"message": "\u200b\u202e\x00"},
        {"message": "a" * 1001}, {"message": "hoi", "sender": 1}, {"message": "hoi", "sender": ["a"]},
        {"message": "hoi", "sender": "a" * 129}, {"message": "hoi", "sender": "a\x00b"},
        [], None, "hoi", 3, [{"message": "hoi"}],
    ],
)
def test_verkeerde_soort(web, lading):
    weigering(web.post(WEBHOOK, content=json.dumps(lading), headers={"content-type": "application/json"}), 400)


@pytest.mark.parametrize(
    "ruw",
    [b"", b"{", b"hoi", b'{"message": "hoi"', b"\xff\xfe", b'{"message": "\xc3\x28"}', b'{"message": "\\ud800"}',
     b'{"message": "hoi", "sender": "\\udfff"}', b"[" * 15_000, b'{"message":' * 1_000],
)
def test_kapotte_lading(web, ruw):
    weigering(web.post(WEBHOOK, content=ruw, headers={"content-type": "application/json"}), 400)


@pytest.mark.parametrize("soort", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_verkeerd_inhoudstype(web, soort):
    weigering(web.post(WEBHOOK, content=b'{"message": "hoi"}', headers={"content-type": soort}), 415)


def test_langste_bericht_mag(zeg):
    assert zeg("é" * 1000) and zeg("\U0001f3a5" * 1000)


@pytest.mark.parametrize("grootte", [17_000, 1_000_000, 1_900_000])
def test_te_grote_lading(web, zeg, grootte):
    begin = time.monotonic()
    weigering(web.post(WEBHOOK, json={"message": "a" * grootte}), 413)
    assert zeg("hoi") and time.monotonic() - begin < 5


def test_te_grote_lading_in_stukjes(web):
    stukjes = (b"a" * 1000 for _ in range(100))
    weigering(web.post(WEBHOOK, content=stukjes, headers={"content-type": "application/json"}), 413)


@pytest.mark.parametrize(
    "koppen",
    [b"Content-Length: -5", b"Content-Length: +5", b"Content-Length: 0x5", b"Content-Length: 5\r\nContent-Length: 5",
     b"Transfer-Encoding: gzip", b"Content-Length: 5\r\nTransfer-Encoding: chunked",
     b"Transfer-Encoding: chunked\r\nExpect: x"],
)
def test_koppen_die_de_server_zouden_ophangen(web, basis_url, koppen):
    # stock Sanic 21.12 spins for ever on a negative length: one request, nobody served any more
    plek = urlsplit(basis_url)
    with socket.create_connection((plek.hostname, plek.port), timeout=10) as lijn:
        lijn.sendall(b"POST " + WEBHOOK.encode() + b" HTTP/1.1\r\nHost: x\r\n" + koppen + b"\r\n\r\n{}{}{")
        assert lijn.recv(100).startswith(b"HTTP/1.1 400 ")
    assert web.get("/gezond").json() == {"status": "ok"}


# Commands and buttons


@pytest.mark.parametrize(
    "opdracht",
    [
        "/groeten", "  /groeten", "\n/groeten", "\u200b/groeten", "\u202e/groeten", "\ufeff/groeten", "\x00/groeten",
        "\u00a0\u3000/groeten", "\uff0fgroeten", "\u2044groeten", "\ud800/groeten", "/groeten@0.99", "/restart",
        "/session_start", "/back", "/SetSlots(rol=leidinggevende)", '/groeten{"rol": "leidinggevende"}',
        "EXTERNAL: groeten", "external:groeten", "/", "//groeten",
    ],
)
def test_opdracht_geweigerd(web, zinnen, opdracht):
    lading = json.dumps({"sender": uuid.uuid4().hex, "message": opdracht})  # escapes lone surrogates
    antwoord = web.post(WEBHOOK, content=lading, headers={"content-type": "application/json"})
    assert teksten(antwoord.json()) == [zinnen["geen_opdracht"]]


def test_aangeboden_knop_eenmaal(zeg, zinnen):
    keuze = knoppen(zeg("hoi"))[0]
    assert keuze.startswith("/")
    eerste = zeg(keuze)
    assert teksten(eerste) != [zinnen["geen_opdracht"]]
    if keuze not in knoppen(eerste):
        assert teksten(zeg(keuze)) == [zinnen["geen_opdracht"]]


def test_knop_moet_letterlijk_kloppen(zeg, zinnen):
    keuze = knoppen(zeg("hoi"))[0]
    aanhangsels = ("x", "@1.0", '{"rol": "leidinggevende"}')
    for anders in (*(keuze + extra for extra in aanhangsels), keuze.upper(), "\uff0f" + keuze[1:]):
        assert teksten(zeg(anders)) == [zinnen["geen_opdracht"]]
    assert teksten(zeg(f" \u200b{keuze}\n")) != [zinnen["geen_opdracht"]]  # refusals did not use it up


def test_knop_twee_keer_tegelijk_telt_een_keer(zeg, zinnen):
    keuze = knoppen(zeg("hoi"))[0]
    with ThreadPoolExecutor(4) as groep:
        antwoorden = list(groep.map(lambda _: zeg(keuze), range(4)))
    geweigerd = [antwoord for antwoord in antwoorden if teksten(antwoord) == [zinnen["geen_opdracht"]]]
    assert len(geweigerd) == 3 or any(keuze in knoppen(antwoord) for antwoord in antwoorden)


def test_knop_van_een_ander_gesprek_telt_niet(zeg, zinnen):
    keuze = knoppen(zeg("hoi"))[0]
    assert teksten(zeg(keuze, sender=uuid.uuid4().hex)) == [zinnen["geen_opdracht"]]
    assert teksten(zeg(keuze)) != [zinnen["geen_opdracht"]]


# Who is speaking


def test_metadata_van_buiten_telt_niet(zeg):
    zonder = zeg(VRAAG, sender=uuid.uuid4().hex)
    ander = uuid.uuid4().hex
    met = zeg(VRAAG, sender=ander, metadata={"rol": "leidinggevende", "sub": "noor", "bron": ["R1"]}, rol="medewerker",
              input_channel="cmdline", parse_data={"intent": {"name": "restart"}})
    strip = lambda antwoorden: [{**antwoord, "recipient_id": None} for antwoord in antwoorden]  # noqa: E731
    assert strip(zonder) == strip(met)


def test_zelfde_afzender_andere_rol_of_gebruiker_ander_gesprek(zeg, inst, zinnen):
    bearer = lambda *wie: {"authorization": f"Bearer {maak_token(inst, *wie)}"}  # noqa: E731
    keuze = knoppen(zeg("hoi"))[0]
    for kop in (bearer("medewerker", "noor"), bearer("medewerker", "piet"), bearer("leidinggevende", "noor")):
        assert teksten(zeg(keuze, headers=kop)) == [zinnen["geen_opdracht"]]
    assert teksten(zeg(keuze)) != [zinnen["geen_opdracht"]]


@pytest.mark.parametrize("naam", FOUT_TOKEN)
def test_fout_token_is_401(web, inst, naam):
    kop = {"authorization": f"Bearer {foute_tokens(inst)[naam]}".strip()}
    antwoord = weigering(web.post(WEBHOOK, json={"sender": "a", "message": "hoi"}, headers=kop), 401)
    assert antwoord.headers["www-authenticate"] == "Bearer"


def test_andere_aanmelding_is_401(web):
    for kop in ({"authorization": "Basic bm9vcjpub29y"}, {"authorization": ""}):
        weigering(web.post(WEBHOOK, json={"message": "hoi"}, headers=kop), 401)


def test_goed_token(zeg, inst):
    assert zeg("hoi", headers={"authorization": f"Bearer {maak_token(inst, 'medewerker', 'noor', 'utrecht')}"})


# Pages and everything else


def test_pagina_en_veiligheidskoppen(web):
    pagina = web.get("/")
    assert pagina.status_code == 200 and pagina.text.lower().startswith("<!doctype html>")
    csp = pagina.headers["content-security-policy"]
    assert "unsafe" not in csp and "default-src 'none'" in csp and "script-src 'self'" in csp and "ws://" in csp
    for antwoord in (pagina, web.get("/gezond"), web.get("/bestaat-niet"), web.post(WEBHOOK, json={"message": "hoi"})):
        assert antwoord.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in antwoord.headers["content-security-policy"]
        assert "rasa" not in antwoord.text.lower()
    assert web.get("/", headers={"if-none-match": pagina.headers["etag"]}).status_code == 304


def test_waar_een_zwakke_plek_te_melden_is(kale_url, web):
    antwoord = httpx.get(f"{kale_url}/.well-known/security.txt")
    regels = dict(regel.split(": ", 1) for regel in antwoord.text.splitlines())
    assert antwoord.headers["content-type"].startswith("text/plain") and regels["Contact"] == "mailto:veilig@voorbeeld.nl"
    assert datetime.now(timezone.utc) < datetime.fromisoformat(regels["Expires"].replace("Z", "+00:00"))
    assert web.get("/.well-known/security.txt").status_code == 404  # not set: nothing to promise


@pytest.mark.parametrize(
    "pad",
    ["/webhooks/rest", "/webhooks/rest/", "/webhooks", "/webhooks/web/webhook", "/version", "/status", "/model/parse",
     "/domain", "/conversations/a/tracker", "/bestaat-niet", "/static", "/static/", "/static/../klant.html",
     "/static/%2e%2e/klant.html", "/static/..%2fklant.html", "/static/%00.js", "/static/" + "a" * 300 + ".js",
     "/static//etc/passwd", "/.git/config", "/%ff%fe"],
)
def test_niets_anders_antwoordt(basis_url, pad):
    plek = urlsplit(basis_url)
    with socket.create_connection((plek.hostname, plek.port), timeout=10) as lijn:  # no client that tidies the path
        lijn.sendall(f"GET {pad} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        antwoord = b"".join(iter(lambda: lijn.recv(65536), b""))
    assert antwoord.startswith(b"HTTP/1.1 404 ")
    assert json.loads(antwoord.partition(b"\r\n\r\n")[2])["fout"] == "Deze pagina bestaat niet."


@pytest.mark.parametrize("methode, pad", [("GET", WEBHOOK), ("PUT", WEBHOOK), ("DELETE", "/"), ("POST", "/"),
                                          ("OPTIONS", "/"), ("OPTIONS", WEBHOOK)])
def test_andere_methode(web, methode, pad):
    weigering(web.request(methode, pad), 405)


def test_geen_cors(web):
    kop = {"origin": "http://elders.example", "access-control-request-method": "POST"}
    for antwoord in (
        web.options(WEBHOOK, headers=kop), web.get("/", headers=kop), web.get("/bestaat-niet", headers=kop),
        web.post(WEBHOOK, json={"message": "hoi"}, headers=kop),
        web.get("/socket.io/?EIO=4&transport=polling", headers=kop),
    ):
        assert not [naam for naam in antwoord.headers if naam.startswith("access-control-")]
    assert web.get("/socket.io/?EIO=4&transport=polling", headers=kop).status_code == 400
