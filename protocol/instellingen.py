"""The settings of the house, read from environment variables, and its one clock.

Nothing is read, opened or made when this module is imported: call `instellingen()` where a start
happens (server, command, test) and hand the result on. `TABEL` (protocol.instellingentabel) is the only
list of settings; the README and the tests are checked against it.

Errors: `InstellingFout` with one sentence that names the setting and what to do about it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Mapping, NamedTuple, Optional, Union
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email

from protocol.geheimen import uit_bestand
from protocol.instellingentabel import TABEL
from protocol.toegang import KLANT, KLANTCONTACT, LEIDINGGEVENDE, MEDEWERKER, ROLLEN

Netwerk = Union[IPv4Network, IPv6Network]
TIJDZONE = ZoneInfo("Europe/Amsterdam")
WORTEL = Path(__file__).resolve().parents[1]
# RFC 7518 section 3.2: an HS256 key has at least 256 bits.
MIN_SLEUTEL = 32
_DEZE_MACHINE = ("localhost", "127.0.0.1", "::1")


class InstellingFout(Exception):
    """A setting is missing, unreadable or not allowed here; the message is for the operator."""


_STANDAARD = {rij.naam: rij.standaard for rij in TABEL}


@dataclass(frozen=True)
class Claims:
    """Where a token or a login names the person: the claims, and which value of `rol` gives which role."""

    naam: str = "sub"
    rol: str = "rol"
    team: str = "team"
    rollen: tuple[tuple[str, str], ...] = tuple((rol, rol) for rol in (LEIDINGGEVENDE, MEDEWERKER, KLANTCONTACT))


@dataclass(frozen=True)
class Oidc:
    """The intranet's OpenID Connect provider, as far as the login has to know it."""

    uitgever: str
    client: str
    clientgeheim: Optional[str]
    scopes: str


@dataclass(frozen=True)
class Smtp:
    """The mail server for notices. `soort`: smtp (plain), smtp+starttls or smtps."""

    soort: str
    host: str
    poort: int
    naam: Optional[str]
    wachtwoord: Optional[str]
    afzender: str


class Bewaartermijnen(NamedTuple):
    """How many days conversations, requests and the people in closed cases are kept."""

    gesprekken: int
    verzoeken: int
    zaken: int


@dataclass(frozen=True)
class Instellingen:
    """The settings of one run. `jwt_sleutel` is None in production and where a JWKS takes its place.

    `adres` is the public address without slash at the end; None is only possible without provider.
    """

    productie: bool
    geheim: str
    jwt_sleutel: Optional[str]
    jwt_jwks: Optional[str]
    jwt_aud: str
    jwt_iss: str
    claims: Claims
    adres: Optional[str]
    oidc: Optional[Oidc]
    sessie_minuten: int
    contact: str
    database: str
    max_berichten: int
    beveiliging: Optional[str]
    max_per_adres: int
    max_vensters_per_adres: int
    proxys: tuple[Netwerk, ...]
    dubbel_ms: int
    metrics_sleutel: Optional[str]
    log: str


def instellingen(
    omgeving: Optional[Mapping[str, str]] = None, wortel: Path = WORTEL
) -> Instellingen:
    """The settings in `omgeving` (default: this process's environment).

    Outside production a missing secret or development key is made once, in `wortel`/var.
    Raises `InstellingFout` when a value cannot be used or is refused in production.
    """
    env = os.environ if omgeving is None else omgeving
    productie = _schakelaar(env, "OPNAME_PRODUCTIE")
    # what cannot be read must stop the start, not the first conversation about a date
    vast_moment(env)
    sluitingsdagen(env)
    medewerkersbestand(env)
    smtp(env)
    sleutelreeks(env, wortel)
    bewaartermijnen(env)
    return Instellingen(
        productie=productie,
        geheim=_sleutel(env, "OPNAME_GEHEIM", None if productie else wortel / "var" / "geheim"),
        jwt_sleutel=_ontwikkelsleutel(env, productie, wortel),
        jwt_jwks=_jwks(env, productie),
        jwt_aud=_tekst(env, "OPNAME_JWT_AUD"),
        jwt_iss=_tekst(env, "OPNAME_JWT_ISS"),
        claims=_claims(env),
        adres=_adres(env, "OPNAME_ADRES", productie, met_pad=False),
        oidc=_oidc(env, productie),
        sessie_minuten=_aantal(env, "OPNAME_SESSIE_MINUTEN"),
        contact=contact(env),
        database=database(env),
        max_berichten=_aantal(env, "OPNAME_MAX_BERICHTEN"),
        beveiliging=_meldpunt(env),
        max_per_adres=_aantal(env, "OPNAME_MAX_PER_ADRES"),
        max_vensters_per_adres=_aantal(env, "OPNAME_MAX_VENSTERS_PER_ADRES"),
        proxys=_netwerken(env, "OPNAME_PROXYS"),
        dubbel_ms=_aantal(env, "OPNAME_DUBBEL_MS", minimum=0),
        metrics_sleutel=_sleutel(env, "OPNAME_METRICS_SLEUTEL", None) if env.get("OPNAME_METRICS_SLEUTEL", "").strip() else None,
        log=_log(env),
    )


