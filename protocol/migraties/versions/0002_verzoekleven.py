"""The life of a request: who answers it, its answer, its history, notices, and counted tries."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

_VASTE_RIJEN = {
    "sqlite": ["CREATE TRIGGER geschiedenis_vast BEFORE UPDATE ON geschiedenis "
               "BEGIN SELECT RAISE(ABORT, 'geschiedenis is append-only'); END"],
    "postgresql": ["CREATE FUNCTION geschiedenis_vast() RETURNS trigger LANGUAGE plpgsql AS "
                   "$$ BEGIN RAISE EXCEPTION 'geschiedenis is append-only'; END $$",
                   "CREATE TRIGGER geschiedenis_vast BEFORE UPDATE ON geschiedenis "
                   "FOR EACH ROW EXECUTE FUNCTION geschiedenis_vast()"],
}


def upgrade():
    for kolom in (sa.Column("medewerker", sa.String(128)), sa.Column("team", sa.String(128)),
                  sa.Column("oplossing", sa.String(30)), sa.Column("toelichting", sa.Text),
                  sa.Column("versie", sa.Integer, nullable=False, server_default="1")):
        op.add_column("verzoeken", kolom)
    for kolom in ("medewerker", "team"):
        op.create_index(f"ix_verzoeken_{kolom}", "verzoeken", [kolom])
    geschiedenis = op.create_table(
        "geschiedenis",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("verzoek_id", sa.Integer, sa.ForeignKey("verzoeken.id", ondelete="CASCADE"), nullable=False),
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
    op.create_index("ix_geschiedenis_verzoek_id", "geschiedenis", ["verzoek_id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sleutel", sa.String(200), nullable=False, unique=True),
        sa.Column("ontvanger", sa.String(320), nullable=False),
        sa.Column("soort", sa.String(40), nullable=False),
        sa.Column("lading", sa.JSON, nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verzonden_op", sa.DateTime(timezone=True)),
        sa.Column("pogingen", sa.Integer, nullable=False),
        sa.Column("bezet_tot", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_outbox_verzonden_op", "outbox", ["verzonden_op"])
    op.create_table(
        "pogingen",
        sa.Column("sleutel", sa.String(64), primary_key=True),
        sa.Column("aantal", sa.Integer, nullable=False),
        sa.Column("laatste_op", sa.DateTime(timezone=True), nullable=False),
    )
    # Requests of before this version have a history too: their receipt.
    verzoeken = sa.table("verzoeken", sa.column("id"), sa.column("ontvangen_op"))
    for rij in op.get_bind().execute(sa.select(verzoeken.c.id, sa.column("ontvangen_op", sa.DateTime(timezone=True))
                                               ).select_from(verzoeken)).all():
        op.bulk_insert(geschiedenis, [{
            "verzoek_id": rij.id, "op": rij.ontvangen_op, "rol": "klant", "stap": "doen", "naar": "ontvangen",
            "oud": {}, "nieuw": {}}])
    for opdracht in _VASTE_RIJEN.get(op.get_bind().dialect.name, []):
        op.execute(opdracht)


def downgrade():
    for tabel in ("pogingen", "outbox", "geschiedenis"):
        op.drop_table(tabel)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION geschiedenis_vast()")
    for kolom in ("medewerker", "team"):
        op.drop_index(f"ix_verzoeken_{kolom}", "verzoeken")
    with op.batch_alter_table("verzoeken") as tabel:
        for kolom in ("medewerker", "team", "oplossing", "toelichting", "versie"):
            tabel.drop_column(kolom)
