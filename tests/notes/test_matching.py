"""What two sequences have in common: always in order, all that a small comparison finds, and soon for large ones."""

import random
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.notes.matching import Match, matches

lines = st.lists(st.sampled_from("abcdef"), max_size=14)


@given(lines, lines)
def test_matches_are_common_and_in_order(old: list[str], new: list[str]) -> None:
    at = place = 0
    for match in matches(old, new):
        assert match.old >= at
        assert match.new >= place
        assert old[match.old : match.old + match.size] == new[match.new : match.new + match.size]
        at, place = match.old + match.size, match.new + match.size


def test_what_is_unique_holds_the_rest_together() -> None:
    assert matches(list("xAyB"), list("AzB")) == [Match(1, 0, 1), Match(3, 2, 1)]
    assert matches(list("abc"), list("abc")) == [Match(0, 0, 3)]
    assert matches([], list("abc")) == []


@given(lines, lines)
def test_no_shorter_than_what_difflib_finds_by_half(old: list[str], new: list[str]) -> None:
    """Patience may prefer what is unique to what is longest, but it loses nothing when one text was only added to."""
    grown = [*old[: len(old) // 2], *new, *old[len(old) // 2 :]]
    found = sum(match.size for match in matches(old, grown))
    expected = sum(block.size for block in SequenceMatcher(None, old, grown, autojunk=False).get_matching_blocks())
    assert found * 2 >= expected


WORST = {
    "all equal": (["x"] * 40_000, ["x"] * 39_000),
    "two kinds": (["a", "b"] * 20_000, ["b", "a", "a"] * 13_000),
    "turned round": ([str(number) for number in range(30_000)], [str(number) for number in range(30_000, 0, -1)]),
    "shuffled": (
        random.Random(1).sample([str(number) for number in range(30_000)], 30_000),
        [str(number) for number in range(30_000)],
    ),
    "few words": (random.Random(2).choices("abcdefgh", k=30_000), random.Random(3).choices("abcdefgh", k=30_000)),
}


@pytest.mark.parametrize(("old", "new"), WORST.values(), ids=WORST.keys())
def test_large_ones_are_bounded(old: list[str], new: list[str]) -> None:
    with at_most(2):
        matches(old, new)
