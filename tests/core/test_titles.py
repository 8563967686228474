"""Titles that show something."""

import pytest

from trackeep.core.titles import one_line


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200b", "\u200d\u2060\ufeff", "\u202e\u200f", "\u3164", "\u2800 \u00ad"]
)
def test_what_shows_nothing_is_no_title(text: str) -> None:
    assert one_line(text) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [(" a \n b ", "a b"), ("\u200bx", "\u200bx"), ("👩\u200d👩", "👩\u200d👩"), ("-", "-"), ("\ue000", "\ue000")],
)
def test_what_shows_something_stays_as_it_is(text: str, line: str) -> None:
    assert one_line(text) == line
