"""Two Rasa servers and two action servers behind nginx, with PostgreSQL and Redis: `make schaal`. Table in docs/schaal.md.

Conversations go over both servers, message by message. Meanwhile one Rasa server gets kill -9 and comes back, and after that
each is replaced by one with another copy of the model. In the end every reference that was told is stored, once, and every
conversation stands in the store in the order in which it was spoken.
"""
from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Dict, Iterator, List

import sqlalchemy as sa

WORTEL = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(WORTEL), str(WORTEL / "tests"), str(WORTEL / "tools")]

from assistent import MODEL, Assistent, vrije_poort  # noqa: E402
from chaos import GRENS, Mens, Uitslag  # noqa: E402
from databases import cluster  # noqa: E402

NGINX = """
{wie} pid {map}/nginx.pid; error_log {map}/nginx.log; daemon off; worker_processes 1;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_buffer_size 4m; client_max_body_size 4m; client_body_temp_path {map}/a; proxy_temp_path {map}/b; fastcgi_temp_path {map}/c; uwsgi_temp_path {map}/d;
  scgi_temp_path {map}/e;
  upstream rasa {{ {servers} }}
  server {{ listen 127.0.0.1:{poort}; location / {{
    proxy_pass http://rasa; proxy_http_version 1.1; proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr; proxy_connect_timeout 2s;
    proxy_next_upstream error; proxy_next_upstream_tries 2; }} }}
  upstream acties {{ {acties} }}
  server {{ listen 127.0.0.1:{acties_poort}; location / {{
    proxy_pass http://acties; proxy_http_version 1.1; proxy_connect_timeout 2s; }} }}
}}
"""


class Paar(Assistent):
    """One Rasa server and one action server of the two of each."""

    def start_rasa(self, model: Path = MODEL) -> None:
        self._start("rasa", "components.zonder_tensorflow", "run", "--model", str(model), "-i", "127.0.0.1", "-p", str(self.poort),
                    "--endpoints", "deploy/endpoints.yml")
        self._wacht(f"{self.basis_url}/gereed", "rasa")


