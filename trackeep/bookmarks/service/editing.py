"""Changing bookmarks that are there: texts, marks, place, trash."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.errors import AlreadySaved
from trackeep.bookmarks.models import Bookmark, Collection, CollectionItem
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.service import highlight_rows as highlights
from trackeep.bookmarks.service.rows import (
    check_collections,
    checked_texts,
    checked_url,
    forget_links,
    index_again,
    mark_values,
    put_into,
    title_key,
)
from trackeep.bookmarks.service.saving import FETCH_JOB
from trackeep.core import clock, db, jobs, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound, PreconditionRequired
from trackeep.core.objects import (
    Object,
    expect_version,
    purge_objects,
    restore_objects,
    take_turn,
    take_turn_where,
    take_turn_with,
    touch_objects,
    trash_objects,
)
from trackeep.tags import service as tags


def edit_bookmark(actor: Actor, bookmark_id: int, changes: Changes, *, version: int | None = None) -> None:
    """Change one bookmark. Texts need the ``version`` that was edited (PreconditionRequired without, Conflict with both
    texts when it is stale); marks don't. Raises AlreadySaved when the new address is another bookmark's, and Conflict
    when somebody moved it to another space at the same moment."""
    before = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(before.space_id)
    texts = changes.texts()
    if texts and version is None:
        raise PreconditionRequired()
    values: dict[str, Any] = {**checked_texts(texts), **mark_values(changes.flags())}
    if changes.url is not None:
        values |= checked_url(changes.url)
    try:
        with db.attempt():
            take_turn_where(before.space_id, bookmark_id)
            if version is not None:
                theirs = {name: getattr(before, name) for name in texts}
                expect_version(bookmark_id, version, yours=texts, theirs=theirs)
            _write(actor, before, values, changes)
    except IntegrityError as error:
        existing = queries.find_by_url(actor, before.space_id, changes.url or before.url)
        if existing is None:
            raise
        raise AlreadySaved(existing_id=existing.id) from error


def mark_bookmarks(actor: Actor, bookmark_ids: Iterable[int], changes: Changes) -> int:
    """Set marks of many bookmarks; the last write wins. Answers how many were changed; ids that are not the actor's to
    write raise NotFound."""
    flags = changes.flags()
    with db.unit_of_work() as session:
        ids = _writable(actor, bookmark_ids)
        if ids and flags:
            session.execute(
                update(Bookmark)
                .where(Bookmark.id.in_(ids))
                .values(**mark_values(flags))
                .execution_options(synchronize_session=False)
            )
            touch_objects(ids, marks_only=True)
            signals.bookmarks_changed.announce(ids=ids)
    return len(ids)


def trash_bookmarks(actor: Actor, bookmark_ids: Iterable[int]) -> int:
    """Move to the trash; what is there already stays there."""
    with db.unit_of_work():
        ids = _writable(actor, bookmark_ids)
        if ids:
            _set_deleted(ids, deleted=True)
            tags.objects_hidden(ids)
            trash_objects(ids)
            search_index.remove_documents(ids)
            highlights.hide_with(ids)
            signals.bookmarks_changed.announce(ids=ids)
    return len(ids)


def restore_bookmarks(actor: Actor, bookmark_ids: Iterable[int]) -> int:
    """Bring back from the trash, but for those whose page was saved again since: they stay there."""
    with db.unit_of_work():
        ids = _without_doubles(_writable(actor, bookmark_ids, trashed=True))
        if ids:
            _set_deleted(ids, deleted=False)
            tags.objects_shown(ids)
            restore_objects(ids)
            index_again(ids)
            highlights.show_with(ids)
            signals.bookmarks_changed.announce(ids=ids)
    return len(ids)


def purge_bookmarks(actor: Actor, bookmark_ids: Iterable[int]) -> int:
    """Delete for good what is in the trash."""
    with db.unit_of_work():
        ids = _writable(actor, bookmark_ids, trashed=True)
        highlights.purge_with(ids)
        purge_objects(ids)
    return len(ids)


def move_bookmarks(actor: Actor, bookmark_ids: Iterable[int], *, to_space: int) -> int:
    """Move to another space: tags follow by name, collections stay behind. A page that the other space has already is
    left where it is."""
    actor.require_write(to_space)
    bookmark_ids = list(bookmark_ids)
    with db.unit_of_work() as session:
        take_turn(to_space, *_spaces_of(bookmark_ids))
        ids = _movable(_writable(actor, bookmark_ids), to_space)
        if not ids:
            return 0
        touch_objects(ids)
        pairs = tags.move_objects(actor, ids, to_space)
        session.execute(delete(CollectionItem).where(CollectionItem.bookmark_id.in_(ids)))
        session.execute(
            update(Object)
            .where(Object.id.in_(ids))
            .values(space_id=to_space)
            .execution_options(synchronize_session=False)
        )
        tags.attach(to_space, [(object_id, tag_id) for object_id, found in pairs.items() for tag_id in found])
        touch_objects(ids)
        search_index.move_documents(ids, to_space)
        highlights.move_with(ids, to_space)
        signals.bookmarks_changed.announce(ids=ids)
    return len(ids)


def writable_ids(actor: Actor, bookmark_ids: Iterable[int]) -> list[int]:
    """The live ones of these ids; raises NotFound when one is not the actor's to see, Forbidden for a viewer's."""
    return _writable(actor, bookmark_ids)


def _write(actor: Actor, before: BookmarkItem, values: dict[str, Any], changes: Changes) -> None:
    session = db.session()
    if "title" in values or "url" in values:
        values["title_key"] = title_key(values.get("title", before.title), values.get("url", before.url))
    if "url" in values and values["url"] != before.url:
        values |= {"fetch_state": "pending", "fetch_error": None, "broken": False}
        forget_links([before.id])
        jobs.enqueue(FETCH_JOB, {"bookmark_id": before.id}, unique_key=f"{FETCH_JOB}:{before.id}")
    elif "url" in values:
        # By which address the page itself goes was found out, and still holds.
        values.pop("canonical_key")
    if values:
        session.execute(update(Bookmark).where(Bookmark.id == before.id).values(**values))
    if changes.tags is not None:
        tags.set_tags(actor, before.space_id, before.id, changes.tags)
    if changes.collection_ids is not None:
        _set_collections(before, changes.collection_ids)
    touch_objects([before.id], marks_only=changes.is_marks_only())
    if changes.flags() and not changes.is_marks_only():
        # Rules leave the marks alone of what was marked by hand: this is how they know.
        touch_objects([before.id], marks_only=True)
    if changes.texts():
        index_again([before.id])
    signals.bookmarks_changed.announce(ids=[before.id])


def _set_collections(bookmark: BookmarkItem, collection_ids: Sequence[int]) -> None:
    check_collections(bookmark.space_id, collection_ids)
    # Its places in collections that lie in the trash stay, for the day when these come back.
    live = select(Collection.id).where(Collection.space_id == bookmark.space_id, Collection.deleted_at.is_(None))
    here = (CollectionItem.bookmark_id == bookmark.id, CollectionItem.collection_id.in_(live))
    db.session().execute(delete(CollectionItem).where(*here))
    put_into([(bookmark.id, collection_id) for collection_id in collection_ids])


def _writable(actor: Actor, bookmark_ids: Iterable[int], *, trashed: bool = False) -> list[int]:
    wanted = set(bookmark_ids)
    take_turn_with(wanted)
    state = Bookmark.deleted_at.is_not(None) if trashed else Bookmark.deleted_at.is_(None)
    rows = (
        db.session()
        .execute(
            select(Bookmark.id, Bookmark.space_id, state.label("in_state"))
            .where(Bookmark.id.in_(wanted))
            .order_by(Bookmark.id)
        )
        .all()
    )
    if len(rows) != len(wanted):
        raise NotFound()
    for space_id in {row.space_id for row in rows}:
        actor.require_write(space_id)
    return [row.id for row in rows if row.in_state]


def _set_deleted(ids: Sequence[int], *, deleted: bool) -> None:
    moment = clock.now() if deleted else None
    db.session().execute(
        update(Bookmark)
        .where(Bookmark.id.in_(ids))
        .values(deleted_at=moment)
        .execution_options(synchronize_session=False)
    )


def _without_doubles(ids: Sequence[int]) -> list[int]:
    """Of several with one address only the newest comes back, and none whose address is live."""
    session = db.session()
    rows = session.execute(
        select(Bookmark.id, Bookmark.space_id, Bookmark.url_key).where(Bookmark.id.in_(ids)).order_by(Bookmark.id)
    ).all()
    newest = {(row.space_id, row.url_key): row.id for row in rows}
    live = session.execute(
        select(Bookmark.space_id, Bookmark.url_key).where(
            Bookmark.url_key.in_([row.url_key for row in rows]), Bookmark.deleted_at.is_(None)
        )
    )
    for space_id, key in live:
        newest.pop((space_id, key), None)
    return sorted(newest.values())


def _spaces_of(ids: Iterable[int]) -> Iterable[int]:
    return db.session().scalars(select(Bookmark.space_id).where(Bookmark.id.in_(ids)).distinct())


def _movable(ids: Sequence[int], to_space: int) -> list[int]:
    there = select(Bookmark.url_key).where(Bookmark.space_id == to_space, Bookmark.deleted_at.is_(None))
    movable = select(Bookmark.id).where(
        Bookmark.id.in_(ids), Bookmark.space_id != to_space, Bookmark.url_key.not_in(there)
    )
    return list(db.session().scalars(movable))
