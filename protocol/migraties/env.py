"""Alembic runs inside the connection that `protocol.opslag.Opslag` hands over."""
from alembic import context

from protocol.opslag_tabellen import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata,
                  transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
