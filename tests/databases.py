"""Real databases for the tests of the store: SQLite in a file, PostgreSQL in a private cluster of its own."""
import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from assistent import vrije_poort


def _programma(naam: str):
    gevonden = [*sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{naam}"), reverse=True), shutil.which(naam)]
    return next((str(p) for p in gevonden if p), None)


@pytest.fixture(scope="session")
def postgres():
    """The URL of a cluster, without the database name."""
    with cluster() as url:
        yield url


@contextmanager
def cluster():
    """A cluster on a free port, removed afterwards; its SQLAlchemy URL without the database name."""
    initdb, pg_ctl = _programma("initdb"), _programma("pg_ctl")
    if not (initdb and pg_ctl):
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    # PostgreSQL refuses to run as root.
    wie = "nobody" if os.getuid() == 0 else getpass.getuser()
    als = {"user": wie} if os.getuid() == 0 else {}
    map_ = Path(tempfile.mkdtemp(prefix="opname-pg-"))
    os.chown(map_, pwd.getpwnam(wie).pw_uid, -1)

    def doe(*opdracht):
        subprocess.run(opdracht, check=True, cwd=map_, stdout=subprocess.DEVNULL, **als)

    try:
        doe(initdb, "-D", f"{map_}/data", "-U", "opname", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        poort = vrije_poort()
        doe(pg_ctl, "-D", f"{map_}/data", "-w", "-l", f"{map_}/log",
            "-o", f"-p {poort} -k {map_} -c listen_addresses=127.0.0.1 -c fsync=off", "start")
        try:
            yield f"postgresql://opname@127.0.0.1:{poort}/"
        finally:
            doe(pg_ctl, "-D", f"{map_}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(map_)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/opname.db"
    basis, naam = request.getfixturevalue("postgres"), f"t{os.urandom(6).hex()}"
    motor = sa.create_engine(f"{basis}postgres", isolation_level="AUTOCOMMIT")
    with motor.connect() as verbinding:
        verbinding.execute(sa.text(f"CREATE DATABASE {naam}"))
    motor.dispose()
    return basis + naam
