"""Makes one of several bookmarks of the same page, or keeps them apart, in a way that can be undone."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, update

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.joining import Joined, best, joined
from trackeep.bookmarks.models import HIGHLIGHT_KIND, KIND, MAX_NOTES, Bookmark
from trackeep.bookmarks.queries import BookmarkItem, Likeness
from trackeep.bookmarks.service import highlight_rows as highlights
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.bookmarks.service.columns import stored
from trackeep.bookmarks.service.editing import trash_bookmarks, writable_ids
from trackeep.bookmarks.service.rows import index_again, put_into, title_key
from trackeep.core import db, references, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import touch_objects
from trackeep.tags import service as tags

AT_ONCE = 200
PAGE = 50
MERGE, APART = "merge", "keep apart"


def preview_merge(actor: Actor, ids: Iterable[int], *, into: int | None = None) -> Joined:
    """What merging these would make; without ``into`` the best of them stays. Raises NotFound for what the actor may
    not see and Invalid for what cannot be merged."""
    wanted = sorted(set(ids))
    items = queries.get_bookmarks(actor, writable_ids(actor, wanted))
    if len(items) < 2:
        raise Invalid(fields={"ids": [_("Choose at least two bookmarks.")]})
    if len({item.space_id for item in items.values()}) > 1:
        raise Invalid(fields={"ids": [_("Only bookmarks of the same space can be merged.")]})
    stays = items.get(into) if into is not None else best(list(items.values()))
    if stays is None:
        raise Invalid(fields={"into": [_("The one that stays must be among them.")]})
    return joined(stays, [items[each] for each in wanted if each in items and each != stays.id])


def merge_bookmarks(actor: Actor, ids: Iterable[int], *, into: int | None = None) -> BulkDone:
    """One stays and gains what the others have; the others go to the trash. ``undo_id`` takes it all back."""
    wanted = set(ids)
    with db.unit_of_work():
        batch_id = undo.begin(actor, MERGE)
        _merge(actor, batch_id, wanted, into)
    return BulkDone(len(wanted), len(wanted), batch_id)


def merge_sure(actor: Actor, space_id: int | None = None) -> BulkDone:
    """Merge the groups that surely are one page, at most ``AT_ONCE``, each into the best of it; counts groups. One that
    cannot be merged, such as notes that are too long together, is left."""
    if space_id is not None:
        actor.require_write(space_id)
    batch_id, matched, changed = None, 0, 0
    for group in _sure_groups(actor, space_id):
        matched += 1
        try:
            with db.attempt():
                begun = undo.begin(actor, MERGE) if batch_id is None else batch_id
                _merge(actor, begun, {item.id for item in group}, None)
        except Invalid:
            continue
        batch_id, changed = begun, changed + 1
    return BulkDone(matched, changed, batch_id)


def keep_apart(actor: Actor, ids: Iterable[int]) -> BulkDone:
    """These look like one page and are several: they are not listed as duplicates again."""
    wanted = set(ids)
    with db.unit_of_work() as session:
        mine = writable_ids(actor, wanted)
        apart = select(Bookmark.id).where(Bookmark.id.in_(mine), ~Bookmark.kept_apart)
        changed = list(session.scalars(apart))
        mark = update(Bookmark).where(Bookmark.id.in_(changed)).values(kept_apart=True)
        session.execute(mark.execution_options(synchronize_session=False))
        touch_objects(changed, marks_only=True)
        batch_id = undo.begin(actor, APART) if changed else None
        if batch_id is not None:
            undo.remember(batch_id, KIND, {each: {"marks": {"kept_apart": False}} for each in changed})
    return BulkDone(len(wanted), len(changed), batch_id)


def _sure_groups(actor: Actor, space_id: int | None) -> list[Sequence[BookmarkItem]]:
    found: list[Sequence[BookmarkItem]] = []
    cursor = None
    while len(found) < AT_ONCE:
        page = queries.list_duplicates(actor, Likeness.SURE, space_id=space_id, cursor=cursor, limit=PAGE)
        found += [group.items for group in page.items if actor.can_write(group.space_id)]
        cursor = page.next_cursor
        if cursor is None:
            break
    return found[:AT_ONCE]


def _merge(actor: Actor, batch_id: int, ids: Iterable[int], into: int | None) -> None:
    result = preview_merge(actor, ids, into=into)
    if len(result.notes) > MAX_NOTES:
        raise Invalid(fields={"ids": [_("Their notes are too long together. Shorten one of them first.")]})
    stays, others = result.stays, [item.id for item in result.others]
    before = _write(actor, result)
    if gained := references.hand_over(actor, others, stays.id):
        before["unlink"] = gained
        touch_objects([stays.id], marks_only=True)
    moved = highlights.hand_over(others, stays.id)
    touch_objects(moved)
    undo.remember(batch_id, HIGHLIGHT_KIND, {each: {"bookmark_id": page} for each, page in moved.items()})
    trash_bookmarks(actor, others)
    states: dict[int, dict[str, Any]] = {each: {"trashed": True} for each in others}
    undo.remember(batch_id, KIND, {**states, **({stays.id: before} if before else {})})


def _write(actor: Actor, result: Joined) -> dict[str, Any]:
    """Give the one that stays what it gains, and answer how to go back."""
    stays, columns = result.stays, result.columns()
    before: dict[str, Any] = {}
    if columns:
        before["columns"] = stored({name: getattr(stays, name) for name in columns})
        values = {**columns, "title_key": title_key(result.title, stays.url)}
        db.session().execute(update(Bookmark).where(Bookmark.id == stays.id).values(**values))
    if result.new_tags:
        before["remove_tags"] = list(result.new_tags)
        tags.add_tags(actor, stays.space_id, [stays.id], result.new_tags)
    if result.new_collections:
        before["take_from"] = list(result.new_collections)
        put_into([(stays.id, each) for each in result.new_collections])
    if before:
        touch_objects([stays.id])
        index_again([stays.id])
        signals.bookmarks_changed.announce(ids=[stays.id])
    return before
