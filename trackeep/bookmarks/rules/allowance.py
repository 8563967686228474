"""Which rules match which bookmarks, within a bounded time: a rule that takes too long is stopped and delays nobody."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from trackeep.bookmarks.rules.matching import Matcher, Subject

SECONDS_RULE = 0.5
SECONDS_ALL = 2.0


class Reason(StrEnum):
    """Why a rule was stopped: one page took too long, many did together, or its pattern cannot be read any more."""

    PAGE = "page"
    SUM = "sum"
    BROKEN = "broken"


@dataclass(slots=True)
class Judgement:
    """``hits`` are the places of the subjects that each rule matches, by the rule's id; ``stopped`` rules have been
    looked at only in part."""

    hits: dict[int, list[int]] = field(default_factory=dict)
    stopped: dict[int, Reason] = field(default_factory=dict)


def judge(
    matchers: Mapping[int, Matcher], subjects: Sequence[Subject], *, clock: Callable[[], float] = time.thread_time
) -> Judgement:
    """Ask each rule about each subject. Time is that of the processor, as for the limit of each search, so that a busy
    machine stops nobody. When all patterns together have taken too long, the slowest rule is stopped and
    the patterns that have not been asked yet are left for the next occasion."""
    judgement = Judgement()
    took: dict[int, float] = {}
    for rule_id, matcher in matchers.items():
        if matcher.is_timed and sum(took.values()) > SECONDS_ALL:
            judgement.stopped.setdefault(max(took, key=lambda each: took[each]), Reason.SUM)
            continue
        started = clock()
        _ask(judgement, rule_id, matcher, subjects, lambda: clock() - started > SECONDS_RULE)  # noqa: B023  # asked at once
        if matcher.is_timed:
            took[rule_id] = clock() - started
    return judgement


def _ask(
    judgement: Judgement, rule_id: int, matcher: Matcher, subjects: Sequence[Subject], late: Callable[[], bool]
) -> None:
    hits: list[int] = []
    judgement.hits[rule_id] = hits
    for place, subject in enumerate(subjects):
        try:
            if matcher.matches(subject):
                hits.append(place)
        except TimeoutError:
            judgement.stopped[rule_id] = Reason.PAGE
            return
        if matcher.is_timed and late():
            judgement.stopped[rule_id] = Reason.SUM
            return
