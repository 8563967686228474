"""The switcher of spaces, and what it decides for the pages."""

import pytest
from flask.testing import FlaskClient

from tests.factories.accounts import Person
from trackeep.bookmarks.queries import find_by_url
from trackeep.core.actor import Role
from trackeep.spaces import service as spaces


@pytest.fixture
def team(alice: Person, bob: Person) -> int:
    space_id = spaces.create_team(alice.actor, name="Reading group")
    spaces.add_member(alice.actor, space_id, user_id=bob.id, role=Role.VIEWER)
    return space_id


def _active(client: FlaskClient, address: str = "/") -> str:
    text = client.get(address).text
    return text.split('name="space"', 1)[1].split('aria-current="true"')[1].split('dir="auto">')[1].split("<")[0]


def test_the_choice_sticks_and_leads_back(alice: Person, team: int) -> None:
    client = alice.client()
    assert _active(client) == "All spaces"

    answer = client.post("/spaces/choose", data={"space": str(team), "back": "/trash"})

    assert (answer.status_code, answer.location) == (303, "/trash")
    assert _active(client) == "Reading group"
    client.post("/spaces/choose", data={"space": "all"})
    assert _active(client) == "All spaces"


def test_an_address_decides_for_itself(alice: Person, team: int) -> None:
    client = alice.client()
    client.post("/spaces/choose", data={"space": str(team)})

    assert _active(client, f"/?space={alice.space_id}") == "alice"
    assert _active(client) == "Reading group"


def test_with_one_space_there_is_nothing_to_choose(stranger: Person) -> None:
    client = stranger.client()
    assert "All spaces" not in client.get("/").text
    assert _active(client) == "stranger"


def test_a_strange_space_cannot_be_chosen(stranger: Person, team: int) -> None:
    assert stranger.client().post("/spaces/choose", data={"space": str(team)}).status_code == 404


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nb", "x"])
def test_the_way_back_stays_on_this_site(alice: Person, team: int, back: str) -> None:
    assert alice.client().post("/spaces/choose", data={"space": "all", "back": back}).location == "/"


@pytest.mark.parametrize("space", ["", "0", "-1", "x", "9" * 30])
def test_what_is_no_space_is_refused(alice: Person, space: str) -> None:
    assert alice.client().post("/spaces/choose", data={"space": space}).status_code in {404, 422}


def test_who_has_left_the_chosen_space_sees_all_others(alice: Person, bob: Person, team: int) -> None:
    client = bob.client()
    client.post("/spaces/choose", data={"space": str(team)})
    spaces.remove_member(alice.actor, team, user_id=bob.id)

    assert _active(client) == "bob"


def test_nobody_cannot_choose(alice: Person, team: int) -> None:
    assert alice.app.test_client().post("/spaces/choose", data={"space": "all"}).status_code == 403


def test_what_is_added_quickly_goes_to_the_space_that_is_shown(alice: Person, team: int) -> None:
    client = alice.client()
    client.post("/spaces/choose", data={"space": str(team)})

    client.post("/quick-add", data={"text": "https://example.org/quick"})

    assert find_by_url(alice.actor, team, "https://example.org/quick") is not None
