"""Make the tables of tasks: projects, sections, tasks and all that belongs to one, and saved filters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016_tasks"
down_revision = "0015_feeds"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_projects()
    _make_sections()
    _make_tasks()
    _index_tasks()
    _index_places_of_tasks()
    _make_task_dependencies()
    _make_task_reminders()
    _make_task_comments()
    _make_task_mentions()
    _make_task_filters()


def _make_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("colour", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_projects_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_projects_object",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["projects.id"], name=op.f("fk_projects_parent_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    op.create_index("ix_projects_parent_id", "projects", ["parent_id"])
    _index("ix_projects_space", "projects", ["space_id", "position", "id"], "deleted_at IS NULL")


def _make_sections() -> None:
    op.create_table(
        "sections",
        sa.Column("id", ID, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_sections_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_sections_space_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sections")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sections_project_id", "sections", ["project_id", "position", "id"])
    op.create_index("ix_sections_space_id", "sections", ["space_id"])


def _make_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("section_id", sa.BigInteger(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("due_minute", sa.Integer(), server_default=sa.text("1440"), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("start_at", MOMENT, nullable=True),
        sa.Column("estimate_minutes", sa.Integer(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("recurrence", sa.String(length=500), nullable=False),
        sa.Column("recurs_from", sa.String(length=10), nullable=False),
        sa.Column("next_id", sa.BigInteger(), nullable=True),
        sa.Column("completed_at", MOMENT, nullable=True),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(status IN ('done', 'cancelled')) = (completed_at IS NOT NULL)", name=op.f("ck_tasks_completed_at")
        ),
        sa.CheckConstraint("recurs_from IN ('due', 'completion')", name=op.f("ck_tasks_recurs_from")),
        sa.CheckConstraint("status IN ('open', 'in_progress', 'done', 'cancelled')", name=op.f("ck_tasks_status")),
        sa.CheckConstraint("due_at IS NULL OR due_on IS NOT NULL", name=op.f("ck_tasks_due_day")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_tasks_not_its_own_parent")),
        sa.CheckConstraint("priority BETWEEN 0 AND 4", name=op.f("ck_tasks_priority")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_tasks_progress")),
        sa.CheckConstraint("start_at IS NULL OR start_on IS NOT NULL", name=op.f("ck_tasks_start_day")),
        sa.ForeignKeyConstraint(["assignee_id"], ["users.id"], name=op.f("fk_tasks_assignee_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_tasks_object",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["next_id"], ["tasks.id"], name=op.f("fk_tasks_next_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["parent_id"], ["tasks.id"], name=op.f("fk_tasks_parent_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_tasks_project_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name=op.f("fk_tasks_section_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )


def _index_tasks() -> None:
    _index(
        "ix_tasks_assigned",
        "tasks",
        ["assignee_id", "space_id", "due_on", "id"],
        "deleted_at IS NULL AND completed_at IS NULL AND assignee_id IS NOT NULL",
    )
    _index("ix_tasks_assignee_id", "tasks", ["assignee_id"], "assignee_id IS NOT NULL")
    _index(
        "ix_tasks_calendar",
        "tasks",
        ["space_id", "due_on", "due_minute", "id"],
        "deleted_at IS NULL AND due_on IS NOT NULL",
    )
    _index(
        "ix_tasks_column",
        "tasks",
        ["project_id", "status", "position", "id"],
        "deleted_at IS NULL AND completed_at IS NULL AND parent_id IS NULL",
    )
    _index(
        "ix_tasks_completed",
        "tasks",
        ["space_id", "completed_at", "id"],
        "deleted_at IS NULL AND completed_at IS NOT NULL",
    )
    _index(
        "ix_tasks_due",
        "tasks",
        ["space_id", "due_on", "due_minute", "id"],
        "deleted_at IS NULL AND completed_at IS NULL AND due_on IS NOT NULL",
    )
    _index(
        "ix_tasks_finished",
        "tasks",
        ["project_id", "completed_at", "id"],
        "deleted_at IS NULL AND completed_at IS NOT NULL",
    )
    _index(
        "ix_tasks_inbox",
        "tasks",
        ["space_id", "position", "id"],
        "deleted_at IS NULL AND completed_at IS NULL AND project_id IS NULL AND parent_id IS NULL",
    )


def _index_places_of_tasks() -> None:
    _index("ix_tasks_live", "tasks", ["space_id", "id"], "deleted_at IS NULL")
    _index("ix_tasks_loose", "tasks", ["space_id", "position", "id"], "project_id IS NULL")
    _index("ix_tasks_next_id", "tasks", ["next_id"], "next_id IS NOT NULL")
    _index("ix_tasks_open", "tasks", ["space_id", "id"], "deleted_at IS NULL AND completed_at IS NULL")
    _index("ix_tasks_parent", "tasks", ["parent_id", "position", "id"], "parent_id IS NOT NULL")
    _index("ix_tasks_project", "tasks", ["project_id", "position", "id"], "project_id IS NOT NULL")
    _index(
        "ix_tasks_section",
        "tasks",
        ["project_id", "section_id", "position", "id"],
        "deleted_at IS NULL AND completed_at IS NULL AND parent_id IS NULL",
    )
    _index("ix_tasks_section_id", "tasks", ["section_id"], "section_id IS NOT NULL")
    _index(
        "ix_tasks_urgent",
        "tasks",
        ["space_id", "priority", "id"],
        "deleted_at IS NULL AND completed_at IS NULL AND priority > 0",
    )


def _make_task_dependencies() -> None:
    op.create_table(
        "task_dependencies",
        sa.Column("blocker_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("blocked_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.CheckConstraint("blocker_id <> blocked_id", name=op.f("ck_task_dependencies_not_itself")),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["tasks.id"], name=op.f("fk_task_dependencies_blocked_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["blocker_id"], ["tasks.id"], name=op.f("fk_task_dependencies_blocker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("blocker_id", "blocked_id", name=op.f("pk_task_dependencies")),
    )
    op.create_index("ix_task_dependencies_blocked_id", "task_dependencies", ["blocked_id"])


def _make_task_reminders() -> None:
    op.create_table(
        "task_reminders",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("minutes_before", sa.Integer(), nullable=True),
        sa.Column("fired_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_reminders_task_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_task_reminders_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_reminders")),
        sqlite_autoincrement=True,
    )
    _index("ix_task_reminders_at", "task_reminders", ["at", "id"], "fired_at IS NULL")
    op.create_index("ix_task_reminders_task_id", "task_reminders", ["task_id"])
    op.create_index("ix_task_reminders_user_id", "task_reminders", ["user_id"])


def _make_task_comments() -> None:
    op.create_table(
        "task_comments",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_task_comments_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_comments_task_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_comments")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_comments_author_id", "task_comments", ["author_id"])
    op.create_index("ix_task_comments_task_id", "task_comments", ["task_id", "id"])


def _make_task_mentions() -> None:
    op.create_table(
        "task_mentions",
        sa.Column("comment_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["task_comments.id"], name=op.f("fk_task_mentions_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_task_mentions_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("comment_id", "user_id", name=op.f("pk_task_mentions")),
    )
    op.create_index("ix_task_mentions_user_id", "task_mentions", ["user_id"])


def _make_task_filters() -> None:
    op.create_table(
        "task_filters",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_task_filters_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_filters")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_filters_user_id", "task_filters", ["user_id", "position", "id"])


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    """Over a part of the rows."""
    condition = sa.text(where)
    op.create_index(name, table, columns, postgresql_where=condition, sqlite_where=condition)
