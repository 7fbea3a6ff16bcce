"""Settings, the clock and development tokens: what is refused in production, and when."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from channels.identiteit import Controleur, VasteSleutel
from protocol import instellingen as inst
from protocol.token import maak_token

GEHEIM = "g" * 32
PRODUCTIE = {"OPNAME_PRODUCTIE": "1", "OPNAME_GEHEIM": GEHEIM, "OPNAME_JWT_JWKS": "https://intranet.voorbeeld.nl/jwks"}
OIDC = {"OPNAME_OIDC_UITGEVER": "https://intranet.voorbeeld.nl/", "OPNAME_ADRES": "https://opname.voorbeeld.nl"}


def test_ontwikkeling_maakt_eigen_sleutels(tmp_path):
    eerste, tweede = inst.instellingen({}, tmp_path), inst.instellingen({}, tmp_path)
    assert eerste == tweede and not eerste.productie
    assert len(eerste.geheim) >= 32 and len(eerste.jwt_sleutel) >= 32 and eerste.geheim != eerste.jwt_sleutel
    bestanden = sorted(bestand.name for bestand in (tmp_path / "var").iterdir())
    assert bestanden == ["geheim", "jwt_sleutel"]
    assert stat.S_IMODE((tmp_path / "var" / "geheim").stat().st_mode) == 0o600


def test_servers_die_tegelijk_starten_delen_het_geheim(tmp_path):
    with ThreadPoolExecutor(8) as groep:
        geheimen = set(groep.map(lambda _: inst.instellingen({}, tmp_path).geheim, range(32)))
    assert len(geheimen) == 1


def test_productie():
    gekozen = inst.instellingen(PRODUCTIE)
    assert gekozen.productie and gekozen.geheim == GEHEIM and gekozen.jwt_sleutel is None
    assert gekozen.jwt_jwks == "https://intranet.voorbeeld.nl/jwks" and gekozen.oidc is None


def test_sleutels_van_de_aanbieder_nemen_de_plaats_in_van_de_ontwikkelsleutel(tmp_path):
    gekozen = inst.instellingen({"OPNAME_JWT_JWKS": "http://localhost:9400/jwks"}, tmp_path)
    assert gekozen.jwt_sleutel is None and not (tmp_path / "var" / "jwt_sleutel").exists()


def test_aanmelding_bij_de_aanbieder():
    gekozen = inst.instellingen({**PRODUCTIE, **OIDC, "OPNAME_OIDC_CLIENTGEHEIM": " ", "OPNAME_CLAIM_ROL": "groups",
                                 "OPNAME_ROLLEN": "cn=ism=medewerker, leiding=leidinggevende,"})
    assert gekozen.oidc == inst.Oidc("https://intranet.voorbeeld.nl", "opname-assistent", None, "openid profile")
    assert gekozen.adres == "https://opname.voorbeeld.nl"
    assert gekozen.claims.rollen == (("cn=ism", "medewerker"), ("leiding", "leidinggevende"))


@pytest.mark.parametrize(
    "omgeving",
    [
        {"OPNAME_PRODUCTIE": "1"},
        {**PRODUCTIE, "OPNAME_GEHEIM": " "},
        {**PRODUCTIE, "OPNAME_GEHEIM": "kort"},
        {**PRODUCTIE, "OPNAME_JWT_SLEUTEL": "s" * 32},
        {**PRODUCTIE, "OPNAME_JWT_JWKS": ""},
        {**PRODUCTIE, "OPNAME_JWT_JWKS": "http://intranet.voorbeeld.nl/jwks"},
        {**PRODUCTIE, "OPNAME_JWT_JWKS": "file:///etc/jwks"},
        {**PRODUCTIE, "OPNAME_ADRES": "https://opname.voorbeeld.nl/pad"},
        {**PRODUCTIE, **OIDC, "OPNAME_ADRES": ""},
        {**PRODUCTIE, **OIDC, "OPNAME_OIDC_UITGEVER": "intranet"},
        {**PRODUCTIE, **OIDC, "OPNAME_OIDC_UITGEVER": "http://intranet.voorbeeld.nl"},
        {**PRODUCTIE, **OIDC, "OPNAME_OIDC_SCOPES": "profile"},
        {**PRODUCTIE, "OPNAME_ROLLEN": "groep"},
        {**PRODUCTIE, "OPNAME_ROLLEN": "groep=klant"},
        {**PRODUCTIE, "OPNAME_ROLLEN": "groep=baas"},
        {**PRODUCTIE, "OPNAME_SESSIE_MINUTEN": "0"},
        {**PRODUCTIE, "OPNAME_NU": "2026-11-23T10:15"},
        {**PRODUCTIE, "OPNAME_PRODUCTIE": "ja"},
        {**PRODUCTIE, "OPNAME_MAX_BERICHTEN": "0"},
        {**PRODUCTIE, "OPNAME_MAX_BERICHTEN": "veel"},
        {**PRODUCTIE, "OPNAME_SLUITINGSDAGEN": "kerst"},
        {"OPNAME_NU": "morgen", "OPNAME_GEHEIM": GEHEIM, "OPNAME_JWT_SLEUTEL": "s" * 32},
        {"OPNAME_JWT_SLEUTEL": "kort", "OPNAME_GEHEIM": GEHEIM},
    ],
)
def test_geweigerd(omgeving):
    with pytest.raises(inst.InstellingFout, match="OPNAME_"):
        inst.instellingen(omgeving)


def test_tabel_noemt_elke_instelling_eenmaal():
    namen = [rij.naam for rij in inst.TABEL]
    assert len(set(namen)) == len(namen) and all(rij.betekenis and rij.standaard for rij in inst.TABEL)


def test_klok():
    assert inst.nu({"OPNAME_NU": "2026-11-23T10:15"}) == datetime(2026, 11, 23, 10, 15, tzinfo=inst.TIJDZONE)
    assert inst.nu({"OPNAME_NU": "2026-07-01T10:15"}).utcoffset() == timedelta(hours=2)
    assert inst.nu({"OPNAME_NU": "2026-11-23T10:15+00:00"}).hour == 11
    echt = inst.nu({})
    assert echt.tzinfo is inst.TIJDZONE and abs(datetime.now(inst.TIJDZONE) - echt) < timedelta(seconds=5)


def test_sluitingsdagen():
    assert inst.sluitingsdagen({}) == ()
    assert inst.sluitingsdagen({"OPNAME_SLUITINGSDAGEN": "2026-12-31, 2026-12-24,"}) == (
        date(2026, 12, 24), date(2026, 12, 31))


def test_ontwikkeltoken(tmp_path):
    gekozen = inst.instellingen({}, tmp_path)
    controleur = Controleur(VasteSleutel(gekozen.jwt_sleutel), gekozen.jwt_aud, gekozen.jwt_iss)
    spreker = controleur.uit_token(maak_token(gekozen, "leidinggevende", "noor", "utrecht"))
    assert spreker.metadata() == {"rol": "leidinggevende", "sub": "noor", "team": "utrecht"}
    with pytest.raises(inst.InstellingFout):
        maak_token(inst.instellingen(PRODUCTIE), "leidinggevende", "noor")


@pytest.mark.parametrize("productie", ["0", "1"])
def test_opdracht_make_token(productie):
    omgeving = {**os.environ, **PRODUCTIE, "OPNAME_PRODUCTIE": productie}
    omgeving.pop("OPNAME_NU", None)
    if productie == "0":
        omgeving["OPNAME_JWT_JWKS"] = ""
        omgeving["OPNAME_JWT_SLEUTEL"] = "s" * 32
    else:
        omgeving.pop("OPNAME_JWT_SLEUTEL", None)
    klaar = subprocess.run(
        [sys.executable, "-m", "protocol.token", "leidinggevende", "noor", "--team", "utrecht"],
        cwd=inst.WORTEL, env=omgeving, capture_output=True, text=True, timeout=60,
    )
    assert klaar.returncode == int(productie)
    assert klaar.stdout.count(".") == (2 if productie == "0" else 0)
    assert ("OPNAME_PRODUCTIE" in klaar.stderr) == (productie == "1")
