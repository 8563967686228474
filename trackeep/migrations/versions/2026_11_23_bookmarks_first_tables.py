"""Make the tables of bookmarks: bookmarks and collections."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_bookmarks"
down_revision = "0004_tags"


def upgrade() -> None:
    _make_bookmark_imports()
    _index_bookmark_imports()
    _make_bookmark_import_rows()
    _index_bookmark_import_rows()
    _make_bookmarks()
    _index_bookmarks()
    _make_collections()
    _index_collections()
    _make_collection_items()
    _index_collection_items()


def _make_bookmark_imports() -> None:
    op.create_table(
        "bookmark_imports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("blob_key", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("made", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("share_public", sa.Boolean(), nullable=False),
        sa.Column("undo_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed')",
            name=op.f("ck_bookmark_imports_state"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["spaces.id"], name=op.f("fk_bookmark_imports_space_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undo_id"], ["undo_batches.id"], name=op.f("fk_bookmark_imports_undo_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_bookmark_imports_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmark_imports")),
        sqlite_autoincrement=True,
    )


def _index_bookmark_imports() -> None:
    op.create_index("ix_bookmark_imports_created_at", "bookmark_imports", ["created_at"], unique=False)
    op.create_index("ix_bookmark_imports_user_id_id", "bookmark_imports", ["user_id", "id"], unique=False)


def _make_bookmark_import_rows() -> None:
    op.create_table(
        "bookmark_import_rows",
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.String(length=64), nullable=True),
        sa.Column("same_as", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(length=300), nullable=False),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["bookmark_imports.id"], name=op.f("fk_bookmark_import_rows_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_bookmark_import_rows")),
    )


def _index_bookmark_import_rows() -> None:
    op.create_index(
        "ix_bookmark_import_rows_outcome", "bookmark_import_rows", ["import_id", "outcome", "position"], unique=False
    )
    op.create_index("ix_bookmark_import_rows_same", "bookmark_import_rows", ["import_id", "same_as"], unique=False)


def _make_bookmarks() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("title_key", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("favourite", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetch_state", sa.String(length=10), nullable=False),
        sa.Column("fetch_error", sa.String(length=300), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetch_turn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("favicon_key", sa.String(length=64), nullable=True),
        sa.Column("preview_key", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=True),
        sa.Column("reading_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint("fetch_state IN ('pending', 'done', 'failed')", name=op.f("ck_bookmarks_fetch_state")),
        sa.ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_bookmarks_object",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmarks")),
    )


def _index_bookmarks() -> None:
    op.create_index(
        "ix_bookmarks_added",
        "bookmarks",
        ["space_id", "added_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_bookmarks_archived",
        "bookmarks",
        ["space_id", "added_at", "id", "deleted_at", "archived"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND archived"),
        sqlite_where=sa.text("deleted_at IS NULL AND archived = 1"),
    )
    op.create_index(
        "ix_bookmarks_current",
        "bookmarks",
        ["space_id", "added_at", "id", "deleted_at", "archived"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND NOT archived"),
        sqlite_where=sa.text("deleted_at IS NULL AND archived = 0"),
    )
    op.create_index(
        "ix_bookmarks_failed",
        "bookmarks",
        ["space_id", "added_at", "id", "deleted_at", "fetch_state"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND fetch_state = 'failed'"),
        sqlite_where=sa.text("deleted_at IS NULL AND fetch_state = 'failed'"),
    )
    op.create_index(
        "ix_bookmarks_favicon",
        "bookmarks",
        ["site", "fetched_at"],
        unique=False,
        postgresql_where=sa.text("favicon_key IS NOT NULL"),
        sqlite_where=sa.text("favicon_key IS NOT NULL"),
    )
    op.create_index(
        "ix_bookmarks_favourite",
        "bookmarks",
        ["space_id", "added_at", "id", "deleted_at", "favourite"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND favourite"),
        sqlite_where=sa.text("deleted_at IS NULL AND favourite = 1"),
    )
    op.create_index(
        "ix_bookmarks_site",
        "bookmarks",
        ["space_id", "site", "added_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_bookmarks_title",
        "bookmarks",
        ["space_id", "title_key", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_bookmarks_unread",
        "bookmarks",
        ["space_id", "added_at", "id", "deleted_at", "unread", "archived"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND unread"),
        sqlite_where=sa.text("deleted_at IS NULL AND unread = 1"),
    )
    op.create_index(
        "uq_bookmarks_url",
        "bookmarks",
        ["space_id", "url_key"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )


def _make_collections() -> None:
    op.create_table(
        "collections",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_collections_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_collections_object",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["collections.id"], name=op.f("fk_collections_parent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
    )


def _index_collections() -> None:
    op.create_index(
        "uq_collections_child",
        "collections",
        ["parent_id", "folded"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL AND parent_id IS NOT NULL"),
        sqlite_where=sa.text("deleted_at IS NULL AND parent_id IS NOT NULL"),
    )
    op.create_index(
        "uq_collections_root",
        "collections",
        ["space_id", "folded"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL AND parent_id IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL AND parent_id IS NULL"),
    )


def _make_collection_items() -> None:
    op.create_table(
        "collection_items",
        sa.Column("collection_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bookmark_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["bookmark_id"], ["bookmarks.id"], name=op.f("fk_collection_items_bookmark_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name=op.f("fk_collection_items_collection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collection_id", "bookmark_id", name=op.f("pk_collection_items")),
    )


def _index_collection_items() -> None:
    op.create_index("ix_collection_items_bookmark_id", "collection_items", ["bookmark_id"], unique=False)
