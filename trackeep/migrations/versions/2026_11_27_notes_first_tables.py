"""Let spaces have notes, with versions and with links by name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017_notes"
down_revision = "0016_tasks"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
LIVE = "deleted_at IS NULL"
OPEN = sa.text("target_id IS NULL")


def upgrade() -> None:
    _create_notes()
    _index_notes()
    _create_versions()
    _create_links()


def _create_notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_key", sa.String(length=300), nullable=False),
        sa.Column("excerpt", sa.String(length=240), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("is_template", sa.Boolean(), nullable=False),
        sa.Column("daily_on", sa.Date(), nullable=True),
        sa.Column("daily_by", sa.BigInteger(), nullable=True),
        sa.Column("encrypted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sealed", JSON, nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_notes_not_its_own_parent")),
        sa.CheckConstraint("NOT encrypted OR body = ''", name=op.f("ck_notes_sealed_or_plain")),
        sa.ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_notes_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["notes.id"], name="fk_notes_parent_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["daily_by"], ["users.id"], name="fk_notes_daily_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )


def _index_notes() -> None:
    _index("uq_notes_daily", ["space_id", "daily_by", "daily_on"], "daily_on IS NOT NULL", unique=True)
    _index("ix_notes_children", ["parent_id", "position", "id"], "parent_id IS NOT NULL")
    _index("ix_notes_roots", ["space_id", "position", "id"], "parent_id IS NULL")
    _index("ix_notes_changed", ["space_id", "changed_at", "id"])
    _index("ix_notes_title", ["space_id", "title_key", "id"])
    _index("ix_notes_pinned", ["space_id", "changed_at", "id"], "pinned", "pinned = 1")
    _index("ix_notes_templates", ["space_id", "changed_at", "id"], "is_template", "is_template = 1")
    op.create_index("ix_notes_parent_id", "notes", ["parent_id"])
    op.create_index("ix_notes_daily_by", "notes", ["daily_by"])


def _index(name: str, columns: list[str], also: str = "", also_sqlite: str = "", *, unique: bool = False) -> None:
    """Over what is not in the trash."""
    postgresql_where, sqlite_where = (
        sa.text(" AND ".join(filter(None, (LIVE, part)))) for part in (also, also_sqlite or also)
    )
    op.create_index(name, "notes", columns, unique=unique, postgresql_where=postgresql_where, sqlite_where=sqlite_where)


def _create_versions() -> None:
    op.create_table(
        "note_versions",
        sa.Column("note_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name="fk_note_versions_note_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name="fk_note_versions_author_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("note_id", "number", name="pk_note_versions"),
    )
    op.create_index("ix_note_versions_saved_at", "note_versions", ["saved_at"])
    op.create_index("ix_note_versions_author_id", "note_versions", ["author_id"])


def _create_links() -> None:
    op.create_table(
        "note_links",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("target_key", sa.String(length=300), nullable=False),
        sa.Column("target_title", sa.String(length=300), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("embedded", sa.Boolean(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("context", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["notes.id"], name="fk_note_links_source_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["target_id"], ["notes.id"], name="fk_note_links_target_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("source_id", "ordinal", name="pk_note_links"),
    )
    op.create_index("ix_note_links_target_id", "note_links", ["target_id", "source_id", "ordinal"])
    op.create_index("ix_note_links_target_key", "note_links", ["space_id", "target_key"])
    op.create_index(
        "ix_note_links_missing",
        "note_links",
        ["space_id", "target_key", "source_id"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
