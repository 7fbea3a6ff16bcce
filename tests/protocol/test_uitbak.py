"""The outbox, emptied into a real SMTP server (aiosmtpd): once, later, never twice, and nothing slipped in."""
import os
import signal
import smtplib
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from email import message_from_bytes
from email.policy import default
from threading import Barrier, Event

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from databases import database, postgres  # noqa: F401 (fixtures)

from protocol import instellingen, uitbak
from protocol.herinnering import dringend, herinner
from protocol.instellingen import WORTEL, InstellingFout, Smtp
from protocol.opslag import Opslag
from protocol.opslag_tabellen import outbox
from protocol.toegang import Spreker
from protocol.uitbak import EERSTE_WACHT, MEESTE_POGINGEN, TE_OUD, VASTGEHOUDEN, Uitbak
from protocol.verzoeken import Verzoek

NU = datetime(2026, 11, 23, 10, 15, tzinfo=instellingen.TIJDZONE)  # a Monday
LADING = {"referentie": "BO-7KQ3-M9TX-4HPW", "afspraak_datum": "2026-12-08"}
NOOR = Spreker("medewerker", "noor", "zwolle")


class Postkantoor:
    """What the mail server got, and what it does: `antwoord` may refuse, or break the line off."""

    def __init__(self):
        self.post, self.rcpt, self.data, self.afbreken = [], "250 OK", "250 OK", False
        self.kandidaten = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        self.kandidaten.append(envelope)
        if self.afbreken:
            server.transport.abort()
            return "250 OK"
        if self.data.startswith("250"):
            self.post.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return self.data


@pytest.fixture
def kantoor():
    ontvanger = Postkantoor()
    regelaar = Controller(ontvanger, hostname="127.0.0.1", port=0)
    # port 0: the system chooses; aiosmtpd tries the address itself, so it is given a free one
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        regelaar.port = vrij.getsockname()[1]
    regelaar.start()
    ontvanger.smtp = Smtp("smtp", "127.0.0.1", regelaar.port, None, None, "opname@voorbeeld.nl")
    yield ontvanger
    regelaar.stop()


@pytest.fixture
def winkel(database):  # noqa: F811
    return Opslag(database)


class Klok:
    def __init__(self):
        self.nu = datetime(2026, 11, 23, 9, 15, tzinfo=timezone.utc)

    def __call__(self):
        return self.nu


@pytest.fixture
def klok():
    return Klok()


def zet(winkel, sleutel="een", ontvanger="noor@voorbeeld.nl", soort="doen", lading=LADING, nu=NU):
    assert winkel.zet_in_outbox(sleutel, ontvanger, soort, lading, nu)


def rijen(winkel):
    with winkel.engine.connect() as verbinding:
        return verbinding.execute(sa.select(outbox).order_by(outbox.c.id)).all()


def test_een_bericht_gaat_een_keer_uit(winkel, kantoor, klok):
    zet(winkel)
    post = Uitbak(winkel, kantoor.smtp, "https://opname.voorbeeld.nl", klok=klok)
    assert [post.ronde(NU), post.ronde(NU)] == [1, 0]
    [(naar, bericht)] = kantoor.post
    assert naar == ["noor@voorbeeld.nl"] and bericht["To"] == "noor@voorbeeld.nl"
    assert bericht["From"] == "opname@voorbeeld.nl" and bericht["Auto-Submitted"] == "auto-generated"
    assert bericht["Subject"] == "Nieuw verzoek om een video-opname: BO-7KQ3-M9TX-4HPW"
    tekst = bericht.get_content()
    assert "dinsdag 8 december 2026" in tekst and "https://opname.voorbeeld.nl/medewerker" in tekst
    [rij] = rijen(winkel)
    assert rij.verzonden_op and rij.bezet_tot is None and post.onzeker() == 0


def test_een_bericht_draagt_niets_persoonlijks_en_kan_altijd_worden_geschreven():
    rij = lambda soort: type("Rij", (), dict(id=1, sleutel="s", soort=soort, lading=LADING, ontvanger="n@voorbeeld.nl"))  # noqa: E731
    for soort in set(uitbak.BERICHTEN) - {"adres"}:
        bericht = uitbak.bericht(rij(soort), "opname@voorbeeld.nl", None)
        assert LADING["referentie"] in bericht["Subject"] and "{" not in bericht.get_content()
        assert all(len(regel) < 200 for regel in bericht.get_content().splitlines())


