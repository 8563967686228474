"""What stands before and behind a bookmark in a list."""

from datetime import timedelta

import pytest

from tests.bookmarks.reading import saved
from tests.factories.accounts import Person
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.core import clock
from trackeep.core.errors import NotFound


@pytest.fixture
def ids(alice: Person) -> list[int]:
    now = clock.now()
    return [
        saved(alice.actor, number, title=f"Title {number}", added_at=now - timedelta(days=number), unread=number != 1)
        for number in range(4)
    ]


def beside(person: Person, bookmark_id: int, filters: Filters, sort: Sort = Sort.NEWEST) -> tuple[int, int]:
    before, behind = queries.neighbours(person.actor, filters, sort, bookmark_id)
    return (before.id if before else 0, behind.id if behind else 0)


@pytest.mark.parametrize("sort", list(Sort))
def test_each_order_agrees_with_its_list(alice: Person, ids: list[int], sort: Sort) -> None:
    listed = [0, *(item.id for item in queries.list_bookmarks(alice.actor, Filters(), sort=sort).items), 0]

    for place, bookmark_id in enumerate(listed[1:-1], start=1):
        assert beside(alice, bookmark_id, Filters(), sort) == (listed[place - 1], listed[place + 1])


def test_the_filters_hold(alice: Person, ids: list[int]) -> None:
    assert beside(alice, ids[0], Filters(view=View.UNREAD)) == (0, ids[2])
    assert beside(alice, ids[0], Filters(text="title 3")) == (0, ids[3])
    assert beside(alice, ids[0], Filters(tag="none")) == (0, 0)


def test_what_has_left_the_list_still_has_its_place(alice: Person, ids: list[int]) -> None:
    service.mark_bookmarks(alice.actor, [ids[2]], Changes(archived=True))

    assert beside(alice, ids[2], Filters()) == (ids[1], ids[3])


def test_other_people_are_no_neighbours(alice: Person, bob: Person, ids: list[int]) -> None:
    shared = saved(bob.actor, 9, shared=True, added_at=clock.now() - timedelta(days=1, hours=1))

    assert beside(alice, shared, Filters()) == (ids[1], ids[2])
    assert beside(alice, ids[1], Filters()) == (ids[0], ids[2])
    with pytest.raises(NotFound):
        beside(alice, ids[1], Filters(space_id=bob.space_id))
