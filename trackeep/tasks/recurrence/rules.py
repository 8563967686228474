"""The text of an RRULE (RFC 5545, section 3.3.10) as far as a task can follow it, and its normal form."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, get_args

from trackeep.core.i18n import Text
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks.zones import FIRST_DAY, LAST_DAY

MAX_TEXT = 500
MAX_INTERVAL = 1_000
MAX_COUNT = 1_000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
Day = tuple[int, int]
"""Which one of its kind in the month or year, 0 for each, and the day of the week from 0 for Monday."""

_TOO_OFTEN = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_OF_THE_DAY = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)


class UnusableRule(ValueError):
    """A rule that no task can follow; ``reason`` is a sentence for the person."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``until`` is a day, or a moment in UTC; ``week_start`` counts from 0 for Monday."""

    frequency: Frequency
    interval: int = 1
    days: tuple[Day, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
    week_start: int = 0

    def names_days(self) -> bool:
        """Whether the rule itself says on which days, and not the day on which it begins."""
        return bool(self.days or self.month_days or self.months)

    def text(self) -> str:
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYMONTH": _listed(self.months),
            "BYMONTHDAY": _listed(self.month_days),
            "BYDAY": ",".join(f"{which or ''}{WEEKDAYS[weekday]}" for which, weekday in self.days),
            "BYSETPOS": _listed(self.positions),
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
            "COUNT": str(self.count) if self.count else "",
            "UNTIL": _until_text(self.until),
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def checked(rule: str) -> str:
    """The normal form of a rule without DTSTART; raises UnusableRule."""
    return parsed(rule).text()


def parsed(rule: str) -> Rule:
    """Raises UnusableRule."""
    parts = _parts(rule)
    if _OF_THE_DAY & parts.keys() or parts.get("FREQ") in _TOO_OFTEN:
        raise UnusableRule(_l("A task can come again once a day at most, not several times a day."))
    unknown = parts.keys() - _READERS.keys() - {"FREQ"}
    if unknown:
        raise UnusableRule(_l("A task cannot follow this part of a rule: %(part)s.", part=min(unknown)[:40]))
    frequency = parts.pop("FREQ", "")
    known = next((each for each in get_args(Frequency) if each == frequency), None)
    if known is None:
        raise UnusableRule(_l("The rule does not say whether it means days, weeks, months or years."))
    values = {_READERS[name][0]: _READERS[name][1](value) for name, value in parts.items()}
    found = Rule(frequency=known, **values)  # type: ignore[arg-type] # each reader gives what its own field holds
    _refuse_contradictions(found)
    return found


def _parts(rule: str) -> dict[str, str]:
    if len(rule) > MAX_TEXT:
        raise UnusableRule(_l("A rule has at most %(limit)d characters.", limit=MAX_TEXT))
    text = re.sub(r"\s+", "", rule).upper().removeprefix("RRULE:").strip(";")
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, sign, value = part.partition("=")
        if not (name and sign and value):
            raise UnusableRule(_l("This is no rule: it needs parts such as FREQ=WEEKLY;BYDAY=MO."))
        if name in found:
            raise UnusableRule(_l("The rule says %(part)s twice.", part=name[:40]))
        found[name] = value
    return found


def _refuse_contradictions(rule: Rule) -> None:
    if rule.count and rule.until:
        raise UnusableRule(_l("A rule ends after a number of times or on a day, not both."))
    if any(which for which, _weekday in rule.days) and rule.frequency in {"DAILY", "WEEKLY"}:
        raise UnusableRule(_l("Only rules for months and years can tell which Monday is meant."))
    if rule.frequency == "WEEKLY" and rule.month_days:
        raise UnusableRule(_l("A rule for weeks cannot name days of the month."))
    if rule.positions and (rule.frequency in {"DAILY", "WEEKLY"} or not rule.names_days()):
        raise UnusableRule(_l("Only rules for months and years that name days can choose one of them."))
    in_month = rule.frequency == "MONTHLY" or (rule.frequency == "YEARLY" and rule.months)
    if in_month and any(abs(which) > 5 for which, _weekday in rule.days):
        raise UnusableRule(_l("No month has more than five of the same day of the week."))
    months = rule.months or tuple(range(1, 13))
    longest = max(_LONGEST_MONTHS[month - 1] for month in months)
    if rule.month_days and min(map(abs, rule.month_days)) > longest:
        raise UnusableRule(_l("None of these months has that many days."))


def _numbers(value: str, least: int, most: int, *, signed: bool = False) -> tuple[int, ...]:
    found = set()
    for text in value.split(","):
        number = int(text) if _NUMBER.fullmatch(text) else 0
        if not least <= (abs(number) if signed else number) <= most:
            raise UnusableRule(_l("“%(value)s” is not possible in a rule.", value=text[:40]))
        found.add(number)
    return tuple(sorted(found, key=lambda number: (number < 0, number)))


def _number(value: str, most: int) -> int:
    numbers = _numbers(value, 1, most)
    if len(numbers) > 1:
        raise UnusableRule(_l("“%(value)s” is not possible in a rule.", value=value[:40]))
    return numbers[0]


def _days(value: str) -> tuple[Day, ...]:
    found = set()
    for text in value.split(","):
        match = _DAY.fullmatch(text)
        which = int(match[1] or 0) if match else 0
        if match is None or (match[1] and not 1 <= abs(which) <= 53):
            raise UnusableRule(_l("“%(value)s” is no day of the week.", value=text[:40]))
        found.add((which, WEEKDAYS.index(match[2])))
    return tuple(sorted(found, key=lambda day: (day[0] < 0, day)))


def _until(value: str) -> date | None:
    """A year behind the last of all tasks, as programs write it for no end, is none."""
    until = _written_day(value)
    if until.year < FIRST_DAY.year:
        raise UnusableRule(_l("“%(value)s” is no day on which a rule could end.", value=value[:40]))
    return until if until.year <= LAST_DAY.year else None


def _written_day(value: str) -> date:
    try:
        if len(value) == 8 and value.isascii() and value.isdigit():
            return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
        return datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise UnusableRule(_l("“%(value)s” is no day on which a rule could end.", value=value[:40])) from error


def _week_start(value: str) -> int:
    (day,) = _days(value) if "," not in value else ((1, 0),)
    if day[0]:
        raise UnusableRule(_l("“%(value)s” is no day of the week.", value=value[:40]))
    return day[1]


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _until_text(until: date | None) -> str:
    if until is None:
        return ""
    day = f"{until.year:04}{until.month:02}{until.day:02}"
    return f"{day}T{until:%H%M%S}Z" if isinstance(until, datetime) else day


_READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "INTERVAL": ("interval", lambda value: _number(value, MAX_INTERVAL)),
    "BYDAY": ("days", _days),
    "BYMONTHDAY": ("month_days", lambda value: _numbers(value, 1, 31, signed=True)),
    "BYMONTH": ("months", lambda value: _numbers(value, 1, 12)),
    "BYSETPOS": ("positions", lambda value: _numbers(value, 1, 366, signed=True)),
    "COUNT": ("count", lambda value: _number(value, MAX_COUNT)),
    "UNTIL": ("until", _until),
    "WKST": ("week_start", _week_start),
}
