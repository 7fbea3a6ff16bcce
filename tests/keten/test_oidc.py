"""Logging in to the staff pages: with a real OpenID Connect provider (Canaille), and on the development page."""
import itertools
import os
import re
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from assistent import WORTEL, Assistent, vrije_poort

PROVIDER = WORTEL / ".venv-oidc" / "bin" / "python"
STARTTIJD = 60


class Provider:
    """The provider as a process of its own; a new start is a new set of keys."""

    def __init__(self, map_: Path, basis_url: str, poort: int):
        self.url, self.map, self.poort, self.basis_url = f"http://127.0.0.1:{poort}", map_, poort, basis_url

    def start(self) -> None:
        log = open(self.map / "provider.log", "ab")
        self.proces = subprocess.Popen(
            [PROVIDER, Path(__file__).with_name("aanbieder.py"), str(self.poort), self.map / "provider.db",
             f"{self.basis_url}/aanmelden/terug", f"{self.basis_url}/afgemeld"], stdout=log, stderr=log, env={"PATH": os.environ["PATH"]})
        einde = time.monotonic() + STARTTIJD
        while time.monotonic() < einde and self.proces.poll() is None:
            try:
                if httpx.get(f"{self.url}/.well-known/openid-configuration", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.2)  # between two looks at a server that is starting
        pytest.fail("the provider did not start:\n" + (self.map / "provider.log").read_text()[-2000:])

    def stop(self) -> None:
        self.proces.terminate()
        self.proces.wait(20)


@pytest.fixture(scope="module")
def huis(tmp_path_factory):
    """The assistant with that provider as its intranet; answers (basis_url, provider, assistant)."""
    if not PROVIDER.exists():
        pytest.fail("The login tests need a provider: make .venv-oidc/klaar", pytrace=False)
    map_, poort = tmp_path_factory.mktemp("oidc"), vrije_poort()
    assistent = Assistent(map_, OPNAME_OIDC_UITGEVER=f"http://127.0.0.1:{poort}", OPNAME_OIDC_CLIENT="opname",
                          OPNAME_OIDC_CLIENTGEHEIM="geheim-van-de-client", OPNAME_OIDC_SCOPES="openid profile groups",
                          OPNAME_CLAIM_ROL="groups", OPNAME_CLAIM_TEAM="website",
                          OPNAME_ROLLEN="ISM-teamleiders=leidinggevende,ISM-medewerkers=medewerker")
    assistent.omgeving["OPNAME_ADRES"] = assistent.basis_url
    provider = Provider(map_, assistent.basis_url, poort)
    provider.start()
    assistent.start_rasa()
    yield assistent.basis_url, provider, assistent
    assistent.stop("rasa")
    provider.stop()


@pytest.fixture
def mens():
    """mens("noor") -> a person at the provider whom no other test uses."""
    return lambda voornaam: f"{voornaam}-{next(_NUMMERS[voornaam])}"


_NUMMERS = {voornaam: itertools.count(1) for voornaam in ("noor", "lena", "gast")}


@pytest.fixture
def browser():
    """A person's browser, as far as cookies and redirects go; one step at a time."""
    with httpx.Client(timeout=20) as client:
        yield client


def volg(browser, antwoord, tot=None):
    """Follows redirects, until the next address starts with `tot`."""
    while antwoord.is_redirect and not (tot and antwoord.headers["location"].startswith(tot)):
        antwoord = browser.send(antwoord.next_request)
    return antwoord


def velden(html):
    gevonden = {}
    for veld in re.findall(r"<input[^>]*>", html):
        naam, waarde = re.search(r'name="([^"]*)"', veld), re.search(r'value="([^"]*)"', veld)
        if naam:
            gevonden[naam[1]] = waarde[1] if waarde else ""
    return gevonden


def tot_terugkomst(browser, basis_url, naam, begin="/medewerker"):
    """Logs in at the provider; the redirect that brings the browser back to us, not yet followed."""
    pagina = volg(browser, browser.get(f"{basis_url}{begin}"))
    assert urlsplit(str(pagina.url)).path == "/login"
    pagina = volg(browser, browser.post(pagina.url, data={**velden(pagina.text), "login": naam}))
    antwoord = browser.post(pagina.url, data={**velden(pagina.text), "password": f"wachtwoord-van-{naam}"})
    antwoord = volg(browser, antwoord, tot=f"{basis_url}/aanmelden/terug")
    assert antwoord.is_redirect, antwoord.text[-2000:]
    return antwoord.headers["location"]


def meld_aan(browser, basis_url, naam, begin="/medewerker"):
    return volg(browser, browser.get(tot_terugkomst(browser, basis_url, naam, begin)))


def wie(browser, basis_url):
    antwoord = browser.get(f"{basis_url}/sessie")
    return antwoord.json().get("spreker") if antwoord.status_code == 200 else antwoord.status_code


