"""A bookmark as an object of JSON, with all that is known of it, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.formats import fields
from trackeep.bookmarks.formats.entries import Given, GivenQuote
from trackeep.bookmarks.formats.rows import Row


def shape_of(row: Row) -> dict[str, object]:
    """Collections are told by their paths, since an id means nothing elsewhere."""
    return {
        "url": row.url,
        "title": row.title,
        "description": row.description,
        "notes": row.notes,
        "author": row.author,
        "published_at": row.published,
        "tags": list(row.tags),
        "collections": [list(path) for path in (row.folders, *row.more_folders) if path],
        "unread": row.unread,
        "favourite": row.favourite,
        "archived": row.archived,
        "shared": row.private is False,
        "highlights": [quote_shape(quote) for quote in row.highlights],
        "added_at": row.added,
        "updated_at": row.changed,
    }


def quote_shape(quote: Quote) -> dict[str, object]:
    return {"text": quote.text, "note": quote.note, "colour": quote.colour, "added_at": quote.added_at}


def given_of(item: Mapping[str, Any]) -> Given:
    paths = item.get("collections")
    return Given(
        url=fields.text(item, "url"),
        title=fields.text(item, "title"),
        description=fields.text(item, "description"),
        notes=fields.text(item, "notes"),
        author=fields.text(item, "author"),
        published=fields.moment(item, "published_at"),
        tags=fields.names(item.get("tags")),
        folders=[fields.names(path) for path in paths] if isinstance(paths, list) else [],
        unread=fields.flag(item, "unread"),
        favourite=fields.flag(item, "favourite"),
        archived=fields.flag(item, "archived"),
        private=not fields.flag(item, "shared"),
        highlights=quotes_of(item.get("highlights")),
        added=fields.moment(item, "added_at"),
        changed=fields.moment(item, "updated_at"),
    )


def quotes_of(value: object) -> list[GivenQuote]:
    return [
        GivenQuote(
            text=fields.text(each, "text"),
            note=fields.text(each, "note"),
            colour=fields.text(each, "colour"),
            added=fields.moment(each, "added_at"),
        )
        for each in fields.objects(value)
    ]


def iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
