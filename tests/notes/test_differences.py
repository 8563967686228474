"""What became of a text: lines and words that differ, and three texts in one."""

from hypothesis import given
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.notes.differences import Conflict, Hunk, Kind, Piece, differences, merged

texts = st.lists(st.sampled_from(["one", "two", "three", "four", "", "five six"]), max_size=12).map("\n".join)


def signs(hunks: list[Hunk]) -> list[str]:
    marks = {Kind.SAME: " ", Kind.REMOVED: "-", Kind.ADDED: "+"}
    return ["|".join(marks[line.kind] + line.text for line in hunk.lines) for hunk in hunks]


def test_equal_texts_do_not_differ() -> None:
    assert differences("a\nb", "a\nb") == []
    assert differences("", "") == []


def test_a_hunk_has_lines_around_what_differs() -> None:
    old = "\n".join("abcdefghijklmnopqrst")
    new = old.replace("j", "J").replace("t", "t\nu")
    assert signs(differences(old, new)) == [" g| h| i|-j|+J| k| l| m", " r| s| t|+u"]
    assert signs(differences(old, new, context=0)) == ["-j|+J", "+u"]
    assert signs(differences("\n".join("abcdefX"), "\n".join("abcdefY"))) == [" d| e| f|-X|+Y"]


def test_words_inside_a_changed_line() -> None:
    [hunk] = differences("The quick brown fox", "The quick red fox")
    removed, added = hunk.lines
    assert removed.pieces == (Piece("The quick ", False), Piece("brown", True), Piece(" fox", False))
    assert added.pieces == (Piece("The quick ", False), Piece("red", True), Piece(" fox", False))
    assert (removed.old_number, removed.new_number, added.old_number, added.new_number) == (1, None, None, 1)
    [hunk] = differences("Nothing alike here", "Wholly other words")
    assert hunk.lines[0].pieces == (Piece("Nothing alike here", True),)


@given(texts, texts)
def test_the_newer_text_can_be_told_from_all_lines(old: str, new: str) -> None:
    lines = [line for hunk in differences(old, new, context=1_000) for line in hunk.lines]
    if old != new:
        assert "\n".join(line.text for line in lines if line.kind is not Kind.REMOVED) == new
        assert "\n".join(line.text for line in lines if line.kind is not Kind.ADDED) == old


@given(texts, texts, st.integers(0, 3))
def test_each_hunk_differs_and_keeps_its_numbers(old: str, new: str, context: int) -> None:
    before, after = old.split("\n"), new.split("\n")
    for hunk in differences(old, new, context=context):
        assert any(line.kind is not Kind.SAME for line in hunk.lines)
        for line in hunk.lines:
            assert line.old_number is None or before[line.old_number - 1] == line.text
            assert line.new_number is None or after[line.new_number - 1] == line.text


def test_changes_in_different_places_come_together() -> None:
    merge = merged("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nd\ne\n")
    assert merge.text == "A\nb\nc\nd\ne\n"
    assert merge.conflicts == ()


def test_changes_in_one_place_are_a_conflict() -> None:
    merge = merged("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n")
    assert merge.text == "a\nmine\nc\n"
    assert merge.conflicts == (Conflict(2, 7, "b\n", "mine\n", "theirs\n"),)


@given(texts, texts)
def test_merging_with_an_unchanged_text_gives_the_other(base: str, changed: str) -> None:
    for merge in (merged(base, changed, base), merged(base, base, changed), merged(base, changed, changed)):
        assert merge.text == changed
        assert merge.conflicts == ()


@given(texts, texts, texts)
def test_mine_stands_in_each_conflict_and_theirs_may_take_its_place(base: str, mine: str, theirs: str) -> None:
    merge, turned = merged(base, mine, theirs), merged(base, theirs, mine)
    text = merge.text
    for conflict in reversed(merge.conflicts):
        assert text[conflict.start : conflict.end] == conflict.mine
        text = text[: conflict.start] + conflict.theirs + text[conflict.end :]
    assert text == turned.text


def test_a_megabyte_twice_is_soon_compared() -> None:
    old = "\n".join(f"Line {number} of a long note" for number in range(40_000))
    new = old.replace("7", "seven")
    with at_most(10):  # 4 to 5 on two cores
        assert differences(old, new)
        merged(old, new, old + "\nmore")
        differences("x" * 1_000_000, "y" * 1_000_000)
        differences("same\n" * 200_000, "same\n" * 100_000 + "other\n" * 60_000)
