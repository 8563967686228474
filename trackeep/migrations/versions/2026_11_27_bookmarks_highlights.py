"""Keep highlights: passages that somebody has marked on a page."""

import sqlalchemy as sa
from alembic import op

revision = "0011_highlights"
down_revision = "0010_import_formats"


def upgrade() -> None:
    op.create_table(
        "highlights",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("bookmark_id", sa.BigInteger(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_key", sa.String(length=64), nullable=False),
        sa.Column("prefix", sa.String(length=80), nullable=False),
        sa.Column("suffix", sa.String(length=80), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=True),
        sa.Column("end_offset", sa.Integer(), nullable=True),
        sa.Column("colour", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(start_offset IS NULL) = (end_offset IS NULL)", name=op.f("ck_highlights_both_offsets")),
        sa.CheckConstraint(
            "colour IN ('yellow', 'green', 'blue', 'pink', 'purple')", name=op.f("ck_highlights_colour")
        ),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name=op.f("fk_highlights_bookmark_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_highlights_object",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_highlights")),
    )
    op.create_index(
        "ix_highlights_added",
        "highlights",
        ["space_id", "added_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index("ix_highlights_bookmark_id", "highlights", ["bookmark_id", "added_at", "id"], unique=False)
