"""Keeping, removing and showing what is stored: retention, a client's own removal, access requests, new keys.

Every change is one transaction with its line in `bewaarlog`, which holds numbers and nothing else.
"""
from datetime import datetime, timedelta
from typing import Any, Dict, Optional

import sqlalchemy as sa

from protocol import meldingen as misbruik
from protocol import verzoeken as leven
from protocol.opslag import Opslag, utc
from protocol.opslag_meldingen import meldingen, stappen
from protocol.opslag_tabellen import (bewaarlog, geschiedenis, geschiedenis_dicht, geschiedenis_open, outbox, pogingen,
                                      verzoeken)
from protocol.toegang import Spreker
from protocol.verzoeken import Verzoek, Weigering

# Notices hold a reference and a date, and counted tries no more than a number; neither is needed for long.
NOTITIES_DAGEN, POGINGEN_DAGEN = 30, 2
VERSLEUTELD = {verzoeken: ("naam", "contact", "bijzonderheden", "toelichting"),
               geschiedenis: ("oud", "nieuw", "toelichting"),
               meldingen: ("waar", "gezien", "veiligheid"), stappen: ("reden", "notitie")}
# What stays of a case: the year, what happened, and how far it came. The rest names or describes people.
_NAAMLOOS: Dict[str, Any] = {"melder": "", "waar": None, "gezien": None, "betrokkene": None, "team": None,
                             "leidinggevende": None, "veiligheid": None, "veiligheid_cijfer": None}


def _schrijver(winkel: Opslag) -> sa.engine.Engine:
    return winkel.engine.execution_options(schrijft=True)


def _log(verbinding, wat: str, aantal: int, nu: datetime) -> int:
    if aantal:
        verbinding.execute(bewaarlog.insert().values(op=utc(nu), wat=wat, aantal=aantal))
    return aantal


def verwijder_verzoeken(winkel: Opslag, nu: datetime, dagen: int) -> int:
    """Delete the requests whose appointment was more than `dagen` days ago, with their history; how many."""
    return _verwijder(winkel, verzoeken.c.afspraak_datum < nu.date() - timedelta(days=dagen), "verzoeken", nu)


def _verwijder(winkel: Opslag, welke, wat: str, nu: datetime) -> int:
    with _schrijver(winkel).begin() as verbinding:
        ids = sa.select(verzoeken.c.id).where(welke)
        verbinding.execute(geschiedenis.delete().where(geschiedenis.c.verzoek_id.in_(ids)))
        return _log(verbinding, wat, verbinding.execute(verzoeken.delete().where(welke)).rowcount, nu)


def anonimiseer_zaken(winkel: Opslag, nu: datetime, dagen: int) -> int:
    """Take the people out of the cases that were closed more than `dagen` days ago; how many.

    The figures per year need the rest.
    """
    grens = utc(nu) - timedelta(days=dagen)
    laatste = (sa.select(sa.func.max(stappen.c.op)).where(stappen.c.melding_id == meldingen.c.id)
               .correlate(meldingen).scalar_subquery())
    with _schrijver(winkel).begin() as verbinding:
        ids = verbinding.execute(sa.select(meldingen.c.id).where(
            meldingen.c.toestand == misbruik.GESLOTEN, meldingen.c.melder != "", laatste < grens)).scalars().all()
        verbinding.execute(stappen.delete().where(stappen.c.melding_id.in_(ids)))
        verbinding.execute(meldingen.update().where(meldingen.c.id.in_(ids)).values(_NAAMLOOS))
        return _log(verbinding, "zaken", len(ids), nu)


def ruim_op(winkel: Opslag, nu: datetime) -> int:
    """Delete notices and counted tries that are no longer needed; how many rows."""
    with _schrijver(winkel).begin() as verbinding:
        weg = verbinding.execute(outbox.delete().where(
            outbox.c.gemaakt_op < utc(nu) - timedelta(days=NOTITIES_DAGEN))).rowcount
        weg += verbinding.execute(pogingen.delete().where(
            pogingen.c.laatste_op < utc(nu) - timedelta(days=POGINGEN_DAGEN))).rowcount
        return _log(verbinding, "notities", weg, nu)


def log_gesprekken(winkel: Opslag, aantal: int, nu: datetime) -> None:
    """Write down how many conversations were deleted from Rasa's own store."""
    with _schrijver(winkel).begin() as verbinding:
        _log(verbinding, "gesprekken", aantal, nu)


def verwijder_op_verzoek(winkel: Opslag, referentie: str, spreker: Spreker, nu: datetime,
                         versie: Optional[int] = None) -> None:
    """Delete one request because the client asks for it. One that still counted is withdrawn first, so that its
    employee hears of it. Raises `Weigering`.
    """
    verzoek = winkel.bij_referentie(referentie)
    if verzoek is None:
        raise Weigering("onbekend")
    if telt_nog(verzoek, nu):
        winkel.trek_in(referentie, spreker, nu, versie)
    _verwijder(winkel, verzoeken.c.referentie == referentie, "op verzoek van de client", nu)


def telt_nog(verzoek: Verzoek, nu: datetime) -> bool:
    """Whether a request is withdrawn by its removal."""
    return verzoek.toestand in (*leven.OPEN, leven.INSTEMMING, leven.ANDERE_OPLOSSING) and leven.ligt_voor(verzoek, nu)


def versleutel_opnieuw(winkel: Opslag) -> int:
    """Encrypt everything again with the first key; how many rows. Nothing changes when a row cannot be read."""
    aantal = 0
    with _schrijver(winkel).begin() as verbinding:
        geschiedenis_open(verbinding)
        for tabel, kolommen in VERSLEUTELD.items():
            gekozen = [tabel.c[kolom] for kolom in kolommen]
            for rij in verbinding.execute(sa.select(tabel.c.id, *gekozen)).all():
                verbinding.execute(tabel.update().where(tabel.c.id == rij.id).values(
                    {kolom: getattr(rij, kolom) for kolom in kolommen}))
                aantal += 1
        geschiedenis_dicht(verbinding)
    return aantal
