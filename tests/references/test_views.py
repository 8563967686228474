"""The section in details, its forms, and what tokens are told."""

import json

import pytest
from apiflask import APIFlask

from tests.bookmarks.test_api import save
from tests.people import Browser, People
from tests.references.offers import ERRAND, ERRANDS, TITLES
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.highlights import Passage
from trackeep.core.actor import Actor
from trackeep.references import service

API = "/api/v1/references"
BY_SCRIPT = {"X-Form": "1", "Accept": "application/json, text/html;q=0.5"}


@pytest.fixture
def alice(people: People) -> Actor:
    people.offer(ERRAND, ERRANDS)
    TITLES.clear()
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


@pytest.fixture
def pair(alice: Actor) -> tuple[int, int]:
    one = save(alice, url="https://example.org/1", title="Page 1")
    return one, save(alice, url="https://example.org/2", title="<b>Page 2")


def test_details_ask_for_the_section_once_they_are_shown(browser: Browser, pair: tuple[int, int]) -> None:
    text = browser.get(f"/bookmarks/{pair[0]}", partial=True).text
    assert f'hx-get="/objects/{pair[0]}/linked"' in text
    assert "linked-row" not in text


def test_details_of_what_went_to_the_trash_are_left_alone(
    alice: Actor, browser: Browser, pair: tuple[int, int]
) -> None:
    bookmarks.trash_bookmarks(alice, [pair[0]])
    assert browser.get(f"/objects/{pair[0]}/linked", partial=True).status_code == 204
    assert browser.get(f"/objects/{pair[0]}/linked").status_code == 404


def test_a_highlight_leads_to_its_section(alice: Actor, browser: Browser, pair: tuple[int, int]) -> None:
    words = bookmarks.add_highlight(alice, pair[0], Passage(quote="Some words"))
    assert f'href="/objects/{words}/linked"' in browser.get("/bookmarks/highlights").text


def test_the_section_shows_both_sides_as_text(alice: Actor, browser: Browser, pair: tuple[int, int]) -> None:
    service.link(alice, *pair, note="<i>why")
    text = browser.get(f"/objects/{pair[0]}/linked", partial=True).text
    assert "&lt;b&gt;Page 2" in text
    assert "&lt;i&gt;why" in text
    assert "<html" not in text
    assert "New errand about this" in text
    assert "Page 1" in browser.get(f"/objects/{pair[1]}/linked").text


def test_linking_and_parting_by_script_can_be_taken_back(browser: Browser, pair: tuple[int, int]) -> None:
    one, other = pair
    linked = browser.post(f"/objects/{one}/linked/{other}", headers=BY_SCRIPT)
    assert (linked.status_code, "list-changed" in linked.headers["HX-Trigger"]) == (204, True)
    entry = browser.get(API, query_string={"object": one}).get_json()["items"][0]
    parted = browser.post(f"/objects/{one}/linked/{entry['id']}/unlink", headers=BY_SCRIPT)
    undo_url = json.loads(parted.headers["HX-Trigger"])["toast"]["undo_url"]
    assert browser.get(API, query_string={"object": one}).get_json()["items"] == []
    assert browser.post(undo_url, headers=BY_SCRIPT).status_code == 204
    assert len(browser.get(API, query_string={"object": other}).get_json()["items"]) == 1


def test_a_note_survives_the_way_back(alice: Actor, browser: Browser, pair: tuple[int, int]) -> None:
    reference_id = service.link(alice, *pair, note="why & how")
    parted = browser.post(f"/objects/{pair[0]}/linked/{reference_id}/unlink", headers=BY_SCRIPT)
    browser.post(json.loads(parted.headers["HX-Trigger"])["toast"]["undo_url"], headers=BY_SCRIPT)
    assert browser.get(API, query_string={"object": pair[0]}).get_json()["items"][0]["note"] == "why & how"


def test_without_scripts_forms_lead_back_to_the_page(browser: Browser, pair: tuple[int, int]) -> None:
    one, other = pair
    found = browser.get(f"/objects/{one}/linked/choose?q=page").text
    assert f'formaction="/objects/{one}/linked/{other}"' in found
    answer = browser.post(f"/objects/{one}/linked/{other}")
    assert (answer.status_code, answer.location) == (303, f"/objects/{one}/linked")
    assert "Nothing found" in browser.get(f"/objects/{one}/linked/choose?q=page").text


def test_something_is_made_about_a_thing(browser: Browser, pair: tuple[int, int]) -> None:
    made = browser.post(f"/objects/{pair[0]}/make", {"kind": "errand", "text": "Dig"}, headers=BY_SCRIPT)
    assert made.status_code == 204
    refused = browser.post(f"/objects/{pair[0]}/make", {"kind": "errand", "text": "refused"}, headers=BY_SCRIPT)
    assert refused.get_json()["errors"] == {"text": ["Not this one."]}
    assert "Dig" in browser.get(f"/objects/{pair[0]}/linked", partial=True).text


def test_the_same_by_the_api(browser: Browser, pair: tuple[int, int]) -> None:
    one, other = pair
    sent = {"object_id": one, "other_id": other, "note": "why"}
    linked = browser.post(API, json=sent, headers={"Idempotency-Key": "once"})
    assert linked.status_code == 201
    assert linked.get_json()["thing"]["object_id"] == other
    again = browser.post(API, json=sent, headers={"Idempotency-Key": "once"})
    assert again.get_json() == linked.get_json()
    made = browser.post(f"{API}/make", json={"object_id": one, "kind": "errand", "text": "Dig"}).get_json()
    assert (made["kind"], made["title"]) == ("errand", "Dig")
    page = browser.get(API, query_string={"object": one, "limit": 1}).get_json()
    assert page["items"][0]["thing"]["title"] == "Dig"
    rest = browser.get(API, query_string={"object": one, "cursor": page["next_cursor"]}).get_json()
    assert [each["thing"]["object_id"] for each in rest["items"]] == [other]
    assert browser.delete(f"{API}/{linked.get_json()['id']}").status_code == 204
    free = browser.get(f"{API}/candidates", query_string={"object": one, "q": "page"}).get_json()["items"]
    assert [each["object_id"] for each in free] == [other]
    assert browser.post(API, json={"object_id": one, "other_id": one}).status_code == 422


def test_a_token_needs_the_scopes_of_what_it_reaches(app: APIFlask, people: People, pair: tuple[int, int]) -> None:
    client = app.test_client()
    sent = {"object_id": pair[0], "other_id": pair[1]}
    for scopes, status in (
        (("references:write",), 404),
        (("references:read", "bookmarks:write"), 403),
        (("references:write", "bookmarks:read"), 201),
    ):
        assert client.post(API, json=sent, headers=people.holder("alice", *scopes)).status_code == status
    making = {"object_id": pair[0], "kind": "errand", "text": "Dig"}
    header = people.holder("alice", "references:write", "bookmarks:write")
    assert client.post(f"{API}/make", json=making, headers=header).status_code == 422
