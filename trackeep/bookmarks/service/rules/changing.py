"""What rules do to bookmarks, written by few statements for many; and what of it is really new, for the way back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from trackeep.bookmarks.models import Bookmark, Collection, CollectionItem
from trackeep.bookmarks.rules import Outcome
from trackeep.bookmarks.service.rows import put_into
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.tags import service as tags

Outcomes = Mapping[int, Outcome]


def write(actor: Actor, space_id: int, outcomes: Outcomes) -> None:
    """Tag, collect and mark bookmarks of this space, inside the open unit of work. Collections that are gone are passed
    over."""
    _tag(actor, space_id, outcomes)
    live = _live_collections(space_id, {one for each in outcomes.values() for one in each.collection_ids})
    put_into([(i, one) for i, outcome in outcomes.items() for one in outcome.collection_ids if one in live])
    groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for bookmark_id, outcome in outcomes.items():
        for mark in outcome.marks.items():
            groups[mark].append(bookmark_id)
    for (name, value), ids in sorted(groups.items()):
        # What a rule takes off the pile was not read by anybody.
        values = {name: value, "read_at": None} if name == "unread" else {name: value}
        change = update(Bookmark).where(Bookmark.id.in_(ids)).values(**values)
        db.session().execute(change.execution_options(synchronize_session=False))


def news(space_id: int, rows: Sequence[db.AnyRow], outcomes: Outcomes) -> dict[int, Outcome]:
    """What of the outcomes the bookmarks are not like already. The rows have the columns of the marks."""
    ids = [row.id for row in rows]
    carried = {i: {tags.folded_name(tag.name) for tag in found} for i, found in tags.tags_of(ids).items()}
    live = _live_collections(space_id, {one for each in outcomes.values() for one in each.collection_ids})
    inside = _inside(ids, live)
    found: dict[int, Outcome] = {}
    for row in rows:
        outcome, has = outcomes[row.id], carried.get(row.id, set())
        new = Outcome(
            [name for name in outcome.tags if tags.folded_name(name) not in has],
            [one for one in outcome.collection_ids if one in live and (row.id, one) not in inside],
            {name: value for name, value in outcome.marks.items() if getattr(row, name) is not value},
        )
        if new:
            found[row.id] = new
    return found


def way_back(outcome: Outcome) -> dict[str, Any]:
    """What the undo journal remembers of a bookmark, as the bulk changes do."""
    state: dict[str, Any] = {}
    if outcome.tags:
        state["remove_tags"] = outcome.tags
    if outcome.collection_ids:
        state["take_from"] = outcome.collection_ids
    if outcome.marks:
        state["marks"] = {name: not value for name, value in outcome.marks.items()}
    return state


def _tag(actor: Actor, space_id: int, outcomes: Outcomes) -> None:
    wanted: dict[str, str] = {}
    for name in (name for outcome in outcomes.values() for name in outcome.tags):
        wanted.setdefault(tags.folded_name(name), name)
    if wanted:
        known = tags.ensure_clean_tags(actor, space_id, wanted)
        tags.attach(
            space_id, [(i, known[tags.folded_name(name)]) for i, each in outcomes.items() for name in each.tags]
        )


def _live_collections(space_id: int, ids: Iterable[int]) -> set[int]:
    wanted = set(ids)
    if not wanted:
        return set()
    here = (Collection.id.in_(wanted), Collection.space_id == space_id, Collection.deleted_at.is_(None))
    return set(db.session().scalars(select(Collection.id).where(*here)))


def _inside(ids: Sequence[int], collection_ids: set[int]) -> set[tuple[int, int]]:
    if not collection_ids:
        return set()
    pairs = select(CollectionItem.bookmark_id, CollectionItem.collection_id)
    here = (CollectionItem.bookmark_id.in_(ids), CollectionItem.collection_id.in_(collection_ids))
    return {(row.bookmark_id, row.collection_id) for row in db.session().execute(pairs.where(*here))}
