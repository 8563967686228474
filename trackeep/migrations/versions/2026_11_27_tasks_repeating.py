"""Find the open tasks that repeat without reading all others."""

import sqlalchemy as sa
from alembic import op

revision = "0020_repeating_tasks"
down_revision = "0019_task_files"

REPEATING = "deleted_at IS NULL AND completed_at IS NULL AND recurrence <> ''"


def upgrade() -> None:
    op.create_index(
        "ix_tasks_repeating",
        "tasks",
        ["space_id", "due_on", "id"],
        sqlite_where=sa.text(REPEATING),
        postgresql_where=sa.text(REPEATING),
    )


def downgrade() -> None:
    op.drop_index("ix_tasks_repeating", table_name="tasks")
