"""How long texts are to read."""

import pytest

from trackeep.bookmarks.metadata.length import words_and_minutes


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("", 0, 0),
        (" … — !", 0, 0),
        ("one", 1, 1),
        ("It's well-known: 3.14, not more", 5, 1),
        ("word " * 230, 230, 1),
        ("word " * 231, 231, 2),
        ("日本語", 2, 1),
        ("語" * 1_000, 500, 2),
        ("한국어 단어", 2, 1),
        ("مرحبا بالعالم", 2, 1),
        ("mixed 日本 words", 3, 1),
    ],
)
def test_words_and_minutes(text: str, words: int, minutes: int) -> None:
    assert words_and_minutes(text) == (words, minutes)
