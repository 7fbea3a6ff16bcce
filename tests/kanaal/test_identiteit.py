"""Who is speaking: only a token that is right in every respect, and conversations nobody else can reach."""

import base64
import json
import time

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.fouten import Fout
from channels.identiteit import Controleur, Gesprekken, Spreker, VasteSleutel

SLEUTEL = "sleutel-voor-de-tests-van-32-tekens-of-meer"
CONTROLEUR = Controleur(VasteSleutel(SLEUTEL), "opname-assistent", "opname-ontwikkeling")


def claims(**anders):
    basis = {"sub": "noor", "rol": "leidinggevende", "team": "utrecht", "aud": "opname-assistent",
             "iss": "opname-ontwikkeling", "exp": time.time() + 60}
    return {naam: waarde for naam, waarde in {**basis, **anders}.items() if waarde is not ...}


def token(sleutel=SLEUTEL, algoritme="HS256", **anders):
    return jwt.encode(claims(**anders), sleutel, algorithm=algoritme)


def deel(waarde):
    return base64.urlsafe_b64encode(json.dumps(waarde).encode()).rstrip(b"=").decode()


def vervalst(**anders):
    kop, lading, teken = token().split(".")
    return ".".join([kop, deel(claims(**anders)), teken])


def geweigerd(functie, *argumenten):
    with pytest.raises(Fout) as fout:
        functie(*argumenten)
    return (fout.value.code, fout.value.status) == ("token", 401)


def test_goed_token():
    spreker = CONTROLEUR.uit_token(token())
    assert spreker.metadata() == {"rol": "leidinggevende", "sub": "noor", "team": "utrecht"}
    assert CONTROLEUR.uit_token(token(team=...)).team is None


def test_zonder_token_klant():
    assert CONTROLEUR.uit_headers([]) == Spreker("klant", None, None, None)


FOUTE_TOKENS = {
    "verlopen": lambda: token(exp=time.time() - 1),
    "zonder exp": lambda: token(exp=...),
    "andere sleutel": lambda: token(sleutel="een-heel-andere-sleutel-van-32-tekens-of-meer"),
    "bewerkt": lambda: vervalst(rol="medewerker"),
    "alg none": lambda: token(sleutel=None, algoritme="none"),
    "alg none met handtekening": lambda: ".".join([deel({"alg": "none", "typ": "JWT"}), *token().split(".")[1:]]),
    "ander algoritme": lambda: token(algoritme="HS512", sleutel=SLEUTEL * 2),
    "zelfde sleutel, ander algoritme": lambda: jwt.encode(claims(), SLEUTEL * 2, algorithm="HS384"),
    "verkeerde aud": lambda: token(aud="iets-anders"),
    "zonder aud": lambda: token(aud=...),
    "verkeerde iss": lambda: token(iss="iets-anders"),
    "zonder iss": lambda: token(iss=...),
    "zonder sub": lambda: token(sub=...),
    "lege sub": lambda: token(sub=""),
    "lange sub": lambda: token(sub="a" * 129),
    "sub met regeleinde": lambda: token(sub="noor\nrol: x"),
    "zonder rol": lambda: token(rol=...),
    "rol klant": lambda: token(rol="klant"),
    "onbekende rol": lambda: token(rol="beheerder"),
    "rol is lijst": lambda: token(rol=["medewerker"]),
    "rol is null": lambda: token(rol=None),
    "team is getal": lambda: token(team=3),
    "nog niet geldig": lambda: token(nbf=time.time() + 600),
    "halve tekst": lambda: token()[:-4],
    "rommel": lambda: "rommel",
    "leeg": lambda: "",
    "geen ascii": lambda: "é.é.é",
    "te lang": lambda: token(extra="x" * 9000),
    "geen tekst": lambda: {"rol": "medewerker"},
}


@pytest.mark.parametrize("naam", FOUTE_TOKENS)
def test_fout_token_geweigerd(naam):
    assert geweigerd(CONTROLEUR.uit_token, FOUTE_TOKENS[naam]())


