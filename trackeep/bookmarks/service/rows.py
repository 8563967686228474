"""What is written the same way by several verbs: checked values, and the search document of a bookmark."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import case, delete, func, select

from trackeep.bookmarks.models import (
    KIND,
    MAX_DESCRIPTION,
    MAX_NOTES,
    MAX_TITLE,
    SORT_KEY,
    Article,
    Bookmark,
    Collection,
    CollectionItem,
    LinkCheck,
)
from trackeep.bookmarks.sameness import loose_key
from trackeep.bookmarks.urls import RefusedUrl, clean_url, site_of, url_key
from trackeep.core import clock, db, search_index
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.tokeniser import fold

BATCH = 100
"""Bookmarks that are indexed at once: each may bring the text of an article."""
ARTICLE_LETTERS = 200_000
LIMITS = {"title": MAX_TITLE, "description": MAX_DESCRIPTION, "notes": MAX_NOTES}


def checked_url(text: str) -> dict[str, str]:
    """The columns that follow from an address; raises Invalid for one that is refused."""
    try:
        url = clean_url(text)
    except RefusedUrl as error:
        raise Invalid(fields={"url": [_(str(error))]}) from error
    key = url_key(url)
    return {"url": url, "url_key": key, "canonical_key": key, "loose_key": loose_key(url), "site": site_of(url)[:255]}


def checked_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The text columns; raises Invalid for those that are too long."""
    too_long = {
        name: [_("At most %(limit)s characters; this has %(length)s.", limit=LIMITS[name], length=len(text))]
        for name, text in texts.items()
        if name in LIMITS and len(text) > LIMITS[name]
    }
    if too_long:
        raise Invalid(fields=too_long)
    values = {name: text.strip() for name, text in texts.items() if name in LIMITS}
    if "title" in values:
        values["title"] = " ".join(values["title"].split())
    return values


def mark_values(flags: Mapping[str, bool]) -> dict[str, Any]:
    """The columns that follow from marks: turning ``unread`` off is reading, and turning it on forgets that."""
    values: dict[str, Any] = dict(flags)
    if "unread" in flags:
        read = case((Bookmark.unread, clock.now()), else_=Bookmark.read_at)
        values["read_at"] = None if flags["unread"] else read
    return values


def put_into(pairs: Sequence[tuple[int, int]]) -> None:
    """Put (bookmark, collection) pairs that the caller has checked, inside the open unit of work."""
    rows = [{"bookmark_id": bookmark, "collection_id": collection} for bookmark, collection in dict.fromkeys(pairs)]
    if rows:
        db.write(db.upsert(CollectionItem).on_conflict_do_nothing(), rows)


def title_key(title: str, url: str) -> str:
    """By what a list is sorted: the folded title, or the address while there is none."""
    return fold(title or url)[:SORT_KEY]


def document(row: Mapping[str, Any]) -> search_index.Document:
    """What of a bookmark can be found. ``row`` has the columns' names, and the text of its article as ``article`` if
    there is one."""
    happened: datetime = row["added_at"]
    return search_index.Document(
        object_id=row["id"],
        space_id=row["space_id"],
        kind=KIND,
        title=row["title"] or row["url"],
        text="\n".join(filter(None, (row["description"], row["notes"], row["url"][:2_000], row.get("article")))),
        host=row["site"],
        author=row.get("author") or "",
        happened=happened,
    )


def index_again(ids: Sequence[int]) -> None:
    """Write the search documents of these bookmarks anew, inside the open unit of work."""
    for start in range(0, len(ids), BATCH):
        rows = db.rows(_indexed(db.dialect()), {"ids": list(ids[start : start + BATCH])})
        search_index.index_documents([document(dict(row._mapping)) for row in rows])


def forget_links(ids: Sequence[int]) -> None:
    """What was seen at these bookmarks' former addresses says nothing about the new ones."""
    db.session().execute(delete(LinkCheck).where(LinkCheck.bookmark_id.in_(ids)))


@lru_cache
def _indexed(_dialect: str) -> db.AnySelect:
    """Built once: each article that is found asks it."""
    text = func.substr(Article.text, 1, ARTICLE_LETTERS).label("article")
    query: db.AnySelect = select(*Bookmark.__table__.columns, text)
    return query.outerjoin(Article, Article.bookmark_id == Bookmark.id).where(db.is_one_of(Bookmark.id, "ids"))


def check_collections(space_id: int, collection_ids: Sequence[int]) -> None:
    """Raises NotFound unless all of them are live collections of the space: ids in a body count like ids in a path."""
    wanted = set(collection_ids)
    if not wanted:
        return
    found = db.session().scalars(
        select(Collection.id).where(
            Collection.id.in_(wanted), Collection.space_id == space_id, Collection.deleted_at.is_(None)
        )
    )
    if set(found) != wanted:
        raise NotFound()
