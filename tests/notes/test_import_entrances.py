"""The pages and the JSON of imports and exports of notes."""

import io
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from tests.factories.accounts import Person
from tests.notes.making import make
from tests.notes.zipping import packed
from trackeep.core import jobs

API = "/api/v1/notes/imports"
FILES: dict[str, bytes | str] = {"A/One.md": "first <i>", "Two.md": "second", "cat.png": b"x"}


@pytest.fixture
def browser(alice: Person) -> FlaskClient:
    return alice.client()


def test_the_api_goes_all_the_way(alice: Person, browser: FlaskClient) -> None:
    answer = browser.post(API, data={"file": (packed(FILES), "v.zip")})
    assert answer.status_code == 202
    url = f"{API}/{answer.get_json()['id']}"
    assert browser.post(f"{url}/run").status_code == 409
    jobs.work_off(alice.app)
    assert browser.get(url).get_json()["counts"] == {"new": 3, "skipped": 1}
    rows = browser.get(f"{url}/rows?outcome=skipped").get_json()["items"]
    assert [row["title"] for row in rows] == ["cat.png"]
    assert browser.post(f"{url}/run").status_code == 202
    jobs.work_off(alice.app)
    assert browser.get(url).get_json()["saved"] == 3
    names = ZipFile(io.BytesIO(browser.get("/api/v1/notes/export").data)).namelist()
    assert names == ["Two.md", "A.md", "A/One.md"]
    assert browser.post(f"{url}/undo").status_code == 202
    jobs.work_off(alice.app)
    assert browser.delete(url).status_code == 204
    assert browser.get(url).status_code == 404
    assert browser.get(API).get_json()["items"] == []


def test_the_page_goes_all_the_way(alice: Person, browser: FlaskClient) -> None:
    assert "Drop the zip file here" in browser.get("/notes/import").text
    answer = browser.post("/notes/import", data={"file": (packed(FILES), "C:\\x\\my.zip")})
    page = answer.headers.get("Location") or answer.headers["X-Location"]
    assert "hx-trigger" in browser.get(page).text
    jobs.work_off(alice.app)
    preview = browser.get(page).text
    assert "my.zip" in preview
    assert "3 notes are new" in preview
    browser.post(f"{page}/run")
    assert "<progress" in browser.get(page).text
    jobs.work_off(alice.app)
    assert "3 notes were saved" in browser.get(page).text
    browser.post(f"{page}/undo")
    jobs.work_off(alice.app)
    assert "3 notes are in the trash" in browser.get(page).text
    browser.post(f"{page}/discard")
    assert browser.get(page).status_code == 404


def test_a_file_is_needed(browser: FlaskClient) -> None:
    assert browser.post("/notes/import", data={}).status_code == 422
    assert browser.post("/notes/import", data={"file": (io.BytesIO(b"text"), "x.zip")}).status_code == 422


def test_the_export_page_offers_all_and_a_part(alice: Person, browser: FlaskClient) -> None:
    note_id = make(alice, "Top <b>")
    make(alice, "Below", parent_id=note_id)
    make(alice, "Other")
    page = browser.get(f"/notes/export?note={note_id}").text
    assert "3 notes" in page
    assert "2 notes" in page
    assert "Top &lt;b&gt;" in page
    names = ZipFile(io.BytesIO(browser.get(f"/notes/export/file?note={note_id}").data)).namelist()
    assert names == ["Top -b-.md", "Top -b-/Below.md"]
