"""Look after links and doubles: what checks have seen, and by which keys pages are the same."""

import sqlalchemy as sa
from alembic import op

from trackeep.bookmarks.sameness import loose_key

revision = "0013_living_links"
down_revision = "0012_articles"

STEP = 1_000


def upgrade() -> None:
    _widen_bookmarks()
    _fill_keys()
    _index_bookmarks()
    _make_link_checks()
    _make_archived_copies()
    _make_page_copies()


def _widen_bookmarks() -> None:
    op.add_column("bookmarks", sa.Column("broken", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("bookmarks", sa.Column("canonical_key", sa.String(length=64), nullable=True))
    op.add_column("bookmarks", sa.Column("loose_key", sa.String(length=64), nullable=True))
    op.add_column("bookmarks", sa.Column("kept_apart", sa.Boolean(), nullable=False, server_default=sa.false()))


def _fill_keys() -> None:
    """The page's own address is not known yet, so it is the saved one; the fetches and checks to come tell better."""
    op.execute("UPDATE bookmarks SET canonical_key = url_key")
    connection, last = op.get_bind(), 0
    some = sa.text("SELECT id, url FROM bookmarks WHERE id > :last ORDER BY id LIMIT :step")
    change = sa.text("UPDATE bookmarks SET loose_key = :key WHERE id = :id")
    while rows := connection.execute(some, {"last": last, "step": STEP}).all():
        connection.execute(change, [{"id": row.id, "key": loose_key(row.url)} for row in rows])
        last = rows[-1].id


def _index_bookmarks() -> None:
    op.create_index(
        "ix_bookmarks_broken",
        "bookmarks",
        ["space_id", "added_at", "id", "deleted_at", "broken"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND broken"),
        sqlite_where=sa.text("deleted_at IS NULL AND broken = 1"),
    )
    for name, columns in (
        ("ix_bookmarks_canonical", ["space_id", "canonical_key", "id", "kept_apart"]),
        ("ix_bookmarks_loose", ["space_id", "loose_key", "canonical_key", "id", "kept_apart"]),
    ):
        op.create_index(
            name,
            "bookmarks",
            columns,
            unique=False,
            postgresql_where=sa.text("deleted_at IS NULL"),
            sqlite_where=sa.text("deleted_at IS NULL"),
        )


def _make_link_checks() -> None:
    op.create_table(
        "link_checks",
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("ignored", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('ok', 'redirected', 'broken', 'blocked', 'unreachable', 'unknown')",
            name=op.f("ck_link_checks_state"),
        ),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name=op.f("fk_link_checks_bookmark_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bookmark_id", name=op.f("pk_link_checks")),
    )
    op.create_index("ix_link_checks_next_at", "link_checks", ["next_at", "bookmark_id"], unique=False)
    op.create_index("ix_link_checks_state", "link_checks", ["state", "ignored", "bookmark_id"], unique=False)


def _make_archived_copies() -> None:
    op.create_table(
        "archived_copies",
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('looking', 'saving', 'found', 'none', 'failed')", name=op.f("ck_archived_copies_state")
        ),
        sa.CheckConstraint("source IN ('', 'lookup', 'submission')", name=op.f("ck_archived_copies_source")),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name=op.f("fk_archived_copies_bookmark_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bookmark_id", name=op.f("pk_archived_copies")),
    )


def _make_page_copies() -> None:
    op.create_table(
        "page_copies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bookmark_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("blob_key", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'done', 'failed')", name=op.f("ck_page_copies_state")),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name=op.f("fk_page_copies_bookmark_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_copies")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_page_copies_bookmark_id_id", "page_copies", ["bookmark_id", "id"], unique=False)
    op.create_index(
        "uq_page_copies_unfinished",
        "page_copies",
        ["bookmark_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'done'"),
        sqlite_where=sa.text("state <> 'done'"),
    )
