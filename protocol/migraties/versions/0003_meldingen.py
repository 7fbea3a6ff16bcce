"""Reported misuse of a recording, and the append-only steps of its case."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade():
    op.create_table(
        "meldingen",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("referentie", sa.String(20), nullable=False, unique=True),
        sa.Column("sleutel", sa.String(64), nullable=False, unique=True),
        sa.Column("gemeld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("melder", sa.String(128), nullable=False),
        sa.Column("wie", sa.String(20), nullable=False),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("opname", sa.String(20), nullable=False),
        sa.Column("waar", sa.Text),
        sa.Column("gezien", sa.Text),
        sa.Column("bewerkt", sa.String(20), nullable=False),
        sa.Column("plaatser", sa.String(20), nullable=False),
        sa.Column("betrokkene", sa.String(128), index=True),
        sa.Column("team", sa.String(128), index=True),
        sa.Column("leidinggevende", sa.String(128), index=True),
        sa.Column("verteld", sa.String(20), nullable=False),
        sa.Column("veiligheid", sa.Text),
        sa.Column("veiligheid_cijfer", sa.Integer),
        sa.Column("bewaard", sa.String(20), nullable=False),
        sa.Column("toestand", sa.String(30), nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
    )
    op.create_table(
        "melding_stappen",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("melding_id", sa.Integer, sa.ForeignKey("meldingen.id"), nullable=False, index=True),
        sa.Column("sleutel", sa.String(64), nullable=False, unique=True),
        sa.Column("stap", sa.String(30), nullable=False),
        sa.Column("toestand", sa.String(30), nullable=False),
        sa.Column("door", sa.String(128), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("afgestemd", sa.Boolean, nullable=False),
        sa.Column("reden", sa.Text),
        sa.Column("notitie", sa.Text),
    )


def downgrade():
    op.drop_table("melding_stappen")
    op.drop_table("meldingen")
