"""Which addresses are taken for the same page, and which are not."""

import pytest

from trackeep.bookmarks.sameness import is_safe_move, is_same_page, loose_key, page_key
from trackeep.bookmarks.urls import url_key

PAGE = "https://example.org/2026/11/a-page"
LOOSE_SAME = (
    ("https://www.example.org/a", "http://example.org/a/"),
    ("https://m.example.org/a", "https://example.org/a"),
    ("https://en.m.wikipedia.org/wiki/Page", "https://en.wikipedia.org/wiki/Page"),
    ("https://amp.example.org/a", "https://www.example.org/a"),
    ("https://example.org/a/amp/", "https://example.org/a"),
    ("https://example.org/amp/a", "https://example.org/a"),
    ("https://example.org/a?amp=1", "https://example.org/a"),
    ("https://example.org/docs/index.html", "https://example.org/docs/"),
    ("https://example.org/a;jsessionid=1A2B3C", "https://example.org/a"),
    ("https://example.org/a?x=1&PHPSESSID=abc", "https://example.org/a?x=1"),
    ("https://example.org/a?utm_source=x", "https://example.org/a"),
)
LOOSE_OTHER = (
    ("https://example.org/a", "https://example.org/b"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/#!/inbox", "https://example.org/#!/sent"),
    ("https://example.org/#/users/7", "https://example.org/#/users/8"),
    ("https://mail.example.org/", "https://example.org/"),
    ("https://example.org:8443/a", "https://example.org/a"),
    ("https://m.org/a", "https://org/a"),
    ("https://example.org/amplifier", "https://example.org/lifier"),
)


@pytest.mark.parametrize(("one", "other"), LOOSE_SAME)
def test_addresses_of_one_page_look_alike(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(("one", "other"), LOOSE_OTHER)
def test_addresses_of_different_pages_do_not(one: str, other: str) -> None:
    assert loose_key(one) != loose_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://Example.ORG/a", "https://example.org/a"),
        ("https://example.org:443/a/", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&fbclid=y&b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a#section-2", "https://example.org/a"),
    ],
)
def test_the_strict_key_forgets_what_never_matters(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize("fragment", ["#!/inbox", "#/users/7"])
def test_the_strict_key_keeps_the_routes_of_applications(fragment: str) -> None:
    assert url_key(f"https://example.org/{fragment}") != url_key("https://example.org/")


def test_a_page_goes_by_its_own_word_then_by_where_it_is_found() -> None:
    assert page_key(PAGE, canonical_url=f"{PAGE}-canonical") == url_key(f"{PAGE}-canonical")
    assert page_key(PAGE, final_url=f"{PAGE}-moved") == url_key(f"{PAGE}-moved")
    assert page_key(PAGE, final_url=f"{PAGE}-moved", canonical_url=f"{PAGE}-c") == url_key(f"{PAGE}-c")
    assert page_key(PAGE) == url_key(PAGE)


@pytest.mark.parametrize(
    "named",
    [
        "https://example.org/",
        "https://example.org/login?next=/2026",
        "https://example.org/404",
        "https://another.example.com/a-page",
        "https://[broken",
    ],
)
def test_a_word_that_sends_everything_to_one_place_is_not_believed(named: str) -> None:
    assert page_key(PAGE, canonical_url=named, final_url=named) == url_key(PAGE)
    assert not is_same_page(PAGE, named)


def test_an_address_that_lost_what_chooses_the_page_is_not_believed() -> None:
    assert not is_same_page("https://example.org/topic.php?id=5", "https://example.org/topic.php")
    assert not is_same_page("https://example.org/list?page=2", "https://example.org/list")
    assert not is_same_page("https://example.org/read?an-article", "https://example.org/read")
    assert is_same_page("https://example.org/?p=5", "https://example.org/a-page")
    assert is_same_page("https://example.org/a?view=print&share=mail", "https://example.org/a")
    assert is_same_page("https://example.org/a?id=5&view=print", "https://example.org/a?id=5")


def test_a_move_to_a_front_door_is_not_safe_and_one_to_another_site_is() -> None:
    assert not is_safe_move(PAGE, "https://example.org/")
    assert not is_safe_move(PAGE, "https://example.com/sign-in")
    assert is_safe_move(PAGE, "https://example.com/a-page")
    assert is_safe_move("http://example.org/", "https://example.com/")
