"""The settings page about one's own data."""

import io
from zipfile import ZipFile

import pytest

from tests.people import Browser, People
from trackeep.core.actor import Actor
from trackeep.core.slots import Exporter
from trackeep.portability import queries, service

URL = "/settings/data"


@pytest.fixture
def actor(people: People) -> Actor:
    people.add("somebody")
    people.offer(
        Exporter(name="x", domain="notes", file_name="x.txt", write=lambda _actor: [b"x"], title="<i>Things</i>")
    )
    return people.add("alice")


@pytest.fixture
def alice(actor: Actor, people: People) -> Browser:
    return people.browser("alice")


def test_the_page_tells_what_an_archive_holds(alice: Browser) -> None:
    page = alice.get(URL)
    assert page.status_code == 200
    assert "&lt;i&gt;Things" in page.text
    assert "Make an archive" in page.text


def test_from_asking_to_downloading_and_deleting(alice: Browser, actor: Actor) -> None:
    assert alice.post(URL).status_code == 303
    assert "is being made" in alice.get(URL).text
    (archive,) = queries.archives(actor)
    assert alice.get(f"{URL}/{archive.id}").status_code == 410
    assert alice.post(URL).status_code == 409
    service.make_archive(archive.id)
    assert f'href="{URL}/{archive.id}"' in alice.get(URL).text
    answer = alice.get(f"{URL}/{archive.id}")
    assert ZipFile(io.BytesIO(answer.data)).read("x.txt") == b"x"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=trackeep-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert alice.post(f"{URL}/{archive.id}/delete").status_code == 303
    assert alice.get(f"{URL}/{archive.id}").status_code == 404


def test_an_archive_is_for_its_owner_alone(alice: Browser, actor: Actor, people: People) -> None:
    archive_id = service.request_archive(actor)
    service.make_archive(archive_id)
    people.add("admin", is_admin=True)
    for name in ("admin", "somebody"):
        assert people.browser(name).get(f"{URL}/{archive_id}").status_code == 404
        assert people.browser(name).post(f"{URL}/{archive_id}/delete").status_code == 404
    assert people.browser().get(f"{URL}/{archive_id}").status_code == 303
    assert len(queries.archives(actor)) == 1
