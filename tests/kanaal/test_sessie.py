"""The login cookie and where a request comes from."""

import time

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sanic.response import HTTPResponse

from channels.fouten import Fout
from channels.identiteit import Spreker
from channels.sessie import Sessies, van_eigen_pagina

GEHEIM = "geheim-van-de-tests-geheim-van-de-tests"
SESSIES = Sessies(GEHEIM, 60, veilig=False)
NOOR = Spreker("medewerker", "noor", "utrecht")


def koek(antwoord):
    return {naam: antwoord.cookies[naam].value for naam in antwoord.cookies}


def open_sessie(sessies=SESSIES, spreker=NOOR):
    antwoord = HTTPResponse()
    sessies.open(antwoord, spreker)
    return antwoord


def test_wie_aanmeldt_is_wie_spreekt():
    sessie = SESSIES.lees(koek(open_sessie()))
    assert sessie.spreker.metadata() == {"rol": "medewerker", "sub": "noor", "team": "utrecht"}
    assert 3500 < sessie.spreker.exp - time.time() <= 3600
    assert SESSIES.lees({}) is None
    assert sessie.nummer != SESSIES.lees(koek(open_sessie())).nummer


def test_koekje_is_niet_te_lezen_door_de_pagina_en_blijft_thuis():
    gewoon = open_sessie().cookies["opname-sessie"].encode("utf-8").decode()
    assert "HttpOnly" in gewoon and "SameSite=Lax" in gewoon and "Secure" not in gewoon
    veilig = open_sessie(Sessies(GEHEIM, 60, veilig=True)).cookies["__Host-opname-sessie"].encode("utf-8").decode()
    assert "Secure" in veilig and "Path=/" in veilig and "Domain" not in veilig


def geweigerd(cookies, sessies=SESSIES):
    with pytest.raises(Fout) as fout:
        sessies.lees(cookies)
    return fout.value.status == 401


def test_ander_geheim_verlopen_of_bewerkt():
    echt = koek(open_sessie())["opname-sessie"]
    assert geweigerd({"opname-sessie": echt}, Sessies("een-ander-geheim-een-ander-geheim-xx", 60, False))
    kop, lading, teken = echt.split(".")
    baas = jwt.encode({**jwt.decode(echt, options={"verify_signature": False}), "rol": "leidinggevende"}, "x" * 32)
    assert geweigerd({"opname-sessie": f"{kop}.{baas.split('.')[1]}.{teken}"})
    assert geweigerd({"opname-sessie": baas})
    assert geweigerd({"opname-sessie": jwt.encode({"sub": "noor", "rol": "medewerker"}, None, algorithm="none")})
    verlopen = Sessies(GEHEIM, -1, False)
    assert geweigerd(koek(open_sessie(verlopen)))


@given(st.text(max_size=200))
def test_willekeurig_koekje_geweigerd(tekst):
    assert geweigerd({"opname-sessie": tekst})


def test_aanmelding_onderweg_is_geen_sessie_en_andersom():
    antwoord, poging = HTTPResponse(), SESSIES.nieuwe_poging("/medewerker")
    SESSIES.bewaar_poging(antwoord, poging)
    onderweg = koek(antwoord)["opname-aanmelding"]
    assert geweigerd({"opname-sessie": onderweg})
    sessie = koek(open_sessie())["opname-sessie"]
    with pytest.raises(Fout):
        SESSIES.lees_poging({"opname-aanmelding": sessie}, poging.state)
    assert SESSIES.lees_poging({"opname-aanmelding": onderweg}, poging.state) == poging
    # the secrets of the login are in no cookie
    assert poging.verifier not in onderweg and poging.nonce not in onderweg
    assert len({poging.verifier, poging.nonce, poging.state}) == 3 and len(poging.verifier) == 43


@pytest.mark.parametrize("state", [None, "", "ander", 3, "é"])
def test_alleen_de_browser_die_begon(state):
    antwoord = HTTPResponse()
    SESSIES.bewaar_poging(antwoord, SESSIES.nieuwe_poging("/medewerker"))
    with pytest.raises(Fout):
        SESSIES.lees_poging(koek(antwoord), state)
    with pytest.raises(Fout):
        SESSIES.lees_poging({}, state)


@pytest.mark.parametrize("headers, adres, goed", [
    ({"host": "a.nl", "origin": "https://a.nl"}, None, True),
    ({"host": "a.nl:8080", "origin": "http://A.nl:8080"}, None, True),
    ({"host": "a.nl", "origin": "https://b.nl"}, None, False),
    ({"host": "a.nl", "origin": "https://a.nl.b.nl"}, None, False),
    ({"host": "a.nl", "origin": "null"}, None, False),
    ({"host": "", "origin": "https://"}, None, False),
    ({"host": "a.nl", "origin": "file://a.nl"}, None, False),
    ({"host": "a.nl", "origin": "http://a.nl"}, "https://a.nl", False),
    ({"host": "intern:5005", "origin": "https://a.nl"}, "https://a.nl", True),
    ({"host": "b.nl", "origin": "https://b.nl"}, "https://a.nl", False),
    ({"host": "a.nl"}, None, False),
    ({"host": "a.nl", "sec-fetch-site": "same-origin"}, None, True),
    ({"host": "a.nl", "sec-fetch-site": "cross-site"}, None, False),
    ({"host": "a.nl", "sec-fetch-site": "same-origin", "origin": "https://b.nl"}, None, False),
])
def test_van_eigen_pagina(headers, adres, goed):
    assert van_eigen_pagina(headers, adres) is goed
