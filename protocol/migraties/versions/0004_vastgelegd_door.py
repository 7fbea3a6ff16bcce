"""Who recorded a request on behalf of a client."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None


def upgrade():
    op.add_column("verzoeken", sa.Column("vastgelegd_door", sa.String(128)))


def downgrade():
    op.drop_column("verzoeken", "vastgelegd_door")
