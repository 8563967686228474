"""Let spaces subscribe to feeds, and people publish lists of theirs at secret addresses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015_feeds"
down_revision = "0014_bookmark_rules"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LIVE = sa.text("deleted_at IS NULL")
DATED = sa.text("published_at IS NOT NULL")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_feeds()
    _create_entries()
    _create_outlets()
    _create_outlines()


def _create_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.String(length=64), nullable=False),
        sa.Column("site_url", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("own_title", sa.String(length=300), nullable=False),
        sa.Column("collection_id", sa.BigInteger(), nullable=True),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("backlog", sa.String(length=10), nullable=False),
        sa.Column("per_check", sa.Integer(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("etag", sa.String(length=1_000), nullable=False),
        sa.Column("last_modified", sa.String(length=200), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("turn_at", MOMENT, nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("newest_at", MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("remark", sa.String(length=20), nullable=False),
        sa.Column("remark_count", sa.Integer(), nullable=False),
        sa.Column("moved_to", sa.Text(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("pruned_before", MOMENT, nullable=True),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('active', 'paused', 'failing', 'gone')", name=op.f("ck_feeds_state")),
        sa.CheckConstraint("backlog IN ('none', 'newest', 'all')", name=op.f("ck_feeds_backlog")),
        sa.ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_feeds_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_feeds_user_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_feeds_collection_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
    )
    op.create_index(
        "uq_feeds_url", "feeds", ["space_id", "url_key"], unique=True, postgresql_where=LIVE, sqlite_where=LIVE
    )
    op.create_index("ix_feeds_due", "feeds", ["state", "next_at"], postgresql_where=LIVE, sqlite_where=LIVE)
    op.create_index("ix_feeds_collection_id", "feeds", ["collection_id"])
    op.create_index("ix_feeds_user_id", "feeds", ["user_id"])


def _create_entries() -> None:
    op.create_table(
        "feed_entries",
        sa.Column("feed_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("url_key", sa.String(length=64), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("bookmark_id", sa.BigInteger(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.CheckConstraint("outcome IN ('saved', 'known', 'passed')", name=op.f("ck_feed_entries_outcome")),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_feed_entries_feed_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name="fk_feed_entries_bookmark_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("feed_id", "id_hash", name="pk_feed_entries"),
    )
    op.create_index("ix_feed_entries_url_key", "feed_entries", ["feed_id", "url_key"])
    op.create_index("ix_feed_entries_first_at", "feed_entries", ["feed_id", "first_at"])
    op.create_index("ix_feed_entries_bookmark_id", "feed_entries", ["bookmark_id"])
    op.create_index("ix_feed_entries_seen_at", "feed_entries", ["seen_at"], postgresql_where=DATED, sqlite_where=DATED)


def _create_outlets() -> None:
    op.create_table(
        "feed_outlets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("tag", sa.String(length=100), nullable=False),
        sa.Column("collection_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('all', 'unread', 'favourite', 'tag', 'collection', 'shared')", name=op.f("ck_feed_outlets_kind")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_feed_outlets_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_feed_outlets_space_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_feed_outlets_collection_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feed_outlets"),
        sa.UniqueConstraint("secret_hash", name="uq_feed_outlets_secret_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_outlets_user_id", "feed_outlets", ["user_id"])
    op.create_index("ix_feed_outlets_space_id", "feed_outlets", ["space_id"])
    op.create_index("ix_feed_outlets_collection_id", "feed_outlets", ["collection_id"])


def _create_outlines() -> None:
    op.create_table(
        "feed_outlines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_feed_outlines_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_feed_outlines_space_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_feed_outlines"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_outlines_user_id", "feed_outlines", ["user_id"])