def test_dezelfde_kennisgeving_heeft_hetzelfde_nummer(winkel, kantoor, klok):
    """A second try of one notice, and another notice."""
    for sleutel in ("een", "twee"):
        zet(winkel, sleutel)
    kantoor.data = "451 later"
    post = Uitbak(winkel, kantoor.smtp, klok=klok)
    for _ in range(4):
        post.ronde(NU)
        klok.nu += timedelta(hours=1)
    nummers = [message_from_bytes(e.content, policy=default)["Message-ID"] for e in kantoor.kandidaten]
    assert len(nummers) > 2 and len(set(nummers)) == 2


@pytest.mark.parametrize("fout", [{"rcpt": "451 later"}, {"rcpt": "550 unknown"}, {"data": "451 later"}, {"data": "554 no"}])
def test_een_weigering_wordt_later_opnieuw_geprobeerd(winkel, kantoor, klok, fout):
    zet(winkel)
    post = Uitbak(winkel, kantoor.smtp, klok=klok)
    vars(kantoor).update(fout)
    assert post.ronde(NU) == 0
    [rij] = rijen(winkel)
    assert rij.verzonden_op is None and rij.pogingen == 1
    vars(kantoor).update(rcpt="250 OK", data="250 OK")
    assert post.ronde(NU) == 0  # not at once
    klok.nu += EERSTE_WACHT
    assert post.ronde(NU) == 1 and len(kantoor.post) == 1


def test_steeds_langer_wachten_en_eens_ophouden(winkel, kantoor, klok):
    zet(winkel)
    kantoor.rcpt = "550 unknown"
    post = Uitbak(winkel, kantoor.smtp, klok=klok)
    begin, momenten = klok.nu, []
    while klok.nu < begin + timedelta(days=2):
        voor = rijen(winkel)[0].pogingen
        post.ronde(NU)
        if rijen(winkel)[0].pogingen > voor:
            momenten.append(klok.nu)
        klok.nu += timedelta(minutes=1)
    wachten = [b - a for a, b in zip(momenten, momenten[1:])]
    assert len(momenten) == MEESTE_POGINGEN and wachten == sorted(wachten) and wachten[0] == EERSTE_WACHT
    kantoor.rcpt = "250 OK"
    assert post.ronde(NU) == 0


def test_een_slecht_adres_houdt_de_rest_niet_op(winkel, kantoor, klok):
    zet(winkel, "slecht", "noor")
    zet(winkel, "vreemd", soort="onbekend")
    zet(winkel, "goed")
    assert Uitbak(winkel, kantoor.smtp, klok=klok).ronde(NU) == 1 and len(kantoor.post) == 1


def test_server_weg(winkel, klok):
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        smtp = Smtp("smtp", "127.0.0.1", dicht.getsockname()[1], None, None, "opname@voorbeeld.nl")
        for sleutel in ("een", "twee"):
            zet(winkel, sleutel)
        assert Uitbak(winkel, smtp, klok=klok).ronde(NU) == 0
    assert [r.pogingen for r in rijen(winkel)] == [1, 0]  # one knock at a closed door is enough


def test_server_die_zwijgt(winkel, klok):
    with socket.socket() as stil:
        stil.bind(("127.0.0.1", 0))
        stil.listen()
        zet(winkel)
        smtp = Smtp("smtp", "127.0.0.1", stil.getsockname()[1], None, None, "opname@voorbeeld.nl")
        assert Uitbak(winkel, smtp, tijdslimiet=0.3, klok=klok).ronde(NU) == 0
    assert rijen(winkel)[0].verzonden_op is None


def test_verbinding_breekt_bij_het_overhandigen(winkel, kantoor, klok):
    """The server may have it: it is not sent again, and that is told."""
    zet(winkel)
    kantoor.afbreken = True
    post = Uitbak(winkel, kantoor.smtp, klok=klok)
    assert post.ronde(NU) == 0 and len(kantoor.kandidaten) == 1
    kantoor.afbreken = False
    klok.nu += timedelta(days=1)
    assert post.ronde(NU) == 0 and len(kantoor.kandidaten) == 1 and post.onzeker() == 1