def sleutelreeks(omgeving: Optional[Mapping[str, str]] = None, wortel: Path = WORTEL) -> tuple[str, ...]:
    """The secrets that encrypt personal data, the newest first; outside production one is made when there is none."""
    env = os.environ if omgeving is None else omgeving
    bestand = None if _schakelaar(env, "OPNAME_PRODUCTIE") else wortel / "var" / "versleuteling"
    delen = tuple(filter(None, (deel.strip() for deel in env.get("OPNAME_VERSLEUTELING", "").split(","))))
    return tuple(_sleutel({"OPNAME_VERSLEUTELING": deel}, "OPNAME_VERSLEUTELING", bestand) for deel in delen or ("",))


def nu(omgeving: Optional[Mapping[str, str]] = None) -> datetime:
    """The clock of the house: an aware datetime in Europe/Amsterdam, OPNAME_NU when that is set."""
    return vast_moment(os.environ if omgeving is None else omgeving) or datetime.now(TIJDZONE)


def database(omgeving: Optional[Mapping[str, str]] = None) -> str:
    """The SQLAlchemy URL of the store with requests and cases."""
    return _tekst(os.environ if omgeving is None else omgeving, "OPNAME_DATABASE")


def gesprekken(omgeving: Optional[Mapping[str, str]] = None) -> str:
    """The SQLAlchemy URL of Rasa's tracker store."""
    return _tekst(os.environ if omgeving is None else omgeving, "OPNAME_GESPREKKEN")


def bewaartermijnen(omgeving: Optional[Mapping[str, str]] = None) -> Bewaartermijnen:
    """How long things are kept, in days."""
    env = os.environ if omgeving is None else omgeving
    return Bewaartermijnen(*(_aantal(env, f"OPNAME_BEWAAR_{wat.upper()}") for wat in Bewaartermijnen._fields))


def medewerkersbestand(omgeving: Optional[Mapping[str, str]] = None) -> Optional[Path]:
    """The directory of employees, None when there is none; raises `InstellingFout` when the file is not there."""
    waarde = (os.environ if omgeving is None else omgeving).get("OPNAME_MEDEWERKERS", "").strip()
    if waarde and not Path(waarde).is_file():
        raise InstellingFout(f"OPNAME_MEDEWERKERS names a file that is not there: {waarde!r}")
    return Path(waarde) if waarde else None


def adres(omgeving: Optional[Mapping[str, str]] = None) -> Optional[str]:
    """The public address of the pages without slash at its end, None when it is not set."""
    env = os.environ if omgeving is None else omgeving
    return _adres(env, "OPNAME_ADRES", _schakelaar(env, "OPNAME_PRODUCTIE"), met_pad=False)


