"""Who may do what, tried on the real servers: every staff route and every staff step against every wrong token and role."""
import asyncio
import base64
import json
import time
from datetime import date, datetime, timedelta

import httpx
import jwt
import pytest
import websockets
from assistent import NU
from socketklant import SocketKlant

from protocol import toegang
from protocol import verzoeken as leven
from protocol.instellingen import TIJDZONE
from protocol.opslag import Opslag
from protocol.toegang import HANDELINGEN, KLANT, KLANTCONTACT, LEIDINGGEVENDE, MEDEWERKER, ROLLEN, Spreker
from protocol.verzoeken import STAPPEN, Verzoek, Weigering

SLEUTEL = "sleutel-van-de-tests-" * 2  # as in tests/assistent.py
GEHEIM = "geheim-van-de-tests-" * 2
WEBHOOK = "/webhooks/rest/webhook"
NU_MOMENT = datetime.fromisoformat(NU).replace(tzinfo=TIJDZONE)


def token(sleutel=SLEUTEL, algoritme="HS256", **anders):
    claims = {"sub": "noor", "rol": MEDEWERKER, "team": "utrecht", "aud": "opname-assistent", "iss": "opname-ontwikkeling",
              "exp": time.time() + 600, **anders}
    return jwt.encode({k: w for k, w in claims.items() if w is not ...}, sleutel, algorithm=algoritme)


def bewerkt(rol):
    """A client's or colleague's token in which someone wrote another role."""
    kop, lading, teken = token(rol=KLANTCONTACT).split(".")
    claims = json.loads(base64.urlsafe_b64decode(lading + "=" * (-len(lading) % 4)))
    nieuw = base64.urlsafe_b64encode(json.dumps({**claims, "rol": rol}).encode()).rstrip(b"=").decode()
    return f"{kop}.{nieuw}.{teken}"


TOKENS = {
    "goed": token,
    "verlopen": lambda: token(exp=time.time() - 5),
    "zonder exp": lambda: token(exp=...),
    "rol bewerkt": lambda: bewerkt(MEDEWERKER),
    "rol bewerkt tot leidinggevende": lambda: bewerkt(LEIDINGGEVENDE),
    "andere sleutel": lambda: token(sleutel="een-andere-sleutel-van-meer-dan-32-tekens"),
    "het geheim van de gesprekken als sleutel": lambda: token(sleutel=GEHEIM),
    "alg none": lambda: token(sleutel=None, algoritme="none"),
    "rol klant": lambda: token(rol=KLANT),
    "zonder rol": lambda: token(rol=...),
    "ander publiek": lambda: token(aud="iets-anders"),
    "andere uitgever": lambda: token(iss="iets-anders"),
    "een sessie als token": lambda: token(aud="opname-sessie"),
}
FOUT = [naam for naam in TOKENS if naam != "goed"]


def kop(naam):
    return {"Authorization": f"Bearer {TOKENS[naam]()}"}


# Routes


@pytest.mark.parametrize("naam", FOUT)
def test_fout_token_op_elke_weg_geweigerd(basis_url, naam):
    with httpx.Client(base_url=basis_url, headers=kop(naam)) as client:
        assert client.get("/werklijst").status_code == 401
        assert client.post(WEBHOOK, json={"sender": "x", "message": "welke verzoeken staan open?"}).status_code == 401
        assert client.get("/medewerker").status_code == 303  # a page asks to log in
        # as the cookie of a login it counts for nothing either
        client.headers.pop("authorization")
        client.cookies.set("opname-sessie", TOKENS[naam]())
        assert client.get("/werklijst").status_code == client.get("/sessie").status_code == 401
        assert client.get("/medewerker").status_code == 303


@pytest.mark.parametrize("naam", FOUT)
def test_fout_token_op_de_socket_geweigerd(basis_url, naam):
    async def proef():
        async with SocketKlant(basis_url, auth={"jwt": TOKENS[naam]()}) as klant:
            return klant.geweigerd

    assert asyncio.run(proef())["data"]["status"] == 401


def test_zonder_token_geen_werklijst(basis_url):
    antwoord = httpx.get(f"{basis_url}/werklijst")
    assert antwoord.status_code == 401 and "fout" in antwoord.json()
    assert httpx.get(f"{basis_url}/medewerker").headers["location"] == "/aanmelden?naar=/medewerker"


@pytest.mark.parametrize("rol", [r for r in ROLLEN if r != KLANT])
def test_de_werklijst_is_voor_wie_verzoeken_behandelt(basis_url, rol):
    antwoord = httpx.get(f"{basis_url}/werklijst", headers={"Authorization": f"Bearer {token(rol=rol)}"})
    assert antwoord.status_code == (200 if toegang.mag(rol, "open_verzoeken") else 403)
    assert ("rijen" in antwoord.json()) == toegang.mag(rol, "open_verzoeken")


# The session


def sessie(basis_url, rol=MEDEWERKER, sub="noor"):
    antwoord = httpx.post(f"{basis_url}/aanmelden", data={"rol": rol, "sub": sub, "team": "utrecht"},
                          headers={"Origin": basis_url})
    return antwoord.cookies["opname-sessie"]


def test_een_pagina_is_voor_haar_rol(basis_url):
    for rol, status in ((MEDEWERKER, 200), (LEIDINGGEVENDE, 200), (KLANTCONTACT, 403)):
        assert httpx.get(f"{basis_url}/medewerker", cookies={"opname-sessie": sessie(basis_url, rol)}).status_code == status


