"""The background fetch: what it fills in, what it leaves, how it waits its turn and tells why it failed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.accounts import Person
from trackeep.bookmarks import jobs, queries, service
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.core import clock, ext, versions
from trackeep.core.errors import Conflict
from trackeep.core.fetch import FetchDouble, Fetched
from trackeep.core.jobs import PassingFailure, Postponed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = """<html lang="en"><head><title>A page</title><meta name="description" content="What it is about">
<link rel="icon" href="/icon.png"></head><body><p>Some words to read.</p></body></html>"""


@pytest.fixture
def web() -> Iterator[FetchDouble]:
    before, double = ext.fetcher(), FetchDouble()
    ext.fetcher.bind(double)
    yield double
    ext.fetcher.bind(before)


def _save(person: Person, url: str, **parts: object) -> int:
    return service.save_bookmark(person.actor, space_id=person.space_id, draft=Draft(url=url, **parts))  # type: ignore[arg-type]  # parts are a draft's


def _item(person: Person, bookmark_id: int) -> BookmarkItem:
    return queries.get_bookmark(person.actor, bookmark_id)


def test_an_empty_title_is_filled_and_found(alice: Person, web: FetchDouble) -> None:
    web.page("https://example.org/a", PAGE)
    bookmark_id = _save(alice, "https://example.org/a")

    jobs.fetch_metadata(bookmark_id=bookmark_id)

    item = _item(alice, bookmark_id)
    assert (item.title, item.description, item.fetch_state) == ("A page", "What it is about", "done")
    found = queries.list_bookmarks(alice.actor, Filters(text="what about")).items
    assert [entry.id for entry in found] == [bookmark_id]


def test_what_a_person_wrote_stays(alice: Person, web: FetchDouble) -> None:
    web.page("https://example.org/a", PAGE)
    bookmark_id = _save(alice, "https://example.org/a", title="Mine", description="My words")

    jobs.fetch_metadata(bookmark_id=bookmark_id)

    item = _item(alice, bookmark_id)
    assert (item.title, item.description) == ("Mine", "My words")


def test_a_failure_is_shown_with_its_reason_and_can_be_tried_again(alice: Person, web: FetchDouble) -> None:
    web.answers["https://example.org/a"] = Fetched("https://example.org/a", 404)
    bookmark_id = _save(alice, "https://example.org/a")

    jobs.fetch_metadata(bookmark_id=bookmark_id)
    failed = _item(alice, bookmark_id)
    service.refetch_bookmark(alice.actor, bookmark_id)

    assert failed.fetch_state == "failed"
    assert "404" in (failed.fetch_error or "")
    assert _item(alice, bookmark_id).fetch_state == "pending"


def test_whoever_edits_meanwhile_meets_a_conflict_only_where_a_text_was_filled_in(
    alice: Person, web: FetchDouble
) -> None:
    web.answers["https://example.org/gone"] = Fetched("https://example.org/gone", 404)
    web.page("https://example.com/whole", PAGE)
    web.page("https://example.net/empty", PAGE)
    gone = _save(alice, "https://example.org/gone", title="Mine")
    whole = _save(alice, "https://example.com/whole", title="Mine", description="My words")
    empty = _save(alice, "https://example.net/empty")
    space = versions.space_scope(alice.space_id)
    before = versions.current_versions([space])[space]

    raised = [before]
    for bookmark_id in (gone, whole, empty):
        jobs.fetch_metadata(bookmark_id=bookmark_id)
        raised.append(versions.current_versions([space])[space])
    service.refetch_bookmark(alice.actor, gone)
    raised.append(versions.current_versions([space])[space])

    assert raised == sorted(set(raised)), "each one shows something new"
    for bookmark_id in (gone, whole):
        service.edit_bookmark(alice.actor, bookmark_id, Changes(title="Edited"), version=1)
    with pytest.raises(Conflict):
        service.edit_bookmark(alice.actor, empty, Changes(title="Edited"), version=1)


def test_a_failure_that_may_pass_is_raised_for_another_try(alice: Person, web: FetchDouble) -> None:
    web.answers["https://example.org/a"] = Fetched("https://example.org/a", 503)
    bookmark_id = _save(alice, "https://example.org/a")

    with pytest.raises(PassingFailure):
        jobs.fetch_metadata(bookmark_id=bookmark_id)

    assert _item(alice, bookmark_id).fetch_state == "failed"


def test_a_page_without_an_end_that_tells_nothing_has_failed_and_a_large_file_has_not(
    alice: Person, web: FetchDouble
) -> None:
    endless, book, long_page = (f"https://example.org/{name}" for name in ("endless", "book.pdf", "long"))
    web.answers[endless] = Fetched(endless, 200, content_type="text/html", body=b"x" * 900, truncated=True)
    web.answers[book] = Fetched(book, 200, content_type="application/pdf", body=b"%PDF" * 9, truncated=True)
    web.answers[long_page] = Fetched(long_page, 200, content_type="text/html", body=PAGE.encode(), truncated=True)
    ids = []
    for minute, url in enumerate((endless, book, long_page)):
        with clock.freeze(NOON + timedelta(minutes=minute)):
            ids.append(_save(alice, url))
            jobs.fetch_metadata(bookmark_id=ids[-1])

    assert [_item(alice, bookmark_id).fetch_state for bookmark_id in ids] == ["failed", "done", "done"]
    assert _item(alice, ids[0]).fetch_error == "The page does not end, and what was read of it has no title."


def test_an_address_with_a_password_is_not_visited(alice: Person, web: FetchDouble) -> None:
    bookmark_id = _save(alice, "https://me:secret@example.org/a")

    jobs.fetch_metadata(bookmark_id=bookmark_id)

    assert web.asked == []
    assert _item(alice, bookmark_id).fetch_state == "failed"


def test_pages_of_one_host_wait_for_their_turns(alice: Person, web: FetchDouble) -> None:
    ids = [_save(alice, f"https://example.org/{number}") for number in range(3)]
    for number in range(3):
        web.page(f"https://example.org/{number}", PAGE)

    with clock.freeze(NOON):
        jobs.fetch_metadata(bookmark_id=ids[0])
        waits = []
        for bookmark_id in ids[1:]:
            with pytest.raises(Postponed) as caught:
                jobs.fetch_metadata(bookmark_id=bookmark_id)
            waits.append(caught.value.seconds)
    with clock.freeze(NOON + timedelta(seconds=1)):
        jobs.fetch_metadata(bookmark_id=ids[1])
        with pytest.raises(Postponed):
            jobs.fetch_metadata(bookmark_id=ids[2])

    assert waits == [1.0, 2.0]
    assert [_item(alice, bookmark_id).fetch_state for bookmark_id in ids] == ["done", "done", "pending"]


def test_a_missed_turn_is_given_anew(alice: Person, web: FetchDouble) -> None:
    ids = [_save(alice, f"https://example.org/{number}") for number in range(3)]
    for number in range(3):
        web.page(f"https://example.org/{number}", PAGE)
    with clock.freeze(NOON):
        for bookmark_id in ids[1:]:
            jobs.fetch_metadata(bookmark_id=ids[0])
            with pytest.raises(Postponed):
                jobs.fetch_metadata(bookmark_id=bookmark_id)

    with clock.freeze(NOON + timedelta(hours=1)):
        jobs.fetch_metadata(bookmark_id=ids[1])
        with pytest.raises(Postponed):
            jobs.fetch_metadata(bookmark_id=ids[2])