def smtp(omgeving: Optional[Mapping[str, str]] = None) -> Optional[Smtp]:
    """The mail server for notices, None when there is none; raises `InstellingFout` on what cannot be used."""
    env = os.environ if omgeving is None else omgeving
    waarde = env.get("OPNAME_SMTP", "").strip()
    if not waarde:
        return None
    deel = urlsplit(waarde)
    poorten = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    try:
        poort = deel.port or poorten[deel.scheme]
    except (KeyError, ValueError) as fout:
        raise InstellingFout("OPNAME_SMTP is not an address like smtps://name:password@host:465.") from fout
    if not deel.hostname or deel.path.strip("/") or deel.query or deel.fragment:
        raise InstellingFout("OPNAME_SMTP is not an address like smtps://name:password@host:465.")
    if _schakelaar(env, "OPNAME_PRODUCTIE") and deel.scheme == "smtp" and deel.hostname not in _DEZE_MACHINE:
        raise InstellingFout("OPNAME_SMTP must be smtps:// or smtp+starttls:// in production.")
    try:
        afzender = validate_email(env.get("OPNAME_SMTP_AFZENDER", "").strip(), check_deliverability=False).normalized
    except EmailNotValidError as fout:
        raise InstellingFout("OPNAME_SMTP_AFZENDER must be an e-mail address when OPNAME_SMTP is set.") from fout
    naam, wachtwoord = (unquote(stuk) if stuk else None for stuk in (deel.username, deel.password))
    return Smtp(deel.scheme, deel.hostname, poort, naam, wachtwoord, afzender)


def contact(omgeving: Optional[Mapping[str, str]] = None) -> str:
    """The way to a person, to be spoken after 'via'."""
    return _tekst(os.environ if omgeving is None else omgeving, "OPNAME_CONTACT")


def sluitingsdagen(omgeving: Optional[Mapping[str, str]] = None) -> tuple[date, ...]:
    """The extra days on which UWV is closed, in order; raises `InstellingFout` on what is no date."""
    waarde = (os.environ if omgeving is None else omgeving).get("OPNAME_SLUITINGSDAGEN", "")
    try:
        return tuple(sorted({date.fromisoformat(deel.strip()) for deel in waarde.split(",") if deel.strip()}))
    except ValueError as fout:
        raise InstellingFout(f"OPNAME_SLUITINGSDAGEN is not a list of dates like 2026-12-24: {waarde!r}") from fout


def vast_moment(env: Mapping[str, str]) -> Optional[datetime]:
    """The moment in OPNAME_NU, or None when it is not set; without an offset it is Dutch time."""
    waarde = env.get("OPNAME_NU", "").strip()
    if not waarde:
        return None
    if _schakelaar(env, "OPNAME_PRODUCTIE"):
        raise InstellingFout("OPNAME_NU is for tests and demonstrations; unset it in production.")
    try:
        moment = datetime.fromisoformat(waarde)
    except ValueError as fout:
        raise InstellingFout(f"OPNAME_NU is not a moment like 2026-11-23T10:15: {waarde!r}") from fout
    return moment.replace(tzinfo=TIJDZONE) if moment.tzinfo is None else moment.astimezone(TIJDZONE)


def _tekst(env: Mapping[str, str], naam: str) -> str:
    """The value, or the default when it is unset or empty (an empty line in an .env file)."""
    return env.get(naam, "").strip() or _STANDAARD[naam]


def _schakelaar(env: Mapping[str, str], naam: str) -> bool:
    waarde = _tekst(env, naam)
    if waarde not in ("0", "1"):
        # "true" silently read as "off" would start production without its checks
        raise InstellingFout(f"{naam} is 0 or 1, not {waarde!r}.")
    return waarde == "1"


def _aantal(env: Mapping[str, str], naam: str, minimum: int = 1) -> int:
    waarde = _tekst(env, naam)
    if not (waarde.isascii() and waarde.isdigit() and int(waarde) >= minimum):
        raise InstellingFout(f"{naam} is a whole number of at least {minimum}, not {waarde!r}.")
    return int(waarde)


def _meldpunt(env: Mapping[str, str]) -> Optional[str]:
    waarde = env.get("OPNAME_BEVEILIGING", "").strip()
    if waarde and not re.fullmatch(r"(mailto:|tel:|https://)[\x21-\x7e]+", waarde):
        raise InstellingFout(f"OPNAME_BEVEILIGING begins with mailto:, tel: or https://, not {waarde!r}.")
    return waarde or None


def _netwerken(env: Mapping[str, str], naam: str) -> tuple[Netwerk, ...]:
    waarde = env.get(naam, "")
    try:
        return tuple(ip_network(deel.strip()) for deel in waarde.split(",") if deel.strip())
    except ValueError as fout:
        raise InstellingFout(f"{naam} is not a list of networks like 10.0.0.0/8,192.0.2.7: {waarde!r}") from fout


