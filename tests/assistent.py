"""The real assistant for the tests: one trained model, one Rasa server and one action server over HTTP."""
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

WORTEL = Path(__file__).resolve().parents[1]
MODEL = WORTEL / "models" / "opname.tar.gz"
NU = "2026-11-23T10:15"  # a Monday
START_SECONDEN = 120


def vrije_poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Assistent:
    """Both servers on free ports, with their stores in one folder; each can be stopped and started again."""

    def __init__(self, map_: Path, **omgeving: str):
        self.map, self.poort, self.acties_poort = map_, vrije_poort(), vrije_poort()
        self.basis_url = f"http://127.0.0.1:{self.poort}"
        self.database = f"sqlite:///{map_}/opname.db"
        self.omgeving = {
            **os.environ, "PYTHONPATH": str(WORTEL), "RASA_TELEMETRY_ENABLED": "false", "SANIC_HOST": "127.0.0.1",
            "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "OPNAME_ACTIES_URL": f"http://127.0.0.1:{self.acties_poort}/webhook",
            "OPNAME_GESPREKKEN": f"sqlite:///{map_}/gesprekken.db", "OPNAME_DATABASE": self.database,
            "OPNAME_GEHEIM": "geheim-van-de-tests-" * 2, "OPNAME_JWT_SLEUTEL": "sleutel-van-de-tests-" * 2,
            # Tests speak faster than people, and say the same twice.
            "OPNAME_NU": NU, "OPNAME_MAX_BERICHTEN": "1000", "OPNAME_DUBBEL_MS": "0", **omgeving,
        }
        self._processen: dict = {}

    def _start(self, naam: str, *opdracht: str) -> None:
        log = open(self.map / f"{naam}.log", "ab")
        self._processen[naam] = subprocess.Popen(
            [sys.executable, "-m", *opdracht], cwd=WORTEL, env=self.omgeving, stdout=log, stderr=log)

    def start_acties(self) -> None:
        subprocess.run([sys.executable, "-m", "protocol.opslag"], cwd=WORTEL, env=self.omgeving, check=True)
        self._start("acties", "rasa_sdk", "--actions", "actions", "-p", str(self.acties_poort))
        self._wacht(f"http://127.0.0.1:{self.acties_poort}/health", "acties")

    def start_rasa(self) -> None:
        self._start("rasa", "components.zonder_tensorflow", "run", "--model", str(MODEL), "-i", "127.0.0.1", "-p", str(self.poort))
        self._wacht(f"{self.basis_url}/gezond", "rasa")

    def pid(self, naam: str) -> int:
        return self._processen[naam].pid

    def stop(self, naam: str, hard: bool = False) -> None:
        proces = self._processen.pop(naam, None)
        if proces:
            proces.kill() if hard else proces.terminate()
            proces.wait(30)

    def herstart_rasa(self) -> None:
        self.stop("rasa")
        self.start_rasa()

    def _wacht(self, url: str, naam: str) -> None:
        einde = time.monotonic() + START_SECONDEN
        while time.monotonic() < einde:
            if self._processen[naam].poll() is not None:
                break
            try:
                if httpx.get(url, timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)  # between two looks at a server that is starting
        pytest.fail(f"{naam} did not start:\n" + (self.map / f"{naam}.log").read_text()[-3000:])

    def logs(self) -> str:
        return "".join(p.read_text(errors="replace") for p in sorted(self.map.glob("*.log")))


class Gesprek:
    """One conversation over the REST channel."""

    teller = 0

    def __init__(self, basis_url: str, token: str = ""):
        Gesprek.teller += 1
        self._url = f"{basis_url}/webhooks/rest/webhook"
        self._kop = {"Authorization": f"Bearer {token}"} if token else {}
        self.sender = f"gesprek-{os.getpid()}-{Gesprek.teller}"
        self.berichten: list = []

    def zeg(self, tekst: str) -> str:
        """Send a message; the texts of the answer in one string. `berichten` holds the whole answer."""
        antwoord = httpx.post(self._url, json={"sender": self.sender, "message": tekst}, headers=self._kop, timeout=30)
        assert antwoord.status_code == 200, antwoord.text
        self.berichten = antwoord.json()
        return "\n".join(b.get("text", "") for b in self.berichten)

    def knoppen(self) -> dict:
        """Title -> payload of all buttons in the last answer."""
        return {k["title"]: k["payload"] for b in self.berichten for k in b.get("buttons", [])}

    def kies(self, titel: str) -> str:
        """Press a button of the last answer."""
        return self.zeg(self.knoppen()[titel])

    def bronnen(self) -> set:
        return {i for b in self.berichten for i in b.get("metadata", {}).get("bron", [])}
