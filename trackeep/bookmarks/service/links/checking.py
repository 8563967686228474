"""Which links are visited when, by whom, and what becomes of what was seen.

Visits are made in two lanes, each a job that works off one small batch after the other. A host belongs to one lane, so
it never has more than one visitor; a host without an interval belongs to both. A link is claimed by moving its next
visit on: what an interrupted batch leaves is due again a little later."""

import random
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select, update

from trackeep.bookmarks.liveness import LinkState, Seen, Standing, Target, judge, next_visit
from trackeep.bookmarks.models import Bookmark, LinkCheck
from trackeep.bookmarks.models.links import MAX_REASON
from trackeep.bookmarks.sameness import page_key
from trackeep.bookmarks.urls import url_key
from trackeep.core import clock, db, ext, jobs, politeness
from trackeep.core.objects import take_turn_with, touch_spaces_of

LANE_JOB = "bookmarks.check_lane"
LANES = 2
BATCH = 100
WINDOW = 1_000
STEP = 2_000
LEASE = timedelta(minutes=20)
ALIVE = (LinkState.OK, LinkState.REDIRECTED)
_MOVE_ON = update(LinkCheck).where(LinkCheck.bookmark_id == bindparam("link")).values(next_at=bindparam("moment"))


def interval() -> timedelta:
    """Between two visits of a link; nothing when links are only checked for who asks."""
    return timedelta(days=ext.settings().link_check_days)


def plan_links() -> int:
    """Give the bookmarks that have none their first visit, spread over the interval; answers how many."""
    planned = 0
    while interval() and (ids := _unplanned()):
        now = clock.now()
        rows = [{"bookmark_id": each, "next_at": now + interval() * random.random()} for each in ids]  # noqa: S311  # no secret
        with db.unit_of_work() as session:
            session.execute(db.upsert(LinkCheck).on_conflict_do_nothing(), [{**_new_row(), **row} for row in rows])
        planned += len(ids)
    return planned


def seconds_to_next_link() -> float | None:
    """Until the next visit is due, nothing for one that is; None when none is planned."""
    asked = () if interval() else (and_(LinkCheck.asked),)
    moment = db.session().scalar(select(LinkCheck.next_at).where(*asked).order_by(LinkCheck.next_at).limit(1))
    return None if moment is None else max(0.0, (moment - clock.now()).total_seconds())


def start_link_checks(*, priority: int = 20) -> None:
    """Let the lanes run, if a visit is due; a lane that runs already goes on."""
    if seconds_to_next_link() != 0:
        return
    with db.unit_of_work():
        arguments = [{"lane": lane} for lane in range(LANES)]
        keys: list[str | None] = [f"{LANE_JOB}:{lane}" for lane in range(LANES)]
        jobs.enqueue_many(LANE_JOB, arguments, unique_keys=keys, priority=priority)


def claim_links(lane: int) -> list[Target]:
    """The next visits of this lane: at most one for each host that wants an interval. The further ones of such a host
    are moved on by as many turns, so that they do not stand before everybody else."""
    now = clock.now()
    columns = (LinkCheck.bookmark_id, LinkCheck.asked, Bookmark.url, Bookmark.deleted_at)
    due = select(*columns).join(Bookmark, Bookmark.id == LinkCheck.bookmark_id).where(*_due())
    with db.unit_of_work() as session:
        rows = session.execute(due.order_by(LinkCheck.next_at, LinkCheck.bookmark_id).limit(WINDOW)).all()
        taken: list[Target] = []
        moments: dict[int, datetime] = {}
        turns: dict[str, int] = {}
        for row in rows:
            target = Target(row.bookmark_id, row.url)
            wait = politeness.interval_of(target.host)
            if row.deleted_at is not None:
                moments[target.id] = now + (interval() or LEASE)
            elif _lane_of(target, shared=not wait) == lane:
                if wait:
                    turns[target.host] = turns.get(target.host, -1) + 1
                if turns.get(target.host, 0) == 0 and len(taken) < BATCH:
                    taken.append(target)
                    moments[target.id] = now + LEASE
                elif wait and not row.asked and turns[target.host]:
                    moments[target.id] = now + wait * turns[target.host]
        _move_on(moments)
    return taken


def defer_links(ids: Collection[int], *, seconds: float) -> None:
    """These were claimed and not visited: they are due again after so long."""
    moment = clock.now() + timedelta(seconds=seconds)
    with db.unit_of_work():
        _move_on(dict.fromkeys(ids, moment))


