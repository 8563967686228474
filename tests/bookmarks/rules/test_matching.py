"""What meets a condition and what does not, and what cannot be said yet."""

import pytest

from trackeep.bookmarks.rules import (
    Actions,
    BadPattern,
    Condition,
    Definition,
    Field,
    How,
    Join,
    Matcher,
    Subject,
    matcher_of,
    pattern_complaint,
)


def subject(title: str = "", **parts: object) -> Subject:
    texts = {"url": "https://Example.org/Rezepte/Brot", "site": "example.org", "description": "", "notes": ""}
    return Subject(title=title, **{**texts, **parts})  # type: ignore[arg-type]  # parts are a subject's


def matcher(*conditions: Condition, join: Join = Join.ALL) -> Matcher:
    return matcher_of(Definition(join, conditions, Actions(favourite=True)))


@pytest.mark.parametrize(
    ("how", "value", "title", "expected"),
    [
        (How.CONTAINS, "creme", "Crème brûlée", True),
        (How.CONTAINS, "BRÛLÉE", "creme brulee", True),
        (How.CONTAINS, "brulees", "creme brulee", False),
        (How.STARTS, "  crème", "CREME fraiche", True),
        (How.STARTS, "fraiche", "creme fraiche", False),
        (How.ENDS, "FRAÎCHE", "creme fraiche", True),
        (How.EQUALS, "straße", "STRASSE", True),
        (How.EQUALS, "strasse 1", "strasse", False),
        (How.GLOB, "*Recipe*", "A récipe for bread", True),
        (How.GLOB, "a ?ecipe*", "A recipe", True),
        (How.GLOB, "recipe", "A recipe", False),
        (How.GLOB, "*a*a*b", "aaab", True),
        (How.GLOB, "a*a", "a", False),
        (How.GLOB, "[x].*", "[x].y", True),
        (How.GLOB, "[x].*", "xzy", False),
        (How.GLOB, "*", "", True),
        (How.REGEX, r"\bv\d+\.\d+", "Release V1.2", True),
        (How.REGEX, r"^release$", "Release V1.2", False),
    ],
)
def test_how_values_are_compared(how: How, value: str, title: str, expected: bool) -> None:
    assert matcher(Condition(Field.TITLE, how, value)).matches(subject(title)) is expected
    assert matcher(Condition(Field.TITLE, how, value, negated=True)).matches(subject(title)) is not expected


def test_all_and_any() -> None:
    yes, no = Condition(Field.SITE, How.EQUALS, "example.org"), Condition(Field.TITLE, How.CONTAINS, "nowhere")
    assert not matcher(yes, no).matches(subject("x"))
    assert matcher(yes, no, join=Join.ANY).matches(subject("x"))


def test_the_text_is_all_words_of_a_bookmark() -> None:
    words = Condition(Field.TEXT, How.CONTAINS, "sourdough")
    for parts in ({"notes": "Sourdough!"}, {"description": "a sourdough"}, {"article": "so sourdough it is"}):
        assert matcher(words).matches(subject("", **parts))
    assert not matcher(words).matches(subject("bread"))


def test_what_is_not_known_yet_is_not_said_to_be_missing() -> None:
    without = Condition(Field.TITLE, How.CONTAINS, "bread", negated=True)
    assert matcher(without).matches(subject("", unknown=()))
    assert not matcher(without).matches(subject("", unknown=[Field.TITLE]))


@pytest.mark.parametrize("pattern", ["(", "[a", "(?P<n>", "\\", "*"])
def test_a_pattern_that_cannot_be_read_is_told(pattern: str) -> None:
    condition = Condition(Field.TITLE, How.REGEX, pattern)
    assert pattern_complaint(condition)
    with pytest.raises(BadPattern, match=r".+"):
        matcher(condition)
