"""The palette and quick add through the API."""

from collections.abc import Iterator

import pytest

from tests.people import Browser, People
from tests.quick.offers import ACTION, LINK, SOURCE, TASK, made

PALETTE, ADD, PREVIEW = "/api/v1/quick/palette", "/api/v1/quick/add", "/api/v1/quick/preview"


@pytest.fixture
def alice(people: People) -> Iterator[Browser]:
    people.only_offer(SOURCE, ACTION, LINK, TASK)
    people.add("alice")
    yield people.browser("alice")
    made.clear()


def test_the_palette_answers_ranked_entries(alice: Browser) -> None:
    items = alice.get(f"{PALETTE}?q=page&limit=1").get_json()["items"]
    assert items == [
        {"kind": "action", "title": "New page", "url": "/quick-add?text=x", "icon": "plus", "hint": "", "shortcut": "",
         "object_id": None}
    ]  # fmt: skip
    assert alice.get(PALETTE).get_json()["items"][0]["title"] == "Trash talk"


@pytest.mark.parametrize("query", ["limit=0", "limit=51", "limit=x", f"q={'x' * 201}", "nonsense=1"])
def test_a_wrong_query_is_told_by_field(alice: Browser, query: str) -> None:
    answer = alice.get(f"{PALETTE}?{query}")
    assert answer.status_code == 422
    assert query.split("=")[0] in answer.get_json()["errors"]


def test_a_text_is_added(alice: Browser) -> None:
    answer = alice.post(ADD, json={"text": "https://example.org"})
    assert answer.status_code == 201
    assert answer.get_json() == {
        "title": "https://example.org", "url": "/things/9", "icon": "bookmark", "kind": "bookmark", "object_id": 9
    }  # fmt: skip
    assert alice.get(f"{PREVIEW}?text=water").get_json()["preview"] == "To do: water"
    assert alice.get(PREVIEW).get_json()["kind"] is None


def test_a_foreign_space_in_the_body_is_not_found(alice: Browser, people: People) -> None:
    space_id = people.add("bob").personal_space_id
    assert alice.post(ADD, json={"text": "x", "space_id": space_id}).status_code == 404
    assert made == []


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 20_001}, {"text": "x", "user_id": 1}])
def test_a_wrong_body_is_refused(alice: Browser, body: dict[str, object]) -> None:
    assert alice.post(ADD, json=body).status_code == 422


def test_a_token_sees_only_sources_of_its_scopes(alice: Browser, people: People) -> None:
    plain = people.browser()
    reader, stranger = people.holder("alice", "quick:read", "bookmarks:read"), people.holder("alice", "quick:read")
    assert len(plain.get(f"{PALETTE}?q=zebra", headers=reader).get_json()["items"]) == 1
    assert plain.get(f"{PALETTE}?q=zebra", headers=stranger).get_json()["items"] == []
    assert plain.get(f"{PALETTE}?q=zebra", headers=people.holder("alice", "bookmarks:read")).status_code == 403


def test_a_token_makes_only_what_its_scopes_allow(alice: Browser, people: People) -> None:
    plain, body = people.browser(), {"text": "https://a.example"}
    assert plain.post(ADD, json=body, headers=people.holder("alice", "quick:write")).status_code == 422
    assert plain.post(ADD, json=body, headers=people.holder("alice", "bookmarks:write")).status_code == 403
    both = people.holder("alice", "quick:write", "bookmarks:write")
    assert plain.post(ADD, json=body, headers=both).status_code == 201


def test_nobody_is_refused(people: People) -> None:
    visitor = people.browser()
    assert visitor.get(PALETTE).status_code == 401
    assert visitor.get(PREVIEW).status_code == 401
    assert visitor.post(ADD, json={"text": "x"}).status_code == 401
