"""How Alembic runs the steps: over the connection that is handed in, in its transaction."""

from __future__ import annotations

from alembic import context

from labelapp.store.tables import BOOK

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=BOOK,
    transactional_ddl=False,  # the transaction is the caller's, and holds more than the steps
    render_as_batch=True,
)
context.run_migrations()
