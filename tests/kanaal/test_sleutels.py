"""Keys from a JWKS address, served by a real HTTP server: rotation, failure, time-outs, and tokens that must not pass."""

import asyncio
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from channels.fouten import Fout
from channels.identiteit import Controleur
from channels.sleutels import NA_UITVAL, JwksSleutels
from protocol.instellingen import Claims

AUD, ISS = "opname-assistent", "https://intranet.voorbeeld.nl"
GROEPEN = Claims(naam="preferred_username", rol="groups", team="afdeling",
                 rollen=(("teamleiders", "leidinggevende"), ("ism", "medewerker")))


class Sleutel:
    def __init__(self, kid, soort="RSA"):
        self.kid, self.alg = kid, "RS256" if soort == "RSA" else "ES256"
        self.prive = rsa.generate_private_key(65537, 2048) if soort == "RSA" else ec.generate_private_key(ec.SECP256R1())

    def jwk(self):
        algoritme = jwt.get_algorithm_by_name(self.alg)
        return {**json.loads(algoritme.to_jwk(self.prive.public_key())), "kid": self.kid, "use": "sig"}

    def pem(self):
        return self.prive.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def token(self, kid=..., **anders):
        claims = {"sub": "noor", "rol": "medewerker", "aud": AUD, "iss": ISS, "exp": time.time() + 60, **anders}
        kop = {} if kid is None else {"kid": self.kid if kid is ... else kid}
        return jwt.encode(claims, self.prive, algorithm=self.alg, headers=kop)


EEN, TWEE, KROMME = Sleutel("een"), Sleutel("twee"), Sleutel("kromme", "EC")


class Adres:
    """The JWKS address; `antwoord` is what it serves, `vragen` counts requests, `wacht` holds answers back."""

    def __init__(self):
        self.zet(EEN)
        self.vragen, self.open = 0, threading.Event()
        self.open.set()
        adres = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                adres.vragen += 1
                adres.open.wait(10)
                self.send_response(adres.status)
                self.end_headers()
                try:
                    self.wfile.write(adres.lading)
                except BrokenPipeError:  # the asker did not wait
                    pass

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/jwks.json"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def zet(self, *sleutels, status=200, lading=None):
        self.status = status
        self.lading = lading if lading is not None else json.dumps(
            {"keys": [s.jwk() if isinstance(s, Sleutel) else s for s in sleutels]}).encode()


@pytest.fixture
def adres():
    draait = Adres()
    yield draait
    draait.open.set()
    draait.server.shutdown()
    draait.server.server_close()


@contextmanager
def geweigerd(code="token"):
    with pytest.raises(Fout) as fout:
        yield
    assert fout.value.code == code


def controleur(adres, kaart=None, **opties):
    return Controleur(JwksSleutels(adres.url, **opties), AUD, ISS, kaart or Claims())


def test_goede_tokens_en_een_keer_vragen(adres):
    adres.zet(EEN, KROMME)
    wie = controleur(adres)
    for sleutel in (EEN, KROMME, EEN):
        assert wie.uit_token(sleutel.token(team="utrecht")).metadata() == {
            "rol": "medewerker", "sub": "noor", "team": "utrecht"}
    assert adres.vragen == 1


def test_nieuwe_sleutel_wordt_gevonden_en_de_oude_vergeten(adres):
    wie = controleur(adres, afkoeltijd=0)
    wie.uit_token(EEN.token())
    adres.zet(TWEE)
    assert wie.uit_token(TWEE.token()).rol == "medewerker"
    with geweigerd():
        wie.uit_token(EEN.token())


def test_onbekende_kids_maken_geen_stroom_van_vragen(adres):
    wie = controleur(adres)
    for nummer in range(20):
        with geweigerd():
            wie.uit_token(EEN.token(kid=f"vreemd-{nummer}"))
    assert adres.vragen == 1


OCT = {"kty": "oct", "kid": "een", "alg": "HS256", "k": "c2xldXRlbC12YW4tZGUtdGVzdHMtMzItdGVrZW5zLW9mLW1lZXI"}
CLAIMS = {"sub": "noor", "rol": "leidinggevende", "aud": AUD, "iss": ISS, "exp": 4_000_000_000}


