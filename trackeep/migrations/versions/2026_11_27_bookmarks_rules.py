"""Let rules tag, collect and mark bookmarks, count what is read, and let a reminder rest for a day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_bookmark_rules"
down_revision = "0013_living_links"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_rules()
    _make_acts()
    _make_runs()
    _make_rests()
    op.add_column("bookmarks", sa.Column("read_at", _MOMENT, nullable=True))
    _index_bookmarks()


def _make_rules() -> None:
    op.create_table(
        "bookmark_rules",
        sa.Column("id", _ID, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("conditions", _JSON, nullable=False),
        sa.Column("actions", _JSON, nullable=False),
        sa.Column("stopped", sa.String(length=10), nullable=True),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("last_hit_at", _MOMENT, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.Column("deleted_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_bookmark_rules_space_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_bookmark_rules_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_bookmark_rules"),
        sqlite_autoincrement=True,
    )
    live = sa.text("deleted_at IS NULL")
    op.create_index(
        "ix_bookmark_rules_space",
        "bookmark_rules",
        ["space_id", "position", "id"],
        unique=False,
        postgresql_where=live,
        sqlite_where=live,
    )
    op.create_index("ix_bookmark_rules_deleted_at", "bookmark_rules", ["deleted_at"], unique=False)


def _make_acts() -> None:
    op.create_table(
        "bookmark_rule_acts",
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rule_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name="fk_bookmark_rule_acts_bookmark_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["bookmark_rules.id"], name="fk_bookmark_rule_acts_rule_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bookmark_id", "rule_id", name="pk_bookmark_rule_acts"),
    )
    op.create_index("ix_bookmark_rule_acts_rule_id", "bookmark_rule_acts", ["rule_id"], unique=False)


def _make_runs() -> None:
    op.create_table(
        "bookmark_rule_runs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("undo_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('running', 'done', 'failed')", name="state"),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["bookmark_rules.id"], name="fk_bookmark_rule_runs_rule_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_bookmark_rule_runs_space_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["undo_id"], ["undo_batches.id"], name="fk_bookmark_rule_runs_undo_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_bookmark_rule_runs_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_bookmark_rule_runs"),
        sqlite_autoincrement=True,
    )
    running = sa.text("state = 'running'")
    op.create_index("ix_bookmark_rule_runs_rule_id_id", "bookmark_rule_runs", ["rule_id", "id"], unique=False)
    op.create_index(
        "uq_bookmark_rule_runs_running",
        "bookmark_rule_runs",
        ["rule_id"],
        unique=True,
        postgresql_where=running,
        sqlite_where=running,
    )


def _make_rests() -> None:
    op.create_table(
        "bookmark_rests",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name="fk_bookmark_rests_bookmark_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_bookmark_rests_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "bookmark_id", name="pk_bookmark_rests"),
    )


def _index_bookmarks() -> None:
    """Those of sites and of what is unread are made anew, so that counting and adding up never read a row."""
    for name in ("ix_bookmarks_site", "ix_bookmarks_unread"):
        op.drop_index(name, table_name="bookmarks")
    _live("ix_bookmarks_site", ["space_id", "site", "added_at", "id", "deleted_at"])
    unread = ["space_id", "added_at", "id", "deleted_at", "unread", "archived", "reading_minutes"]
    _live("ix_bookmarks_unread", unread, " AND unread", " AND unread = 1")
    _live("ix_bookmarks_read", ["space_id", "read_at", "deleted_at"], " AND read_at IS NOT NULL")
    read = ["space_id", "added_at", "read_at", "deleted_at"]
    _live("ix_bookmarks_read_added", read, " AND read_at IS NOT NULL")
    _live(
        "ix_bookmarks_short",
        ["space_id", "added_at", "id"],
        " AND unread AND NOT archived AND reading_minutes <= 5",
        " AND unread = 1 AND archived = 0 AND reading_minutes <= 5",
    )


def _live(name: str, columns: list[str], also: str = "", also_sqlite: str = "") -> None:
    op.create_index(
        name,
        "bookmarks",
        columns,
        unique=False,
        postgresql_where=sa.text(f"deleted_at IS NULL{also}"),
        sqlite_where=sa.text(f"deleted_at IS NULL{also_sqlite or also}"),
    )
