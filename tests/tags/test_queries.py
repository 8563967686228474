"""Reads of tags: order, spaces, and the number of queries and the time of a space with 5,000 tags."""

import time
from collections.abc import Callable

import pytest

from tests.factories.accounts import Person
from tests.statements import counted
from trackeep.core.actor import Role
from trackeep.core.errors import NotFound
from trackeep.spaces import service as spaces
from trackeep.tags import queries, service

MANY = 5_000
# The aim is a tenth of a second for a whole page; a loaded machine is given room, a scan in Python is not.
GENEROUS_SECONDS = 0.15


@pytest.fixture
def team(alice: Person, bob: Person) -> int:
    space_id = spaces.create_team(alice.actor, name="Team")
    spaces.add_member(alice.actor, space_id, user_id=bob.id, role=Role.VIEWER)
    service.ensure_tags(alice.actor, space_id, ["art/new", "shared"])
    service.ensure_tags(alice.actor, alice.space_id, ["art", "art/old", "art-deco", "Ärger"])
    return space_id


def test_children_come_right_below_their_parent_space_by_space(alice: Person, team: int) -> None:
    names = [tag.name for tag in queries.list_tags(alice.actor).items]
    assert names == ["Ärger", "art", "art/old", "art-deco", "art/new", "shared"]


def test_each_sees_the_tags_of_their_spaces(alice: Person, bob: Person, stranger: Person, team: int) -> None:
    assert queries.count_tags(alice.actor) == 6
    assert queries.count_tags(alice.actor, space_id=team) == 2
    assert queries.count_tags(alice.actor, text="art") == 4
    assert [tag.name for tag in queries.list_tags(bob.actor).items] == ["art/new", "shared"]
    assert queries.count_tags(stranger.actor) == 0
    for read in (queries.list_tags, queries.count_tags):
        with pytest.raises(NotFound):
            read(stranger.actor, space_id=team)


def test_one_strange_id_among_own_ones_is_not_found(alice: Person, stranger: Person, team: int) -> None:
    own = service.create_tag(stranger.actor, stranger.space_id, name="own")
    strange = queries.list_tags(alice.actor, limit=1).items[0].id

    assert [tag.id for tag in queries.get_tags(stranger.actor, [own, own])] == [own]
    with pytest.raises(NotFound):
        queries.get_tags(stranger.actor, [own, strange])


def test_a_filter_includes_what_is_below_and_nothing_beside(alice: Person, team: int) -> None:
    found = queries.ids_with_descendants(alice.actor, "ART", alice.space_id)
    assert {tag.name for tag in queries.get_tags(alice.actor, found)} == {"art", "art/old"}


def test_many_tags_are_listed_and_suggested_quickly_by_one_query(alice: Person) -> None:
    service.ensure_clean_tags(
        alice.actor, alice.space_id, {name: name for name in (f"group{n % 50:02}/tag{n:04}" for n in range(MANY))}
    )
    actor = alice.actor
    reads: tuple[Callable[[], object], ...] = (
        lambda: queries.list_tags(actor, space_id=alice.space_id),
        lambda: queries.list_tags(actor, space_id=alice.space_id, sort="uses"),
        lambda: queries.list_tags(actor, space_id=alice.space_id, text="tag49"),
        lambda: queries.suggest(actor, space_id=alice.space_id, text="tag4"),
        lambda: queries.count_tags(actor, space_id=alice.space_id, text="tag49"),
    )
    for read in reads:
        with counted() as sent:
            read()
        assert len(sent) == 1
        assert min(_seconds(read) for _attempt in range(5)) < GENEROUS_SECONDS


def _seconds(read: Callable[[], object]) -> float:
    started = time.perf_counter()
    read()
    return time.perf_counter() - started
