"""Repetitions in a line: every day, every! 2 weeks, every mon and thu, every last weekday, daily."""

from dataclasses import replace
from datetime import date

from trackeep.tasks.line.dates import date_at, month_day_at, number_at, ordinal_at
from trackeep.tasks.line.hits import RepeatHit, Scene
from trackeep.tasks.recurrence import UnusableRule, checked

MAX_LISTED = 31
_UNITS = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING, _WEEKEND = "MO,TU,WE,TH,FR", "SA,SU"

Found = tuple[int, str]
"""Where the words stop, and the rule so far."""


def repeat_at(scene: Scene, place: int) -> RepeatHit | None:
    rhythm = scene.lexicon.rhythms.get(scene.key(place))
    if rhythm:
        return _whole(scene, RepeatHit(place + 1, f"FREQ={_UNITS[rhythm]}", doubtful=True))
    word = scene.words[place].shown.casefold()
    if word.rstrip("!") not in scene.lexicon.every or ("!" not in word and not scene.goes_on(place)):
        return None
    for read in (_weekdays, _working_days, _year_day, _month_days, _interval):
        found = read(scene, place + 1)
        if found:
            return _whole(scene, RepeatHit(found[0], found[1], from_completion=word.endswith("!")))
    return None


def _whole(scene: Scene, hit: RepeatHit) -> RepeatHit | None:
    """With its end, when one is told."""
    ended = _until(scene, hit) or _number_of_times(scene, hit) or hit
    try:
        return replace(ended, rule=checked(ended.rule))
    except UnusableRule:
        return None


def _until(scene: Scene, hit: RepeatHit) -> RepeatHit | None:
    begin = scene.skip(hit.stop, scene.lexicon.until)
    day = date_at(scene, begin) if begin > hit.stop else None
    return replace(hit, stop=day.stop, rule=f"{hit.rule};UNTIL={_compact(day.day)}") if day else None


def _number_of_times(scene: Scene, hit: RepeatHit) -> RepeatHit | None:
    number = number_at(scene, hit.stop)
    if not number or scene.key(hit.stop + 1) not in scene.lexicon.times_words:
        return None
    return replace(hit, stop=hit.stop + 2, rule=f"{hit.rule};COUNT={number}")


def _compact(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _interval(scene: Scene, place: int) -> Found | None:
    """every week, every 2 weeks, every other week, every 3rd week; the days may follow: "on mon and thu"."""
    number, begin = 1, place
    counted = number_at(scene, place) or (2 if scene.key(place) in scene.lexicon.other else None)
    which = ordinal_at(scene, place)
    if counted or (which and which > 0):
        number, begin = counted or which or 1, place + 1
    unit = scene.lexicon.units.get(scene.key(begin), "")
    if unit not in _UNITS:
        return None
    rule = f"FREQ={_UNITS[unit]};INTERVAL={number}"
    days = _days_behind(scene, begin, unit)
    return (days[0], f"{rule};{days[1]}") if days else (begin + 1, rule)


def _days_behind(scene: Scene, place: int, unit: str) -> Found | None:
    begin = scene.skip(place + 1, scene.lexicon.before_day)
    if begin == place + 1 or not scene.goes_on(place):
        return None
    if unit == "w":
        return _listed_weekdays(scene, begin)
    return _listed_numbers(scene, scene.skip(begin, scene.lexicon.articles)) if unit == "m" else None


def _weekdays(scene: Scene, place: int) -> Found | None:
    """mon, thu - or which one of its kind in the month: 2nd tue, last fri of the month"""
    place = scene.skip(place, scene.lexicon.articles)
    which = ordinal_at(scene, place)
    weekday = scene.lexicon.weekdays.get(scene.key(place + 1)) if which else None
    if which and weekday is not None:
        return _of_month(scene, place + 2), f"FREQ=MONTHLY;BYDAY={which}{_DAYS[weekday]}"
    found = _listed_weekdays(scene, place)
    return (found[0], f"FREQ=WEEKLY;{found[1]}") if found else None


def _listed_weekdays(scene: Scene, place: int) -> Found | None:
    found: list[int] = []
    stop = place
    for _step in range(MAX_LISTED):
        begin = scene.skip(stop, scene.lexicon.conjunctions) if found else stop
        days = [scene.lexicon.weekdays.get(part) for part in scene.key(begin).split(",")]
        named = [day for day in days if day is not None]
        if len(named) < len(days):
            break
        found, stop = found + named, begin + 1
    return (stop, "BYDAY=" + ",".join(_DAYS[day] for day in sorted(set(found)))) if found else None


def _working_days(scene: Scene, place: int) -> Found | None:
    """weekday, weekend - or which one of the month: last workday"""
    place = scene.skip(place, scene.lexicon.articles)
    which = ordinal_at(scene, place)
    word = scene.key(place + 1 if which else place)
    days = (word in scene.lexicon.working_days and _WORKING) or (word in scene.lexicon.weekend and _WEEKEND)
    if not days:
        return None
    if which:
        return _of_month(scene, place + 2), f"FREQ=MONTHLY;BYDAY={days};BYSETPOS={which}"
    return place + 1, f"FREQ=WEEKLY;BYDAY={days}"


def _year_day(scene: Scene, place: int) -> Found | None:
    found = month_day_at(scene, place)
    return (found[0], f"FREQ=YEARLY;BYMONTH={found[1]};BYMONTHDAY={found[2]}") if found else None


def _month_days(scene: Scene, place: int) -> Found | None:
    """1st, 15th and 28th; the last day; the first day of the month"""
    place = scene.skip(place, scene.lexicon.articles)
    which = ordinal_at(scene, place)
    if which in (1, -1) and scene.lexicon.units.get(scene.key(place + 1)) == "d":
        return _of_month(scene, place + 2), f"FREQ=MONTHLY;BYMONTHDAY={which}"
    found = _listed_numbers(scene, place)
    return (found[0], f"FREQ=MONTHLY;{found[1]}") if found else None


def _listed_numbers(scene: Scene, place: int) -> Found | None:
    found: list[int] = []
    stop = place
    for _step in range(MAX_LISTED):
        begin = scene.skip(stop, scene.lexicon.conjunctions) if found else stop
        number = ordinal_at(scene, begin)
        if number is None or scene.key(begin + 1) in scene.lexicon.units.keys() | scene.lexicon.weekdays.keys():
            break
        found.append(number)
        stop = begin + 1
    return (_of_month(scene, stop), "BYMONTHDAY=" + ",".join(map(str, found))) if found else None


def _of_month(scene: Scene, stop: int) -> int:
    """Behind "of the month", "of each month"."""
    begin = scene.skip(stop, scene.lexicon.of)
    if begin == stop or not scene.goes_on(stop - 1):
        return stop
    begin = scene.skip(begin, scene.lexicon.articles | scene.lexicon.every)
    return begin + 1 if scene.lexicon.units.get(scene.key(begin)) == "m" else stop
