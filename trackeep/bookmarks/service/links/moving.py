"""Takes the addresses that redirects lead to, many at once, in a way that can be undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from trackeep.bookmarks import signals
from trackeep.bookmarks.liveness import LinkState
from trackeep.bookmarks.models import KIND, Bookmark, LinkCheck
from trackeep.bookmarks.sameness import is_safe_move
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.bookmarks.service.editing import writable_ids
from trackeep.bookmarks.service.rows import checked_url, index_again, title_key
from trackeep.bookmarks.service.saving import known_urls
from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.objects import take_turn, touch_objects

BATCH = 500
TITLE = "take new addresses"


def take_new_addresses(actor: Actor, ids: Sequence[int] | None = None, *, space_id: int | None = None) -> BulkDone:
    """Give these bookmarks, or all whose pages have moved for good, the address that their page has now. An address
    that another bookmark has, or that is no page's own, is not taken. ``undo_id`` takes it back."""
    spaces = [space_id] if space_id is not None else sorted(actor.readable_spaces)
    matched, changed, batch_id = 0, 0, None
    if ids is not None:
        writable_ids(actor, ids)
    for each in spaces:
        if space_id is not None or actor.can_write(each):
            actor.require_write(each)
            last = 0
            while found := _moved(each, ids, last):
                last = found[-1].bookmark_id
                with db.unit_of_work():
                    take_turn(each)
                    before = _take(each, [row.bookmark_id for row in found], chosen=ids is not None)
                    if before:
                        batch_id = undo.begin(actor, TITLE) if batch_id is None else batch_id
                        undo.remember(batch_id, KIND, before)
                matched += len(found)
                changed += len(before)
    return BulkDone(matched, changed, batch_id)


def _moved(space_id: int, ids: Sequence[int] | None, last: int) -> Sequence[db.AnyRow]:
    here = (Bookmark.space_id == space_id, Bookmark.deleted_at.is_(None), LinkCheck.bookmark_id > last)
    moved = (LinkCheck.state == LinkState.REDIRECTED, LinkCheck.final_url.is_not(None))
    which = LinkCheck.permanent & ~LinkCheck.ignored if ids is None else LinkCheck.bookmark_id.in_(ids)
    columns = (LinkCheck.bookmark_id, LinkCheck.final_url, Bookmark.url, Bookmark.title)
    rows = select(*columns).join(Bookmark, Bookmark.id == LinkCheck.bookmark_id).where(*here, *moved, which)
    return db.session().execute(rows.order_by(LinkCheck.bookmark_id).limit(BATCH)).all()


def _take(space_id: int, ids: Sequence[int], *, chosen: bool) -> Mapping[int, dict[str, Any]]:
    """Inside the turn: read again, change, and answer what was before."""
    rows = _moved(space_id, ids, 0)
    wanted = {row.bookmark_id: _columns(row) for row in rows if chosen or is_safe_move(row.url, row.final_url)}
    there = known_urls(space_id, [columns["url_key"] for columns in wanted.values() if columns])
    changes: dict[str, dict[str, Any]] = {}
    for object_id, columns in wanted.items():
        if columns and there.get(columns["url_key"], object_id) == object_id:
            changes.setdefault(columns["url_key"], {"id": object_id, **columns})
    taken = [int(change["id"]) for change in changes.values()]
    if not taken:
        return {}
    db.session().execute(update(Bookmark), list(changes.values()))
    settled = update(LinkCheck).where(LinkCheck.bookmark_id.in_(taken))
    settled = settled.values(state=LinkState.OK, final_url=None, permanent=False, ignored=False)
    db.session().execute(settled.execution_options(synchronize_session=False))
    touch_objects(taken)
    index_again(taken)
    signals.bookmarks_changed.announce(ids=taken)
    return {row.bookmark_id: {"columns": {"url": row.url}} for row in rows if row.bookmark_id in set(taken)}


def _columns(row: db.AnyRow) -> dict[str, Any] | None:
    try:
        columns = checked_url(row.final_url)
    except Invalid:
        return None
    return {**columns, "title_key": title_key(row.title, columns["url"]), "broken": False}
