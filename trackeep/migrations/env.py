"""Lets Alembic work on the application's own engine."""

from alembic import context

from trackeep.core import db
from trackeep.core.db.engine import begin_always

with db.database.engine.connect() as connection:
    begin_always(connection)
    context.configure(
        connection=connection,
        target_metadata=db.Base.metadata,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
