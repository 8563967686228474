"""Archives through the API."""

import io
from zipfile import ZipFile

import pytest

from tests.people import Browser, People
from trackeep.core.slots import Exporter
from trackeep.portability import service

URL = "/api/v1/portability/archives"


@pytest.fixture
def alice(people: People) -> Browser:
    people.add("somebody")
    people.only_offer(Exporter(name="x", domain="notes", file_name="x.txt", write=lambda _actor: [b"x"]))
    people.add("alice")
    return people.browser("alice")


def test_from_asking_to_downloading_and_deleting(alice: Browser) -> None:
    answer = alice.post(URL)
    assert answer.status_code == 202
    archive_id = answer.get_json()["id"]
    assert alice.post(URL).status_code == 409
    assert alice.get(f"{URL}/{archive_id}/file").status_code == 410
    service.make_archive(archive_id)
    (item,) = alice.get(URL).get_json()["items"]
    assert (item["id"], item["state"]) == (archive_id, "done")
    answer = alice.get(f"{URL}/{archive_id}/file")
    assert answer.mimetype == "application/zip"
    assert ZipFile(io.BytesIO(answer.data)).read("x.txt") == b"x"
    assert alice.delete(f"{URL}/{archive_id}").status_code == 204
    assert alice.get(URL).get_json() == {"items": []}


def test_an_archive_is_for_its_owner_alone(alice: Browser, people: People) -> None:
    archive_id = alice.post(URL).get_json()["id"]
    service.make_archive(archive_id)
    other = people.browser("somebody")
    assert other.get(f"{URL}/{archive_id}/file").status_code == 404
    assert other.delete(f"{URL}/{archive_id}").status_code == 404
    assert other.get(URL).get_json() == {"items": []}


def test_a_token_needs_the_scope_and_nobody_is_refused(alice: Browser, people: People) -> None:
    plain, reader = people.browser(), people.holder("alice", "portability:read")
    assert plain.get(URL, headers=reader).status_code == 200
    assert plain.post(URL, headers=reader).status_code == 403
    assert plain.get(URL, headers=people.holder("alice", "home:read")).status_code == 403
    assert plain.get(URL).status_code == 401
    assert plain.post(URL).status_code == 401


def test_a_token_takes_an_archive_only_if_it_may_read_all_that_is_in_it(alice: Browser, people: People) -> None:
    people.offer(Exporter(name="y", domain="tasks", file_name="y.txt", write=lambda _actor: [b"y"]))
    archive_id = alice.post(URL).get_json()["id"]
    service.make_archive(archive_id)
    plain, file = people.browser(), f"{URL}/{archive_id}/file"

    refused = plain.get(file, headers=people.holder("alice", "portability:read", "notes:read"))
    assert (refused.status_code, refused.get_json()["scope"]) == (403, "tasks:read")
    reader = people.holder("alice", "portability:read", "notes:read", "tasks:read")
    assert plain.get(file, headers=reader).status_code == 200
