"""Make the tables of files of tasks that come in, of the tasks that they became, and of calendars that go out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019_task_files"
down_revision = "0018_references"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = "'choosing', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed'"


def upgrade() -> None:
    _make_imports()
    _make_rows()
    _make_origins()
    _make_outlets()


def _make_imports() -> None:
    op.create_table(
        "task_imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("blob_key", sa.String(length=64), nullable=True),
        sa.Column("options", JSON, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("made", JSON, nullable=False),
        sa.Column("undo_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_task_imports_state")),
        sa.CheckConstraint("kind IN ('own', 'todoist', 'table', 'calendar')", name=op.f("ck_task_imports_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_task_imports_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_task_imports_space_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["undo_id"], ["undo_batches.id"], name=op.f("fk_task_imports_undo_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_imports")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_imports_user_id_id", "task_imports", ["user_id", "id"])
    op.create_index("ix_task_imports_space_id", "task_imports", ["space_id"])
    op.create_index("ix_task_imports_undo_id", "task_imports", ["undo_id"])
    op.create_index("ix_task_imports_created_at", "task_imports", ["created_at"])


def _make_rows() -> None:
    op.create_table(
        "task_import_rows",
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("same_as", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["task_imports.id"], name=op.f("fk_task_import_rows_import_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_task_import_rows_task_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_task_import_rows")),
    )
    columns = ["import_id", "outcome", "level", "number"]
    op.create_index("ix_task_import_rows_outcome", "task_import_rows", columns)
    op.create_index("ix_task_import_rows_task_id", "task_import_rows", ["task_id"])


def _make_origins() -> None:
    op.create_table(
        "task_origins",
        sa.Column("space_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_task_origins_space_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_origins_task_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("space_id", "key", name=op.f("pk_task_origins")),
    )
    op.create_index("ix_task_origins_task_id", "task_origins", ["task_id"])


def _make_outlets() -> None:
    op.create_table(
        "task_outlets",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("shape", sa.String(length=10), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.CheckConstraint("shape IN ('events', 'tasks')", name=op.f("ck_task_outlets_shape")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_task_outlets_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_task_outlets_space_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_task_outlets_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_outlets")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_task_outlets_secret_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_outlets_user_id", "task_outlets", ["user_id"])
    op.create_index("ix_task_outlets_space_id", "task_outlets", ["space_id"])
    op.create_index("ix_task_outlets_project_id", "task_outlets", ["project_id"])
