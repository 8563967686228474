"""Spaces through the API."""

from tests.factories.accounts import Person
from tests.people import People
from trackeep.core.actor import Role
from trackeep.spaces import service as spaces

URL = "/api/v1/spaces"


def test_the_own_spaces_are_listed_with_the_own_role(alice: Person, bob: Person, stranger: Person) -> None:
    team = spaces.create_team(alice.actor, name="zebras")
    spaces.create_team(alice.actor, name="Ants")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.VIEWER)

    assert [space["name"] for space in alice.client().get(URL).get_json()["items"]] == ["alice", "Ants", "zebras"]
    assert bob.client().get(URL).get_json() == {
        "items": [
            {"id": bob.space_id, "kind": "personal", "name": "bob", "role": "owner"},
            {"id": team, "kind": "team", "name": "zebras", "role": "viewer"},
        ]
    }
    assert [space["id"] for space in stranger.client().get(URL).get_json()["items"]] == [stranger.space_id]


def test_nobody_and_tokens_without_the_scope_are_refused(people: People) -> None:
    people.add("carol")
    plain = people.browser()

    assert plain.get(URL).status_code == 401
    assert plain.get(URL, headers=people.holder("carol", "tags:read")).status_code == 403
    assert plain.get(URL, headers=people.holder("carol", "spaces:read")).status_code == 200
