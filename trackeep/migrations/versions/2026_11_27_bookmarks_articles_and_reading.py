"""Keep the source of pages, the articles in them, and how far each person has read."""

import sqlalchemy as sa
from alembic import op

revision = "0012_articles"
down_revision = "0011_highlights"


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("source_key", sa.String(length=64), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("source_type", sa.String(length=200), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("reading_minutes", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("extracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'done', 'empty', 'failed')", name=op.f("ck_articles_state")),
        sa.CheckConstraint("direction IN ('ltr', 'rtl')", name=op.f("ck_articles_direction")),
        sa.ForeignKeyConstraint(["bookmark_id"], ["bookmarks.id"], name="fk_articles_bookmark_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bookmark_id", name="pk_articles"),
    )
    waiting = sa.text("state = 'pending'")
    op.create_index("ix_articles_pending", "articles", ["bookmark_id"], postgresql_where=waiting, sqlite_where=waiting)
    op.create_index("ix_articles_source_key", "articles", ["source_key"])
    op.create_table(
        "article_pictures",
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["articles.bookmark_id"], name="fk_article_pictures_bookmark_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bookmark_id", "number", name="pk_article_pictures"),
    )
    op.create_index("ix_article_pictures_key", "article_pictures", ["key"])
    op.create_table(
        "reading_progress",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("fraction >= 0 AND fraction <= 1", name=op.f("ck_reading_progress_fraction")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reading_progress_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name="fk_reading_progress_bookmark_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "bookmark_id", name="pk_reading_progress"),
    )
    op.create_index("ix_reading_progress_newest", "reading_progress", ["user_id", "updated_at"])
    op.create_index("ix_reading_progress_bookmark_id", "reading_progress", ["bookmark_id"])
    op.create_table(
        "reader_settings",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("font", sa.String(length=10), nullable=False),
        sa.Column("size", sa.String(length=10), nullable=False),
        sa.Column("width", sa.String(length=10), nullable=False),
        sa.Column("line", sa.String(length=10), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("marks_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reader_settings_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_reader_settings"),
    )
