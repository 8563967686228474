"""The page and the JSON of imports, what they refuse, and whose an import is."""

import io

import pytest
from apiflask import APIFlask

from tests.bookmarks.importing import API, HEAD, bring, entry, folder, library, upload, work
from tests.people import Browser, People
from trackeep.bookmarks import queries, service
from trackeep.core import jobs
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, Invalid, NotFound


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


@pytest.fixture(autouse=True)
def no_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about the import; nothing is fetched after it."""
    monkeypatch.setattr(jobs, "enqueue_many", lambda *_arguments, **_named: None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 50, "not a text file"),
        (b"url,title\nhttps://example.org,One\n", "not a bookmark file"),
        (b"<html><body>Hello</body></html>", "not a bookmark file"),
    ],
)
def test_an_unreadable_file_is_told_at_once(alice: Actor, browser: Browser, content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as told:
        service.open_import(alice, alice.personal_space_id or 0, file_name="x", stream=io.BytesIO(content))
    assert words in told.value.fields["file"][0]

    answer = upload(browser, content)

    assert answer.status_code == 422
    assert words in answer.json["errors"]["file"][0]  # type: ignore[index]  # a JSON answer
    assert queries.list_imports(alice) == []


def test_the_import_of_somebody_else_does_not_exist(app: APIFlask, people: People, alice: Actor) -> None:
    item = bring(app, alice, entry("https://example.org/a"))
    bob = people.add("bob")
    for verb in (service.start_import, service.start_undo, service.discard_import):
        with pytest.raises(NotFound):
            verb(bob, item.id)
    stranger = people.browser("bob")
    for path in ("", "/rows"):
        assert stranger.get(f"{API}/{item.id}{path}").status_code == 404
    assert stranger.post(f"{API}/{item.id}/run", json={}).status_code == 404
    assert stranger.post(f"{API}/{item.id}/undo").status_code == 404
    assert stranger.delete(f"{API}/{item.id}").status_code == 404
    assert stranger.get(f"/bookmarks/import/{item.id}").status_code == 404
    assert stranger.post(f"/bookmarks/import/{item.id}/run").status_code == 404


def test_a_viewer_brings_nothing(app: APIFlask, people: People, alice: Actor) -> None:
    bob = people.add("bob")
    viewer = people.join("alice", bob.personal_space_id or 0, Role.VIEWER)

    with pytest.raises(Forbidden):
        service.open_import(viewer, bob.personal_space_id or 0, file_name="x", stream=io.BytesIO(b""))
    answer = upload(people.browser("alice"), b"", API, space_id=str(bob.personal_space_id))
    assert answer.status_code == 403


def test_who_may_no_longer_write_saves_nothing(app: APIFlask, people: People, alice: Actor) -> None:
    bob = people.add("bob")
    space_id = bob.personal_space_id or 0
    member = people.join("alice", space_id, Role.MEMBER)
    import_id = service.open_import(
        member, space_id, file_name="x", stream=io.BytesIO((HEAD + entry("https://example.org/a")).encode())
    )
    work(app)
    service.start_import(member, import_id)
    people.join("alice", space_id, Role.VIEWER)
    work(app)

    assert queries.get_import(member, import_id).state == "failed"
    assert library(bob) == {}


def test_the_api_goes_all_the_way(app: APIFlask, browser: Browser, alice: Actor) -> None:
    answer = upload(browser, (HEAD + entry("https://example.org/a") + entry("ftp://x")).encode())
    assert answer.status_code == 202
    url = f"{API}/{answer.json['id']}"  # type: ignore[index]  # a JSON answer
    assert browser.post(f"{url}/run", json={}).status_code == 409
    work(app)
    assert browser.get(url).json["state"] == "checked"  # type: ignore[index]
    skipped = browser.get(f"{url}/rows?outcome=skipped").json["items"]  # type: ignore[index]
    assert [row["number"] for row in skipped] == [2]

    assert browser.post(f"{url}/run", json={}).status_code == 202
    work(app)
    assert browser.get(url).json["saved"] == 1  # type: ignore[index]
    assert browser.get(API).json["items"][0]["state"] == "done"  # type: ignore[index]

    assert browser.post(f"{url}/undo").status_code == 202
    work(app)
    assert browser.delete(url).status_code == 204
    assert browser.get(url).status_code == 404


def test_the_page_goes_all_the_way(app: APIFlask, browser: Browser, alice: Actor) -> None:
    assert "Drop the file here" in browser.get("/bookmarks/import").text
    content = (HEAD + folder("F", entry("https://example.org/a", "<i>Hello")) + entry("javascript:x")).encode()
    answer = browser.post(
        "/bookmarks/import", {"file": (io.BytesIO(content), "C:\\x\\my.html")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303
    page = answer.headers["Location"]
    assert "hx-trigger" in browser.get(page).text
    work(app)

    preview = browser.get(page).text
    assert "my.html" in preview
    assert "1 page is new" in preview
    assert "A bookmarklet" in preview
    assert "<i>Hello" not in preview
    assert "A bookmarklet" not in browser.get(f"{page}?outcome=new", partial=True).text

    assert browser.post(f"{page}/run").status_code == 303
    assert "<progress" in browser.get(page, partial=True).text
    work(app)
    assert "1 bookmark was saved" in browser.get(page).text
    assert "&lt;i&gt;Hello" in browser.get("/bookmarks").text

    assert browser.post(f"{page}/undo").status_code == 303
    work(app)
    assert "1 bookmark is in the trash" in browser.get(page).text
    assert "my.html" in browser.get("/bookmarks/import").text
    assert browser.post(f"{page}/discard").status_code == 303
    assert browser.get(page).status_code == 404


def test_no_file_is_told(browser: Browser) -> None:
    assert browser.post("/bookmarks/import", {}, headers={"X-Form": "1"}).status_code == 422
    assert browser.post(API, {}, content_type="multipart/form-data").status_code == 422