def _ontwikkelsleutel(env: Mapping[str, str], productie: bool, wortel: Path) -> Optional[str]:
    if productie and env.get("OPNAME_JWT_SLEUTEL", "").strip():
        raise InstellingFout("OPNAME_JWT_SLEUTEL is the development key; unset it in production.")
    if productie or env.get("OPNAME_JWT_JWKS", "").strip():
        return None
    return _sleutel(env, "OPNAME_JWT_SLEUTEL", wortel / "var" / "jwt_sleutel")


def _jwks(env: Mapping[str, str], productie: bool) -> Optional[str]:
    adres = _adres(env, "OPNAME_JWT_JWKS", productie)
    if productie and adres is None:
        raise InstellingFout("OPNAME_JWT_JWKS must be set in production: the address of the keys that sign tokens.")
    return adres


def _adres(env: Mapping[str, str], naam: str, productie: bool, met_pad: bool = True) -> Optional[str]:
    """An http(s) address without a slash at its end; in production only https, or this very machine."""
    waarde = env.get(naam, "").strip().rstrip("/")
    if not waarde:
        return None
    deel = urlsplit(waarde)
    if deel.scheme not in ("http", "https") or not deel.hostname or deel.query or deel.fragment or deel.username:
        raise InstellingFout(f"{naam} is not an address like https://opname.example.nl: {waarde!r}")
    if deel.path and not met_pad:
        raise InstellingFout(f"{naam} has no path: {waarde!r}")
    if productie and deel.scheme != "https" and deel.hostname not in _DEZE_MACHINE:
        raise InstellingFout(f"{naam} must begin with https:// in production.")
    return waarde


def _oidc(env: Mapping[str, str], productie: bool) -> Optional[Oidc]:
    uitgever = _adres(env, "OPNAME_OIDC_UITGEVER", productie)
    if uitgever is None:
        return None
    if not env.get("OPNAME_ADRES", "").strip():
        raise InstellingFout("OPNAME_ADRES must be set with OPNAME_OIDC_UITGEVER: the provider sends people back to it.")
    scopes = _tekst(env, "OPNAME_OIDC_SCOPES")
    if "openid" not in scopes.split():
        raise InstellingFout("OPNAME_OIDC_SCOPES must hold the scope openid.")
    return Oidc(uitgever, _tekst(env, "OPNAME_OIDC_CLIENT"), env.get("OPNAME_OIDC_CLIENTGEHEIM", "").strip() or None, scopes)


def _claims(env: Mapping[str, str]) -> Claims:
    paren = []
    for deel in filter(None, (deel.strip() for deel in _tekst(env, "OPNAME_ROLLEN").split(","))):
        waarde, _, rol = (stuk.strip() for stuk in deel.rpartition("="))
        if not waarde or rol not in ROLLEN or rol == KLANT:
            raise InstellingFout(f"OPNAME_ROLLEN is not a list like groep-a=medewerker,groep-b=leidinggevende: {deel!r}")
        paren.append((waarde, rol))
    return Claims(_tekst(env, "OPNAME_CLAIM_NAAM"), _tekst(env, "OPNAME_CLAIM_ROL"), _tekst(env, "OPNAME_CLAIM_TEAM"),
                  tuple(paren))


def _sleutel(env: Mapping[str, str], naam: str, bestand: Optional[Path]) -> str:
    """A secret from the environment, else from `bestand` (made when missing); without file: required."""
    waarde = env.get(naam, "").strip()
    if not waarde:
        if bestand is None:
            raise InstellingFout(f"{naam} must be set in production (at least {MIN_SLEUTEL} characters).")
        waarde = uit_bestand(bestand)
    if len(waarde) < MIN_SLEUTEL:
        raise InstellingFout(f"{naam} is shorter than {MIN_SLEUTEL} characters.")
    return waarde


def _log(env: Mapping[str, str]) -> str:
    soort = env.get("OPNAME_LOG", "").strip()
    if soort not in ("", "json"):
        raise InstellingFout("OPNAME_LOG must be json, or not be set.")
    return soort
