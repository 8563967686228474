"""What a library looks like in numbers: weeks, sites, tags and what is unread, by a constant number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, select

from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.queries.spans import BEGINNING, END, midnight, spans_table
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


@dataclass(frozen=True, slots=True)
class _Figures:
    """Of what was added within a span of time."""

    saved: int
    unread: int
    read: int
    archived: int
    favourite: int
    minutes: int
    timed: int


KEPT = cache.Resource("bookmark_statistics", Statistics, ttl=300)
_NOTHING = _Figures(0, 0, 0, 0, 0, 0, 0)


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
    spans = list(pairwise([BEGINNING, *edges, END]))
    added = _added(spaces, spans)
    read = _read(spaces, spans)
    since = _since(spaces, actor.time_zone)
    found = [added.get(number, _NOTHING) for number in range(len(spans))]
    names = ("saved", "unread", "archived", "favourite", "minutes", "timed")
    return Statistics(
        totals=Totals(**{name: sum(getattr(each, name) for each in found) for name in names}),
        weeks=_weeks(starts, found, read, since),
        sites=_sites(spaces),
        tags=[Share(name, count) for name, count in tags.most_used(actor, space_id, TOP)],
        read_since=since,
        read=sum(read.values()),
    )


def _weeks(
    starts: Sequence[date], added: Sequence[_Figures], read: Mapping[int, int], since: date | None
) -> list[Week]:
    """At a moment was unread what had been added and either still is, or was read later. The span before the first week
    is number 0."""
    piled = list(accumulate(each.unread + each.read for each in added))
    taken = list(accumulate(read.get(number, 0) for number in range(len(added))))
    weeks = []
    for number, start in enumerate(starts, 1):
        is_now = number == len(starts)
        counted = since is not None and start + WEEK > since
        weeks.append(
            Week(
                start,
                added[number].saved,
                read.get(number, 0) if counted else None,
                max(piled[number] - taken[number], 0) if counted or is_now else None,
            )
        )
    return weeks


def _added(spaces: Sequence[int], spans: Sequence[tuple[datetime, datetime]]) -> dict[int, _Figures]:
    table = spans_table(spans)
    unread = and_(Bookmark.unread, ~Bookmark.archived)
    minutes = case((unread, func.coalesce(Bookmark.reading_minutes, 0)), else_=0)
    figures = (
        func.count(),
        _number(unread),
        func.count(Bookmark.read_at),
        _number(and_(Bookmark.archived)),
        _number(and_(Bookmark.favourite)),
        func.sum(minutes),
        _number(and_(unread, Bookmark.reading_minutes.is_not(None))),
    )
    within = and_(*_live(spaces), Bookmark.added_at >= table.c.start, Bookmark.added_at < table.c.stop)
    query = select(table.c.number, *figures).select_from(table.join(Bookmark, within)).group_by(table.c.number)
    return {row[0]: _Figures(*map(int, row[1:])) for row in db.session().execute(query)}


def _read(spaces: Sequence[int], spans: Sequence[tuple[datetime, datetime]]) -> dict[int, int]:
    table = spans_table(spans)
    moments = (Bookmark.read_at.is_not(None), Bookmark.read_at >= table.c.start, Bookmark.read_at < table.c.stop)
    joined = table.join(Bookmark, and_(*_live(spaces), *moments))
    query = select(table.c.number, func.count()).select_from(joined).group_by(table.c.number)
    return {row[0]: int(row[1]) for row in db.session().execute(query)}


def _since(spaces: Sequence[int], zone: str) -> date | None:
    first = db.session().scalar(select(func.min(Bookmark.read_at)).where(*_live(spaces), Bookmark.read_at.is_not(None)))
    return first.astimezone(ZoneInfo(zone)).date() if first is not None else None


def _sites(spaces: Sequence[int]) -> list[Share]:
    count = func.count().label("count")
    query = select(Bookmark.site, count).where(*_live(spaces), Bookmark.site != "").group_by(Bookmark.site)
    rows = db.session().execute(query.order_by(count.desc(), Bookmark.site).limit(TOP))
    return [Share(row[0], int(row[1])) for row in rows]


def _live(spaces: Sequence[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Bookmark.space_id.in_(spaces), Bookmark.deleted_at.is_(None)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
