"""The tables of the store. protocol/migraties brings a database to this shape.

What people wrote about themselves is encrypted; what the assistant must search or sort by (dates, states, who answers)
is not.
"""
import sqlalchemy as sa

from protocol.versleutelen import Versleuteld, VersleuteldJson

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
    sa.Column("naam", Versleuteld, nullable=False),
    sa.Column("contact", Versleuteld, nullable=False),
    sa.Column("bijzonderheden", Versleuteld),
    sa.Column("laatste_dag", sa.Date, nullable=False),
    sa.Column("oordeel", sa.String(20), nullable=False),
    sa.Column("medewerker", sa.String(128), index=True),
    sa.Column("team", sa.String(128), index=True),
    sa.Column("oplossing", sa.String(30)),
    sa.Column("toelichting", Versleuteld),
    sa.Column("versie", sa.Integer, nullable=False),
    sa.Column("vastgelegd_door", sa.String(128)),
)

# Append-only: a trigger refuses every UPDATE. Rows leave only with their request, when its keeping time is over.
geschiedenis = sa.Table(
    "geschiedenis", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("verzoek_id", sa.Integer, sa.ForeignKey("verzoeken.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("rol", sa.String(20), nullable=False),
    sa.Column("sub", sa.String(128)),
    sa.Column("stap", sa.String(30), nullable=False),
    sa.Column("van", sa.String(30)),
    sa.Column("naar", sa.String(30), nullable=False),
    sa.Column("oud", VersleuteldJson, nullable=False),
    sa.Column("nieuw", VersleuteldJson, nullable=False),
    sa.Column("toelichting", Versleuteld),
)

# Notices that must go out. What a step announces is written in the transaction of the step; sending is another's job.
outbox = sa.Table(
    "outbox", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sleutel", sa.String(200), nullable=False, unique=True),
    sa.Column("ontvanger", sa.String(320), nullable=False),
    sa.Column("soort", sa.String(40), nullable=False),
    sa.Column("lading", sa.JSON, nullable=False),
    sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("verzonden_op", sa.DateTime(timezone=True), index=True),
    sa.Column("pogingen", sa.Integer, nullable=False),
    # A sender holds a notice until this moment; after it another may try.
    sa.Column("bezet_tot", sa.DateTime(timezone=True)),
)

# Wrong answers to "show me this request", per conversation and per reference.
pogingen = sa.Table(
    "pogingen", metadata,
    sa.Column("sleutel", sa.String(64), primary_key=True),
    sa.Column("aantal", sa.Integer, nullable=False),
    sa.Column("laatste_op", sa.DateTime(timezone=True), nullable=False),
)

# What the daily round removed or made anonymous, and what clients had removed: numbers only.
bewaarlog = sa.Table(
    "bewaarlog", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("wat", sa.String(40), nullable=False),
    sa.Column("aantal", sa.Integer, nullable=False),
)


def geschiedenis_open(verbinding: sa.engine.Connection) -> None:
    """Lets the rows of the history be written again, for another key; only within a transaction that closes it."""
    verbinding.exec_driver_sql("DROP TRIGGER geschiedenis_vast" if verbinding.dialect.name == "sqlite"
                               else "ALTER TABLE geschiedenis DISABLE TRIGGER geschiedenis_vast")


def geschiedenis_dicht(verbinding: sa.engine.Connection) -> None:
    """The history is append-only again."""
    verbinding.exec_driver_sql(
        "CREATE TRIGGER geschiedenis_vast BEFORE UPDATE ON geschiedenis "
        "BEGIN SELECT RAISE(ABORT, 'geschiedenis is append-only'); END" if verbinding.dialect.name == "sqlite"
        else "ALTER TABLE geschiedenis ENABLE TRIGGER geschiedenis_vast")
