"""The JSON of bookmarks: lists, saving, changing, who may, and that it is what the document promises."""

from typing import Any

import pytest

from tests.people import Browser, People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.schemas import BookmarkOut, BookmarkPageOut, CollectionsOut
from trackeep.core.actor import Actor, Role
from trackeep.core.paging import encode_cursor

URL = "/api/v1/bookmarks"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def stranger(people: People) -> Actor:
    return people.add("stranger")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def save(actor: Actor, number: int = 1, **parts: Any) -> int:
    space_id = parts.pop("space_id", actor.personal_space_id)
    draft = Draft(**{"url": f"https://example.org/{number}", "title": f"Page {number}", **parts})
    return service.save_bookmark(actor, space_id=space_id, draft=draft)


def test_a_page_is_saved_and_shown_as_the_document_says(browser: Browser) -> None:
    made = browser.post(URL, json={"url": "https://example.org/a", "title": "A", "tags": ["x", "y/z"], "unread": True})

    assert made.status_code == 201
    BookmarkOut.model_validate(made.get_json(), strict=False)
    assert made.get_json()["unread"] is True
    assert made.headers["ETag"].startswith('"1.')
    shown = browser.get(made.headers["Location"])
    assert shown.get_json()["id"] == made.get_json()["id"]
    assert set(shown.get_json()) == set(BookmarkOut.model_fields)
    known = {"If-None-Match": shown.headers["ETag"]}
    assert browser.get(made.headers["Location"], headers=known).status_code == 304


def test_what_is_shown_of_a_bookmark_is_known_by_its_etag_also_when_only_a_tag_has_changed(
    browser: Browser, alice: Actor
) -> None:
    there = save(alice, tags=["before"])
    shown = browser.get(f"{URL}/{there}")
    tag_id = shown.get_json()["tags"][0]["id"]
    browser.patch(f"/api/v1/tags/{tag_id}", json={"name": "after"})

    again = browser.get(f"{URL}/{there}", headers={"If-None-Match": shown.headers["ETag"]})

    assert again.status_code == 200
    assert [tag["name"] for tag in again.get_json()["tags"]] == ["after"]
    edit = browser.patch(f"{URL}/{there}", json={"title": "new"}, headers={"If-Match": shown.headers["ETag"]})
    assert edit.status_code == 200, "the text is still the one that was edited"


def test_the_list_is_what_the_document_says_and_goes_on(browser: Browser, alice: Actor) -> None:
    ids = [save(alice, number) for number in range(5)]

    first = browser.get(f"{URL}?limit=3").get_json()
    BookmarkPageOut.model_validate(first)
    second = browser.get(f"{URL}?limit=3&cursor={first['next_cursor']}").get_json()

    assert [item["id"] for item in [*first["items"], *second["items"]]] == ids[::-1]
    assert (first["total"], first["total_capped"], second["next_cursor"]) == (5, False, None)
    assert set(first) == set(BookmarkPageOut.model_fields)


@pytest.mark.parametrize(
    "query",
    [
        "view=nonsense",
        "limit=101",
        "limit=0",
        "cursor=garbage",
        "colour=red",
        "after=yesterday",
        "collection=x",
        "sort=x",
    ],
)
def test_a_wrong_filter_is_named(browser: Browser, query: str) -> None:
    answer = browser.get(f"{URL}?{query}")

    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_filters_are_understood(browser: Browser, alice: Actor) -> None:
    save(alice, 1, tags=["news"], unread=True)
    save(alice, 2, archived=True)
    save(alice, 3, url="https://other.example/3", title="Sourdough")

    def titles(query: str) -> list[str]:
        return [item["title"] for item in browser.get(f"{URL}?{query}").get_json()["items"]]

    assert titles("view=unread") == ["Page 1"]
    assert titles("view=archived") == ["Page 2"]
    assert titles("tag=news") == ["Page 1"]
    assert titles("site=other.example") == ["Sourdough"]
    assert titles("text=sourdough") == ["Sourdough"]
    assert titles("view=everything&sort=title") == ["Page 1", "Page 2", "Sourdough"]


def test_the_same_page_twice_names_the_one_that_is_there(browser: Browser, alice: Actor) -> None:
    there = save(alice, 1)

    answer = browser.post(URL, json={"url": "https://example.org/1#part"})

    assert answer.status_code == 409
    assert answer.get_json()["existing_id"] == there
    assert browser.get(f"{URL}/check?url=https://example.org/1").get_json()["bookmark"]["id"] == there
    assert browser.get(f"{URL}/check?url=https://example.org/2").get_json() == {"saved": False, "bookmark": None}
    assert browser.get(f"{URL}/check?url=javascript:alert(1)").status_code in (200, 422)


