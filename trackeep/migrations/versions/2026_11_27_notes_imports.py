"""Keep files of notes that people bring, and the reports about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021_note_imports"
down_revision = "0020_repeating_tasks"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "state IN ('checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed')"


def upgrade() -> None:
    _create_imports()
    _create_rows()


def _create_imports() -> None:
    op.create_table(
        "note_imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("blob_key", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("undo_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_note_imports_state")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_note_imports_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_note_imports_space_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["notes.id"], name="fk_note_imports_parent_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["undo_id"], ["undo_batches.id"], name="fk_note_imports_undo_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_note_imports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_imports_user_id_id", "note_imports", ["user_id", "id"])
    op.create_index("ix_note_imports_created_at", "note_imports", ["created_at"])


def _create_rows() -> None:
    op.create_table(
        "note_import_rows",
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("above", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.String(length=200), nullable=False),
        sa.Column("note_id", sa.BigInteger(), nullable=True),
        sa.Column("home_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["note_imports.id"], name="fk_note_import_rows_import_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name="fk_note_import_rows_note_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["home_id"], ["notes.id"], name="fk_note_import_rows_home_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("import_id", "position", name="pk_note_import_rows"),
    )
    op.create_index("ix_note_import_rows_outcome", "note_import_rows", ["import_id", "outcome", "depth", "position"])
    op.create_index("ix_note_import_rows_place", "note_import_rows", ["import_id", "place"])
    op.create_index("ix_note_import_rows_note_id", "note_import_rows", ["note_id"])
    op.create_index("ix_note_import_rows_home_id", "note_import_rows", ["home_id"])