@pytest.mark.parametrize("naam, rol", [("noor", "medewerker"), ("lena", "leidinggevende")])
def test_aanmelden_bij_de_aanbieder(huis, browser, mens, naam, rol):
    basis_url, naam = huis[0], mens(naam)
    assert wie(browser, basis_url) == 401
    pagina = meld_aan(browser, basis_url, naam)
    assert pagina.status_code == 200 and str(pagina.url) == f"{basis_url}/medewerker"
    assert wie(browser, basis_url) == {"rol": rol, "sub": naam, "team": "utrecht"}
    assert browser.get(f"{basis_url}/werklijst").json()["rijen"] == []


def test_de_vraag_aan_de_aanbieder_is_op_slot(huis, browser):
    begin = browser.get(f"{huis[0]}/aanmelden")
    vraag = parse_qs(urlsplit(begin.headers["location"]).query)
    assert vraag["response_type"] == ["code"] and vraag["code_challenge_method"] == ["S256"]
    assert len(vraag["code_challenge"][0]) == 43 and vraag["state"][0] != vraag["nonce"][0]
    assert "HttpOnly" in begin.headers["set-cookie"] and vraag["nonce"][0] not in begin.headers["set-cookie"]


def test_zonder_rol_bij_de_aanbieder_geen_toegang(huis, browser, mens):
    antwoord = meld_aan(browser, huis[0], mens("gast"))
    assert antwoord.status_code == 403 and "geen rol" in antwoord.text
    assert wie(browser, huis[0]) == 401


def mislukt(antwoord):
    return antwoord.status_code == 400 and "Aanmelden is niet gelukt" in antwoord.text


def test_terugkomst_telt_alleen_in_de_browser_die_begon_en_maar_een_keer(huis, browser, mens):
    basis_url = huis[0]
    terug = tot_terugkomst(browser, basis_url, mens("noor"))
    with httpx.Client() as vreemd:
        assert mislukt(vreemd.get(terug))
        assert wie(vreemd, basis_url) == 401
        vreemd.get(f"{basis_url}/aanmelden")  # a login of its own does not help
        assert mislukt(vreemd.get(terug))
    assert volg(browser, browser.get(terug)).status_code == 200
    browser.cookies.delete("opname-sessie")
    assert mislukt(browser.get(terug)) and wie(browser, basis_url) == 401


def test_code_van_een_andere_aanmelding_past_niet(huis, browser, mens):
    """A code that someone else got is bound to that login by its PKCE verifier (the provider says no)."""
    basis_url = huis[0]
    with httpx.Client(timeout=20) as ander:
        gestolen = parse_qs(urlsplit(tot_terugkomst(ander, basis_url, mens("lena"))).query)["code"][0]
    eigen = parse_qs(urlsplit(tot_terugkomst(browser, basis_url, mens("noor"))).query)
    assert mislukt(browser.get(f"{basis_url}/aanmelden/terug", params={
        "code": gestolen, "state": eigen["state"][0], "iss": eigen["iss"][0]}))
    assert wie(browser, basis_url) == 401


@pytest.mark.parametrize("anders", [
    {"code": "verzonnen"}, {"code": None}, {"state": "verzonnen"}, {"state": None}, {"error": "access_denied"},
    {"iss": "https://vreemd.voorbeeld.nl"},
])
def test_bewerkte_terugkomst(huis, browser, mens, anders):
    vraag = {naam: w[0] for naam, w in parse_qs(urlsplit(tot_terugkomst(browser, huis[0], mens("noor"))).query).items()}
    params = {naam: w for naam, w in {**vraag, **anders}.items() if w is not None}
    assert mislukt(browser.get(f"{huis[0]}/aanmelden/terug", params=params))
    assert wie(browser, huis[0]) == 401


def test_nergens_anders_heen_dan_naar_een_eigen_pagina(huis, browser, mens):
    pagina = meld_aan(browser, huis[0], mens("noor"), "/aanmelden?naar=https://vreemd.voorbeeld.nl/medewerker")
    assert str(pagina.url) == f"{huis[0]}/medewerker"


def test_afmelden(huis, browser, mens):
    basis_url = huis[0]
    meld_aan(browser, basis_url, mens("noor"))
    vreemd = {"Origin": "https://vreemd.voorbeeld.nl"}
    assert browser.post(f"{basis_url}/afmelden", headers=vreemd).status_code == 403
    assert browser.post(f"{basis_url}/afmelden").status_code == 403
    assert wie(browser, basis_url)["sub"].startswith("noor")
    antwoord = browser.post(f"{basis_url}/afmelden", headers={"Origin": basis_url})
    assert antwoord.json()["naar"].startswith(f"{huis[1].url}/oauth/end_session?")
    assert wie(browser, basis_url) == 401
    eind = volg(browser, browser.get(antwoord.json()["naar"]))  # the provider asks whether one is sure
    assert eind.status_code == 200
    eind = volg(browser, browser.post(eind.url, data={**velden(eind.text), "answer": "logout"}))
    assert str(eind.url) == f"{basis_url}/afgemeld" and "U bent afgemeld" in eind.text


