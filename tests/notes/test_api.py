"""The JSON of notes: that it is what the document promises, its limits, and its lists."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories.accounts import Person
from tests.notes.making import make
from tests.statements import counted
from trackeep.notes import queries, service
from trackeep.notes.filters import Filters, Sort, View
from trackeep.notes.schemas import NoteOut, RenamedNoteOut

URL = "/api/v1/notes"


@pytest.fixture
def browser(alice: Person) -> FlaskClient:
    return alice.client()


def tag(browser: FlaskClient, address: str) -> Mapping[str, str]:
    return {"If-Match": browser.get(address).headers["ETag"]}


def pages(browser: FlaskClient, **query: Any) -> list[str]:
    """The titles of all pages of a list, three a page."""
    found: list[str] = []
    cursor = None
    for _page in range(20):
        answer = browser.get(URL, query_string={**query, "limit": 3, **({"cursor": cursor} if cursor else {})})
        found += [item["title"] for item in answer.get_json()["items"]]
        cursor = answer.get_json()["next_cursor"]
        if cursor is None:
            break
    return found


def test_a_note_from_the_first_save_to_the_trash(browser: FlaskClient) -> None:
    made = browser.post(URL, json={"title": "Plan", "body": "  - [ ] one \n", "tags": ["a"]})
    assert made.status_code == 201
    NoteOut.model_validate(made.get_json())
    assert made.get_json()["body"] == "  - [ ] one \n"
    address = made.headers["Location"]
    assert set(browser.get(address).get_json()) == set(NoteOut.model_fields)
    assert browser.get(address, headers={"If-None-Match": made.headers["ETag"]}).status_code == 304
    assert browser.patch(address, json={"body": "x"}).status_code == 428
    ticked = browser.post(f"{address}/tick", json={"line": 1, "checked": True, "expected": "  - [ ] one "})
    assert ticked.get_json()["body"] == "  - [x] one \n"
    again = browser.post(f"{address}/tick", json={"line": 1, "checked": True, "expected": "  - [ ] one "})
    assert (again.status_code, again.get_json()["theirs"]) == (409, "  - [x] one ")
    stale = browser.patch(address, json={"body": "mine"}, headers={"If-Match": made.headers["ETag"]})
    assert (stale.status_code, stale.get_json()["theirs"]["body"]) == (409, "  - [x] one \n")
    renamed = browser.patch(address, json={"title": "New", "body": None}, headers=tag(browser, address))
    assert set(renamed.get_json()) == set(RenamedNoteOut.model_fields)
    assert (renamed.get_json()["linked"], renamed.get_json()["body"]) == (0, "")
    undone = browser.post(f"{URL}/undo/{renamed.get_json()['undo_id']}")
    assert undone.get_json() == {"restored": 0, "kept": []}
    assert browser.delete(address).status_code == 204
    assert browser.get(address).status_code == 404


def test_the_limits_are_told(browser: FlaskClient) -> None:
    paste = browser.post(URL, json={"title": "Long", "body": "x" * (10 * 1024 * 1024)})
    assert (paste.status_code, "2 MB" in str(paste.get_json()["errors"]["body"])) == (422, True)
    assert browser.post(URL, json={"title": "x" * 301}).get_json()["errors"]["title"]
    assert browser.post(URL, json={"title": "x", "colour": "red"}).status_code == 422
    assert browser.get(URL, query_string={"cursor": "nonsense"}).status_code == 422
    assert browser.get(f"{URL}/tree", query_string={"cursor": "nonsense"}).status_code == 422


def test_names_and_days(browser: FlaskClient) -> None:
    made = browser.post(f"{URL}/named", json={"title": "Plan"})
    again = browser.post(f"{URL}/named", json={"title": "plan"})
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.get_json()["id"] == again.get_json()["id"]
    day = browser.post(f"{URL}/daily", json={"day": "2026-03-01"}).get_json()
    assert (day["title"], day["daily_on"]) == ("2026-03-01", "2026-03-01")
    assert browser.post(f"{URL}/daily", json={"day": "2026-03-01"}).get_json()["id"] == day["id"]


def test_the_tree_and_the_links(browser: FlaskClient, alice: Person) -> None:
    top = make(alice, "Top")
    below = make(alice, "Below", "see [[Top]]\n[[Gone]]", parent_id=top)
    tree = browser.get(f"{URL}/tree").get_json()["items"]
    assert [(item["title"], item["children"]) for item in tree] == [("Top", 1)]
    assert browser.get(f"{URL}/tree", query_string={"parent": top}).get_json()["items"][0]["id"] == below
    assert [item["id"] for item in browser.get(f"{URL}/{below}/path").get_json()["items"]] == [top, below]
    assert browser.post(f"{URL}/{top}/move", json={"parent_id": below}).status_code == 422
    assert browser.get(f"{URL}/{top}/backlinks").get_json()["items"] == [
        {"note_id": below, "title": "Below", "line": 1, "context": "see [[Top]]"}
    ]
    assert [item["target_id"] for item in browser.get(f"{URL}/{below}/links").get_json()["items"]] == [top, None]
    assert browser.get(f"{URL}/missing").get_json()["items"] == [{"title": "Gone", "mentions": 1}]


def test_versions_are_listed_shown_and_restored(browser: FlaskClient, alice: Person) -> None:
    note_id = make(alice, "Plan", "one")
    address = f"{URL}/{note_id}"
    assert browser.get(f"{address}/versions").get_json()["items"][0]["number"] == 1
    assert browser.get(f"{address}/versions/1").get_json()["body"] == "one"
    assert browser.post(f"{address}/versions/1/restore").status_code == 428
    assert browser.post(f"{address}/versions/1/restore", headers=tag(browser, address)).status_code == 200


@pytest.mark.parametrize("sort", list(Sort))
def test_lists_show_everything_once(browser: FlaskClient, alice: Person, sort: Sort) -> None:
    for number in range(8):
        make(alice, f"Note {number}", "even" if number % 2 == 0 else "odd", tags=("t",) if number < 4 else ())
    make(alice, "Template", is_template=True)
    service.mark_notes(alice.actor, [make(alice, "Pinned")], pinned=True)
    found = pages(browser, sort=sort.value)
    assert (len(found), len(set(found))) == (9, 9)
    assert sorted(pages(browser, sort=sort.value, tag="t", text="even")) == ["Note 0", "Note 2"]
    assert pages(browser, sort=sort.value, view="templates") == ["Template"]
    assert pages(browser, sort=sort.value, view="pinned") == ["Pinned"]
    assert pages(browser, sort=sort.value, text="nowhere") == pages(browser, tag="nowhere") == []
    if sort is Sort.TITLE:
        assert found == sorted(found)


def test_no_list_asks_more_for_more_rows(alice: Person) -> None:
    def statements() -> list[int]:
        actor, space_id = alice.actor, alice.space_id
        asked = []
        for ask in (
            lambda: queries.list_notes(actor, Filters(), limit=100),
            lambda: queries.list_notes(actor, Filters(tag="t", text="word"), limit=100),
            lambda: queries.list_branches(actor, space_id),
            lambda: queries.list_missing(actor, space_id),
            lambda: queries.list_backlinks(actor, hub),
            lambda: queries.list_outgoing(actor, hub),
            lambda: queries.list_versions(actor, hub),
            lambda: queries.newest_notes(actor, View.NOTES, 50),
        ):
            with counted() as sent:
                ask()
            asked.append(len(sent))
        return asked

    hub = make(alice, "Hub", "[[A]]")
    make(alice, "First", "word [[Hub]] [[B]]", tags=("t",))
    few = statements()
    for number in range(20):
        make(alice, f"Note {number}", f"word [[Hub]] [[Missing {number}]]", tags=("t",))
    assert statements() == few
