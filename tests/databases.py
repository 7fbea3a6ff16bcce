"""Both databases for the tests of the store: SQLite in a file, and a real PostgreSQL started for the run."""
import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa
from assistent import vrije_poort


def _programma(naam: str) -> str:
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{naam}"))
    gevonden = str(debian[-1]) if debian else shutil.which(naam)
    if not gevonden:
        pytest.skip(f"{naam} is not installed (Debian: postgresql)")
    return gevonden


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The address of a PostgreSQL server of our own; it refuses to run as root, so root lends it another user."""
    map_ = Path("/tmp") / f"opname-pg-{os.getpid()}"
    map_.mkdir(mode=0o700)
    als = {}
    if os.geteuid() == 0:
        gebruiker = pwd.getpwnam("postgres" if any(p.pw_name == "postgres" for p in pwd.getpwall()) else "nobody")
        os.chown(map_, gebruiker.pw_uid, gebruiker.pw_gid)
        als = {"user": gebruiker.pw_uid, "group": gebruiker.pw_gid}
    poort = vrije_poort()
    stil = {"stdout": subprocess.DEVNULL, "cwd": map_, **als}
    subprocess.run([_programma("initdb"), "-D", str(map_ / "data"), "-U", "opname", "-A", "trust", "-E", "UTF8",
                    "--no-sync"], check=True, **stil)
    subprocess.run([_programma("pg_ctl"), "-D", str(map_ / "data"), "-l", str(map_ / "log"), "-w", "-o",
                    f"-p {poort} -h 127.0.0.1 -k {map_} -F", "start"], check=True, **stil)
    yield f"postgresql+psycopg2://opname@127.0.0.1:{poort}"
    subprocess.run([_programma("pg_ctl"), "-D", str(map_ / "data"), "-m", "immediate", "stop"], check=True, **stil)
    shutil.rmtree(map_)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The URL of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/opname.db"
    server = request.getfixturevalue("postgres")
    naam = f"t{os.urandom(6).hex()}"
    with sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT").connect() as verbinding:
        verbinding.execute(sa.text(f"create database {naam}"))
    return f"{server}/{naam}"
