"""Pages of 5 MB that mean harm, through the child process: bounded in time, and the next page is read all the same."""

import time
from collections.abc import Iterator

import pytest

from tests.bookmarks.articles.pages import WORDS, rich_page
from trackeep.bookmarks import extracting
from trackeep.core.isolation import ChildError, Isolated

SIZE = 5 * 1024 * 1024
DEADLINE = 4.0
URL = "https://example.org/"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def child() -> Iterator[Isolated]:
    name = "trackeep.bookmarks.articles.extraction:extract"
    isolated = Isolated(name, deadline=DEADLINE, memory_mib=extracting.MEMORY_MIB)
    yield isolated
    isolated.close()


@pytest.mark.parametrize(
    "part",
    [
        "<div>",
        "<b>",
        "<p>",
        "<p>a, b</p>",
        "<a href=x>a</a>",
        f"<td>{WORDS}",
        "<ul><li>a",
        '<img src="x">',
        "<p onclick='alert(1)' style=x:y width=1 height=2>word</p>",
        "<!--",
        "<",
        "&#x41;",
        "</div>",
        '<a href="',
    ],
)
def test_a_page_that_means_harm_is_bounded(child: Isolated, part: str) -> None:
    source = f"<html><body><p>{WORDS}</p>" + part * (SIZE // len(part))
    began = time.monotonic()
    try:
        found = child.call(source, URL, False)
    except ChildError:
        found = None

    assert time.monotonic() - began < DEADLINE + 4
    if found is not None:
        assert found["lack"] or found["html"]
    assert "Its history" in child.call(rich_page(), URL, False)["html"]