@given(st.text(max_size=200))
def test_willekeurig_token_geweigerd(tekst):
    assert geweigerd(CONTROLEUR.uit_token, tekst)


@given(st.data())
def test_een_veranderd_teken_is_genoeg(data):
    goed = token(exp=4_000_000_000)
    plek = data.draw(st.integers(0, len(goed) - 2))  # the last character carries unused bits
    teken = data.draw(st.sampled_from("ABCxyz019-_.").filter(lambda t: t != goed[plek]))
    assert geweigerd(CONTROLEUR.uit_token, goed[:plek] + teken + goed[plek + 1:])


def test_zonder_sleutelbron_geen_enkel_token():
    assert geweigerd(Controleur(None, "opname-assistent", "opname-ontwikkeling").uit_token, token())


@pytest.mark.parametrize("waarden", [[""], ["Basic abc"], ["Bearer"], ["Bearer  "], ["Bearer a", "Bearer b"]])
def test_foute_header_geweigerd(waarden):
    assert geweigerd(CONTROLEUR.uit_headers, waarden)


def test_twee_goede_headers_geweigerd():
    kop = f"Bearer {token()}"
    assert CONTROLEUR.uit_headers([kop]).rol == "leidinggevende"
    assert geweigerd(CONTROLEUR.uit_headers, [kop, kop])


def test_token_verloopt_tijdens_een_verbinding():
    spreker = CONTROLEUR.uit_token(token(exp=4_000_000_000))
    assert not spreker.verlopen() and spreker.verlopen(4_000_000_000)
    assert not Spreker().verlopen()


GESPREKKEN = Gesprekken("geheim-van-de-tests-geheim-van-de-tests")
ROL = st.sampled_from(["klant", "medewerker", "leidinggevende"])
SPREKERS = st.builds(Spreker, ROL, st.none() | st.text(max_size=5))
PLEK = st.tuples(st.sampled_from(["rest", "socket"]), SPREKERS, st.text(max_size=5))


@given(PLEK, PLEK)
def test_ieder_een_eigen_gesprek(een, twee):
    gelijk = GESPREKKEN.gesprek_id(*een) == GESPREKKEN.gesprek_id(*twee)
    assert gelijk == (een == twee)


def test_gesprek_id_toont_rol_en_verder_niets():
    id_ = GESPREKKEN.gesprek_id("rest", Spreker("medewerker", "noor"), "afzender")
    assert id_.startswith("medewerker-") and len(id_) == len("medewerker-") + 64
    assert "noor" not in id_ and "afzender" not in id_
    assert id_ != Gesprekken("een-ander-geheim-een-ander-geheim-xx").gesprek_id(
        "rest", Spreker("medewerker", "noor"), "afzender")


def test_gesprekstoken():
    klant, noor, piet = Spreker(), Spreker("medewerker", "noor"), Spreker("medewerker", "piet")
    eigen = GESPREKKEN.nieuw_token(noor)
    assert GESPREKKEN.nummer(eigen, noor) and eigen != GESPREKKEN.nieuw_token(noor)
    for ander in (klant, piet, Spreker("leidinggevende", "noor")):
        assert GESPREKKEN.nummer(eigen, ander) is None
    nummer, _, teken = eigen.partition(".")
    for vals in (None, "", ".", nummer, f"{nummer}.", f".{teken}", f"x{eigen}", eigen + "0", f"{nummer}.{'0' * 64}",
                 eigen.upper(), 3, [eigen], {"gesprek": eigen}, "é" + eigen, "a" * 10_000):
        assert GESPREKKEN.nummer(vals, noor) is None


def test_gesprek_id_is_geen_gesprekstoken():
    # both are HMACs under one secret; the purpose is part of what is signed
    id_ = GESPREKKEN.gesprek_id("socket", Spreker(), "nummer").partition("-")[2]
    assert GESPREKKEN.nummer(f"nummer.{id_}", Spreker()) is None
