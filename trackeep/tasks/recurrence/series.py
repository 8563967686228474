"""The days of a rule: the next one, and those of a month. Each search ends, also for rules that never come true."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil import rrule

from trackeep.tasks.recurrence.rules import Frequency, Rule, parsed
from trackeep.tasks.zones import LAST_DAY

Origin = Literal["due", "completion"]

MAX_OCCURRENCES = 400
# How far a search goes before a rule counts as over, in days and weeks that its filters pass by, in months, in years.
_STEPS: Mapping[Frequency, int] = {"DAILY": 4_000, "WEEKLY": 2_000, "MONTHLY": 600, "YEARLY": 130}
_FREQUENCIES: Mapping[Frequency, Literal[0, 1, 2, 3]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
# An interval that leads past the last year of the calendar: the library then stops behind the first month or year.
_PAST_THE_END = 12 * date.max.year


@dataclass(frozen=True, slots=True)
class Turn:
    """The next time of a task, and the rule that it carries on: a COUNT is less by the times that have passed."""

    due: date
    rule: str


def next_due(rule: str, *, due: date, completed: datetime, start_from: Origin, zone: ZoneInfo) -> date | None:
    """As ``next_turn``, without the rule."""
    turn = next_turn(rule, due=due, completed=completed, start_from=start_from, zone=zone)
    return turn.due if turn else None


def next_turn(rule: str, *, due: date, completed: datetime, start_from: Origin, zone: ZoneInfo) -> Turn | None:
    """The first time after ``due`` that is not before the day of completion; from completion, the first after that
    day. None when the rule is over, or never comes true. Raises UnusableRule.

    A moment keeps its time on the clock of ``zone``; one that daylight saving skips comes as much later. Months that
    lack the day are passed by, as the RFC has it: the 31st comes seven times a year, 29 February every fourth.
    """
    followed = parsed(rule)
    due_day, done_day = _local_day(due, zone), _local_day(completed, zone)
    if start_from == "completion":
        # What names its days would come on the very day that was just done early.
        anchor = max(done_day, due_day) if followed.names_days() else done_day
        earliest = anchor
    else:
        anchor, earliest = due_day, done_day
    for number, day in enumerate(_days(followed, anchor, earliest), start=1):
        if not _is_within(followed, day, due, zone):
            return None
        if day >= earliest:
            left = followed.count - number if followed.count else None
            return Turn(_at(day, due, zone), replace(followed, count=left).text())
    return None


def occurrences(rule: str, *, due: date, first: date, last: date, zone: ZoneInfo) -> list[date]:
    """The times behind ``due`` from the day ``first`` to ``last``, 400 at most: what a calendar shows ahead."""
    followed, found = parsed(rule), []
    days = _days(followed, _local_day(due, zone), first)
    for day in takewhile(lambda day: day <= last and _is_within(followed, day, due, zone), days):
        if day >= first:
            found.append(_at(day, due, zone))
        if len(found) == MAX_OCCURRENCES:
            break
    return found


def _days(rule: Rule, anchor: date, earliest: date) -> Iterator[date]:
    """The days behind the anchor in order; with a COUNT all of them, else those before ``earliest`` may be left out."""
    found: Iterator[date] = iter(())
    start = anchor if rule.count else max(anchor, earliest)
    if rule.frequency in {"DAILY", "WEEKLY"}:
        found = _short(rule, anchor, start)
    else:
        found = _long(_with_day(rule, anchor), anchor, start)
    behind = takewhile(lambda day: day <= LAST_DAY, (day for day in found if day > anchor))
    return islice(behind, rule.count - 1) if rule.count else behind


def _short(rule: Rule, anchor: date, start: date) -> Iterator[date]:
    """By days and weeks. The library gets the part that always comes true, and the filters are applied here."""
    weekdays = [weekday for _which, weekday in rule.days]
    is_weekly = rule.frequency == "WEEKLY"
    span = rule.interval * (7 if is_weekly else 1)
    # Back to the first day of the week, so that weeks count from the same day wherever the search begins.
    first = anchor - timedelta((anchor.weekday() - rule.week_start) % 7) if is_weekly else anchor
    first += timedelta((start - first).days // span * span)
    series = rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(first, time()),
        interval=rule.interval,
        wkst=rule.week_start,
        byweekday=(weekdays or anchor.weekday()) if is_weekly else None,
    )
    for moment in islice(series, _STEPS[rule.frequency]):
        day = moment.date()
        in_month = not rule.months or day.month in rule.months
        if in_month and _is_month_day(rule, day) and (is_weekly or not weekdays or day.weekday() in weekdays):
            yield day


def _is_month_day(rule: Rule, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    return not rule.month_days or day.day in rule.month_days or day.day - 1 - length in rule.month_days


def _with_day(rule: Rule, anchor: date) -> Rule:
    """A rule that names no day means that of its beginning."""
    if rule.days or rule.month_days:
        return rule
    months = rule.months or ((anchor.month,) if rule.frequency == "YEARLY" else ())
    return replace(rule, month_days=(anchor.day,), months=months)


def _long(rule: Rule, anchor: date, start: date) -> Iterator[date]:
    """By months and years, each asked for by itself: one that lacks the day gives nothing, and so the search ends."""
    is_monthly = rule.frequency == "MONTHLY"
    unit = 1 if is_monthly else 12
    first = anchor.year * 12 + (anchor.month - 1 if is_monthly else 0)
    wanted = start.year * 12 + (start.month - 1 if is_monthly else 0)
    span = rule.interval * unit
    first += (wanted - first) // span * span
    for month in range(first, min(first + _STEPS[rule.frequency] * unit, (date.max.year + 1) * 12), span):
        yield from _period(rule, date(month // 12, month % 12 + 1, 1))


def _period(rule: Rule, first: date) -> list[date]:
    series = rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(first, time()),
        interval=_PAST_THE_END,
        wkst=rule.week_start,
        bymonth=rule.months or None,
        bymonthday=rule.month_days or None,
        byweekday=[rrule.weekday(weekday, which or None) for which, weekday in rule.days] or None,
        bysetpos=rule.positions or None,
    )
    return [moment.date() for moment in series]


def _local_day(when: date, zone: ZoneInfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def _at(day: date, due: date, zone: ZoneInfo) -> date:
    """The day with the time of ``due``, in UTC; a day when ``due`` is one."""
    if not isinstance(due, datetime):
        return day
    clock = due.astimezone(zone).time()
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _is_within(rule: Rule, day: date, due: date, zone: ZoneInfo) -> bool:
    if rule.until is None:
        return True
    if isinstance(rule.until, datetime) and isinstance(due, datetime):
        moment = _at(day, due, zone)
        return isinstance(moment, datetime) and moment <= rule.until
    return day <= _local_day(rule.until, zone)
