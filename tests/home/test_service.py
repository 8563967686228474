"""Arranging the cards of the home page."""

import pytest

from tests.people import People
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound, Unauthenticated
from trackeep.core.slots import Card
from trackeep.home import queries, service
from trackeep.home.arrangement import Place


def card(name: str, order: int) -> Card:
    return Card(name=name, title=name.title(), template="x.html", load=lambda _actor: {"n": 1}, order=order)


@pytest.fixture
def alice(people: People) -> Actor:
    people.add("somebody")
    people.only_offer(card("due", 10), card("unread", 20), card("recent", 30))
    return people.add("alice")


def order(actor: Actor) -> list[str]:
    return [placed.card.name for placed in queries.placed_cards(actor)]


def test_cards_stand_where_their_domains_put_them(alice: Actor) -> None:
    assert order(alice) == ["due", "unread", "recent"]


def test_a_card_moves_among_the_others(alice: Actor) -> None:
    service.move_card(alice, name="recent", step=-1)
    assert order(alice) == ["due", "recent", "unread"]
    service.move_card(alice, name="due", step=-1)
    assert order(alice) == ["due", "recent", "unread"]


def test_a_hidden_card_is_not_loaded_and_comes_back_to_its_place(alice: Actor) -> None:
    service.hide_card(alice, name="unread")
    assert [(placed.hidden, placed.data) for placed in queries.placed_cards(alice)][1] == (True, None)
    service.hide_card(alice, name="unread", hidden=False)
    assert order(alice) == ["due", "unread", "recent"]
    assert all(placed.data for placed in queries.placed_cards(alice))


def test_cards_are_arranged_at_once_and_the_rest_follows(alice: Actor) -> None:
    service.arrange_cards(alice, places=[Place("recent"), Place("due", hidden=True)])
    assert order(alice) == ["recent", "due", "unread"]
    service.reset_cards(alice)
    assert order(alice) == ["due", "unread", "recent"]


@pytest.mark.parametrize("names", [["due", "due"], ["nothing"]])
def test_an_impossible_arrangement_is_refused(alice: Actor, names: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        service.arrange_cards(alice, places=[Place(name) for name in names])
    assert "cards" in caught.value.fields
    assert order(alice) == ["due", "unread", "recent"]


def test_an_unknown_card_cannot_be_moved(alice: Actor) -> None:
    with pytest.raises(NotFound):
        service.move_card(alice, name="nothing", step=1)


def test_nobody_has_no_cards(people: People) -> None:
    with pytest.raises(Unauthenticated):
        service.reset_cards(Actor())


def test_one_person_does_not_arrange_for_another(alice: Actor, people: People) -> None:
    bob = people.add("bob")
    service.hide_card(alice, name="due")
    service.move_card(alice, name="recent", step=-1)
    assert order(bob) == ["due", "unread", "recent"]
    assert not any(placed.hidden for placed in queries.placed_cards(bob))


def test_arranging_leaves_the_arrangements_of_others(alice: Actor, people: People) -> None:
    service.hide_card(alice, name="due")
    service.hide_card(people.add("bob"), name="unread")
    assert [placed.card.name for placed in queries.placed_cards(alice) if placed.hidden] == ["due"]
    service.reset_cards(people.add("carol"))
    assert [placed.card.name for placed in queries.placed_cards(alice) if placed.hidden] == ["due"]


def test_a_card_of_a_domain_switched_off_is_remembered(alice: Actor, people: People) -> None:
    service.hide_card(alice, name="recent")
    people.only_offer(card("due", 10), card("unread", 20))
    service.hide_card(alice, name="unread")
    people.only_offer(card("due", 10), card("unread", 20), card("recent", 30))
    assert [placed.card.name for placed in queries.placed_cards(alice) if placed.hidden] == ["unread", "recent"]