def met_publieke_sleutel_als_geheim():
    """HS256 with the public key as its secret: everyone has that key. PyJWT refuses to make it, so by hand."""
    import base64
    import hashlib
    import hmac

    def b64(ruw):
        return base64.urlsafe_b64encode(ruw).rstrip(b"=").decode()

    delen = ".".join(b64(json.dumps(deel).encode()) for deel in ({"alg": "HS256", "typ": "JWT", "kid": "een"}, CLAIMS))
    return f"{delen}.{b64(hmac.new(EEN.pem(), delen.encode(), hashlib.sha256).digest())}"


FOUT = {
    "alg none": lambda: jwt.encode(CLAIMS, None, algorithm="none", headers={"kid": "een"}),
    "publieke sleutel als geheim": met_publieke_sleutel_als_geheim,
    "gedeeld geheim": lambda: jwt.encode(CLAIMS, "s" * 40, algorithm="HS256", headers={"kid": "een"}),
    "rommel": lambda: "a.b.c",
}


@pytest.mark.parametrize("naam", FOUT)
def test_zwak_token_geweigerd_zonder_te_vragen(adres, naam):
    with geweigerd():
        controleur(adres).uit_token(FOUT[naam]())
    assert adres.vragen == 0


@pytest.mark.parametrize("token", [
    lambda: TWEE.token(kid="een"), lambda: EEN.token(kid=None), lambda: EEN.token(aud="iets-anders"),
    lambda: EEN.token(iss="https://vreemd.voorbeeld.nl"), lambda: EEN.token(exp=time.time() - 1),
    lambda: EEN.token(rol="beheerder"), lambda: EEN.token(rol=[["medewerker"]]), lambda: EEN.token(rol={"a": 1}),
])
def test_verkeerd_token_geweigerd(adres, token):
    with geweigerd():
        controleur(adres).uit_token(token())


def test_symmetrische_sleutel_in_de_lijst_telt_niet(adres):
    adres.zet(OCT)
    vals = jwt.encode(CLAIMS, "sleutel-van-de-tests-32-tekens-of-meer", algorithm="HS256", headers={"kid": "een"})
    with geweigerd():
        controleur(adres).uit_token(vals)
    with geweigerd():
        controleur(adres).uit_token(EEN.token())


@pytest.mark.parametrize("anders", [{"status": 500}, {"lading": b"<html>"}, {"lading": b'{"keys": []}'}])
def test_adres_dat_niets_bruikbaars_geeft_is_onze_storing(adres, anders):
    adres.zet(EEN, **anders)
    klok = [100.0]
    wie = controleur(adres, klok=lambda: klok[0])
    for _ in range(3):
        with geweigerd("sleutels_weg"):
            wie.uit_token(EEN.token())
    assert adres.vragen == 1  # who comes directly after is told at once
    adres.zet(EEN)
    klok[0] += NA_UITVAL
    assert wie.uit_token(EEN.token()).sub == "noor"


def test_trage_sleutelserver_houdt_niemand_op(adres):
    """The event loop goes on while the keys are on their way, and the wait has an end."""
    wie = controleur(adres, tijdslimiet=1.0)
    adres.open.clear()

    async def proef():
        vraag = asyncio.ensure_future(wie.van_token(EEN.token()))
        slagen = 0
        while not vraag.done():
            await asyncio.sleep(0.01)
            slagen += 1
        with geweigerd("sleutels_weg"):
            await vraag
        return slagen

    assert asyncio.run(proef()) > 20


def test_groepen_van_de_aanbieder_worden_rollen(adres):
    wie = controleur(adres, GROEPEN)
    token = EEN.token(preferred_username="n.bakker", groups=["iedereen", "ism", "teamleiders"], afdeling="Utrecht")
    assert wie.uit_token(token).metadata() == {"rol": "leidinggevende", "sub": "n.bakker", "team": "Utrecht"}
    assert wie.uit_token(EEN.token(preferred_username="n.bakker", groups="ism")).rol == "medewerker"
    for groepen in ([], ["iedereen"], "medewerker", None, ["leidinggevende"]):
        with geweigerd():
            wie.uit_token(EEN.token(preferred_username="n.bakker", groups=groepen))
    with geweigerd():
        wie.uit_token(EEN.token(groups=["ism"]))