@pytest.mark.parametrize("moment, pogingen", [("mail", 2), ("data", 1)])
def test_verzender_sterft(winkel, kantoor, klok, monkeypatch, moment, pogingen):
    """Dead before the text is handed over: another sends it, after the hold is over. Dead in the middle: nobody does."""
    zet(winkel)

    def sterf(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(smtplib.SMTP, moment, sterf)
        with pytest.raises(KeyboardInterrupt):
            Uitbak(winkel, kantoor.smtp, klok=klok).ronde(NU)
    ander = Uitbak(winkel, kantoor.smtp, klok=klok)
    assert ander.ronde(NU) == 0  # it is held
    klok.nu += VASTGEHOUDEN
    assert ander.ronde(NU) == pogingen - 1 and len(kantoor.post) == pogingen - 1
    assert rijen(winkel)[0].pogingen == pogingen and ander.onzeker() == 2 - pogingen


def test_verzenders_tegelijk_sturen_niets_dubbel(winkel, kantoor, klok):
    for nummer in range(12):
        zet(winkel, f"n{nummer}")
    samen = Barrier(4)

    def werk(_):
        post = Uitbak(winkel, kantoor.smtp, klok=klok)
        samen.wait()
        return post.ronde(NU)

    with ThreadPoolExecutor(4) as groep:
        assert sum(groep.map(werk, range(4))) == 12
    assert len(kantoor.post) == 12 == len({bericht["Message-ID"] for _, bericht in kantoor.post})


def test_wie_te_lang_vasthield_stuurt_niet_meer(winkel, kantoor, klok, monkeypatch):
    zet(winkel)
    echt, ander = smtplib.SMTP.rcpt, Uitbak(winkel, kantoor.smtp, klok=klok)

    def traag(server, *argumenten):
        if klok.nu.minute == 15:
            klok.nu += VASTGEHOUDEN
            assert ander.ronde(NU) == 1
        return echt(server, *argumenten)

    monkeypatch.setattr(smtplib.SMTP, "rcpt", traag)
    assert Uitbak(winkel, kantoor.smtp, klok=klok).ronde(NU) == 0
    assert len(kantoor.post) == 1 and rijen(winkel)[0].verzonden_op and ander.onzeker() == 0


@pytest.mark.parametrize("anders", [
    {"ontvanger": "noor@voorbeeld.nl\r\nBcc: dief@voorbeeld.nl"}, {"ontvanger": "noor@voorbeeld.nl, dief@voorbeeld.nl"},
    {"ontvanger": "<noor@voorbeeld.nl> ORCPT=rfc822;dief@voorbeeld.nl"},
    {"lading": {**LADING, "referentie": "BO\r\nBcc: dief@voorbeeld.nl"}},
    {"lading": {**LADING, "referentie": "BO\r\n\r\n<script>"}},
    {"lading": {**LADING, "afspraak_datum": "2026-12-08\nBcc: dief@voorbeeld.nl"}},
])
def test_niets_komt_mee_in_de_koppen(winkel, kantoor, klok, anders):
    zet(winkel, **anders)
    assert Uitbak(winkel, kantoor.smtp, klok=klok).ronde(NU) == 0
    assert kantoor.post == [] and rijen(winkel)[0].verzonden_op is None


def test_een_punt_alleen_op_een_regel_eindigt_het_bericht_niet(winkel, kantoor, klok):
    zet(winkel, lading={**LADING, "referentie": "."})
    Uitbak(winkel, kantoor.smtp, "x\n.\nQUIT", klok=klok).ronde(NU)
    assert "\n.\nQUIT/medewerker" in kantoor.post[0][1].get_content().replace("\r\n", "\n")


def test_oud_nieuws_gaat_niet_meer_uit(winkel, kantoor, klok):
    zet(winkel, nu=NU - TE_OUD - timedelta(minutes=1))
    assert Uitbak(winkel, kantoor.smtp, klok=klok).ronde(NU) == 0 and kantoor.post == []


# Who is told what


@pytest.fixture
def lijst(tmp_path, monkeypatch):
    bestand = tmp_path / "medewerkers.yml"
    bestand.write_text("- {sub: noor, naam: Noor Jansen, team: zwolle, email: noor@voorbeeld.nl, functies: [arts]}\n"
                       "- {sub: bas, naam: Bas de Wit, team: zwolle, email: bas@voorbeeld.nl, functies: [arts]}\n"
                       "- {sub: lies, naam: Lies Smit, team: zwolle, email: lies@voorbeeld.nl, leidinggevende: true}\n"
                       "- {sub: omar, naam: Omar Demir, team: arnhem, email: omar@voorbeeld.nl, leidinggevende: true}\n")
    monkeypatch.setenv("OPNAME_MEDEWERKERS", str(bestand))


def verzoek(dag, **anders):
    basis = Verzoek(f"sleutel-{dag}-{sorted(anders.items())}", NU, dag, time(14, 30), "kantoor", "Zwolle", None,
                    "Fatima el Amrani", "f@voorbeeld.nl", None, dag, "op tijd")
    return replace(basis, **anders)


def verwittigd(winkel, soort):
    return sorted(r.ontvanger.split("@")[0] for r in rijen(winkel) if r.soort == soort)


@pytest.mark.parametrize("met_wie, wie", [("Noor Jansen", ["noor"]), ("de arts", ["bas", "lies", "noor"])])
def test_een_nieuw_verzoek_wordt_gemeld_bij_de_medewerker_of_het_team(winkel, lijst, met_wie, wie):
    winkel.bewaar(verzoek(date(2026, 12, 8), met_wie=met_wie))
    assert verwittigd(winkel, "doen") == wie


def test_een_antwoord_gaat_naar_niemand_anders(winkel, lijst):
    ref = winkel.bewaar(verzoek(date(2026, 11, 24), met_wie="Noor Jansen")).referentie
    winkel.neem(ref, NOOR, NU)
    winkel.beantwoord(ref, "instemmen", NOOR, NU)
    assert verwittigd(winkel, "doen") == ["noor"] and len(rijen(winkel)) == 1
    assert herinner(winkel, NU) == 0


@pytest.mark.parametrize("dag, nodig", [
    (date(2026, 11, 23), True), (date(2026, 11, 24), True), (date(2026, 11, 25), True), (date(2026, 11, 26), False),
    (date(2026, 11, 22), False),
])
def test_twee_werkdagen_voor_de_afspraak(dag, nodig):
    assert dringend(verzoek(dag), NU.date()) is nodig
    assert not dringend(verzoek(dag, toestand="instemming"), NU.date())


def test_een_weekend_of_sluitingsdag_telt_niet():
    vrijdag = date(2026, 11, 20)
    assert dringend(verzoek(date(2026, 11, 24)), vrijdag) and not dringend(verzoek(date(2026, 11, 25)), vrijdag)
    assert dringend(verzoek(date(2026, 11, 25)), vrijdag, [date(2026, 11, 24)])


def test_een_herinnering_gaat_naar_medewerker_en_leidinggevende_een_keer(winkel, lijst):
    winkel.bewaar(verzoek(date(2026, 11, 25), met_wie="Noor Jansen"))
    winkel.bewaar(verzoek(date(2026, 12, 8), met_wie="de arts"))
    assert herinner(winkel, NU) == 2 and herinner(winkel, NU) == 0
    assert verwittigd(winkel, "herinnering") == ["lies", "noor"]
    # later the other request comes near, and its whole team hears of it
    assert herinner(winkel, NU + timedelta(days=14)) == 3
    assert verwittigd(winkel, "herinnering") == ["bas", "lies", "lies", "noor", "noor"]


def test_een_verzette_afspraak_wordt_opnieuw_herinnerd(winkel, lijst):
    ref = winkel.bewaar(verzoek(date(2026, 11, 24), met_wie="Noor Jansen")).referentie
    assert herinner(winkel, NU) == 2
    winkel.wijzig(ref, Spreker(), NU, {"afspraak_datum": date(2026, 12, 15)})
    assert herinner(winkel, NU) == 0 and herinner(winkel, NU + timedelta(days=20)) == 2


def test_zonder_team_horen_alle_leidinggevenden_het(winkel, lijst):
    winkel.bewaar(verzoek(date(2026, 11, 24)))
    assert herinner(winkel, NU) == 2 and verwittigd(winkel, "herinnering") == ["lies", "omar"]


# Settings and the process

GOED = {"OPNAME_SMTP": "smtps://opname:ge%3Aheim@post.voorbeeld.nl", "OPNAME_SMTP_AFZENDER": "opname@voorbeeld.nl"}


def test_instelling():
    assert instellingen.smtp({}) is None
    assert instellingen.smtp(GOED) == Smtp("smtps", "post.voorbeeld.nl", 465, "opname", "ge:heim", "opname@voorbeeld.nl")


@pytest.mark.parametrize("anders", [
    {"OPNAME_SMTP": "post.voorbeeld.nl"}, {"OPNAME_SMTP": "http://post.voorbeeld.nl"}, {"OPNAME_SMTP": "smtp://"},
    {"OPNAME_SMTP": "smtp://post.voorbeeld.nl:veel"}, {"OPNAME_SMTP": "smtp://post.voorbeeld.nl/pad"},
    {"OPNAME_SMTP_AFZENDER": ""}, {"OPNAME_SMTP_AFZENDER": "a@b.nl\nBcc: c@d.nl"},
    {"OPNAME_PRODUCTIE": "1", "OPNAME_SMTP": "smtp://post.voorbeeld.nl"},
])
def test_instelling_geweigerd(anders):
    with pytest.raises(InstellingFout, match="OPNAME_SMTP") as fout:
        instellingen.smtp({**GOED, **anders})
    assert "ge%3Aheim" not in str(fout.value)


def test_aanmelden_bij_de_mailserver(winkel, klok):
    """The name and password are used, and wrong ones make no notice lost."""
    ontvanger = Postkantoor()
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    regelaar = Controller(
        ontvanger, hostname="127.0.0.1", port=poort, auth_required=True, auth_require_tls=False,
        authenticator=lambda _s, _b, _e, _m, data: AuthResult(success=(data.login, data.password) == (b"opname", b"ge:heim")))
    regelaar.start()
    try:
        zet(winkel)
        smtp = Smtp("smtp", "127.0.0.1", poort, "opname", "fout", "opname@voorbeeld.nl")
        assert Uitbak(winkel, smtp, klok=klok).ronde(NU) == 0
        klok.nu += EERSTE_WACHT
        assert Uitbak(winkel, replace(smtp, wachtwoord="ge:heim"), klok=klok).ronde(NU) == 1
    finally:
        regelaar.stop()


def omgeving(tmp_path, **anders):
    basis = {k: w for k, w in os.environ.items() if not k.startswith("OPNAME_")}
    return {**basis, "OPNAME_DATABASE": f"sqlite:///{tmp_path}/opname.db", "OPNAME_NU": "2026-11-23T10:15", **anders}


def start(tmp_path, *argumenten, **anders):
    return subprocess.Popen([sys.executable, "-m", "protocol.uitbak", *argumenten], cwd=WORTEL, text=True,
                            env=omgeving(tmp_path, **anders), stderr=subprocess.PIPE)


def test_het_proces_stuurt_en_stopt_netjes(tmp_path, kantoor):
    aangekomen = Event()
    bezorg = kantoor.handle_DATA

    async def meld(*argumenten):
        antwoord = await bezorg(*argumenten)
        aangekomen.set()
        return antwoord

    kantoor.handle_DATA = meld
    zet(Opslag(f"sqlite:///{tmp_path}/opname.db"))
    proces = start(tmp_path, OPNAME_SMTP=f"smtp://127.0.0.1:{kantoor.smtp.poort}", OPNAME_SMTP_AFZENDER="opname@voorbeeld.nl")
    try:
        assert aangekomen.wait(30)
    finally:
        proces.send_signal(signal.SIGTERM)
    _, log = proces.communicate(timeout=30)
    assert proces.returncode == 0 and len(kantoor.post) == 1 and "noor@" not in log


@pytest.mark.parametrize("anders", [{}, {"OPNAME_SMTP": "smtp://127.0.0.1:1", "OPNAME_SMTP_AFZENDER": "niets"}])
def test_het_proces_zonder_instellingen(tmp_path, anders):
    proces = start(tmp_path, "--eenmaal", **anders)
    _, log = proces.communicate(timeout=30)
    assert proces.returncode == 1 and "OPNAME_SMTP" in log and "Traceback" not in log
