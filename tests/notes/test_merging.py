"""Three texts brought together, and what somebody chooses where both changed the same place."""

from hypothesis import given
from hypothesis import strategies as st

from trackeep.notes.differences import Origin, common, merged, regions
from trackeep.notes.merging import Choice, meeting, settled

texts = st.lists(st.sampled_from("abcde"), max_size=8).map("\n".join)
BASE = "one\ntwo\nthree\nfour\nfive\n"


def test_what_only_one_changed_goes_together() -> None:
    met = meeting(BASE, BASE.replace("two", "TWO"), BASE.replace("five", "FIVE"))
    assert (met.conflicts, met.joined, met.known) == (0, 2, True)
    assert settled(met, {}) == "one\nTWO\nthree\nfour\nFIVE\n"


def test_what_both_changed_is_chosen() -> None:
    met = meeting(BASE, BASE.replace("two", "mine"), BASE.replace("two", "theirs"))
    assert met.conflicts == 1
    assert settled(met, {0: Choice.MINE}) == BASE.replace("two", "mine")
    assert settled(met, {0: Choice.THEIRS}) == BASE.replace("two", "theirs")
    assert settled(met, {}) == BASE.replace("two", "theirs\nmine")


def test_without_line_ends_both_stay_apart() -> None:
    assert settled(meeting("a", "mine", "theirs"), {}) == "theirs\nmine"


def test_without_a_base_nothing_goes_away() -> None:
    met = meeting(None, "one\nmine\nthree", "one\ntheirs\nthree\nmore")
    assert not met.known
    assert set(settled(met, {}).split("\n")) == {"one", "mine", "theirs", "three", "more"}


@given(texts, texts, texts)
def test_regions_hold_all_three_texts(base: str, mine: str, theirs: str) -> None:
    parts = list(regions(base, mine, theirs))
    assert "".join(part.base for part in parts) == base
    assert "".join(part.mine for part in parts) == mine
    assert "".join(part.theirs for part in parts) == theirs
    assert "".join(part.text for part in parts) == merged(base, mine, theirs).text
    assert all(part.origin is not Origin.SAME or part.base == part.mine == part.theirs for part in parts)


@given(texts, texts)
def test_choosing_one_side_everywhere_gives_that_side(mine: str, theirs: str) -> None:
    met = meeting(None, mine, theirs)
    numbers = range(met.conflicts)
    for line in common(mine, theirs).split():
        assert line in settled(met, dict.fromkeys(numbers, Choice.MINE))
    both = settled(met, {})
    assert all(line in both for line in (*mine.split(), *theirs.split()))
