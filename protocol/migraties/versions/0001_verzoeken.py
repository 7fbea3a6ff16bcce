"""Requests for a video recording."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade():
    op.create_table(
        "verzoeken",
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
    )


def downgrade():
    op.drop_table("verzoeken")
