"""Expressions that would fill the memory while they are made ready are refused before, and fast."""

import time

import pytest

from trackeep.bookmarks.rules import Condition, Field, How
from trackeep.bookmarks.rules.matching import pattern_complaint
from trackeep.bookmarks.rules.patterns import LARGEST, TooLarge, check_size


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:ab){1000000}",
        "(?:ab){100000000}",
        "((((a{1,60000}){1,60000}){1,60000}){1,60000}){60000}b",
        "((a{99}){99}){99}",
        "((a{,99}){,99}){,99}",
        "(a{9000,})",
        "a{100}{100}",
        r"(?:\{a{99}){99}",
        r"(?:[]{]a{99}){99}",
        r"(?:[^]\]{]a{99}){99}",
        r"(?:\p{L}{99}){99}",
        "(?x)(ab) {100000}",
        "(?V1)[[a]{9}]",
        "(" * 400 + "a" + "){9}" * 400,
    ],
)
def test_what_grows_is_refused(pattern: str) -> None:
    started = time.process_time()
    with pytest.raises(TooLarge):
        check_size(pattern)
    assert pattern_complaint(Condition(Field.TITLE, How.REGEX, pattern))
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(
    "pattern",
    [
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        r"^\d{4}-\d{2}-\d{2}$",
        r"(foo|bar){2,5}\s+[^\]{}]{1,200}",
        "a{b}",
        "{",
        r"\{99999\}",
        "[{99999}]",
        f"a{{{LARGEST}}}",
        ")a(",
        "",
    ],
)
def test_what_people_write_is_taken(pattern: str) -> None:
    check_size(pattern)