def test_met_een_aanbieder_is_er_geen_ontwikkelpagina(huis, browser):
    antwoord = browser.post(f"{huis[0]}/aanmelden", headers={"Origin": huis[0]}, data={"rol": "medewerker", "sub": "x"})
    assert antwoord.status_code == 405 and wie(browser, huis[0]) == 401


def test_nieuwe_sleutels_van_de_aanbieder(huis, mens):
    """Last but one: the provider starts anew, with other keys. A login follows them."""
    basis_url, provider, _ = huis
    for _ in range(2):
        with httpx.Client(timeout=20) as browser:
            assert meld_aan(browser, basis_url, mens("noor")).status_code == 200
        provider.stop()
        provider.start()


def test_aanbieder_weg_is_een_storing_en_geen_toegang(huis, browser, mens):
    basis_url, provider, assistent = huis
    terug = tot_terugkomst(browser, basis_url, mens("noor"))
    provider.stop()
    try:
        antwoord = browser.get(terug)
        assert antwoord.status_code == 503 and "kan nu niet" in antwoord.text
        assert wie(browser, basis_url) == 401
        assistent.herstart_rasa()  # knows nothing of the provider now
        assert browser.get(f"{basis_url}/aanmelden").status_code == 503
    finally:
        provider.start()
    assert meld_aan(browser, basis_url, mens("noor")).status_code == 200


# Without a provider


@contextmanager
def ingelogd(basis_url, rol="medewerker", sub="noor", team="utrecht"):
    with httpx.Client(base_url=basis_url, follow_redirects=True, timeout=20) as browser:
        antwoord = browser.post("/aanmelden", data={"rol": rol, "sub": sub, "team": team}, headers={"Origin": basis_url})
        assert antwoord.status_code in (200, 403), antwoord.text
        yield browser


def test_ontwikkelpagina(basis_url):
    with httpx.Client(base_url=basis_url, follow_redirects=True) as browser:
        assert "Aanmelden om te testen" in browser.get("/medewerker").text
    with ingelogd(basis_url) as browser:
        assert wie(browser, "") == {"rol": "medewerker", "sub": "noor", "team": "utrecht"}
        assert browser.get("/medewerker").status_code == 200
        assert browser.post("/afmelden", headers={"Origin": basis_url}).json() == {"naar": "/afgemeld"}
        assert wie(browser, "") == 401


@pytest.mark.parametrize("lading", [{"rol": "klant", "sub": "noor"}, {"rol": "baas", "sub": "noor"}, {"rol": "medewerker"},
                                    {"sub": "noor"}, {"rol": "medewerker", "sub": "a" * 129}, {}])
def test_ontwikkelpagina_kent_alleen_rollen_van_medewerkers(basis_url, lading):
    assert mislukt(httpx.post(f"{basis_url}/aanmelden", data=lading, headers={"Origin": basis_url}))


@pytest.mark.parametrize("koppen", [{}, {"Origin": "https://vreemd.voorbeeld.nl"}, {"Origin": "null"}])
def test_ontwikkelpagina_van_buiten(basis_url, koppen):
    antwoord = httpx.post(f"{basis_url}/aanmelden", data={"rol": "medewerker", "sub": "noor"}, headers=koppen)
    assert antwoord.status_code == 403 and "set-cookie" not in antwoord.headers


def test_productie_zonder_aanbieder_kent_geen_aanmelding(tmp_path):
    productie = Assistent(tmp_path, OPNAME_PRODUCTIE="1", OPNAME_JWT_JWKS="http://127.0.0.1:9/jwks")
    for naam in ("OPNAME_NU", "OPNAME_JWT_SLEUTEL"):
        productie.omgeving.pop(naam)
    productie.start_rasa()
    try:
        with httpx.Client(base_url=productie.basis_url, follow_redirects=True) as browser:
            antwoord = browser.get("/medewerker")
            assert antwoord.status_code == 503 and "niet ingericht" in antwoord.text
            antwoord = browser.post("/aanmelden", data={"rol": "medewerker", "sub": "noor"},
                                    headers={"Origin": productie.basis_url})
            assert antwoord.status_code == 405 and not browser.cookies
            # keys that cannot be fetched are told as our failure; a development token is not even looked up
            from test_toegang import TOKENS
            assert browser.get("/werklijst", headers={"Authorization": f"Bearer {TOKENS['goed']()}"}).status_code == 401
    finally:
        productie.stop("rasa")
