"""Tags through the API."""

import pytest

from tests.factories.accounts import Person
from tests.people import People
from trackeep.core.actor import Role
from trackeep.spaces import service as spaces
from trackeep.tags import service

URL = "/api/v1/tags"


def _make(person: Person, *names: str) -> dict[str, int]:
    return {name: service.create_tag(person.actor, person.space_id, name=name) for name in names}


def test_a_tag_is_made_shown_changed_and_deleted(alice: Person) -> None:
    client = alice.client()

    made = client.post(URL, json={"name": " #recipes / soup ", "colour": "teal"})
    assert made.status_code == 201
    tag = made.get_json()
    assert tag == {"id": tag["id"], "space_id": alice.space_id, "name": "recipes/soup", "colour": "teal", "uses": 0}
    assert client.get(made.location).get_json() == tag

    assert client.patch(f"{URL}/{tag['id']}", json={"name": "soup"}).get_json() == {**tag, "name": "soup"}
    changed = client.patch(f"{URL}/{tag['id']}", json={"colour": "red"}).get_json()
    assert changed == {**tag, "name": "soup", "colour": "red"}

    assert client.delete(f"{URL}/{tag['id']}").status_code == 204
    assert client.get(f"{URL}/{tag['id']}").status_code == 404


def test_a_repeated_request_makes_one_tag(alice: Person) -> None:
    client = alice.client()
    answers = [client.post(URL, json={"name": "once"}, headers={"Idempotency-Key": "k-1"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].get_json() == answers[1].get_json()


def test_lists_are_sorted_filtered_and_paged(alice: Person) -> None:
    _make(alice, "art", "art/old", "art-deco", "zen")
    client = alice.client()

    def names(query: str) -> list[str]:
        return [tag["name"] for tag in client.get(f"{URL}?{query}").get_json()["items"]]

    assert names("") == ["art", "art/old", "art-deco", "zen"]
    assert names("text=old") == ["art/old"]
    assert names(f"space={alice.space_id}&text=ART") == ["art", "art/old", "art-deco"]
    first = client.get(f"{URL}?limit=2").get_json()
    assert names(f"limit=2&cursor={first['next_cursor']}") == ["art-deco", "zen"]
    first = client.get(f"{URL}?limit=3&sort=uses").get_json()
    assert names(f"sort=uses&cursor={first['next_cursor']}") == ["zen"]


def test_merging_answers_the_tag_that_stays(alice: Person) -> None:
    ids = _make(alice, "js", "javascript")
    client = alice.client()

    merged = client.post(f"{URL}/merge", json={"ids": [ids["js"]], "into": ids["javascript"]})

    assert merged.get_json()["name"] == "javascript"
    assert [tag["name"] for tag in client.get(URL).get_json()["items"]] == ["javascript"]


@pytest.mark.parametrize("method", ["post", "patch"])
def test_a_taken_name_is_a_conflict_that_names_the_tag(alice: Person, method: str) -> None:
    ids = _make(alice, "Café", "x")
    client = alice.client()
    answer = (
        client.post(URL, json={"name": "cafe"})
        if method == "post"
        else client.patch(f"{URL}/{ids['x']}", json={"name": "CAFE"})
    )

    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert answer.get_json()["existing_id"] == ids["Café"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": " / "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": None}, "name"),
        ({"name": "x", "colour": "mauve"}, "colour"),
        ({"name": "x", "uses": 7}, "uses"),
        ({"name": "x", "space_id": "mine"}, "space_id"),
    ],
)
def test_what_cannot_be_a_tag_is_told_by_field(alice: Person, body: dict[str, object], field: str) -> None:
    answer = alice.client().post(URL, json=body)

    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


@pytest.mark.parametrize("query", ["sort=colour", "limit=0", "limit=101", "cursor=x", "space=-1", "nothing=1"])
def test_a_wrong_query_is_refused(alice: Person, query: str) -> None:
    assert alice.client().get(f"{URL}?{query}").status_code == 422


