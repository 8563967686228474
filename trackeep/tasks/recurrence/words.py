"""A rule in words that people use: "every 2 weeks on Mon and Thu"."""

from collections.abc import Mapping, Sequence

from trackeep.core.i18n import Text, gettext, ngettext
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks.recurrence.rules import Day, Rule, parsed

_WEEKDAYS: Sequence[Text] = (_l("Mon"), _l("Tue"), _l("Wed"), _l("Thu"), _l("Fri"), _l("Sat"), _l("Sun"))
_MONTHS: Sequence[Text] = (
    _l("January"), _l("February"), _l("March"), _l("April"), _l("May"), _l("June"),
    _l("July"), _l("August"), _l("September"), _l("October"), _l("November"), _l("December"),
)  # fmt: skip
_WORKING, _WEEKEND, _ALL = frozenset(range(5)), frozenset({5, 6}), frozenset(range(7))
_SUFFIXES: Mapping[int, Text] = {1: _l("%(number)dst"), 2: _l("%(number)dnd"), 3: _l("%(number)drd")}


def described(rule: str) -> str:
    """In the language of whoever reads it; raises UnusableRule."""
    found = parsed(rule)
    return " ".join([_rhythm(found), *_days(found), *_months(found), *_last_day(found)]) + _times(found)


def _rhythm(rule: Rule) -> str:
    if rule.interval == 1 and _set(rule.days) == _WORKING and rule.frequency in {"DAILY", "WEEKLY"}:
        return str(gettext("every weekday"))
    if rule.frequency == "DAILY":
        return str(ngettext("every day", "every %(num)d days", rule.interval))
    if rule.frequency == "WEEKLY":
        return str(ngettext("every week", "every %(num)d weeks", rule.interval))
    if rule.frequency == "MONTHLY":
        return str(ngettext("every month", "every %(num)d months", rule.interval))
    return str(ngettext("every year", "every %(num)d years", rule.interval))


def _days(rule: Rule) -> list[str]:
    names = _weekday_names(rule)
    numbers = [_day_number(number) for number in rule.month_days]
    if names and numbers:
        return [gettext("on %(days)s that is %(numbers)s", days=_any(names), numbers=_any(numbers))]
    if rule.positions:
        which = _any([_which(position) for position in rule.positions])
        return [gettext("on %(which)s %(days)s", which=which, days=_one_of(rule) or _any(names or numbers))]
    chosen = names or numbers
    return [gettext("on %(days)s", days=_all(chosen))] if chosen else []


def _one_of(rule: Rule) -> str:
    """The name of the kind of days that a position chooses from."""
    kinds = {_WORKING: gettext("weekday"), _WEEKEND: gettext("weekend day"), _ALL: gettext("day")}
    return kinds.get(_set(rule.days), "") if not rule.month_days else ""


def _weekday_names(rule: Rule) -> list[str]:
    if rule.interval == 1 and _set(rule.days) == _WORKING and rule.frequency in {"DAILY", "WEEKLY"}:
        return []
    return [_weekday(day) for day in rule.days]


def _weekday(day: Day) -> str:
    which, weekday = day
    name = str(_WEEKDAYS[weekday])
    return str(gettext("%(which)s %(weekday)s", which=_which(which), weekday=name)) if which else name


def _set(days: Sequence[Day]) -> frozenset[int]:
    """The days of the week; empty when it is told which one of its kind."""
    return frozenset() if any(which for which, _day in days) else frozenset(weekday for _which, weekday in days)


def _day_number(number: int) -> str:
    if number == -1:
        return str(gettext("the last day"))
    return str(gettext("the %(number)s", number=_ordinal(number)) if number > 0 else _from_end(-number, gettext("day")))


def _which(number: int) -> str:
    if number == -1:
        return str(gettext("the last"))
    return str(gettext("the %(number)s", number=_ordinal(number)) if number > 0 else _from_end(-number, ""))


def _from_end(number: int, noun: str) -> str:
    return str(gettext("the %(number)s last %(noun)s", number=_ordinal(number), noun=noun).strip())


def _ordinal(number: int) -> str:
    last = 0 if 10 < number % 100 < 14 else number % 10
    return str(_SUFFIXES[last]) % {"number": number} if last in _SUFFIXES else gettext("%(number)dth", number=number)


def _months(rule: Rule) -> list[str]:
    names = [str(_MONTHS[month - 1]) for month in rule.months]
    return [gettext("in %(months)s", months=_all(names))] if names else []


def _last_day(rule: Rule) -> list[str]:
    return [gettext("until %(day)s", day=f"{rule.until:%Y-%m-%d}")] if rule.until else []


def _times(rule: Rule) -> str:
    return ngettext(", once", ", %(num)d times", rule.count) if rule.count else ""


def _all(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return str(gettext("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1]))


def _any(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return str(gettext("%(first)s or %(last)s", first=", ".join(words[:-1]), last=words[-1]))