def test_het_koekje_telt_niet_over_rest(basis_url):
    """REST keeps its own token: a page elsewhere must not be able to speak as who is logged in."""
    antwoord = httpx.post(f"{basis_url}{WEBHOOK}", json={"message": "welke verzoeken staan open?"},
                          cookies={"opname-sessie": sessie(basis_url)})
    als_klant = httpx.post(f"{basis_url}{WEBHOOK}", json={"message": "welke verzoeken staan open?"})
    assert [b.get("text") for b in antwoord.json()] == [b.get("text") for b in als_klant.json()]


async def verbind(basis_url, auth, **koppen):
    """The first packet after asking for a conversation over a socket with these headers."""
    adres = basis_url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    async with websockets.connect(adres, extra_headers=koppen) as ws:
        await ws.recv()
        await ws.send("40" + json.dumps(auth))
        return await asyncio.wait_for(ws.recv(), 10)


def test_de_socket_leest_het_koekje_alleen_van_de_eigen_pagina(basis_url):
    koekje = {"Cookie": f"opname-sessie={sessie(basis_url)}"}
    vraag = lambda koppen, auth={"sessie": True}: asyncio.run(verbind(basis_url, auth, **koppen))  # noqa: E731
    assert vraag({**koekje, "Origin": basis_url}).startswith("40")
    assert '"status":403' in vraag(koekje)  # no browser of ours
    assert '"status":401' in vraag({"Origin": basis_url})
    assert '"status":401' in vraag({"Cookie": f"opname-sessie={token()}", "Origin": basis_url})
    with pytest.raises(websockets.InvalidStatusCode):
        vraag({**koekje, "Origin": "https://vreemd.voorbeeld.nl"})


def test_velden_van_een_klant_maken_niemand_medewerker(basis_url):
    """What a sender writes beside its message is not looked at, over REST or over the socket."""
    wens = {"rol": LEIDINGGEVENDE, "sub": "noor", "team": "utrecht"}
    vraag = {"sender": "een", "message": "welke verzoeken staan open?"}
    kaal = httpx.post(f"{basis_url}{WEBHOOK}", json=vraag).json()
    rijk = httpx.post(f"{basis_url}{WEBHOOK}", json={**vraag, "sender": "twee", "metadata": wens, **wens, "claims": wens}).json()
    assert [b.get("text") for b in kaal] == [b.get("text") for b in rijk]

    async def gesprek(auth):
        async with SocketKlant(basis_url, auth=auth) as klant:
            await klant.opening()
            return [b.get("text") for b in klant.van("bot")]

    assert asyncio.run(gesprek({"metadata": wens, **wens, "rol": "medewerker"})) == asyncio.run(gesprek({}))


# Steps: the table, tried on the store itself


@pytest.fixture(scope="module")
def winkel(tmp_path_factory):
    return Opslag(f"sqlite:///{tmp_path_factory.mktemp('winkel')}/opname.db")


def nieuw(winkel, nummer):
    dag = date(2026, 12, 8)
    return winkel.bewaar(Verzoek(
        sleutel=f"toegang-{nummer}", ontvangen_op=NU_MOMENT, afspraak_datum=dag, afspraak_tijd=None,
        gesprekssoort="kantoor", plaats="Zwolle", met_wie=None, naam="Fatima el Amrani", contact="Via Mijn UWV",
        bijzonderheden=None, laatste_dag=dag - timedelta(days=7), oordeel="op tijd"))


STAPNAMEN = sorted({stap.naam for stap in STAPPEN})
DOOR_MENSEN = sorted({stap.naam for stap in STAPPEN if stap.rollen <= set(ROLLEN)})


@pytest.mark.parametrize("rol", [*ROLLEN, "", "beheerder"])
@pytest.mark.parametrize("stap", STAPNAMEN)
def test_elke_stap_alleen_door_wie_hem_mag_zetten(winkel, stap, rol):
    mag = any(s.naam == stap and rol in s.rollen for s in STAPPEN)
    verzoek = nieuw(winkel, f"{stap}-{rol}")
    try:
        # a step that is only allowed later fails by its state, and that is no refusal of the role
        winkel.stap(verzoek.referentie, stap, Spreker(rol, "noor", "utrecht"), NU_MOMENT)
        gelukt = True
    except Weigering as fout:
        gelukt = False
        assert mag == (fout.reden not in ("rol", "onbekend")), fout.reden
    if not mag:
        na = winkel.bij_referentie(verzoek.referentie)
        assert not gelukt and na == verzoek and len(winkel.geschiedenis(verzoek.referentie)) == 1


@pytest.mark.parametrize("rol", ROLLEN)
def test_wie_geen_verzoeken_behandelt_ziet_er_geen(winkel, rol):
    nieuw(winkel, f"zien-{rol}")
    assert bool(winkel.open_verzoeken(Spreker(rol, "noor", "utrecht"), NU_MOMENT)) == toegang.mag(rol, "open_verzoeken")


def test_de_tabel_kent_alleen_bestaande_rollen_en_dekt_elke_stap():
    assert all(rollen and rollen <= set(ROLLEN) for rollen in HANDELINGEN.values())
    assert {stap.rollen for stap in STAPPEN if stap.naam in DOOR_MENSEN} <= set(HANDELINGEN.values())
    assert not any(toegang.mag(rol, handeling) for rol in ("", "beheerder") for handeling in HANDELINGEN)
    assert [s.naam for s in STAPPEN if s.naam not in DOOR_MENSEN] and leven.SYSTEEM not in ROLLEN
