"""The allow list: links, pictures, headings, depth."""

import pytest

from trackeep.bookmarks.articles.cleaning import clean
from trackeep.bookmarks.articles.pictures import MOST

URL = "https://example.org/stories/one.html"


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("two.html", "https://example.org/stories/two.html"),
        ("/top", "https://example.org/top"),
        ("//cdn.example.net/x", "https://cdn.example.net/x"),
        ("?page=2", "https://example.org/stories/one.html?page=2"),
        ("https://other.example/#part", "https://other.example/#part"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
    ],
)
def test_links_are_absolute_and_harmless(reference: str, address: str) -> None:
    assert clean(f'<p><a href="{reference}">words</a></p>', URL).html == (
        f'<p><a href="{address}" rel="nofollow noopener noreferrer">words</a></p>'
    )


@pytest.mark.parametrize(
    "reference",
    ["#notes", "", "javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "http://[x", "file:///etc/passwd"],
)
def test_what_cannot_be_followed_is_text(reference: str) -> None:
    assert clean(f'<p><a href="{reference}">words</a></p>', URL).html == "<p>words</p>"


def test_the_page_says_where_its_links_start() -> None:
    assert 'href="https://example.org/deep/two"' in clean('<p><a href="two">x</a></p>', URL, "/deep/").html


def test_pictures_are_numbered_places() -> None:
    found = clean(
        '<img src="a.png" alt="A"><img src="data:image/gif;base64,x" data-src="/b.png"><img src="a.png">'
        '<img srcset="s.png 1x, l.png 2x" src="s.png"><img alt="nothing">',
        URL,
    )

    assert found.pictures == (
        "https://example.org/stories/a.png",
        "https://example.org/b.png",
        "https://example.org/stories/l.png",
    )
    assert found.html == (
        '<img src="picture:0" alt="A"><img src="picture:1"><img src="picture:0"><img src="picture:2">'
    )


def test_no_more_pictures_than_are_fetched() -> None:
    found = clean("".join(f'<img src="{number}.png">' for number in range(MOST + 5)), URL)

    assert len(found.pictures) == MOST
    assert found.html.count("<img") == MOST


def test_headings_stand_below_the_title() -> None:
    assert clean("<h1>Other</h1><p>x</p>", URL, title="Mine").html == "<h2>Other</h2><p>x</p>"
    assert clean("<h1>Mine!</h1><p>x</p>", URL, title="Mine").html == "<p>x</p>"


def test_a_depth_that_no_text_has_is_made_flat() -> None:
    assert clean("<div>" * 200 + "one<p>two</p>" + "</div>" * 200, URL).html == "<p>one</p><p>two</p>"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('<td colspan="2" onclick="x">a</td>', '<td colspan="2">a</td>'),
        ('<td colspan="999999">a</td>', "<td>a</td>"),
        ('<p dir="rtl" lang="ar" style="color:red" class="x" id="y">a</p>', '<p dir="rtl" lang="ar">a</p>'),
        ('<p dir="evil">a</p>', "<p>a</p>"),
        ('<code class="language-c++">a</code>', '<code class="language-c++">a</code>'),
        ('<code class="btn">a</code>', "<code>a</code>"),
        ('<time datetime="2026-11-27">a</time>', '<time datetime="2026-11-27">a</time>'),
        ("<custom-thing>a</custom-thing>", "a"),
        ("<video src=x>gone</video>kept", "kept"),
    ],
)
def test_attributes_and_tags(given: str, kept: str) -> None:
    wrapped = f"<table><tbody><tr>{given}</tr></tbody></table>" if given.startswith("<td") else given

    assert kept in clean(wrapped, URL).html


def test_nothing_is_nothing() -> None:
    assert clean("  ", URL).html == ""
