"""Copies at the web archive: nothing is asked unasked, odd answers are told, the copy can take the page's place."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.bookmarks.test_api import save
from tests.core.fetch.servers import answer, serving
from tests.people import Browser, People
from trackeep.bookmarks import jobs, queries, service, webarchive
from trackeep.bookmarks.errors import ArchiveOff
from trackeep.core import clock, ext
from trackeep.core.actor import Actor
from trackeep.core.fetch import FetchDouble, Fetched, Fetcher, FetchError
from trackeep.core.jobs import PassingFailure

BASE = "https://archive.example.com"
COPY = f"{BASE}/web/20200102030405/https://example.org/1"


@pytest.fixture
def web() -> Iterator[FetchDouble]:
    before, double = ext.fetcher(), FetchDouble()
    ext.fetcher.bind(double)
    ext.settings.bind(replace(ext.settings(), web_archive_url=BASE))
    yield double
    ext.fetcher.bind(before)


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def says(web: FetchDouble, document: object) -> None:
    """Whatever the archive is asked, it answers this."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()

    class Answers(dict[str, Any]):
        def get(self, key: str, default: object = None) -> Any:
            return Fetched(key, 200, {}, "application/json", None, body)

    web.answers = Answers()


def found(url: str, **parts: object) -> dict[str, object]:
    return {"archived_snapshots": {"closest": {"available": True, "url": url, "status": "200", **parts}}}


def test_a_copy_is_found_kept_and_shown(alice: Actor, browser: Browser, web: FetchDouble) -> None:
    bookmark_id = save(alice, 1)
    assert web.asked == []
    assert browser.post(f"/api/v1/bookmarks/{bookmark_id}/archived/find").get_json()["state"] == "looking"
    says(web, found("http://elsewhere.example/web/20200102030405/https://example.org/1"))
    jobs.find_archived(bookmark_id=bookmark_id)

    copy = queries.archived_of(bookmark_id)
    assert copy is not None
    assert (copy.state, copy.url, copy.source) == ("found", COPY, "lookup")
    assert [asked.url.partition("&")[0] for asked in web.asked] == [
        f"{BASE}/wayback/available?url=https%3A%2F%2Fexample.org%2F1"
    ]
    assert COPY in browser.get(f"/bookmarks/{bookmark_id}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("document", "state"),
    [
        ({"archived_snapshots": {}}, "none"),
        (found(COPY, available=False), "none"),
        (found(COPY, status="404"), "none"),
        (found("https://archive.example.com/evil"), "failed"),
        (found("javascript:alert(1)"), "failed"),
        (found(f"{BASE}/web/99999999999999/x"), "failed"),
        (b"not json", "failed"),
        (b"[1]", "failed"),
        ({"archived_snapshots": {"closest": [1]}}, "failed"),
        (b'{"archived_snapshots": "' + b"x" * 100_000, "failed"),
    ],
)
def test_odd_answers_are_told_and_break_nothing(alice: Actor, web: FetchDouble, document: object, state: str) -> None:
    bookmark_id = save(alice, 1)
    service.find_archived(alice, bookmark_id)
    says(web, document)
    try:
        jobs.find_archived(bookmark_id=bookmark_id)
    except PassingFailure:
        assert state == "failed"
    copy = queries.archived_of(bookmark_id)
    assert copy is not None
    assert copy.state == state
    assert bool(copy.error) is (state == "failed")


def test_a_copy_is_taken_on_demand_and_its_place_is_kept(alice: Actor, web: FetchDouble) -> None:
    bookmark_id = save(alice, 1)
    service.keep_at_archive(alice, bookmark_id)
    web.answers[f"{BASE}/save/https://example.org/1"] = Fetched(COPY, 200)
    jobs.submit_to_archive(bookmark_id=bookmark_id)
    copy = queries.archived_of(bookmark_id)
    assert copy is not None
    assert (copy.state, copy.url, copy.source) == ("found", COPY, "submission")


def test_the_copy_takes_the_place_of_the_page_and_gives_it_back(
    alice: Actor, browser: Browser, web: FetchDouble
) -> None:
    bookmark_id = save(alice, 1, notes="Mine")
    service.find_archived(alice, bookmark_id)
    service.note_archived(bookmark_id, webarchive.Snapshot(COPY, clock.now()), source="lookup")
    done = browser.post(f"/api/v1/bookmarks/{bookmark_id}/archived/use").get_json()
    item = queries.get_bookmark(alice, bookmark_id)
    service.undo_change(alice, done["undo_id"])
    before = queries.get_bookmark(alice, bookmark_id)
    assert (item.url, item.notes) == (COPY, "Mine\n\nhttps://example.org/1")
    assert (before.url, before.notes) == ("https://example.org/1", "Mine")


@pytest.mark.parametrize(
    "url", ["https://me:secret@example.org/", "http://nas/", "http://192.168.1.7/", "http://a.lan/"]
)
def test_what_is_private_is_told_nobody(alice: Actor, web: FetchDouble, url: str) -> None:
    bookmark_id = save(alice, url=url)
    service.find_archived(alice, bookmark_id)
    jobs.find_archived(bookmark_id=bookmark_id)
    copy = queries.archived_of(bookmark_id)
    assert copy is not None
    assert (copy.state, web.asked) == ("failed", [])


def test_without_an_archive_nothing_is_offered_and_nothing_asked(
    alice: Actor, browser: Browser, web: FetchDouble
) -> None:
    ext.settings.bind(replace(ext.settings(), web_archive_url=""))
    bookmark_id = save(alice, 1)
    with pytest.raises(ArchiveOff):
        service.find_archived(alice, bookmark_id)
    assert browser.post(f"/api/v1/bookmarks/{bookmark_id}/archived/save").status_code == 409
    assert "/archived/" not in browser.get(f"/bookmarks/{bookmark_id}").get_data(as_text=True)


def test_a_real_server_that_redirects_to_the_copy_drips_or_never_ends(
    alice: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webarchive, "SUBMIT_SECONDS", 1.0)

    def archive(stream: Any, path: str, stopped: Any) -> None:
        if path.startswith("/save/https://example.org/drip"):
            stream.sendall(b"HTTP/1.1 200 OK\r\n")
            while not stopped.wait(0.05):
                stream.sendall(b"X-Drip: 1\r\n")
        elif path.startswith("/save/"):
            stream.sendall(answer(b"", "302 Found", location="/web/20200102030405/https://example.org/1"))
        else:
            stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 3_000_000)

    before = ext.fetcher()
    ext.fetcher.bind(Fetcher(allow=["127.0.0.0/8"]))
    try:
        with serving(archive) as server:
            ext.settings.bind(replace(ext.settings(), web_archive_url=server.url().rstrip("/")))
            taken = webarchive.submit("https://example.org/1")
            assert taken.url.endswith("/web/20200102030405/https://example.org/1")
            with pytest.raises(FetchError):
                webarchive.submit("https://example.org/drip")
            with pytest.raises(FetchError):
                webarchive.look_up("https://example.org/1", near=clock.now())
    finally:
        ext.fetcher.bind(before)
