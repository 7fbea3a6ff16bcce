"""Alembic runs inside the connection that `protocol.opslag.Opslag` hands over."""
from alembic import context

from protocol.opslag import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
