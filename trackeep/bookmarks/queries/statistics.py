"""What a library looks like in numbers: weeks, sites, tags and what is unread, by a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from trackeep.bookmarks.filters import View
from trackeep.bookmarks.models import KIND, Bookmark
from trackeep.bookmarks.queries.conditions import VIEWS
from trackeep.bookmarks.queries.spans import BEGINNING, END, Span, midnight, spans_table
from trackeep.core import cache, clock, db
from trackeep.core.actor import Actor
from trackeep.tags import service as tags

TOP = 20
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """``backlog`` is what was unread at its end. ``read`` and it are None as far as nobody has counted them."""

    start: date
    saved: int
    read: int | None
    backlog: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many bookmarks a site or a tag has."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """``minutes`` is the time that reading the unread ones takes, as far as it is known: of ``timed`` of them."""

    saved: int = 0
    unread: int = 0
    archived: int = 0
    favourite: int = 0
    minutes: int = 0
    timed: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """``read_since`` is the day from which on reading is counted: that of the first one that was noted."""

    totals: Totals
    weeks: Sequence[Week]
    sites: Sequence[Share]
    tags: Sequence[Share]
    read_since: date | None
    read: int


class _Added(NamedTuple):
    """Of a span of time: what was added in it, what of this is unread or was read since, and what was read in it."""

    current: int
    archived: int
    unread: int
    read_since: int
    read: int

    @property
    def saved(self) -> int:
        return self.current + self.archived


KEPT = cache.Resource("bookmark_statistics", Statistics, ttl=300)


def statistics(actor: Actor, *, space_id: int | None = None, weeks: int = 26, week_start: int = 0) -> Statistics:
    """Of one space, or of all that the actor may read; ``week_start`` is 0 for Monday. Weeks are those of the actor's
    time zone, and the last one is not over yet."""
    if space_id is not None:
        actor.require_read(space_id)
    spaces = sorted(actor.readable_spaces if space_id is None else {space_id})
    today = clock.now().astimezone(ZoneInfo(actor.time_zone)).date()
    last = today - timedelta(days=(today.weekday() - week_start) % 7)
    starts = [last - WEEK * back for back in range(weeks - 1, -1, -1)]
    asked = ([start.isoformat() for start in starts], actor.time_zone, space_id)
    return cache.answer(KEPT, spaces, asked, lambda: _counted(actor, spaces, space_id, starts))


def _counted(actor: Actor, spaces: Sequence[int], space_id: int | None, starts: Sequence[date]) -> Statistics:
    edges = [midnight(day, actor.time_zone) for day in (*starts, starts[-1] + WEEK)]
    found = _by_span(spaces, list(pairwise([BEGINNING, *edges, END])))
    now = _now(spaces)
    since = now.read_since.astimezone(ZoneInfo(actor.time_zone)).date() if now.read_since else None
    return Statistics(
        totals=Totals(
            saved=sum(each.saved for each in found),
            unread=sum(each.unread for each in found),
            archived=sum(each.archived for each in found),
            favourite=now.favourite,
            minutes=int(now.minutes or 0),
            timed=now.timed,
        ),
        weeks=_weeks(starts, found, since),
        sites=_sites(spaces),
        tags=[Share(name, count) for name, count in tags.most_used(actor, space_id, KIND, TOP)],
        read_since=since,
        read=sum(each.read for each in found),
    )


def _weeks(starts: Sequence[date], found: Sequence[_Added], since: date | None) -> list[Week]:
    """At a moment was unread what had been added and either still is, or was read later. The span before the first week
    is number 0."""
    piled = list(accumulate(each.unread + each.read_since for each in found))
    taken = list(accumulate(each.read for each in found))
    weeks = []
    for number, start in enumerate(starts, 1):
        counted = since is not None and start + WEEK > since
        backlog = max(piled[number] - taken[number], 0) if counted or number == len(starts) else None
        weeks.append(Week(start, found[number].saved, found[number].read if counted else None, backlog))
    return weeks


def _by_span(spaces: Sequence[int], spans: Sequence[Span]) -> list[_Added]:
    """Each number is counted in an index of its own, without reading or sorting a row."""
    table = spans_table(spans)
    added = (Bookmark.added_at >= table.c.start, Bookmark.added_at < table.c.stop)
    was_read = Bookmark.read_at.is_not(None)
    counts = (
        _count(spaces, *added, VIEWS[View.ALL]()),
        _count(spaces, *added, VIEWS[View.ARCHIVED]()),
        _count(spaces, *added, VIEWS[View.UNREAD]()),
        _count(spaces, *added, was_read),
        _count(spaces, Bookmark.read_at >= table.c.start, Bookmark.read_at < table.c.stop, was_read),
    )
    rows = db.session().execute(select(*counts).select_from(table).order_by(table.c.number))
    return [_Added(*row) for row in rows]


def _now(spaces: Sequence[int]) -> db.AnyRow:
    unread = (*_live(spaces), VIEWS[View.UNREAD]())
    return (
        db.session()
        .execute(
            select(
                _count(spaces, VIEWS[View.FAVOURITE]()).label("favourite"),
                _count(spaces, VIEWS[View.UNREAD](), Bookmark.reading_minutes.is_not(None)).label("timed"),
                select(func.sum(Bookmark.reading_minutes)).where(*unread).scalar_subquery().label("minutes"),
                select(func.min(Bookmark.read_at))
                .where(*_live(spaces), Bookmark.read_at.is_not(None))
                .scalar_subquery()
                .label("read_since"),
            )
        )
        .one()
    )


def _sites(spaces: Sequence[int]) -> list[Share]:
    count = func.count().label("count")
    query = select(Bookmark.site, count).where(*_live(spaces), Bookmark.site != "").group_by(Bookmark.site)
    rows = db.session().execute(query.order_by(count.desc(), Bookmark.site).limit(TOP))
    return [Share(row[0], int(row[1])) for row in rows]


def _live(spaces: Sequence[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Bookmark.space_id.in_(spaces), Bookmark.deleted_at.is_(None)


def _count(spaces: Sequence[int], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(Bookmark).where(*_live(spaces), *conditions).scalar_subquery()
