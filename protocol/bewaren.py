"""Keeping times: what is over its time is deleted or made anonymous. `python -m protocol.bewaren` does it once.

With `--dagelijks` it goes on, once a day (the Procfile starts it so). What was done is logged in numbers, here and in
the table `bewaarlog`; a second run finds nothing left to do.
"""
import argparse
import logging
import signal
import sys
import threading
from datetime import datetime
from typing import Any, Dict

import sqlalchemy as sa

from protocol import instellingen
from protocol.instellingen import InstellingFout
from protocol.opslag import opslag
from protocol.opslag_beheer import anonimiseer_zaken, log_gesprekken, ruim_op, verwijder_verzoeken

logger = logging.getLogger(__name__)

RONDE = 24 * 3600.0
NA_STORING = 600.0
# The tables of the tracker store (components/gesprekken.py): what was said, and where reading a long conversation begins.
gebeurtenissen = sa.table("events", sa.column("sender_id"), sa.column("timestamp"), sa.column("data"))
standen = sa.table("standen", sa.column("sender_id"))


def verwijder_gesprekken(url: str, nu: datetime, dagen: int) -> int:
    """Delete the conversations in which nothing was said for `dagen` days; how many."""
    motor = sa.create_engine(url, future=True)
    try:
        er_zijn = sa.inspect(motor)
        tabellen = [tabel for tabel in (gebeurtenissen, standen) if er_zijn.has_table(tabel.name)]
        if gebeurtenissen not in tabellen:
            return 0
        stil = (sa.select(gebeurtenissen.c.sender_id).group_by(gebeurtenissen.c.sender_id)
                .having(sa.func.max(gebeurtenissen.c.timestamp) < nu.timestamp() - dagen * 24 * 3600))
        with motor.begin() as verbinding:
            wie = verbinding.execute(stil).scalars().all()
            for een in wie:  # one by one: a list of thousands is more than a statement may hold
                for tabel in tabellen:
                    verbinding.execute(sa.delete(tabel).where(tabel.c.sender_id == een))
        return len(wie)
    finally:
        motor.dispose()


def ronde(nu: datetime) -> Dict[str, int]:
    """One round over everything that is kept; what was removed, by kind."""
    winkel, termijnen = opslag(), instellingen.bewaartermijnen()
    gesprekken = verwijder_gesprekken(instellingen.gesprekken(), nu, termijnen.gesprekken)
    log_gesprekken(winkel, gesprekken, nu)
    return {"gesprekken": gesprekken, "verzoeken": verwijder_verzoeken(winkel, nu, termijnen.verzoeken),
            "zaken": anonimiseer_zaken(winkel, nu, termijnen.zaken), "notities": ruim_op(winkel, nu)}


def main(argumenten: Any = None) -> int:
    """Once, or daily until it is told to stop."""
    lezer = argparse.ArgumentParser(prog="python -m protocol.bewaren", description="Remove what is over its time.")
    lezer.add_argument("--dagelijks", action="store_true", help="go on, once a day")
    dagelijks = lezer.parse_args(argumenten).dagelijks
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-8s %(name)s  %(message)s")
    einde = threading.Event()
    for sein in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sein, lambda *_: einde.set())
    while True:
        wacht = RONDE
        try:
            logger.info("Removed: %s", ", ".join(f"{wat} {n}" for wat, n in ronde(instellingen.nu()).items()))
        except InstellingFout as fout:
            print(f"protocol.bewaren: {fout}", file=sys.stderr)
            return 1
        except sa.exc.SQLAlchemyError:
            logger.exception("A store does not answer; nothing was removed from it.")
            if not dagelijks:
                return 1
            wacht = NA_STORING
        if not dagelijks or einde.wait(wacht):
            return 0


if __name__ == "__main__":
    sys.exit(main())
