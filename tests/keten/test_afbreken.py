"""kill -9 between 'ja' and the reference number: no request or exactly one, and the client can find out which."""
import threading
import time
from contextlib import contextmanager

import httpx
import pytest
import sqlalchemy as sa
from levens import REFERENTIE, vul_in


def rijen(assistent):
    with sa.create_engine(assistent.database).connect() as verbinding:
        return [r[0] for r in verbinding.execute(sa.text("select referentie from verzoeken order by id"))]


@contextmanager
def voor_het_opslaan(assistent, sla):
    """The store is locked by another while the blow falls: nothing can have been written."""
    verbinding = sa.create_engine(assistent.database, isolation_level=None).raw_connection()
    verbinding.execute("BEGIN IMMEDIATE")
    slag = threading.Timer(0.2, sla)
    slag.start()
    try:
        yield
    finally:
        slag.join()
        verbinding.execute("ROLLBACK")
        verbinding.close()


@contextmanager
def na_het_opslaan(assistent, sla):
    """The blow falls as soon as the request is in the store."""
    ervoor = len(rijen(assistent))

    def wacht_en_sla():
        einde = time.monotonic() + 20
        while len(rijen(assistent)) == ervoor and time.monotonic() < einde:
            pass
        sla()
    slag = threading.Thread(target=wacht_en_sla)
    slag.start()
    yield
    slag.join()


@contextmanager
def ergens(assistent, sla):
    """The blow falls somewhere in the turn; every outcome of it must be a sound one."""
    slag = threading.Timer(0.02, sla)
    slag.start()
    yield
    slag.join()


@pytest.mark.parametrize("wie", ["rasa", "acties"])
@pytest.mark.parametrize("moment, verwacht", [(voor_het_opslaan, {0}), (na_het_opslaan, {1}), (ergens, {0, 1})])
def test_killed_after_yes_leaves_none_or_one_and_the_client_finds_out(nieuw_gesprek, assistent, wie, moment, verwacht):
    gesprek = nieuw_gesprek()
    vul_in(gesprek)
    ervoor, antwoord = rijen(assistent), ""
    # With the Rasa server gone the action server finishes what it has begun, so it goes down with it.
    wie_valt = ("rasa", "acties") if wie == "rasa" else ("acties",)
    with moment(assistent, lambda: [assistent.stop(w, hard=True) for w in wie_valt]):
        try:
            antwoord = gesprek.kies("Ja, geef het door")
        except httpx.HTTPError:
            pass
    assistent.start_acties()
    if wie == "rasa":
        assistent.start_rasa()
    nieuw = rijen(assistent)[len(ervoor):]
    assert len(nieuw) in verwacht
    if genoemd := REFERENTIE.search(antwoord):
        assert nieuw == [genoemd[0]]  # what was shown exists
    vraag = gesprek.zeg("is er nu iets opgeslagen?")
    assert (nieuw[0] in vraag) if nieuw else ("nog niet opgeslagen" in vraag)
    # Saying yes again is safe: the same one, or the one that was not there yet.
    if "Ja, geef het door" in gesprek.knoppen():
        gesprek.kies("Ja, geef het door")
        assert len(rijen(assistent)) == len(ervoor) + 1
    assert len(rijen(assistent)) <= len(ervoor) + 1
