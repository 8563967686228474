"""Read open tasks by due day and by priority in their order, and an inbox without those of others."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0025_task_orders"
down_revision = "0024_note_drafts"

LIVE = "deleted_at IS NULL"
OPEN = f"{LIVE} AND completed_at IS NULL"
DUE_DAY: list[str | sa.TextClause] = ["space_id", sa.text("coalesce(due_on, '9999-12-31')"), "due_minute", "id"]
BY_SECTION = ["project_id", "section_id", "position", "id"]
BY_STATUS = ["project_id", "status", "position", "id"]
FINISHED = ["project_id", "completed_at", "id"]


def upgrade() -> None:
    _drop("ix_tasks_due", "ix_tasks_calendar", "ix_tasks_urgent")
    _drop("ix_tasks_section", "ix_tasks_column", "ix_tasks_finished")
    _drop("ix_tasks_inbox", "ix_tasks_live", "ix_tasks_open")
    _index("ix_tasks_section", BY_SECTION, f"{OPEN} AND parent_id IS NULL AND project_id IS NOT NULL")
    _index("ix_tasks_column", BY_STATUS, f"{OPEN} AND parent_id IS NULL AND project_id IS NOT NULL")
    _index("ix_tasks_finished", FINISHED, f"{LIVE} AND completed_at IS NOT NULL AND project_id IS NOT NULL")
    _index("ix_tasks_all_due_day", DUE_DAY, LIVE)
    _index("ix_tasks_due_day", DUE_DAY, OPEN)
    _index("ix_tasks_priority", ["space_id", "priority", "id"], OPEN)
    # Of indexes that it takes to be equal SQLite uses the one made last.
    _index("ix_tasks_inbox", ["space_id", "position", "id"], f"{OPEN} AND project_id IS NULL AND parent_id IS NULL")
    _index("ix_tasks_live", ["space_id", "id"], LIVE)
    _index("ix_tasks_open", ["space_id", "id"], OPEN)
    # Until then planners would not know what is few in these.
    op.execute("ANALYZE tasks")


def _index(name: str, columns: Sequence[str | sa.TextClause], condition: str) -> None:
    op.create_index(name, "tasks", columns, postgresql_where=sa.text(condition), sqlite_where=sa.text(condition))


def _drop(*names: str) -> None:
    for name in names:
        op.drop_index(name, table_name="tasks")
