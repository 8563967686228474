"""Columns of bookmarks as the undo journal keeps them, and how they are put back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.service.rows import checked_url, forget_links, index_again, title_key
from trackeep.core import db

Stored = Mapping[str, Any]


def stored(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The same as plain data."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in columns.items()}


def put_back_columns(ids: Sequence[int], columns: Stored) -> None:
    """Write these columns again, inside the open unit of work. An address that another bookmark has taken meanwhile is
    not put back."""
    for object_id in ids:
        row = _row(object_id)
        values = dict(columns)
        if "added_at" in values:
            values["added_at"] = datetime.fromisoformat(values["added_at"])
        if "url" in values:
            values |= checked_url(str(values["url"]))
            if _is_taken(object_id, row.space_id, values["url_key"]):
                continue
            forget_links([object_id])
        values["title_key"] = title_key(values.get("title", row.title), values.get("url", row.url))
        change = update(Bookmark).where(Bookmark.id == object_id).values(**values)
        db.session().execute(change.execution_options(synchronize_session=False))
    index_again(ids)


def _row(object_id: int) -> db.AnyRow:
    wanted = select(Bookmark.space_id, Bookmark.title, Bookmark.url).where(Bookmark.id == object_id)
    return db.session().execute(wanted).one()


def _is_taken(object_id: int, space_id: int, key: str) -> bool:
    here = (Bookmark.space_id == space_id, Bookmark.url_key == key, Bookmark.deleted_at.is_(None))
    return db.session().scalar(select(Bookmark.id).where(*here, Bookmark.id != object_id)) is not None
