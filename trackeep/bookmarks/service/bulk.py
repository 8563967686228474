"""One action on many bookmarks, by their ids or by a filter, in batches that can be undone together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.models import HIGHLIGHT_KIND, KIND, Bookmark, Collection, CollectionItem
from trackeep.bookmarks.service.columns import put_back_columns
from trackeep.bookmarks.service.editing import restore_bookmarks, trash_bookmarks, writable_ids
from trackeep.bookmarks.service.highlights import unmake_highlights
from trackeep.bookmarks.service.rows import mark_values, put_into
from trackeep.bookmarks.service.rules.asking import apply_all
from trackeep.core import db, references, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn_with, touch_objects
from trackeep.tags import service as tags

BATCH = 500


class BulkVerb(StrEnum):
    TAG = "tag"
    UNTAG = "untag"
    COLLECT = "collect"
    UNCOLLECT = "uncollect"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    UNREAD = "unread"
    READ = "read"
    FAVOURITE = "favourite"
    UNFAVOURITE = "unfavourite"
    APPLY_RULES = "apply-rules"
    TRASH = "trash"


MARKS: Mapping[BulkVerb, tuple[str, bool]] = {
    BulkVerb.ARCHIVE: ("archived", True),
    BulkVerb.UNARCHIVE: ("archived", False),
    BulkVerb.UNREAD: ("unread", True),
    BulkVerb.READ: ("unread", False),
    BulkVerb.FAVOURITE: ("favourite", True),
    BulkVerb.UNFAVOURITE: ("favourite", False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which bookmarks: these ids, or all that the filters let through (capped at ``queries.SELECTION_CAP``)."""

    ids: Sequence[int] | None = None
    filters: Filters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """What to do: tagging verbs need ``tags``, collecting verbs ``collection_id``."""

    verb: BulkVerb
    tags: tuple[str, ...] = ()
    collection_id: int | None = None


@dataclass(frozen=True, slots=True)
class BulkDone:
    """How many were meant, how many really changed, and the batch that takes it back (None when nothing changed)."""

    matched: int
    changed: int
    undo_id: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    space_id: int
    unread: bool
    favourite: bool
    archived: bool


def change_many(actor: Actor, selection: Selection, action: BulkAction) -> BulkDone:
    """Do it to all of them, at most 500 in a unit of work. Raises NotFound when one of the ids or the collection is
    not the actor's to see, Forbidden for a viewer's, Invalid when the action lacks its tags."""
    _check(actor, action)
    ids = _selected(actor, selection)
    changed, batch_id = 0, None
    for start in range(0, len(ids), BATCH):
        with db.unit_of_work():
            take_turn_with(ids[start : start + BATCH])
            before = _act(actor, _locked(ids[start : start + BATCH]), action)
            if before:
                batch_id = undo.begin(actor, action.verb.value) if batch_id is None else batch_id
                undo.remember(batch_id, KIND, before)
                changed += len(before)
    return BulkDone(len(ids), changed, batch_id)


def undo_change(actor: Actor, batch_id: int) -> undo.Undone:
    """Take a bulk change or an import back; what was edited since stays. Raises Gone, and NotFound also for a change of
    another domain, whose facts only that domain knows to use."""
    if undo.find_batch(actor, batch_id).facts is not None:
        raise NotFound()
    return undo.undo(actor, batch_id, {KIND: restore_states, HIGHLIGHT_KIND: unmake_highlights})


def restore_states(actor: Actor, before: Mapping[int, dict[str, Any]]) -> None:
    """The restorer of the undo journal. What was remembered says how to go back; bookmarks that the batch made (with
    nothing remembered) go to the trash."""
    writable_ids(actor, before)
    made = [object_id for object_id, state in before.items() if not state]
    if made:
        trash_bookmarks(actor, made)
    trashed = [object_id for object_id, state in before.items() if "trashed" in state]
    if trashed:
        restore_bookmarks(actor, trashed)
    for state, ids in _grouped(before):
        _go_back(actor, ids, state)


def _check(actor: Actor, action: BulkAction) -> None:
    if action.verb in (BulkVerb.TAG, BulkVerb.UNTAG) and not any(name.strip() for name in action.tags):
        raise Invalid(fields={"tags": [_("Name at least one tag.")]})
    if action.verb in (BulkVerb.COLLECT, BulkVerb.UNCOLLECT):
        if action.collection_id is None:
            raise Invalid(fields={"collection_id": [_("Choose a collection.")]})
        actor.require_write(_space_of(actor, action.collection_id))


def _space_of(actor: Actor, collection_id: int) -> int:
    space_id = db.session().scalar(
        select(Collection.space_id).where(Collection.id == collection_id, Collection.deleted_at.is_(None))
    )
    if space_id is None or not actor.can_read(space_id):
        raise NotFound()
    return space_id


def _selected(actor: Actor, selection: Selection) -> Sequence[int]:
    if selection.filters is None:
        ids = sorted(set(selection.ids or ()))
        for start in range(0, len(ids), BATCH):
            writable_ids(actor, ids[start : start + BATCH])
        return ids
    if selection.filters.space_id is not None:
        actor.require_write(selection.filters.space_id)
    # 'Everything that matches' in spaces where one may only read stays as it is.
    roles = {space_id: role for space_id, role in actor.roles.items() if actor.can_write(space_id)}
    return queries.matching_ids(replace(actor, roles=roles), selection.filters)


