"""Bookmarks, the collections they are put into, and what an import told about its rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

KIND = "bookmark"
COLLECTION_KIND = "collection"
MAX_TITLE = 1_000
MAX_DESCRIPTION = 20_000
MAX_NOTES = 200_000
SORT_KEY = 80


def _live(name: str, *columns: str, also: str = "", also_sqlite: str = "", unique: bool = False) -> Index:
    """An index over what is not in the trash. SQLite uses it only where a query's condition is written the same way,
    and there booleans are 0 and 1."""
    parts = [("deleted_at IS NULL", also), ("deleted_at IS NULL", also_sqlite or also)]
    postgresql, sqlite = (text(" AND ".join(filter(None, part))) for part in parts)
    return Index(name, *columns, unique=unique, postgresql_where=postgresql, sqlite_where=sqlite)


def _having(column: str, name: str, *columns: str) -> Index:
    condition = text(f"{column} IS NOT NULL")
    return Index(name, *columns, postgresql_where=condition, sqlite_where=condition)


def _view(name: str, *tested: str, also: str, also_sqlite: str = "") -> Index:
    """The index of a list, newest first. It holds every column that the list's condition tests, so that counting never
    reads a row, and SQLite, which knows no figures of its tables, chooses it for being all that is needed."""
    return _live(name, "space_id", "added_at", "id", "deleted_at", *tested, also=also, also_sqlite=also_sqlite)


class Bookmark(db.Base):
    """``url_key`` is the SHA-256 of the normalised address; a space has one live bookmark of a page.
    ``title_key`` is the folded beginning of the title, by which lists are sorted."""

    __tablename__ = "bookmarks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_bookmarks_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("fetch_state IN ('pending', 'done', 'failed')", name="fetch_state"),
        _live("uq_bookmarks_url", "space_id", "url_key", unique=True),
        _live("ix_bookmarks_added", "space_id", "added_at", "id"),
        _live("ix_bookmarks_title", "space_id", "title_key", "id"),
        _live("ix_bookmarks_site", "space_id", "site", "added_at", "id"),
        _view("ix_bookmarks_current", "archived", also="NOT archived", also_sqlite="archived = 0"),
        _view("ix_bookmarks_unread", "unread", "archived", also="unread", also_sqlite="unread = 1"),
        _view("ix_bookmarks_favourite", "favourite", also="favourite", also_sqlite="favourite = 1"),
        _view("ix_bookmarks_archived", "archived", also="archived", also_sqlite="archived = 1"),
        _having("favicon_key", "ix_bookmarks_favicon", "site", "fetched_at"),
        _view("ix_bookmarks_failed", "fetch_state", also="fetch_state = 'failed'"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    url: Mapped[str] = mapped_column(Text, nullable=False)
    url_key: Mapped[str] = mapped_column(String(64), nullable=False)
    site: Mapped[str] = mapped_column(String(255), nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    title_key: Mapped[str] = mapped_column(String(SORT_KEY), nullable=False)
    description: Mapped[str] = mapped_column(Text, nullable=False, default="")
    notes: Mapped[str] = mapped_column(Text, nullable=False, default="")
    author: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    published_at: Mapped[datetime | None]
    unread: Mapped[bool] = mapped_column(nullable=False, default=False)
    favourite: Mapped[bool] = mapped_column(nullable=False, default=False)
    archived: Mapped[bool] = mapped_column(nullable=False, default=False)
    shared: Mapped[bool] = mapped_column(nullable=False, default=False)
    added_at: Mapped[datetime] = mapped_column(nullable=False)
    deleted_at: Mapped[datetime | None]
    fetch_state: Mapped[str] = mapped_column(String(10), nullable=False, default="pending")
    fetch_error: Mapped[str | None] = mapped_column(String(300))
    fetched_at: Mapped[datetime | None]
    fetch_turn_at: Mapped[datetime | None]
    favicon_key: Mapped[str | None] = mapped_column(db.BlobKey)
    preview_key: Mapped[str | None] = mapped_column(db.BlobKey)
    language: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    word_count: Mapped[int | None] = mapped_column(Integer)
    reading_minutes: Mapped[int | None] = mapped_column(Integer)


class Collection(db.Base):
    """A folder of bookmarks; ``folded`` is unique among its siblings."""

    __tablename__ = "collections"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_collections_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        _live("uq_collections_root", "space_id", "folded", unique=True, also="parent_id IS NULL"),
        _live("uq_collections_child", "parent_id", "folded", unique=True, also="parent_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("collections.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200), nullable=False)
    folded: Mapped[str] = mapped_column(String(200), nullable=False)
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    deleted_at: Mapped[datetime | None]


class CollectionItem(db.Base):
    """A bookmark may be in several collections, all of its own space."""

    __tablename__ = "collection_items"
    __table_args__ = (Index("ix_collection_items_bookmark_id", "bookmark_id"),)

    collection_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class BookmarkImport(db.Base):
    """A file that somebody brought: looked through, then saved, perhaps taken back. ``blob_key`` names the file until
    it has been looked through; ``counts`` is the number of rows by outcome; ``made`` holds the new collections."""

    __tablename__ = "bookmark_imports"
    __table_args__ = (
        CheckConstraint(
            "state IN ('checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed')", name="state"
        ),
        Index("ix_bookmark_imports_user_id_id", "user_id", "id"),
        Index("ix_bookmark_imports_created_at", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    blob_key: Mapped[str | None] = mapped_column(db.BlobKey)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="checking")
    total: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    saved: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    made: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    share_public: Mapped[bool] = mapped_column(nullable=False, default=False)
    undo_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("undo_batches.id", ondelete="SET NULL"))
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    finished_at: Mapped[datetime | None]


class BookmarkImportRow(db.Base):
    """One line of the report. ``number`` is the entry's place in the file, ``same_as`` that of the first entry with
    the same page, ``notes`` are codes of what was repaired or left out, ``payload`` what is saved beside the title."""

    __tablename__ = "bookmark_import_rows"
    __table_args__ = (
        Index("ix_bookmark_import_rows_outcome", "import_id", "outcome", "position"),
        Index("ix_bookmark_import_rows_same", "import_id", "same_as"),
    )

    import_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmark_imports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    outcome: Mapped[str] = mapped_column(String(8), nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    url: Mapped[str] = mapped_column(Text, nullable=False)
    url_key: Mapped[str | None] = mapped_column(String(64))
    same_as: Mapped[int | None] = mapped_column(Integer)
    notes: Mapped[str] = mapped_column(String(300), nullable=False)
    payload: Mapped[dict[str, Any]] = mapped_column(nullable=False)
