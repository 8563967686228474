"""Lets Alembic work on the application's own engine."""

from alembic import context

from trackeep.core import db
from trackeep.core.db.engine import begin_always
from trackeep.core.db.patience import wait_for_ever

with db.database.engine.connect() as connection:
    begin_always(connection)
    wait_for_ever(connection)
    context.configure(
        connection=connection,
        target_metadata=db.Base.metadata,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
