"""A pattern that takes too long is stopped, and the others are asked all the same."""

import time

import pytest

from trackeep.bookmarks.rules import (
    Actions,
    Condition,
    Definition,
    Field,
    How,
    Join,
    Matcher,
    Reason,
    Subject,
    allowance,
    judge,
    matcher_of,
)

CATASTROPHES = [r"(a|aa)+$", r"(?:a|a)*$", r"^(?:a?){30}a{30}$b", r"(.*?,){40}P", r"(x+x+)+y|(a|a?)+$"]


def pattern(text: str, how: How = How.REGEX) -> Matcher:
    return matcher_of(Definition(Join.ALL, (Condition(Field.TITLE, how, text),), Actions(favourite=True)))


def titled(title: str) -> Subject:
    return Subject(url="https://example.org", site="example.org", title=title, description="")


@pytest.mark.parametrize("text", CATASTROPHES)
def test_a_catastrophe_is_bounded_and_nobody_waits_for_it(text: str) -> None:
    titles = [titled("a" * 60 + "b" + ",1" * 40) for _ in range(500)]
    started = time.process_time()

    judgement = judge({1: pattern("a", How.CONTAINS), 2: pattern(text), 3: pattern("^a+b")}, titles)

    assert time.process_time() - started < 1.5
    assert len(judgement.hits[1]) == len(judgement.hits[3]) == 500
    assert set(judgement.stopped) <= {2}


def test_the_worst_one_is_stopped_at_its_first_page() -> None:
    judgement = judge({2: pattern(CATASTROPHES[0])}, [titled("plain"), titled("a" * 60 + "b"), titled("aa")])
    assert judgement.stopped == {2: Reason.PAGE}
    assert judgement.hits == {2: []}


def test_many_slow_pages_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(1_000))
    monkeypatch.setattr(allowance, "SECONDS_RULE", 5)
    judgement = judge({7: pattern("a")}, [titled("a")] * 20, clock=lambda: float(next(moments)))
    assert judgement.stopped == {7: Reason.SUM}
    assert len(judgement.hits[7]) == 6


def test_when_all_together_take_too_long_the_slowest_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "SECONDS_ALL", 0.5)
    rules = {1: pattern("a"), 2: pattern("a+"), 3: pattern("aa"), 4: pattern("a", How.CONTAINS)}
    # Each rule asks for the time at its beginning, behind its page, and at its end.
    times = iter([0.0, 0.1, 0.1, 1.0, 1.2, 1.8])
    judgement = judge(rules, [titled("aa")], clock=lambda: next(times, 2.0))
    assert judgement.stopped == {2: Reason.SUM}
    assert 3 not in judgement.hits
    assert judgement.hits[4] == [0]


@pytest.mark.parametrize("glob", ["*a" * 400 + "*b", "?" * 900 + "*", "*" * 1_000])
def test_globs_grow_with_the_text_alone(glob: str) -> None:
    started = time.process_time()
    judgement = judge({1: pattern(glob, How.GLOB)}, [titled("a" * 1_000)] * 100)
    assert time.process_time() - started < 1.5
    assert judgement.stopped == {}
