"""Personal data is encrypted, also what is stored already; and a log of what was removed."""
import sqlalchemy as sa
from alembic import op

from protocol.opslag_tabellen import geschiedenis_dicht, geschiedenis_open
from protocol.versleutelen import Versleuteld, VersleuteldJson

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None

# table -> column -> whether it is JSON
_KOLOMMEN = {
    "verzoeken": {"naam": False, "contact": False, "bijzonderheden": False, "toelichting": False},
    "geschiedenis": {"oud": True, "nieuw": True, "toelichting": False},
    "meldingen": {"waar": False, "gezien": False, "veiligheid": False},
    "melding_stappen": {"reden": False, "notitie": False},
}


def _vertaal(van, naar):
    """Rewrite every row: read with the types of `van`, written with those of `naar` (text, JSON)."""
    verbinding = op.get_bind()
    geschiedenis_open(verbinding)
    for tabel, kolommen in _KOLOMMEN.items():
        lees, schrijf = (sa.table(tabel, sa.column("id"), *(sa.column(k, soort[json]) for k, json in kolommen.items()))
                         for soort in (van, naar))
        for rij in verbinding.execute(sa.select(lees)).all():
            verbinding.execute(schrijf.update().where(schrijf.c.id == rij.id).values(
                {kolom: getattr(rij, kolom) for kolom in kolommen}))
    geschiedenis_dicht(verbinding)


def _lengte(naam, contact):
    # SQLite knows no lengths, and copying the table there would take the history with it.
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("verzoeken", "naam", type_=naam)
        op.alter_column("verzoeken", "contact", type_=contact)


def upgrade():
    _lengte(sa.Text, sa.Text)
    _vertaal((sa.Text, sa.JSON), (Versleuteld, VersleuteldJson))
    op.create_table(
        "bewaarlog",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wat", sa.String(40), nullable=False),
        sa.Column("aantal", sa.Integer, nullable=False),
    )


def downgrade():
    op.drop_table("bewaarlog")
    _vertaal((Versleuteld, VersleuteldJson), (sa.Text, sa.JSON))
    _lengte(sa.String(100), sa.String(200))