def test_hidden_characters_and_wildcards_are_text(alice: Person) -> None:
    client = alice.client()
    assert client.post(URL, json={"name": "a\x00b%"}).get_json()["name"] == "ab%"
    assert client.get(f"{URL}?text=%25").get_json()["items"] == []
    assert client.get(f"{URL}?text=ab%25").get_json()["items"][0]["name"] == "ab%"


def test_a_stranger_finds_nothing(alice: Person, stranger: Person) -> None:
    tag_id = _make(alice, "secret")["secret"]
    own = _make(stranger, "own")["own"]
    client = stranger.client()

    assert client.get(URL).get_json()["items"][0]["name"] == "own"
    for answer in (
        client.get(f"{URL}?space={alice.space_id}"),
        client.get(f"{URL}/suggestions?space={alice.space_id}"),
        client.get(f"{URL}/{tag_id}"),
        client.patch(f"{URL}/{tag_id}", json={"name": "x"}),
        client.delete(f"{URL}/{tag_id}"),
        client.post(URL, json={"name": "x", "space_id": alice.space_id}),
        client.post(f"{URL}/merge", json={"ids": [tag_id], "into": own}),
        client.post(f"{URL}/merge", json={"ids": [own], "into": tag_id}),
    ):
        assert answer.status_code == 404


def test_a_viewer_reads_and_a_member_writes(alice: Person, bob: Person) -> None:
    team = spaces.create_team(alice.actor, name="Team")
    tag_id = service.create_tag(alice.actor, team, name="shared")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.VIEWER)
    client = bob.client()

    assert client.get(f"{URL}?space={team}").get_json()["items"][0]["id"] == tag_id
    assert client.patch(f"{URL}/{tag_id}", json={"colour": "red"}).status_code == 403
    assert client.delete(f"{URL}/{tag_id}").status_code == 403
    spaces.change_role(alice.actor, team, user_id=bob.id, role=Role.MEMBER)
    assert client.patch(f"{URL}/{tag_id}", json={"colour": "red"}).status_code == 200
    spaces.remove_member(alice.actor, team, user_id=bob.id)
    assert client.get(f"{URL}/{tag_id}").status_code == 404


def test_tags_of_two_spaces_are_not_merged(alice: Person) -> None:
    team = spaces.create_team(alice.actor, name="Team")
    shared = service.create_tag(alice.actor, team, name="shared")
    own = _make(alice, "own")["own"]

    answer = alice.client().post(f"{URL}/merge", json={"ids": [own], "into": shared})

    assert answer.status_code == 422
    assert "into" in answer.get_json()["errors"]


def test_suggestions_come_with_their_use(alice: Person) -> None:
    _make(alice, "soap", "soup", "other")

    found = alice.client().get(f"{URL}/suggestions?text=so&limit=1").get_json()["items"]

    assert [(tag["name"], tag["uses"]) for tag in found] == [("soap", 0)]


def test_nobody_and_tokens_without_the_scope_are_refused(people: People) -> None:
    people.add("carol")
    reader = people.holder("carol", "tags:read")
    writer = people.holder("carol", "tags:write")
    plain = people.browser()

    assert plain.get(URL).status_code == 401
    assert plain.get(URL, headers=reader).status_code == 200
    assert plain.get(f"{URL}/suggestions", headers=reader).status_code == 200
    assert plain.get(URL, headers=writer).status_code == 200
    assert plain.post(URL, json={"name": "x"}, headers=writer).status_code == 201
    assert plain.post(URL, json={"name": "y"}, headers=reader).status_code == 403
    assert plain.delete(f"{URL}/1", headers=reader).status_code == 403
    assert plain.post(f"{URL}/merge", json={"ids": [1], "into": 2}, headers=reader).status_code == 403


def test_with_a_key_too_a_taken_name_is_told(alice: Person) -> None:
    client = alice.client()
    there = client.post(URL, json={"name": "Art"}).get_json()["id"]
    answer = client.post(URL, json={"name": "art"}, headers={"Idempotency-Key": "again"})
    assert (answer.status_code, answer.get_json()["existing_id"]) == (409, there)
