"""The tables of the store. protocol/migraties brings a database to this shape."""
import sqlalchemy as sa

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
    sa.Column("medewerker", sa.String(128), index=True),
    sa.Column("team", sa.String(128), index=True),
    sa.Column("oplossing", sa.String(30)),
    sa.Column("toelichting", sa.Text),
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
    sa.Column("oud", sa.JSON, nullable=False),
    sa.Column("nieuw", sa.JSON, nullable=False),
    sa.Column("toelichting", sa.Text),
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
