"""Saving pages: one by hand, or many by an import."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.errors import AlreadySaved
from trackeep.bookmarks.models import KIND, Bookmark
from trackeep.bookmarks.service.progress import put_progress
from trackeep.bookmarks.service.quotes import add_quotes_of
from trackeep.bookmarks.service.rows import check_collections, checked_texts, checked_url, document, put_into, title_key
from trackeep.bookmarks.service.rules.acting import act_on_saved
from trackeep.core import clock, db, jobs, search_index
from trackeep.core.actor import Actor
from trackeep.core.objects import create_objects
from trackeep.tags import service as tags

_INSERT = insert(Bookmark.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table
FETCH_JOB = "bookmarks.fetch_metadata"
MAX_AUTHOR = 200
REST = timedelta(seconds=30)
"""So much later the fetches of many saved pages begin: an import is not held up by its own fetches."""


def save_bookmark(actor: Actor, *, space_id: int, draft: Draft) -> int:
    """Keep a page; its details are fetched in the background. Raises AlreadySaved (with the existing id), decided by
    the database, and Invalid for what cannot be saved."""
    actor.require_write(space_id)
    values = _columns(draft)
    try:
        with db.attempt():
            check_collections(space_id, draft.collection_ids)
            bookmark_id = _insert(actor, space_id, [values])[0]
            tags.add_tags(actor, space_id, [bookmark_id], draft.tags)
            put_into([(bookmark_id, collection_id) for collection_id in draft.collection_ids])
            add_quotes_of(actor, space_id, [bookmark_id], [draft])
            act_on_saved(actor, space_id, [values], fetched_later=True)
            put_progress(actor, [bookmark_id], [draft])
            jobs.enqueue(FETCH_JOB, {"bookmark_id": bookmark_id}, unique_key=f"{FETCH_JOB}:{bookmark_id}")
            signals.bookmark_saved.announce(id=bookmark_id, space_id=space_id)
    except IntegrityError as error:
        existing = queries.find_by_url(actor, space_id, values["url"])
        if existing is None:
            raise
        raise AlreadySaved(existing_id=existing.id) from error
    return bookmark_id


def save_many(actor: Actor, *, space_id: int, drafts: Sequence[Draft], fetch: bool = True) -> list[int]:
    """Keep up to 500 pages by few statements, inside the caller's batch. The caller has removed doubles and knows that
    none of the pages is in the space; a page that came in between raises IntegrityError and the batch can be tried
    again. Answers the ids in the order of the drafts."""
    actor.require_write(space_id)
    if not drafts:
        return []
    with db.unit_of_work():
        rows = [_columns(draft) for draft in drafts]
        ids = _insert(actor, space_id, rows)
        _tag_many(actor, space_id, ids, drafts)
        put_into([(i, c) for i, draft in zip(ids, drafts, strict=True) for c in draft.collection_ids])
        add_quotes_of(actor, space_id, ids, drafts)
        act_on_saved(actor, space_id, rows, fetched_later=fetch)
        put_progress(actor, ids, drafts)
        if fetch:
            jobs.enqueue_many(
                FETCH_JOB,
                [{"bookmark_id": bookmark_id} for bookmark_id in ids],
                unique_keys=[f"{FETCH_JOB}:{bookmark_id}" for bookmark_id in ids],
                run_at=clock.now() + REST,
                priority=10,
            )
    return list(ids)


def _columns(draft: Draft) -> dict[str, Any]:
    values: dict[str, Any] = checked_url(draft.url)
    values |= checked_texts({"title": draft.title, "description": draft.description, "notes": draft.notes})
    return values | {
        "title_key": title_key(values["title"], values["url"]),
        "author": draft.author[:MAX_AUTHOR],
        "published_at": draft.published_at,
        "unread": draft.unread,
        "favourite": draft.favourite,
        "archived": draft.archived,
        "shared": draft.shared,
        "added_at": draft.added_at or clock.now(),
        "fetch_state": "pending",
        "language": "",
    }


def _insert(actor: Actor, space_id: int, rows: list[dict[str, Any]]) -> Sequence[int]:
    ids = create_objects(KIND, space_id, actor, len(rows))
    for object_id, row in zip(ids, rows, strict=True):
        row |= {"id": object_id, "space_id": space_id}
    db.write(_INSERT, rows)
    search_index.index_documents([document(row) for row in rows])
    return ids


def _tag_many(actor: Actor, space_id: int, ids: Sequence[int], drafts: Sequence[Draft]) -> None:
    wanted: dict[str, str] = {}
    for name in (name for draft in drafts for name in draft.tags):
        wanted.setdefault(tags.folded_name(name), name)
    if not wanted:
        return
    known = tags.ensure_clean_tags(actor, space_id, wanted)
    pairs = {
        (i, known[tags.folded_name(name)]): None for i, draft in zip(ids, drafts, strict=True) for name in draft.tags
    }
    tags.attach(space_id, list(pairs))


def known_urls(space_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Which of these address keys the space has already: key to bookmark id."""
    rows = db.session().execute(
        select(Bookmark.url_key, Bookmark.id).where(
            Bookmark.space_id == space_id, Bookmark.url_key.in_(keys), Bookmark.deleted_at.is_(None)
        )
    )
    return dict(rows.all())
