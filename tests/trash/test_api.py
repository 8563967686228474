"""The trash through the API."""

import pytest

from tests.people import Browser, People
from tests.trash.bins import BINS, make
from trackeep.core.actor import Actor

URL = "/api/v1/trash"


@pytest.fixture
def actor(people: People) -> Actor:
    people.add("somebody")
    people.only_offer(*BINS)
    return people.add("alice")


@pytest.fixture
def alice(actor: Actor, people: People) -> Browser:
    return people.browser("alice")


def test_the_trash_is_listed_by_pages(alice: Browser, actor: Actor) -> None:
    ids = make(actor, "note", 3)
    page = alice.get(f"{URL}?limit=2").get_json()
    assert [item["object_id"] for item in page["items"]] == ids[:0:-1]
    assert set(page["items"][0]) == {"object_id", "kind", "title", "icon", "deleted_at"}
    rest = alice.get(f"{URL}?cursor={page['next_cursor']}").get_json()
    assert [item["object_id"] for item in rest["items"]] == ids[:1]
    assert rest["next_cursor"] is None


def test_things_are_brought_back_removed_and_emptied(alice: Browser, actor: Actor) -> None:
    ids = make(actor, "note", 4)
    assert alice.post(f"{URL}/restore", json={"ids": ids[:1]}).get_json() == {"changed": 1}
    assert alice.post(f"{URL}/purge", json={"ids": ids[1:2]}).get_json() == {"changed": 1}
    assert alice.post(f"{URL}/empty", json={}).get_json() == {"changed": 2}


def test_foreign_ids_in_a_body_are_not_found(alice: Browser, people: People) -> None:
    his = make(people.add("bob"), "note", 1)
    assert alice.post(f"{URL}/restore", json={"ids": his}).status_code == 404
    assert alice.post(f"{URL}/purge", json={"ids": his}).status_code == 404


@pytest.mark.parametrize("query", ["limit=0", "cursor=nonsense", "sort=title"])
def test_a_wrong_query_is_told_by_field(alice: Browser, query: str) -> None:
    answer = alice.get(f"{URL}?{query}")
    assert answer.status_code == 422
    assert query.split("=")[0] in answer.get_json()["errors"]


@pytest.mark.parametrize("body", [{}, {"ids": []}, {"ids": ["x"]}, {"ids": [1], "kind": "note"}, {"ids": [1] * 501}])
def test_a_wrong_body_is_refused(alice: Browser, body: dict[str, object]) -> None:
    assert alice.post(f"{URL}/restore", json=body).status_code == 422


def test_a_token_needs_the_scope_and_nobody_is_refused(alice: Browser, people: People) -> None:
    plain, reader = people.browser(), people.holder("alice", "trash:read")
    assert plain.get(URL, headers=reader).status_code == 200
    assert plain.get(URL, headers=people.holder("alice", "notes:write")).status_code == 403
    assert plain.post(f"{URL}/empty", json={}, headers=reader).status_code == 403
    assert plain.get(URL).status_code == 401
    assert plain.post(f"{URL}/empty", json={}).status_code == 401


def test_a_token_sees_only_the_kinds_of_its_scopes(people: People, actor: Actor) -> None:
    plain, notes = people.browser(), make(actor, "note", 1)
    tasks = make(actor, "task", 1)

    def listed(*scopes: str, kind: str = "") -> list[int]:
        answer = plain.get(f"{URL}?kind={kind}" if kind else URL, headers=people.holder("alice", *scopes))
        return [item["object_id"] for item in answer.get_json()["items"]]

    assert listed("trash:read") == []
    assert listed("trash:read", "notes:read") == notes
    assert listed("trash:read", "notes:read", kind="task") == []
    assert listed("trash:read", "notes:read", "tasks:read") == [*tasks, *notes]


@pytest.mark.parametrize("verb", ["restore", "purge"])
def test_a_token_changes_only_the_kinds_of_its_scopes(people: People, actor: Actor, verb: str) -> None:
    plain, both = people.browser(), [*make(actor, "note", 1), *make(actor, "task", 1)]
    reader = people.holder("alice", "trash:write", "notes:read", "tasks:read")
    writer = people.holder("alice", "trash:write", "notes:write")
    assert plain.post(f"{URL}/{verb}", json={"ids": both[:1]}, headers=reader).status_code == 404
    assert plain.post(f"{URL}/{verb}", json={"ids": both}, headers=writer).status_code == 404
    assert plain.post(f"{URL}/{verb}", json={"ids": both[:1]}, headers=writer).get_json() == {"changed": 1}


def test_a_token_empties_only_the_kinds_of_its_scopes(people: People, alice: Browser, actor: Actor) -> None:
    plain, tasks = people.browser(), make(actor, "task", 1)
    make(actor, "note", 2)
    writer = people.holder("alice", "trash:write", "notes:write")
    assert plain.post(f"{URL}/empty", json={"kind": "task"}, headers=writer).status_code == 404
    assert plain.post(f"{URL}/empty", json={}, headers=writer).get_json() == {"changed": 2}
    assert [item["object_id"] for item in alice.get(URL).get_json()["items"]] == tasks
