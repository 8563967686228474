"""However a list is looked up (from few candidates, row by row, among all that was gathered), it shows the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests import listing_ways
from tests.factories.accounts import Person
from trackeep.bookmarks import queries
from trackeep.bookmarks.drafts import Draft, Quote
from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.bookmarks.queries import conditions, lists
from trackeep.bookmarks.service.saving import save_many
from trackeep.spaces import service as spaces

COUNT = 60
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Wanted = Callable[[int], bool]
LISTS: dict[str, tuple[Filters, Wanted]] = {
    "word": (Filters(text="third"), lambda n: n % 3 == 0),
    "beginning": (Filters(text="thi"), lambda n: n % 3 == 0),
    "tag": (Filters(tag="fourth"), lambda n: n % 4 == 0),
    "word and tag": (Filters(text="third", tag="fourth"), lambda n: n % 12 == 0),
    "rare word and tag": (Filters(text="rare", tag="fourth"), lambda n: n == 4),
    "word in another view": (Filters(text="third", view=View.UNREAD), lambda n: n % 3 == 0 and n % 2 == 0),
    "older word": (Filters(text="older"), lambda n: n < 20),
    "word of a highlight": (Filters(text="fifth"), lambda n: n % 5 == 0),
    "word of a page or of its highlight": (Filters(text="olde"), lambda n: n < 20 or n % 10 == 0),
    "nothing": (Filters(text="third nowhere"), lambda n: False),
}


@pytest.fixture
def library(alice: Person) -> dict[int, int]:
    """Bookmarks in two spaces by turns of ten, so that one space has the newest: id to number, larger is newer."""
    places = [alice.space_id, spaces.create_team(alice.actor, name="Reading group")]
    found: dict[int, int] = {}
    for place, space_id in enumerate(places):
        numbers = [number for number in range(COUNT) if number // 10 % 2 == place]
        ids = save_many(alice.actor, space_id=space_id, drafts=[_draft(n) for n in numbers], fetch=False)
        found |= dict(zip(ids, numbers, strict=True))
    return found


def _draft(number: int) -> Draft:
    words = {"third": number % 3 == 0, "rare": number in (4, 5), "older": number < 20}
    title = " ".join(["page", *(word for word, said in words.items() if said)])
    return Draft(
        url=f"https://example.org/{number}",
        title=title,
        tags=("fourth",) if number % 4 == 0 else (),
        unread=number % 2 == 0,
        added_at=NOON + timedelta(minutes=number),
        highlights=_quotes(number),
    )


def _quotes(number: int) -> list[Quote]:
    words = {"fifth": number % 5 == 0, "olden": number % 10 == 0}
    return [Quote(text=f"{word} words") for word, said in words.items() if said]


@pytest.mark.parametrize("way", listing_ways.WAYS)
@pytest.mark.parametrize("name", LISTS)
def test_pages_hold_what_the_filter_lets_through_in_order(
    alice: Person, library: dict[int, int], name: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing_ways.take(way, monkeypatch, (conditions, lists))
    filters, wanted = LISTS[name]
    expected = [number for number in reversed(range(COUNT)) if wanted(number)]

    shown: list[int] = []
    cursor = None
    for page_number in range(COUNT):
        page = queries.list_bookmarks(alice.actor, filters, cursor=cursor, limit=4, with_total=page_number == 0)
        assert page.total in (None, len(expected)) or page_number
        shown += [library[item.id] for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert shown == expected
    assert sorted(library[found] for found in queries.matching_ids(alice.actor, filters)) == sorted(expected)
    assert lists.matching_page(alice.actor, filters, 4) == _ids_of(library, expected[:4])


def _ids_of(library: dict[int, int], numbers: list[int]) -> list[int]:
    ids = {number: object_id for object_id, number in library.items()}
    return [ids[number] for number in numbers]


@pytest.mark.parametrize("sort", [Sort.OLDEST, Sort.TITLE, Sort.SITE])
def test_other_orders_agree_too(
    alice: Person, library: dict[int, int], sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters = Filters(text="third")
    plain = [item.id for item in queries.list_bookmarks(alice.actor, filters, sort=sort, limit=100).items]
    for way in listing_ways.WAYS:
        listing_ways.take(way, monkeypatch, (conditions, lists))
        assert [item.id for item in queries.list_bookmarks(alice.actor, filters, sort=sort, limit=100).items] == plain
    assert len(plain) == COUNT / 3


def test_nothing_is_counted_in_a_space_of_others(alice: Person, bob: Person) -> None:
    save_many(alice.actor, space_id=alice.space_id, drafts=[_draft(1)], fetch=False)
    assert queries.count_view(alice.actor, View.EVERYTHING, alice.space_id) == 1
    assert queries.count_view(bob.actor, View.EVERYTHING, alice.space_id) == 0