@contextmanager
def proces(*opdracht: str) -> Iterator[None]:
    loopt = subprocess.Popen(opdracht, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        loopt.terminate()
        loopt.wait(20)


@contextmanager
def huis(map_: Path) -> Iterator[Any]:
    """Everything on one machine; gives the address of nginx and the two pairs."""
    redis, poort, acties_poort = vrije_poort(), vrije_poort(), vrije_poort()
    with cluster() as postgres, proces("redis-server", "--port", str(redis), "--bind", "127.0.0.1", "--save", "",
                                       "--requirepass", "geheim"):
        omgeving = {"OPNAME_DATABASE": f"{postgres}postgres", "OPNAME_GESPREKKEN": f"{postgres}postgres",
                    "OPNAME_REDIS_HOST": "127.0.0.1", "OPNAME_REDIS_POORT": str(redis), "OPNAME_REDIS_WACHTWOORD": "geheim",
                    "OPNAME_ACTIES_URL": f"http://127.0.0.1:{acties_poort}/webhook"}
        paren: List[Paar] = []
        for n in (1, 2):
            (map_ / str(n)).mkdir()
            paren.append(Paar(map_ / str(n), **omgeving))
            paren[-1].database = omgeving["OPNAME_DATABASE"]
        instelling = map_ / "nginx.conf"
        instelling.write_text(NGINX.format(
            map=map_, wie="user root;" if os.getuid() == 0 else "", poort=poort, acties_poort=acties_poort,
            servers="".join(f"server 127.0.0.1:{p.poort} max_fails=1 fail_timeout=2s; " for p in paren),
            acties="".join(f"server 127.0.0.1:{p.acties_poort} max_fails=1 fail_timeout=2s; " for p in paren)))
        try:
            for paar in paren:
                paar.start_acties()
            with proces(shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(instelling), "-p", str(map_)):
                for paar in paren:
                    paar.start_rasa()
                yield f"http://127.0.0.1:{poort}", paren
        finally:
            for paar in paren:
                paar.stop("rasa")
                paar.stop("acties")


def onderhoud(paren: List[Paar], model: Path, gedaan: List[str]) -> None:
    """A crash, and an update of the model one server at a time, while people go on."""
    paren[0].stop("rasa", hard=True)
    paren[0].start_rasa()
    gedaan.append("kill -9 of one Rasa server")
    for paar in paren:
        paar.stop("rasa")
        paar.start_rasa(model)
    gedaan.append("rolling update of the model")


def volgorde(url: str, mensen: List[Mens]) -> int:
    """Conversations of which the stored events are not one unbroken row of turns."""
    fout = 0
    with sa.create_engine(url).connect() as verbinding:
        gesprekken: Dict[str, List[str]] = {}
        for wie, soort in verbinding.execute(sa.text("select sender_id, type_name from events order by id")):
            gesprekken.setdefault(wie, []).append(soort)
    for soorten in gesprekken.values():
        # A message that comes while a turn is open: two servers were in one conversation.
        door_elkaar = any(soort == "user" and vorige != "action" for vorige, soort in zip(soorten, soorten[1:]))
        fout += door_elkaar or soorten.count("session_started") != 1
    return fout + (len(gesprekken) != len(mensen))


def speel(map_: Path, aantal: int, tegelijk: int = 12) -> Any:
    begin, gedaan = time.monotonic(), []
    with huis(map_) as (adres, paren):
        nieuw = map_ / "nieuw.tar.gz"
        shutil.copy(MODEL, nieuw)
        mensen = [Mens(paren[0], n, "melding" if n % 4 == 3 else "verzoek") for n in range(aantal)]
        for mens in mensen:
            mens.url = f"{adres}/webhooks/rest/webhook"
        werker = threading.Thread(target=onderhoud, args=(paren, nieuw, gedaan))
        werker.start()
        einde = time.monotonic() + 3000
        with ThreadPoolExecutor(tegelijk) as pool:
            list(pool.map(lambda mens: mens.leef(lambda: time.monotonic() < einde), mensen))
        werker.join()
        with sa.create_engine(paren[0].database).connect() as verbinding:
            rijen = [r[0] for tabel in ("verzoeken", "meldingen")
                     for r in verbinding.execute(sa.select(sa.column("referentie")).select_from(sa.table(tabel)))]
        uit_de_rij = volgorde(paren[0].database, mensen)
    return Uitslag(mensen, rijen, Counter(gedaan), time.monotonic() - begin), uit_de_rij


def tabel(uitslag: Uitslag, uit_de_rij: int) -> str:
    rijen = [("conversations", len(uitslag.mensen)), ("stored requests and reports", len(uitslag.opgeslagen))]
    rijen += [(f"differences: {naam}", len(wie)) for naam, wie in uitslag.verschillen.items()]
    rijen += [("conversations whose turns are not in order", uit_de_rij),
              ("longest wait for an answer (s)", round(uitslag.langst, 1))]
    rijen += [(f"turns: {naam}", n) for naam, n in sorted(uitslag.tellers().items())]
    rijen += list(uitslag.ramp.items())
    regels = "\n".join(f"| {naam} | {waarde} |" for naam, waarde in rijen)
    return f"""# Two of each server

Measured by `make schaal` on {date.today().isoformat()}, {os.cpu_count()} cores, in {uitslag.seconden:.0f} s: two Rasa servers and
two action servers behind nginx, with PostgreSQL and a Redis lock store, all on one machine.

| | |
|---|---|
{regels}
"""


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--gesprekken", type=int, default=500)
    keuze = lezer.parse_args()
    with tempfile.TemporaryDirectory() as map_:
        uitslag, uit_de_rij = speel(Path(map_), keuze.gesprekken)
    print(tabel(uitslag, uit_de_rij))
    fout = {naam: wie for naam, wie in uitslag.verschillen.items() if wie}
    if fout or uit_de_rij or uitslag.langst > GRENS:
        for mens in uitslag.mensen:
            if not mens.verteld:
                print(mens.naam, *mens.gezegd[-6:], sep="\n  ")
        print(f"NOT GOOD: {fout}", file=sys.stderr)
        return 1
    (WORTEL / "docs" / "schaal.md").write_text(tabel(uitslag, uit_de_rij))
    return 0


if __name__ == "__main__":
    sys.exit(main())