def test_one_key_saves_once(browser: Browser) -> None:
    first = browser.post(URL, json={"url": "https://example.org/a"}, headers={"Idempotency-Key": "one"})
    again = browser.post(URL, json={"url": "https://example.org/a"}, headers={"Idempotency-Key": "one"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json()["id"] == again.get_json()["id"]


@pytest.mark.parametrize(
    ("body", "field"),
    [({"url": "javascript:alert(1)"}, "url"), ({"url": "https://a.org", "title": "x" * 1_001}, "title"), ({}, "url")],
)
def test_what_cannot_be_saved_names_its_field(browser: Browser, body: dict[str, Any], field: str) -> None:
    answer = browser.post(URL, json=body)

    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


def test_only_what_is_sent_changes(browser: Browser, alice: Actor) -> None:
    there = save(alice, 1, tags=["a"], notes="kept")

    marked = browser.patch(f"{URL}/{there}", json={"favourite": True})
    assert (marked.status_code, marked.get_json()["favourite"], marked.get_json()["notes"]) == (200, True, "kept")
    assert browser.patch(f"{URL}/{there}", json={"title": "new"}).status_code == 428
    renamed = browser.patch(f"{URL}/{there}", json={"title": "new"}, headers={"If-Match": marked.headers["ETag"]})
    assert renamed.get_json()["title"] == "new"
    stale = browser.patch(f"{URL}/{there}", json={"title": "mine"}, headers={"If-Match": marked.headers["ETag"]})
    assert stale.status_code == 409
    assert (stale.get_json()["yours"], stale.get_json()["theirs"]) == ({"title": "mine"}, {"title": "new"})
    assert stale.get_json()["version"] == renamed.get_json()["version"]
    assert browser.patch(f"{URL}/{there}", json={"space_id": 1}).status_code == 422


def test_null_empties_what_can_be_empty_and_is_refused_for_the_rest(browser: Browser, alice: Actor) -> None:
    there = save(alice, description="long", notes="own", tags=["x"])
    version = {"If-Match": '"1"'}

    emptied = browser.patch(f"{URL}/{there}", json={"description": None, "notes": None, "tags": None}, headers=version)
    refused = browser.patch(f"{URL}/{there}", json={"url": None, "unread": None}, headers=version)
    nameless = browser.post(f"{URL}/collections", json={"name": "Folder"}).get_json()

    assert [emptied.get_json()[name] for name in ("title", "description", "notes", "tags")] == ["Page 1", "", "", []]
    assert set(refused.get_json()["errors"]) == {"url", "unread"}
    unnamed = browser.patch(f"{URL}/collections/{nameless['id']}", json={"name": None})
    assert set(unnamed.get_json()["errors"]) == {"name"}


def test_a_bulk_change_of_nothing_says_so_in_the_language_of_the_reader(browser: Browser) -> None:
    complaint = browser.post(f"{URL}/bulk", json={"verb": "archive"}).get_json()["errors"]["form"]
    assert complaint == ["Please name either ids or a filter."]


def test_a_bookmark_goes_to_the_trash(browser: Browser, alice: Actor) -> None:
    there = save(alice)

    assert browser.delete(f"{URL}/{there}").status_code == 204
    assert browser.get(f"{URL}/{there}").status_code == 404
    assert browser.delete(f"{URL}/{there}").status_code == 404


def test_a_failed_fetch_can_be_tried_again(browser: Browser, alice: Actor) -> None:
    there = save(alice)
    service.note_fetch_failure(there, "The server does not answer.")
    assert browser.get(f"{URL}/{there}").get_json()["fetch_error"] == "The server does not answer."

    answer = browser.post(f"{URL}/{there}/refetch")

    assert (answer.status_code, answer.get_json()["fetch_state"]) == (202, "pending")


def test_a_stranger_finds_nothing(people: People, alice: Actor, stranger: Actor) -> None:
    there, browser = save(alice), people.browser("stranger")
    collection = service.create_collection(alice, alice.personal_space_id or 0, name="Mine")

    for method, path in (
        ("GET", f"/{there}"), ("PATCH", f"/{there}"), ("DELETE", f"/{there}"), ("POST", f"/{there}/refetch"),
        ("GET", f"/collections/{collection}"), ("PATCH", f"/collections/{collection}"),
        ("DELETE", f"/collections/{collection}"), ("GET", f"?space={alice.personal_space_id}"),
        ("GET", f"/check?url=https://example.org/1&space={alice.personal_space_id}"),
    ):  # fmt: skip
        options: dict[str, Any] = {}
        if method == "PATCH":
            options["json"] = {"name": "x"} if "collections" in path else {"unread": True}
        answer = browser._change(method, URL + path, **options)
        assert answer.status_code == 404, (method, path)
    assert browser.get(URL).get_json()["items"] == []
    for body in (
        {"url": "https://a.org", "space_id": alice.personal_space_id},
        {"url": "https://a.org", "collection_ids": [collection]},
    ):
        assert browser.post(URL, json=body).status_code == 404
    assert browser.post(f"{URL}/collections", json={"name": "x", "parent_id": collection}).status_code == 404


def test_a_collection_of_somebody_else_in_a_change_is_not_found(people: People, alice: Actor, stranger: Actor) -> None:
    theirs = service.create_collection(stranger, stranger.personal_space_id or 0, name="Theirs")
    there, browser = save(alice), people.browser("alice")

    assert browser.patch(f"{URL}/{there}", json={"collection_ids": [theirs]}).status_code == 404
    bulk = {"verb": "collect", "collection_id": theirs, "ids": [there]}
    assert browser.post(f"{URL}/bulk", json=bulk).status_code == 404


def test_a_viewer_reads_and_changes_nothing(people: People, alice: Actor) -> None:
    space_id = alice.personal_space_id or 0
    there = save(alice)
    people.add("viewer")
    people.join("viewer", space_id, Role.VIEWER)
    browser = people.browser("viewer")

    assert browser.get(f"{URL}/{there}").status_code == 200
    assert browser.patch(f"{URL}/{there}", json={"unread": True}).status_code == 403
    assert browser.delete(f"{URL}/{there}").status_code == 403
    assert browser.post(URL, json={"url": "https://a.org", "space_id": space_id}).status_code == 403
    assert browser.post(f"{URL}/bulk", json={"verb": "trash", "ids": [there]}).status_code == 403


def test_a_token_needs_the_scope(people: People, alice: Actor) -> None:
    reader, writer = people.holder("alice", "bookmarks:read"), people.holder("alice", "bookmarks:write")
    other = people.holder("alice", "tags:read")
    client = people._app.test_client()

    assert client.get(URL, headers=reader).status_code == 200
    assert client.get(URL, headers=other).status_code == 403
    assert client.get(URL, headers=writer).status_code == 200
    assert client.post(URL, headers=reader, json={"url": "https://a.org"}).status_code == 403
    assert client.post(URL, headers=writer, json={"url": "https://a.org"}).status_code == 201
    assert client.get(URL).status_code == 401


def test_collections_are_made_moved_and_deleted(browser: Browser, alice: Actor) -> None:
    top = browser.post(f"{URL}/collections", json={"name": "Top"})
    assert top.status_code == 201
    inside = browser.post(f"{URL}/collections", json={"name": "Inside", "parent_id": top.get_json()["id"]}).get_json()
    assert browser.post(f"{URL}/collections", json={"name": "top"}).status_code == 409
    circle = browser.patch(f"{URL}/collections/{top.get_json()['id']}", json={"parent_id": inside["id"]})
    assert circle.status_code == 422
    moved = browser.patch(f"{URL}/collections/{inside['id']}", json={"parent_id": None, "name": "Out"})
    assert (moved.get_json()["path"], moved.get_json()["depth"]) == (["Out"], 0)
    save(alice, 1, collection_ids=[inside["id"]])

    listed = browser.get(f"{URL}/collections").get_json()
    CollectionsOut.model_validate(listed)
    assert [(node["name"], node["count"]) for node in listed["items"]] == [("Out", 1), ("Top", 0)]
    assert browser.delete(f"{URL}/collections/{inside['id']}").status_code == 204
    assert browser.get(f"{URL}/collections/{inside['id']}").status_code == 404
    assert browser.get(URL).get_json()["items"][0]["collection_ids"] == []


def test_more_rows_need_no_more_queries(browser: Browser, alice: Actor) -> None:
    def needed() -> int:
        with counted() as sent:
            assert browser.get(f"{URL}?limit=100").status_code == 200
        return len(sent)

    for number in range(3):
        save(alice, number, tags=[f"t{number}"])
    few = needed()
    for number in range(3, 40):
        save(alice, number, tags=[f"t{number}", "all"])

    assert needed() == few <= 6


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00"])
def test_a_cursor_at_the_edge_of_time_is_refused(browser: Browser, moment: str) -> None:
    assert browser.get(f"{URL}?cursor={encode_cursor(moment, 5)}").status_code == 422


@pytest.mark.parametrize("days", ["after=0001-01-01", "before=9999-12-31", "after=0001-01-02&before=9999-12-30"])
def test_days_at_the_edge_of_time_are_no_accident(browser: Browser, days: str) -> None:
    assert browser.get(f"{URL}?{days}").status_code in (200, 422)
    assert browser.get(f"/bookmarks?{days}").status_code in (200, 422)


def test_with_a_key_too_a_page_that_is_saved_already_is_told(browser: Browser, alice: Actor) -> None:
    there = save(alice, 1)
    body = {"url": queries.get_bookmark(alice, there).url}
    for _time in range(2):
        answer = browser.post(URL, json=body, headers={"Idempotency-Key": "again"})
        assert (answer.status_code, answer.get_json()["existing_id"]) == (409, there)
