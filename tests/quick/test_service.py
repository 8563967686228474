"""Quick add finds the domain that is surest of a text."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.people import People
from tests.quick.offers import LINK, TASK, made
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, Invalid, NotFound, Unauthenticated
from trackeep.quick import service
from trackeep.spaces import service as spaces


@pytest.fixture
def alice(people: People) -> Iterator[Actor]:
    people.add("somebody")
    people.only_offer(LINK, TASK)
    yield people.add("alice")
    made.clear()


@pytest.mark.parametrize(
    ("text", "kind"), [("https://example.org", "bookmark"), ("water the plants", "task"), ("a\nb", "bookmark")]
)
def test_the_surest_domain_gets_the_text(alice: Actor, text: str, kind: str) -> None:
    offer = service.kind_of(alice, text)
    assert offer is not None
    assert offer.kind == kind


def test_a_blank_text_is_nothing(alice: Actor) -> None:
    assert service.kind_of(alice, " \n ") is None
    with pytest.raises(Invalid) as caught:
        service.add(alice, text="  ")
    assert "text" in caught.value.fields


def test_without_a_space_the_thing_is_personal(alice: Actor) -> None:
    service.add(alice, text=" https://example.org ")
    assert made == [(alice.user_id, alice.personal_space_id, "https://example.org")]


def test_a_space_must_be_writable(alice: Actor, people: People) -> None:
    bob = people.add("bob")
    assert bob.personal_space_id is not None
    with pytest.raises(NotFound):
        service.add(alice, text="x", space_id=bob.personal_space_id)
    team = spaces.create_team(bob, name="Team")
    with pytest.raises(Forbidden):
        service.add(people.join("alice", team, Role.VIEWER), text="x", space_id=team)
    service.add(people.join("alice", team, Role.MEMBER), text="x", space_id=team)
    assert made == [(alice.user_id, team, "x")]


def test_a_token_makes_only_what_its_scopes_allow(alice: Actor) -> None:
    holder = replace(alice, scopes=frozenset({"tasks:write"}))
    offer = service.kind_of(holder, "https://example.org")
    assert offer is not None
    assert offer.kind == "task"


def test_nobody_adds_nothing(alice: Actor) -> None:
    with pytest.raises(Unauthenticated):
        service.add(Actor(), text="x")
