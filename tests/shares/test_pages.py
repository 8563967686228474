"""The part in a note's details, the page of all links, and what programs are told."""

import pytest

from tests.people import Browser, People
from tests.shares.test_public import link, write
from trackeep.core.actor import Actor
from trackeep.shares import queries

API = "/api/v1/shares"
BY_SCRIPT = {"X-Form": "1"}


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def test_only_details_of_what_can_be_shared_have_the_part(alice: Actor, browser: Browser) -> None:
    note_id = write(alice, "Plans")
    assert f'hx-get="/objects/{note_id}/shares"' in browser.get(f"/notes/{note_id}").text
    task = browser.post("/api/v1/tasks", json={"title": "Do it"}).get_json()["id"]
    assert f'hx-get="/objects/{task}/shares"' not in browser.get(f"/tasks/{task}", partial=True).text
    assert browser.get(f"/objects/{task}/shares").status_code == 404


def test_a_link_is_made_changed_and_revoked_by_forms(alice: Actor, browser: Browser) -> None:
    note_id = write(alice, "Plans")
    base = f"/objects/{note_id}/shares"
    made = browser.post(base, {"ends": "7", "include_children": "1", "password": ""}, headers=BY_SCRIPT)
    assert (made.status_code, "list-changed" in made.headers["HX-Trigger"]) == (204, True)
    item = queries.list_shares(alice).items[0]
    assert (item.include_children, item.allow_download, item.expires_at is not None) == (True, False, True)
    assert f"/s/{item.token}" in browser.get(base, partial=True).text
    browser.post(f"/shares/{item.id}", {"ends": "keep", "allow_download": "1"}, headers=BY_SCRIPT)
    changed = queries.get_share(alice, item.id)
    assert (changed.include_children, changed.allow_download) == (False, True)
    assert changed.expires_at == item.expires_at
    assert "Plans" in browser.get("/settings/shares").text
    assert browser.post(f"/shares/{item.id}/revoke").status_code == 303
    assert f"/s/{item.token}" not in browser.get("/settings/shares").text


def test_programs_make_list_and_revoke(alice: Actor, browser: Browser) -> None:
    note_id = write(alice, "Plans")
    made = browser.post(API, json={"object_id": note_id, "password": "quiet lamp over river"})
    share = made.get_json()
    assert (made.status_code, share["has_password"], "/s/" in share["url"]) == (201, True, True)
    url = f"{API}/{share['id']}"
    assert browser.patch(url, json={"allow_download": True}).get_json()["has_password"] is True
    assert browser.patch(url, json={"password": None}).get_json()["has_password"] is False
    assert browser.post(API, json={"object_id": note_id, "token": "mine"}).status_code == 422
    assert browser.patch(url, json={"expires_at": "2001-01-01T00:00:00Z"}).status_code == 422
    listed = browser.get(API, query_string={"object": note_id}).get_json()["items"]
    assert [each["id"] for each in listed] == [share["id"]]
    assert browser.delete(url).status_code == 204
    assert browser.get(url).status_code == 404


def test_a_token_needs_the_scope_of_what_is_shown(people: People, alice: Actor) -> None:
    note_id = write(alice, "Plans")
    share_id, _url = link(alice, note_id)
    browser = people.browser()
    holder = people.holder("alice", "shares:write")
    assert browser.get(f"{API}/{share_id}", headers=holder).status_code == 404
    assert browser.post(API, json={"object_id": note_id}, headers=holder).status_code == 404
    both = people.holder("alice", "shares:write", "notes:read")
    assert browser.post(API, json={"object_id": note_id}, headers=both).status_code == 201


def test_the_same_key_makes_one_link(alice: Actor, browser: Browser) -> None:
    note_id = write(alice, "Plans")
    answers = [
        browser.post(API, json={"object_id": note_id}, headers={"Idempotency-Key": "once"}).get_json()
        for _number in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(queries.list_shares(alice).items) == 1