def _locked(ids: Sequence[int]) -> list[_Row]:
    """The live ones of the ids. They are locked, so that what is remembered is what the change finds."""
    columns = (Bookmark.id, Bookmark.space_id, Bookmark.unread, Bookmark.favourite, Bookmark.archived)
    live = select(*columns).where(Bookmark.id.in_(ids), Bookmark.deleted_at.is_(None)).order_by(Bookmark.id)
    return [_Row(*row) for row in db.session().execute(live.with_for_update())]


def _act(actor: Actor, rows: Sequence[_Row], action: BulkAction) -> dict[int, dict[str, Any]]:
    """Change the rows and answer, for each that was changed, how to go back."""
    if action.verb in MARKS:
        before = _mark(rows, *MARKS[action.verb])
    elif action.verb in (BulkVerb.TAG, BulkVerb.UNTAG):
        spaces = {row.id: row.space_id for row in rows}
        before = tags.tag_many(actor, spaces, action.tags, adding=action.verb is BulkVerb.TAG)
    elif action.verb is BulkVerb.TRASH:
        trash_bookmarks(actor, [row.id for row in rows])
        return {row.id: {"trashed": True} for row in rows}
    elif action.verb is BulkVerb.APPLY_RULES:
        before = apply_all(actor, [row.id for row in rows])
    else:
        before = _collect(actor, rows, action)
    touch_objects(before, marks_only=action.verb in MARKS)
    if before:
        signals.bookmarks_changed.announce(ids=list(before))
    return before


def _mark(rows: Sequence[_Row], name: str, value: bool) -> dict[int, dict[str, Any]]:
    ids = [row.id for row in rows if getattr(row, name) is not value]
    _set_mark(ids, name, value)
    return {object_id: {"marks": {name: not value}} for object_id in ids}


def _set_mark(ids: Sequence[int], name: str, value: bool) -> None:
    if ids:
        change = update(Bookmark).where(Bookmark.id.in_(ids)).values(**mark_values({name: value}))
        db.session().execute(change.execution_options(synchronize_session=False))


def _collect(actor: Actor, rows: Sequence[_Row], action: BulkAction) -> dict[int, dict[str, Any]]:
    """Bookmarks of other spaces than the collection's stay as they are."""
    collection_id = action.collection_id or 0
    space_id = _space_of(actor, collection_id)
    ids = [row.id for row in rows if row.space_id == space_id]
    inside = set(
        db.session().scalars(
            select(CollectionItem.bookmark_id).where(
                CollectionItem.collection_id == collection_id, CollectionItem.bookmark_id.in_(ids)
            )
        )
    )
    if action.verb is BulkVerb.COLLECT:
        new = [object_id for object_id in ids if object_id not in inside]
        put_into([(object_id, collection_id) for object_id in new])
        return {object_id: {"take_from": [collection_id]} for object_id in new}
    _take_from(sorted(inside), [collection_id])
    return {object_id: {"put_into": [collection_id]} for object_id in sorted(inside)}


def _take_from(ids: Sequence[int], collection_ids: Sequence[int]) -> None:
    db.session().execute(
        delete(CollectionItem).where(
            CollectionItem.bookmark_id.in_(ids), CollectionItem.collection_id.in_(collection_ids)
        )
    )


def _go_back(actor: Actor, ids: Sequence[int], state: Mapping[str, Any]) -> None:
    for name, value in state.get("marks", {}).items():
        _set_mark(ids, name, value)
    for space_id, some in _by_space(_locked(ids)):
        tags.tag_back(actor, space_id, some, state)
    if "take_from" in state:
        _take_from(ids, state["take_from"])
    if "unlink" in state:
        for object_id in ids:
            references.disconnect(object_id, state["unlink"])
    if "put_into" in state:
        _put_back(ids, state["put_into"])
    if "columns" in state:
        put_back_columns(ids, state["columns"])
    if "trashed" not in state:
        touch_objects(ids, marks_only=set(state) == {"marks"})
        signals.bookmarks_changed.announce(ids=list(ids))


def _put_back(ids: Sequence[int], collection_ids: Sequence[int]) -> None:
    """Into those of the collections that are still there."""
    live = db.session().scalars(
        select(Collection.id).where(Collection.id.in_(collection_ids), Collection.deleted_at.is_(None))
    )
    put_into([(object_id, collection_id) for collection_id in live.all() for object_id in ids])


def _by_space(rows: Iterable[_Row]) -> list[tuple[int, list[int]]]:
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row.space_id, []).append(row.id)
    return sorted(found.items())


def _grouped(before: Mapping[int, dict[str, Any]]) -> list[tuple[dict[str, Any], list[int]]]:
    """Bookmarks with the same way back, so that each way is a few statements; those that were made are left out."""
    groups: dict[str, tuple[dict[str, Any], list[int]]] = {}
    for object_id, state in before.items():
        if state:
            groups.setdefault(repr(sorted(state.items())), (state, []))[1].append(object_id)
    return list(groups.values())