def living_links(besides: Collection[str], limit: int = 3) -> list[Target]:
    """Links of other hosts that answered when they were last visited, newest first."""
    columns = (LinkCheck.bookmark_id, Bookmark.url)
    alive = select(*columns).join(Bookmark, Bookmark.id == LinkCheck.bookmark_id)
    alive = alive.where(LinkCheck.state.in_(ALIVE), Bookmark.deleted_at.is_(None))
    rows = db.session().execute(alive.order_by(LinkCheck.checked_at.desc()).limit(BATCH))
    by_host = {target.host: target for target in reversed([Target(row.bookmark_id, row.url) for row in rows])}
    return [target for host, target in reversed(by_host.items()) if host not in besides][:limit]


def judge_links(targets: Iterable[Target], seen: Mapping[int, Seen]) -> None:
    """Write down what was seen. What was edited or deleted meanwhile is left out; whoever looks at a space in which
    something has changed sees it."""
    urls = {target.id: target.url for target in targets if target.id in seen}
    if not urls:
        return
    with db.unit_of_work() as session:
        take_turn_with(urls)
        rows = [row for row in _standing_rows(urls) if urls[row.bookmark_id] == row.url]
        now = clock.now()
        judged = {row.bookmark_id: judge(_standing(row), seen[row.bookmark_id], now) for row in rows}
        written = [_written(each, standing, seen[each], now) for each, standing in judged.items()]
        changes = [change for row in rows if (change := _change(row, judged[row.bookmark_id], seen[row.bookmark_id]))]
        if written:
            session.execute(update(LinkCheck), written)
        if changes:
            session.execute(update(Bookmark), changes)
            touch_spaces_of([change["id"] for change in changes])


def _due() -> tuple[ColumnElement[bool], ...]:
    due = LinkCheck.next_at <= clock.now()
    return (due,) if interval() else (due, and_(LinkCheck.asked))


def _lane_of(target: Target, *, shared: bool) -> int:
    return (target.id if shared else zlib.crc32(target.host.encode())) % LANES


def _unplanned() -> Sequence[int]:
    missing = select(Bookmark.id).outerjoin(LinkCheck, LinkCheck.bookmark_id == Bookmark.id)
    missing = missing.where(LinkCheck.bookmark_id.is_(None), Bookmark.deleted_at.is_(None))
    return db.session().scalars(missing.order_by(Bookmark.id).limit(STEP)).all()


def _new_row() -> dict[str, object]:
    return {
        "state": LinkState.UNKNOWN,
        "reason": "",
        "failures": 0,
        "permanent": False,
        "ignored": False,
        "asked": False,
    }


def _move_on(moments: Mapping[int, datetime]) -> None:
    if moments:
        db.write(_MOVE_ON, [{"link": link, "moment": moment} for link, moment in moments.items()])


def _standing_rows(ids: Collection[int]) -> Sequence[db.AnyRow]:
    columns = (
        *(LinkCheck.bookmark_id, LinkCheck.state, LinkCheck.failures, LinkCheck.failed_at, LinkCheck.ignored),
        *(Bookmark.url, Bookmark.broken, Bookmark.canonical_key),
    )
    rows = select(*columns).join(Bookmark, Bookmark.id == LinkCheck.bookmark_id)
    live = (LinkCheck.bookmark_id.in_(ids), Bookmark.deleted_at.is_(None))
    return db.session().execute(rows.where(*live).order_by(LinkCheck.bookmark_id).with_for_update()).all()


def _standing(row: db.AnyRow) -> Standing:
    return Standing(LinkState(row.state), row.failures, row.failed_at, row.ignored)


def _change(row: db.AnyRow, after: Standing, seen: Seen) -> dict[str, Any] | None:
    """What of the bookmark is other than before; None when nobody would see a difference."""
    key = _canonical_key(row, seen)
    before = (row.state, row.ignored, row.broken, row.canonical_key)
    if before == (after.state, after.ignored, after.is_broken, key):
        return None
    return {"id": row.bookmark_id, "broken": after.is_broken, "canonical_key": key}


def _canonical_key(row: db.AnyRow, seen: Seen) -> str | None:
    """Where the way to a page ends for good tells of which page it is, unless the page itself has told already."""
    is_told = row.canonical_key not in (None, url_key(row.url))
    told: str | None = row.canonical_key
    return page_key(row.url, final_url=seen.final_url) if seen.permanent and not is_told else told


def _written(bookmark_id: int, standing: Standing, seen: Seen, now: datetime) -> dict[str, object]:
    return {
        "bookmark_id": bookmark_id,
        "state": standing.state,
        "failures": standing.failures,
        "failed_at": standing.failed_at,
        "ignored": standing.ignored,
        "status": seen.status,
        "reason": seen.reason[:MAX_REASON],
        "final_url": seen.final_url or None,
        "permanent": seen.permanent and bool(seen.final_url),
        "checked_at": now,
        "next_at": next_visit(standing, now, interval()),
        "asked": False,
    }
