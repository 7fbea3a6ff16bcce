"""Back-up and restore as docs/beheer.md says it, on both databases: every request, step and notice is there again."""
import shutil
import sqlite3
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from databases import _programma, database, postgres  # noqa: F401 (fixtures)

from protocol import instellingen
from protocol.opslag import Opslag
from protocol.toegang import Spreker
from protocol.verzoeken import Verzoek

NU = datetime(2026, 11, 23, 10, 15, tzinfo=instellingen.TIJDZONE)


def verzoek(n):
    return Verzoek(sleutel=f"sleutel-{n}", ontvangen_op=NU, afspraak_datum=date(2026, 12, 8), afspraak_tijd=None,
                   gesprekssoort="kantoor", plaats="Zwolle", met_wie=None, naam=f"Naam {n}", contact="Mijn UWV",
                   bijzonderheden=None, laatste_dag=date(2026, 12, 1), oordeel="op tijd")


def alles(url):
    with sa.create_engine(url).connect() as verbinding:
        return {t: [tuple(r) for r in verbinding.execute(sa.text(f"select * from {t} order by id"))]
                for t in ("verzoeken", "geschiedenis", "outbox", "meldingen")}


def maak_kopie(url, doel: Path):
    if url.startswith("sqlite"):
        bron, kopie = sqlite3.connect(url[len("sqlite:///"):]), sqlite3.connect(doel)
        with kopie:
            bron.backup(kopie)
        bron.close()
        kopie.close()
    else:
        subprocess.run([_programma("pg_dump"), "--format=custom", f"--file={doel}", url], check=True)


def zet_terug(url, kopie: Path):
    if url.startswith("sqlite"):
        shutil.copy(kopie, url[len("sqlite:///"):])
        for rest in ("-wal", "-shm"):
            Path(url[len("sqlite:///"):] + rest).unlink(missing_ok=True)
    else:
        subprocess.run([_programma("pg_restore"), "--clean", "--if-exists", f"--dbname={url}", kopie], check=True)


def test_a_restored_store_is_the_store_of_the_back_up(database, tmp_path):
    winkel = Opslag(database)
    bewaard = [winkel.bewaar(verzoek(n)) for n in range(5)]
    winkel.zet_in_outbox("k", "noor@example.nl", "doen", {"referentie": bewaard[0].referentie}, NU)
    toen = alles(database)
    maak_kopie(database, tmp_path / "kopie")
    winkel.bewaar(verzoek(9))
    winkel.trek_in(bewaard[0].referentie, Spreker(), NU)
    assert alles(database) != toen
    winkel.engine.dispose()
    zet_terug(database, tmp_path / "kopie")
    hersteld = Opslag(database)  # the migration runs on it
    assert alles(database) == toen
    assert hersteld.bewaar(verzoek(0)).referentie == bewaard[0].referentie  # the same form is still the same request
    with pytest.raises(sa.exc.DBAPIError):  # and a step taken cannot be rewritten
        with hersteld.engine.execution_options(schrijft=True).begin() as verbinding:
            verbinding.execute(sa.text("update geschiedenis set stap = 'x'"))
