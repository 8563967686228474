"""A line read from left to right: what each word means, and what is left as the title."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from trackeep.tasks.line.clock import time_at
from trackeep.tasks.line.dates import date_at
from trackeep.tasks.line.hits import DayHit, RepeatHit, Scene, TimeHit
from trackeep.tasks.line.lexicon import ENGLISH, Lexicon
from trackeep.tasks.line.pieces import Word, words
from trackeep.tasks.line.repeats import repeat_at
from trackeep.tasks.line.signs import SignHit, SignKind, sign_at
from trackeep.tasks.recurrence import Origin, next_due

MAX_LINE = 2_000

Kind = Literal["date", "time", "repeat"] | SignKind
_LAST_WINS = frozenset({"date", "time", "repeat", "priority", "project", "section"})
_LOOSE_ENDS = ",;:-–— "
_LOOSE_SIGNS = ",;:!?)"


@dataclass(frozen=True, slots=True)
class Span:
    """The characters from ``start`` up to ``end`` of the line mean a thing of this kind."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``due_time`` is on the person's clock and never without ``due_on``. ``priority`` is 0 for none up to 4 for
    urgent, None when the line names none. ``people`` are names behind @: members, or else tags."""

    title: str
    due_on: date | None = None
    due_time: time | None = None
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    priority: int | None = None
    project: str = ""
    section: str = ""
    recurrence: str = ""
    recurs_from: Origin = "due"
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    kind: Kind
    hit: DayHit | TimeHit | RepeatHit | SignHit


def understood(
    text: str, now: datetime, *, week_start: int = 0, day_first: bool = True, lexicon: Lexicon = ENGLISH
) -> Line:
    """``now`` is in the person's zone; ``day_first`` says how 3/4 is meant. Of several days, times and so on the last
    one counts and the others stay in the title. A line of more than 2,000 characters is all title."""
    if len(text) > MAX_LINE:
        return Line(title=" ".join(text.split()))
    scene = Scene(words(text), now, week_start, day_first, lexicon)
    items = _last_ones(_likely(_items(scene), len(scene.words)))
    title = _title(scene.words, items)
    if not title:
        items = [item for item in items if isinstance(item.hit, SignHit)]
        title = _title(scene.words, items)
    return _line(scene, title, items)


def _items(scene: Scene) -> list[_Item]:
    found, place = [], 0
    while place < len(scene.words):
        item = _item(scene, place)
        if item:
            found.append(item)
        place = item.hit.stop if item else place + 1
    return found


def _item(scene: Scene, place: int) -> _Item | None:
    sign = sign_at(scene, place)
    if sign:
        return _Item(place, sign.kind, sign)
    if not scene.raw(place):
        return None
    repeat = repeat_at(scene, place)
    if repeat:
        return _Item(place, "repeat", repeat)
    day = date_at(scene, place)
    if day:
        return _Item(place, "date", day)
    clock = time_at(scene, place)
    return _Item(place, "time", clock) if clock else None


def _likely(items: Sequence[_Item], length: int) -> list[_Item]:
    """Without the doubtful ones that stand amid words of the title: they count at the end, and beside other items."""
    kept: list[_Item] = []
    tail = length
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        touches = index > 0 and items[index - 1].hit.stop == item.start and not items[index - 1].hit.doubtful
        follows = bool(kept) and kept[-1].start == item.hit.stop
        if not item.hit.doubtful or item.hit.stop == tail or touches or follows:
            kept.append(item)
            tail = item.start if item.hit.stop == tail else tail
    return kept[::-1]


def _last_ones(items: Sequence[_Item]) -> list[_Item]:
    last = {item.kind: item for item in items}
    return [item for item in items if item.kind not in _LAST_WINS or last[item.kind] is item]


def _title(found: Sequence[Word], items: Iterable[_Item]) -> str:
    used = {place for item in items for place in range(item.start, item.hit.stop)}
    parts: list[str] = []
    for place, word in enumerate(found):
        if place not in used:
            parts.append(word.shown)
        elif parts and place - 1 not in used:
            parts[-1] = parts[-1].rstrip(_LOOSE_ENDS)
    return " ".join(part for part in parts if part).strip()


def _line(scene: Scene, title: str, items: Sequence[_Item]) -> Line:
    hits = {item.kind: item.hit for item in items}
    day, clock, repeat = hits.get("date"), hits.get("time"), hits.get("repeat")
    rule = repeat.rule if isinstance(repeat, RepeatHit) else ""
    due_time = clock.clock if isinstance(clock, TimeHit) else day.clock if isinstance(day, DayHit) else None
    signs = [item.hit for item in items if isinstance(item.hit, SignHit)]
    priority = next((hit.priority for hit in signs if hit.kind == "priority"), None)
    return Line(
        title=title,
        due_on=_due_on(scene, day.day if isinstance(day, DayHit) else None, due_time, rule),
        due_time=due_time,
        tags=_names(signs, "tag"),
        people=_names(signs, "person"),
        priority=priority,
        project="".join(_names(signs, "project")),
        section="".join(_names(signs, "section")),
        recurrence=rule,
        recurs_from="completion" if isinstance(repeat, RepeatHit) and repeat.from_completion else "due",
        spans=tuple(_span(scene.words, item) for item in items),
    )


def _names(signs: Iterable[SignHit], kind: SignKind) -> tuple[str, ...]:
    names = {hit.name.casefold(): hit.name for hit in signs if hit.kind == kind}
    return tuple(names.values())


def _due_on(scene: Scene, day: date | None, clock: time | None, rule: str) -> date | None:
    """A time without a day is today, or tomorrow when it has passed; what comes again begins on its first day."""
    if day is None and clock is None and not rule:
        return None
    passed = clock is not None and clock <= scene.now.time()
    first = day or (scene.today + timedelta(1) if passed else scene.today)
    if not rule or "BY" not in rule:
        return first
    zone = scene.now.tzinfo if isinstance(scene.now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    each = ";".join(part for part in rule.split(";") if not part.startswith(("COUNT", "INTERVAL")))
    noon = datetime.combine(first, time(12), tzinfo=zone)
    found = next_due(each, due=first - timedelta(1), completed=noon, start_from="due", zone=zone)
    return found or first


def _span(found: Sequence[Word], item: _Item) -> Span:
    last = found[item.hit.stop - 1]
    loose = len(last.shown) - len(last.shown.rstrip(_LOOSE_SIGNS)) if last.key else 0
    return Span(found[item.start].start, last.end - loose, item.kind)
