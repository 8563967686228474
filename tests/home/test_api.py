"""The arrangement of cards through the API."""

import pytest

from tests.people import Browser, People
from trackeep.core.slots import Card

URL = "/api/v1/home/cards"


@pytest.fixture
def alice(people: People) -> Browser:
    cards = [
        Card(name=name, title=name.title(), template="x.html", load=lambda _actor: None, order=order)
        for order, name in enumerate(("due", "unread"))
    ]
    people.only_offer(*cards)
    people.add("alice")
    return people.browser("alice")


def test_cards_are_listed_and_arranged(alice: Browser) -> None:
    first = {"name": "due", "title": "Due", "hidden": False, "empty": True}
    assert alice.get(URL).json == {"cards": [first, {**first, "name": "unread", "title": "Unread"}]}
    answer = alice.put(URL, json={"cards": [{"name": "unread", "hidden": True}]})
    assert answer.status_code == 200
    assert [(card["name"], card["hidden"]) for card in answer.get_json()["cards"]] == [("unread", True), ("due", False)]
    assert alice.delete(URL).status_code == 204
    assert [card["name"] for card in alice.get(URL).get_json()["cards"]] == ["due", "unread"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"cards": [{"name": "nothing"}]}, "cards"),
        ({"cards": [{"name": "due", "position": 1}]}, "cards.0.position"),
        ({"cards": "due"}, "cards"),
        ({}, "cards"),
    ],
)
def test_what_cannot_be_arranged_is_told_by_field(alice: Browser, body: dict[str, object], field: str) -> None:
    answer = alice.put(URL, json=body)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert field in answer.get_json()["errors"]


def test_nobody_is_refused(people: People) -> None:
    assert people.browser().get(URL).status_code == 401
    assert people.browser().put(URL, json={"cards": []}).status_code == 401


def test_a_token_needs_the_scope(alice: Browser, people: People) -> None:
    reader = people.holder("alice", "home:read")
    plain = people.browser()
    assert plain.get(URL, headers=reader).status_code == 200
    assert plain.put(URL, json={"cards": []}, headers=reader).status_code == 403
    assert plain.get(URL, headers=people.holder("alice", "bookmarks:read")).status_code == 403
