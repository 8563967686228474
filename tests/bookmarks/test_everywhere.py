"""The page that tells of the ways in, and the packed extension."""

from pathlib import Path

import pytest
from apiflask import APIFlask

from tests.people import Browser, People
from trackeep.bookmarks.views import everywhere


@pytest.fixture
def browser(people: People) -> Browser:
    people.add("alice")
    return people.browser("alice")


def test_the_page_has_the_addresses_of_this_instance(browser: Browser) -> None:
    page = browser.get("/bookmarks/everywhere").text

    assert "javascript:(()" in page
    assert 'href="javascript:' not in page
    assert "http://localhost/bookmarks/window" in page
    assert "http://localhost/bookmarks?view=everything&amp;text=%s" in page
    assert "This needs HTTPS" not in page


def test_without_https_it_says_so(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everywhere, "NEAR", ())
    assert "This needs HTTPS" in browser.get("/bookmarks/everywhere").text


@pytest.mark.parametrize("origin", ["chrome-extension://abcdefghijklmnop", "moz-extension://0a-1b", "null"])
def test_an_extension_is_not_taken_for_a_forger(app: APIFlask, people: People, origin: str) -> None:
    people.add("alice")
    sent = {**people.holder("alice", "bookmarks:write"), "Origin": origin, "Sec-Fetch-Site": "cross-site"}

    answer = app.test_client().post("/api/v1/bookmarks", json={"url": "https://example.org/a"}, headers=sent)

    assert answer.status_code == 201
    assert "Access-Control-Allow-Origin" not in answer.headers, "pages of other sites still read nothing"


def test_the_packed_extension_is_offered_where_there_is_one(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everywhere, "PACKED", tmp_path / "extension.zip")
    assert browser.get("/bookmarks/everywhere/extension").status_code == 404
    assert "make extension" in browser.get("/bookmarks/everywhere").text
    (tmp_path / "extension.zip").write_bytes(b"PK")

    answer = browser.get("/bookmarks/everywhere/extension")

    assert answer.data == b"PK"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "/bookmarks/everywhere/extension" in browser.get("/bookmarks/everywhere").text
