"""Duplicates: which are found, what merging makes, and that all of it can be taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.bookmarks.test_api import save
from tests.people import Browser, People
from tests.statements import counted
from trackeep.bookmarks import jobs, queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.highlights import Passage
from trackeep.bookmarks.queries import Likeness
from trackeep.core import ext
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.fetch import FetchDouble, Fetched
from trackeep.spaces import service as spaces

API = "/api/v1/bookmarks/duplicates"
OLD, NEW = datetime(2019, 5, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
def web() -> Iterator[FetchDouble]:
    before, double = ext.fetcher(), FetchDouble()
    ext.fetcher.bind(double)
    yield double
    ext.fetcher.bind(before)


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def groups(actor: Actor, likeness: Likeness) -> list[list[int]]:
    return [sorted(item.id for item in group.items) for group in queries.list_duplicates(actor, likeness).items]


def twins(actor: Actor, number: int, **parts: Any) -> list[int]:
    """Two likely ones."""
    return [
        save(actor, url=f"https://www.example.org/twin/{number}", title=f"Twin {number}", **parts),
        save(actor, url=f"https://m.example.org/twin/{number}", title=f"Twin {number}", **parts),
    ]


def test_what_a_page_says_of_itself_makes_duplicates_sure(alice: Actor, web: FetchDouble) -> None:
    saved = "https://example.org/a?view=print"
    web.page(saved, '<title>A</title><link rel="canonical" href="https://example.org/a">')
    short = "https://example.org/s/1x"
    web.answers[short] = Fetched("https://example.org/a", 200, {}, "text/html", None, b"<title>A</title>")
    ids = sorted([save(alice, url="https://example.org/a"), save(alice, url=saved), save(alice, url=short)])
    assert groups(alice, Likeness.SURE) == []

    for bookmark_id in ids[1:]:
        service.refetch_bookmark(alice, bookmark_id)
    service.note_fetch_turn(ids[1], datetime.now(UTC))
    jobs.fetch_metadata(bookmark_id=ids[1])
    service.note_fetch_turn(ids[2], datetime.now(UTC))
    jobs.fetch_metadata(bookmark_id=ids[2])

    assert groups(alice, Likeness.SURE) == [ids]
    assert groups(alice, Likeness.LIKELY) == []
    assert queries.duplicate_counts(alice).sure == 1


def test_an_edit_that_keeps_the_address_keeps_what_was_found_out(alice: Actor, web: FetchDouble) -> None:
    ids = twins(alice, 1)
    web.page("https://m.example.org/twin/1", '<link rel="canonical" href="https://www.example.org/twin/1"><title>T')
    jobs.fetch_metadata(bookmark_id=ids[1])
    sure = groups(alice, Likeness.SURE)
    version = queries.get_bookmark(alice, ids[1]).version
    service.edit_bookmark(alice, ids[1], Changes(url="https://m.example.org/twin/1", title="Mine"), version=version)
    assert groups(alice, Likeness.SURE) == sure == [ids]


def test_alike_addresses_are_likely_until_somebody_says_otherwise(alice: Actor) -> None:
    ids = twins(alice, 1)
    save(alice, 7)
    assert (groups(alice, Likeness.LIKELY), groups(alice, Likeness.SURE)) == ([ids], [])

    done = service.keep_apart(alice, ids)
    apart = groups(alice, Likeness.LIKELY)
    assert done.undo_id is not None
    service.undo_change(alice, done.undo_id)
    assert (apart, groups(alice, Likeness.LIKELY)) == ([], [ids])


def test_merging_joins_everything_shows_it_before_and_can_be_taken_back(browser: Browser, alice: Actor) -> None:
    space = alice.personal_space_id or 0
    kitchen, travel = (service.create_collection(alice, space, name=name) for name in ("Kitchen", "Travel"))
    first = save(
        alice, url="https://www.example.org/x", tags=["a"], notes="One", added_at=NEW, collection_ids=[kitchen]
    )
    other = save(
        alice,
        url="https://m.example.org/x",
        tags=["A", "b"],
        notes="Two",
        added_at=OLD,
        favourite=True,
        archived=True,
        shared=True,
        collection_ids=[travel],
    )
    before = [queries.get_bookmark(alice, each)._replace(version=0, updated_at=NEW) for each in (first, other)]
    wanted = {"ids": [first, other], "into": first}

    preview = browser.post(f"{API}/preview", json=wanted).get_json()
    done = browser.post(f"{API}/merge", json=wanted).get_json()
    merged = queries.get_bookmark(alice, first)
    trashed = queries.get_bookmarks(alice, [other])
    browser.post(f"/api/v1/bookmarks/undo/{done['undo_id']}")

    assert (merged.notes, merged.added_at, merged.favourite) == ("One\n\n---\n\nTwo", OLD, True)
    assert (merged.archived, merged.shared, trashed) == (False, False, {})
    assert [tag.name for tag in merged.tags] == ["a", "b"]
    assert sorted(merged.collection_ids) == [kitchen, travel]
    for name in ("title", "notes", "description", "unread", "favourite", "archived", "shared"):
        assert preview[name] == getattr(merged, name), name
    assert sorted(preview["tags"]) == [tag.name for tag in merged.tags]
    assert sorted(preview["collection_ids"]) == sorted(merged.collection_ids)
    assert datetime.fromisoformat(preview["added_at"]) == merged.added_at
    assert preview["trashed"] == [other]
    after = [queries.get_bookmark(alice, each)._replace(version=0, updated_at=NEW) for each in (first, other)]
    assert after == before


def test_one_that_gains_nothing_stays_as_it_is_and_comes_back_whole(alice: Actor) -> None:
    ids = twins(alice, 1, added_at=OLD)
    done = service.merge_bookmarks(alice, ids, into=ids[0])
    assert done.undo_id is not None
    service.undo_change(alice, done.undo_id)
    assert len(queries.list_bookmarks(alice, Filters(view=View.EVERYTHING)).items) == 2


def test_all_sure_ones_are_merged_in_one_step_and_back(browser: Browser, alice: Actor, web: FetchDouble) -> None:
    for number in range(3):
        ids = twins(alice, number)
        page = f"https://m.example.org/twin/{number}"
        web.page(page, f'<title>T</title><link rel="canonical" href="https://www.example.org/twin/{number}">')
        service.note_fetch_turn(ids[1], datetime.now(UTC))
        jobs.fetch_metadata(bookmark_id=ids[1])
    twins(alice, 9)

    done = browser.post(f"{API}/merge-sure", json={}).get_json()
    left = len(queries.list_bookmarks(alice, Filters(view=View.EVERYTHING)).items)
    browser.post(f"/api/v1/bookmarks/undo/{done['undo_id']}")

    assert (done["matched"], done["changed"], left) == (3, 3, 5)
    assert len(queries.list_bookmarks(alice, Filters(view=View.EVERYTHING)).items) == 8


def test_what_cannot_be_merged(alice: Actor, people: People) -> None:
    ids = twins(alice, 1)
    long = [save(alice, 50 + number, notes=f"{number}" * 150_000) for number in range(2)]
    with pytest.raises(Invalid):
        service.merge_bookmarks(alice, ids[:1], into=ids[0])
    with pytest.raises(Invalid):
        service.merge_bookmarks(alice, ids, into=save(alice, 3))
    with pytest.raises(Invalid):
        service.merge_bookmarks(alice, long, into=long[0])
    stranger = people.add("stranger")
    with pytest.raises(NotFound):
        service.merge_bookmarks(stranger, ids, into=ids[0])
    both = people.join("stranger", alice.personal_space_id or 0, Role.MEMBER)
    with pytest.raises(Invalid):
        service.merge_bookmarks(both, [ids[0], save(both, 4)], into=ids[0])


def test_groups_are_paged_by_a_constant_number_of_statements(alice: Actor) -> None:
    expected = [twins(alice, number) for number in range(7)]
    found: list[list[int]] = []
    numbers, cursor = set(), None
    for _page in range(4):
        with counted() as sent:
            page = queries.list_duplicates(alice, Likeness.LIKELY, cursor=cursor, limit=2)
        numbers.add(len(sent))
        found += [sorted(item.id for item in group.items) for group in page.items]
        cursor = page.next_cursor
    assert cursor is None
    assert found == list(reversed(expected))
    assert len(numbers) == 1


def test_the_page_shows_groups_and_the_result_of_another_choice(browser: Browser, alice: Actor) -> None:
    ids = twins(alice, 1, notes="<b>odd</b> & long " + "x" * 300)
    shown = browser.get("/bookmarks/duplicates?kind=likely").get_data(as_text=True)
    other = browser.get(f"/bookmarks/duplicates/preview?ids={ids[0]}&ids={ids[1]}&into={ids[1]}", partial=True)
    assert "twin-card" in shown
    assert "&lt;b&gt;odd" in shown
    assert f'value="{ids[1]}" checked' in other.get_data(as_text=True)


def test_undoing_a_merge_brings_no_highlight_to_another_space(alice: Actor) -> None:
    ids = twins(alice, 1)
    made = service.add_highlight(alice, ids[0], Passage(quote="Secret words"))
    done = service.merge_bookmarks(alice, ids, into=ids[1])
    team = spaces.create_team(alice, name="Together")
    alice = replace(alice, roles={**alice.roles, team: Role.OWNER})
    service.move_bookmarks(alice, [ids[1]], to_space=team)

    service.undo_change(alice, done.undo_id or 0)

    assert queries.highlights_of(alice, ids[0]) == []
    assert [each.item.id for each in queries.highlights_of(alice, ids[1])] == [made]


def test_highlights_go_with_a_merge_and_come_back_with_its_undo(alice: Actor) -> None:
    ids = twins(alice, 1)
    made = [service.add_highlight(alice, each, Passage(quote=f"Words of {each}")) for each in ids]

    done = service.merge_bookmarks(alice, ids, into=ids[0])
    assert {each.item.id for each in queries.highlights_of(alice, ids[0])} == set(made)

    service.undo_change(alice, done.undo_id or 0)
    assert [[each.item.id for each in queries.highlights_of(alice, one)] for one in ids] == [[made[0]], [made[1]]]
