"""Times of the day in a line: 9am, 14:30, at 9, noon."""

import re
from datetime import time

from trackeep.tasks.line.hits import Scene, TimeHit

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?\s?([a-z.]{0,4})", re.ASCII)


def time_at(scene: Scene, place: int) -> TimeHit | None:
    begin = scene.skip(place, scene.lexicon.before_time)
    introduced = begin > place
    word = scene.key(begin)
    named = scene.lexicon.times.get(word)
    if named is not None:
        return TimeHit(begin + 1, named, doubtful=not introduced)
    found = _CLOCK.fullmatch(word)
    if found is None:
        return None
    half, stop = found[3], begin + 1
    if not half and scene.goes_on(begin) and scene.key(stop) in _halves(scene):
        half, stop = scene.key(stop), stop + 1
    return _clock(scene, stop, found, half, introduced=introduced)


def part_of_day_at(scene: Scene, place: int) -> TimeHit | None:
    """Only behind a day: "tomorrow morning"."""
    clock = scene.lexicon.parts_of_day.get(scene.key(place))
    return TimeHit(place + 1, clock) if clock is not None else None


def _halves(scene: Scene) -> set[str]:
    return {*scene.lexicon.before_noon, *scene.lexicon.after_noon}


def _clock(scene: Scene, stop: int, found: re.Match[str], half: str, *, introduced: bool) -> TimeHit | None:
    hour, minute = int(found[1]), int(found[2] or 0)
    if half:
        if half.rstrip(".") not in _halves(scene) or not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.rstrip(".") in scene.lexicon.after_noon else 0)
    elif not introduced and ":" not in found[0]:
        return None  # a number alone, or 9.30, may be anything
    if hour > 23 or minute > 59:
        return None
    return TimeHit(stop, time(hour, minute), doubtful=introduced and not half and found[2] is None)
