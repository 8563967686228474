"""The palette's one ranked list."""

import pytest
from apiflask import APIFlask

from tests.effort import at_most
from tests.people import People
from tests.quick.offers import ACTION, ADMIN_ACTION, OLDER, SOURCE, thing
from trackeep.core.actor import Actor
from trackeep.core.slots import Action, PaletteSource, SettingsPage
from trackeep.quick import queries


@pytest.fixture
def alice(people: People) -> Actor:
    people.add("somebody")
    people.only_offer(SOURCE, OLDER, ACTION, ADMIN_ACTION)
    return people.add("alice")


def titles(entries: list[queries.Entry]) -> list[str]:
    return [entry.title for entry in entries]


def test_actions_places_and_things_are_one_list(alice: Actor, app: APIFlask) -> None:
    with app.test_request_context():
        assert titles(queries.matches(alice, "page", 20)) == ["New page", "A page about cats"]
        assert titles(queries.matches(alice, "home", 20)) == ["Home"]


def test_a_keyword_finds_an_action(alice: Actor, app: APIFlask) -> None:
    with app.test_request_context():
        assert titles(queries.matches(alice, "zap", 20)) == ["New page"]
        assert queries.matches(alice, "zap", 20)[0].url == "/quick-add?text=x"


def test_an_action_of_administrators_is_not_offered_to_others(alice: Actor, people: People, app: APIFlask) -> None:
    with app.test_request_context():
        assert queries.matches(alice, "wipe", 20) == []
        assert titles(queries.matches(people.add("admin", is_admin=True), "wipe", 20)) == ["Wipe the disk"]


def test_recent_things_of_all_kinds_are_newest_first(alice: Actor, app: APIFlask) -> None:
    with app.test_request_context():
        found = titles(queries.recent(alice, 3))
    assert found == ["Trash talk", "A page about cats", "An older note"]


def test_a_thing_found_by_its_text_stands_behind_titles(alice: Actor, people: People, app: APIFlask) -> None:
    odd = PaletteSource(
        kind="note", domain="notes", title="Note", find=lambda *_: [thing("Odd", 4)], recent=lambda *_: []
    )
    people.offer(odd)
    with app.test_request_context():
        assert titles(queries.matches(alice, "page", 20))[-1] == "Odd"


def test_the_limit_holds(alice: Actor, app: APIFlask) -> None:
    with app.test_request_context():
        assert len(queries.matches(alice, "a", 2)) == 2
        assert len(queries.recent(alice, 1)) == 1


def test_a_text_of_hidden_characters_finds_nothing(alice: Actor, app: APIFlask) -> None:
    with app.test_request_context():
        assert queries.matches(alice, "   ", 20) == []
        queries.matches(alice, "a" * 100_000, 20)
        queries.matches(alice, "(((((" * 50, 20)


def test_ranking_three_hundred_entries_is_quick(alice: Actor, people: People, app: APIFlask) -> None:
    words = [f"Action number {number} with quite a long title to rank" for number in range(300)]
    people.offer(*(Action(title=word, icon="plus", endpoint="home.show_home") for word in words))
    with app.test_request_context(), at_most(0.1):
        queries.matches(alice, "number 7 rank", 20)


def test_a_place_that_is_offered_twice_is_listed_once(alice: Actor, people: People, app: APIFlask) -> None:
    people.offer(
        Action(title="Profile", icon="user", endpoint="home.show_home"),
        SettingsPage(title="Profile", icon="user", endpoint="home.show_home"),
    )
    with app.test_request_context():
        assert [entry.kind for entry in queries.matches(alice, "profile", 20)] == ["action"]
