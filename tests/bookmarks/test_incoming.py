"""What other apps share is understood, wherever they put the address."""

import time

import pytest

from trackeep.bookmarks.incoming import IncomingPage, first_address, incoming_page

PAGE = "https://example.org/a?b=1"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"url": PAGE, "title": "A"}, (PAGE, "A", "")),
        ({"url": PAGE, "title": "A", "text": "Words"}, (PAGE, "A", "Words")),
        ({"text": PAGE}, (PAGE, "", "")),
        ({"text": f"A nice page {PAGE}"}, (PAGE, "A nice page", "")),
        ({"text": f"{PAGE}\n\nFirst line\nsecond", "title": "A"}, (PAGE, "A", "First line\nsecond")),
        ({"title": PAGE}, (PAGE, "", "")),
        ({"title": "A", "text": f"See ({PAGE})."}, (PAGE, "A", "See ( ).")),
        ({"title": "A", "text": "no address"}, ("", "A", "no address")),
        ({"url": "javascript:alert(1)", "text": "x"}, ("", "", "x")),
        ({"url": "ftp://example.org", "text": PAGE}, (PAGE, "", "")),
        ({}, ("", "", "")),
    ],
)
def test_the_first_address_is_found(given: dict[str, str], found: tuple[str, str, str]) -> None:
    page = incoming_page(**{"title": "", "text": "", "url": "", **given})
    assert page == IncomingPage(*found)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Look: https://example.org/x, and more", "https://example.org/x"),
        ("https://en.example.org/wiki/Name_(word)", "https://en.example.org/wiki/Name_(word)"),
        ("(https://example.org/x)", "https://example.org/x"),
        ("“https://example.org/x”!", "https://example.org/x"),
        ("http:// https://example.org", "https://example.org"),
        ("https://", ""),
        ("", ""),
    ],
)
def test_marks_of_the_sentence_are_no_part_of_it(text: str, address: str) -> None:
    assert first_address(text) == address


@pytest.mark.parametrize(
    "text", ["http://a)" + ")" * 100_000, "http://  " * 20_000, "http://[" * 20_000, "a" * 100_000]
)
def test_hostile_texts_are_quick(text: str) -> None:
    started = time.process_time()
    incoming_page(title=text, text=text, url=text)
    assert time.process_time() - started < 0.5
