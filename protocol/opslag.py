"""The SQL store of requests (SQLite by default, any SQLAlchemy URL by setting).

The schema is versioned with Alembic; `Opslag` brings the database to the newest version when it is made.
"""
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Optional

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from protocol import instellingen
from protocol.verzoeken import Verzoek, nieuwe_referentie

metadata = sa.MetaData()

verzoeken = sa.Table(
    "verzoeken", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("referentie", sa.String(20), nullable=False, unique=True),
    sa.Column("sleutel", sa.String(64), nullable=False, unique=True),
    sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("kanaal", sa.String(20), nullable=False),
    sa.Column("toestand", sa.String(30), nullable=False),
    sa.Column("afspraak_datum", sa.Date, nullable=False),
    sa.Column("afspraak_tijd", sa.Time),
    sa.Column("gesprekssoort", sa.String(20), nullable=False),
    sa.Column("plaats", sa.String(100)),
    sa.Column("met_wie", sa.String(100)),
    sa.Column("naam", sa.String(100), nullable=False),
    sa.Column("contact", sa.String(200), nullable=False),
    sa.Column("bijzonderheden", sa.Text),
    sa.Column("laatste_dag", sa.Date, nullable=False),
    sa.Column("oordeel", sa.String(20), nullable=False),
    sa.Column("vastgelegd_door", sa.String(128)),
)


def _verzoek(rij: sa.engine.Row) -> Verzoek:
    velden = dict(rij._mapping)
    velden.pop("id")
    if velden["ontvangen_op"].tzinfo is None:  # SQLite forgets the zone; what is written is always UTC
        velden["ontvangen_op"] = velden["ontvangen_op"].replace(tzinfo=timezone.utc)
    return Verzoek(**velden)


class Opslag:
    """The store behind one database URL. All methods raise sqlalchemy.exc.SQLAlchemyError when it does not answer."""

    def __init__(self, url: str):
        if url.startswith("sqlite:///"):
            Path(url[len("sqlite:///"):]).parent.mkdir(parents=True, exist_ok=True)
        # pool_pre_ping: a database that restarted must cost a reconnect, not a failed request.
        self.engine = sa.create_engine(url, future=True, pool_pre_ping=True)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migraties")))
        with self.engine.begin() as verbinding:
            config.attributes["connection"] = verbinding
            command.upgrade(config, "head")

    def bewaar(self, verzoek: Verzoek) -> Verzoek:
        """Store a request and give it its reference. The same `sleutel` again returns the stored one unchanged."""
        rij = {**verzoek.__dict__, "referentie": nieuwe_referentie(),
               "ontvangen_op": verzoek.ontvangen_op.astimezone(timezone.utc)}
        try:
            with self.engine.begin() as verbinding:
                verbinding.execute(verzoeken.insert().values(rij))
        except sa.exc.IntegrityError:
            if bestaand := self.bij_sleutel(verzoek.sleutel):
                return bestaand
            raise
        return self.bij_sleutel(verzoek.sleutel)

    def bij_sleutel(self, sleutel: str) -> Optional[Verzoek]:
        """The request stored for a filled-in form, or None."""
        return self._een(verzoeken.c.sleutel == sleutel)

    def bij_referentie(self, referentie: str) -> Optional[Verzoek]:
        """The request with this reference, or None."""
        return self._een(verzoeken.c.referentie == referentie)

    def _een(self, voorwaarde) -> Optional[Verzoek]:
        with self.engine.connect() as verbinding:
            rij = verbinding.execute(sa.select(verzoeken).where(voorwaarde)).first()
        return _verzoek(rij) if rij else None


@lru_cache(maxsize=4)
def _opslag(url: str) -> Opslag:
    return Opslag(url)


def opslag() -> Opslag:
    """The store of the setting OPNAME_DATABASE, opened on first use."""
    return _opslag(instellingen.database())


def nu_utc() -> datetime:
    """The moment of now in UTC, from the one clock."""
    return instellingen.nu().astimezone(timezone.utc)


if __name__ == "__main__":
    opslag()  # brings the schema up to date before the servers start
