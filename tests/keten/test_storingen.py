"""Slow and broken parts: the person hears a plain sentence within ten seconds, and the form goes on where it was."""
import os
import signal
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
import sqlalchemy as sa
from assistent import Assistent, Gesprek
from levens import REFERENTIE, rij

GRENS = 10.0
STORING = "Er ging iets mis"


@pytest.fixture(scope="module")
def eigen(tmp_path_factory):
    """Servers of our own: the others' must not be broken."""
    draait = Assistent(tmp_path_factory.mktemp("storingen"))
    draait.start_acties()
    draait.start_rasa()
    yield draait
    draait.stop("rasa")
    draait.stop("acties")


@contextmanager
def in_plaats_van(eigen, status, inhoud):
    """Another action server that answers everything with this."""
    class Antwoord(BaseHTTPRequestHandler):
        def do_POST(self):
            type(self).aanroepen += 1
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(inhoud)

        def log_message(self, *_):
            pass

    eigen.stop("acties")
    Antwoord.aanroepen = 0
    server = ThreadingHTTPServer(("127.0.0.1", eigen.acties_poort), Antwoord)
    threading.Thread(target=server.serve_forever).start()
    try:
        yield Antwoord
    finally:
        server.shutdown()
        server.server_close()
        eigen.start_acties()


@contextmanager
def bevroren(eigen, seconden=None):
    """The action server takes the call and is silent, for so long or until we are done."""
    pid = eigen._processen["acties"].pid
    os.kill(pid, signal.SIGSTOP)
    wekker = threading.Timer(seconden or GRENS * 3, os.kill, (pid, signal.SIGCONT))
    wekker.start()
    try:
        yield
    finally:
        wekker.cancel()
        os.kill(pid, signal.SIGCONT)


@contextmanager
def gevallen(eigen):
    eigen.stop("acties", hard=True)
    try:
        yield
    finally:
        eigen.start_acties()


@contextmanager
def op_slot(url):
    """The database is held by another."""
    verbinding = sa.create_engine(url, isolation_level=None).raw_connection()
    verbinding.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        verbinding.execute("ROLLBACK")
        verbinding.close()


STORINGEN = {
    "gevallen": gevallen,
    "fout 500": lambda e: in_plaats_van(e, 500, b'{"error": "stuk"}'),
    "kapotte JSON": lambda e: in_plaats_van(e, 200, b'{"events": ['),
    "verkeerde JSON": lambda e: in_plaats_van(e, 200, b'{"events": 3}'),
    "stil": bevroren,
    "gesprekken op slot": lambda e: op_slot(e.omgeving["OPNAME_GESPREKKEN"]),
}


@pytest.mark.parametrize("storing", STORINGEN)
def test_in_a_form(eigen, storing):
    gesprek = Gesprek(eigen.basis_url)
    gesprek.zeg("ik wil filmen dinsdag 8 december half drie in Zwolle")
    with STORINGEN[storing](eigen):
        begin = time.monotonic()
        assert STORING in gesprek.zeg("bij de arts")
        assert time.monotonic() - begin < GRENS
    assert "Wat is uw naam" in gesprek.zeg("bij de arts")  # said again: it is the answer to the same question
    gesprek.zeg("Fatima el Amrani")
    gesprek.kies("Via Mijn UWV")
    gesprek.kies("Nee, niets")
    referentie = REFERENTIE.search(gesprek.kies("Ja, geef het door"))[0]
    assert rij(eigen, referentie)["naam"] and "de arts" in str(rij(eigen, referentie)["met_wie"] or "de arts")


def test_a_failed_action_is_not_asked_for_again(eigen):
    gesprek = Gesprek(eigen.basis_url)
    gesprek.zeg("hallo")
    with in_plaats_van(eigen, 500, b"{}") as nep:
        assert STORING in gesprek.zeg("mag ik het gesprek opnemen?")
        assert nep.aanroepen == 1


def test_at_the_start_of_a_conversation_the_role_is_not_forgotten(eigen):
    gesprek = Gesprek(eigen.basis_url)
    with gevallen(eigen):
        assert STORING in gesprek.zeg("mag ik opnemen?")
    assert "Geluid opnemen mag" in gesprek.zeg("mag ik opnemen?")


def test_a_slow_action_is_waited_for(eigen):
    gesprek = Gesprek(eigen.basis_url)
    gesprek.zeg("hallo")
    with bevroren(eigen, 3):
        assert "Geluid opnemen mag" in gesprek.zeg("mag ik het gesprek opnemen?")


def test_requests_locked_at_yes(eigen):
    """The store of requests is held by another for long: it is said, and a later yes stores it once."""
    gesprek = Gesprek(eigen.basis_url)
    for tekst in ("ik wil filmen dinsdag 8 december half drie in Zwolle", "bij de arts", "Fatima el Amrani"):
        gesprek.zeg(tekst)
    gesprek.kies("Via Mijn UWV")
    gesprek.kies("Nee, niets")
    ja = gesprek.knoppen()["Ja, geef het door"]
    with op_slot(eigen.database):
        begin = time.monotonic()
        assert "iets mis" in gesprek.zeg(ja)
        assert time.monotonic() - begin < GRENS
    antwoord = gesprek.zeg(gesprek.knoppen().get("Ja, geef het door", ja))
    assert rij(eigen, REFERENTIE.search(antwoord)[0])


def test_readiness_tells_the_truth(eigen):
    def gereed():
        antwoord = httpx.get(f"{eigen.basis_url}/gereed", timeout=GRENS)
        return antwoord.status_code, {naam for naam, goed in antwoord.json().items() if not goed}
    assert gereed() == (200, set())
    with gevallen(eigen):
        assert gereed() == (503, {"acties"})
        assert httpx.get(f"{eigen.basis_url}/leeft").status_code == 200
    with bevroren(eigen):
        assert gereed() == (503, {"acties"})
    with op_slot(eigen.omgeving["OPNAME_GESPREKKEN"]):
        assert gereed()[0] in (200, 503) and gereed()[1] <= {"gesprekken"}
    assert gereed() == (200, set())


def test_metrics_hold_numbers_and_nothing_of_a_person(eigen):
    gesprek = Gesprek(eigen.basis_url)
    gesprek.zeg("ik heet Willemijn Achterberg en woon in Zwolle")
    with gevallen(eigen):
        gesprek.zeg("mag ik opnemen?")
    tekst = httpx.get(f"{eigen.basis_url}/metrics").text
    for naam in ("opname_beurt_seconden_count", 'opname_antwoorden_total{soort="begrepen"}',
                 'opname_kanaalzinnen_total{zin="utter_storing"}', "opname_verzoeken{", "opname_oordelen{",
                 "opname_outbox_oudste_seconden", "opname_database_bereikbaar 1.0"):
        assert naam in tekst, naam
    assert "Willemijn" not in tekst and gesprek.sender not in tekst and "BO-" not in tekst


@pytest.mark.parametrize("kop", [{"X-Forwarded-For": "203.0.113.7"}, {"X-Real-Ip": "203.0.113.7"}, {"Via": "1.1 proxy"}])
def test_metrics_are_not_public(eigen, kop):
    assert httpx.get(f"{eigen.basis_url}/metrics", headers=kop).status_code == 404
