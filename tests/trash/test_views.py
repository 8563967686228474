"""The trash as a page."""

import pytest

from tests.people import Browser, People
from tests.trash.bins import BINS, make
from trackeep.core.actor import Actor


@pytest.fixture
def actor(people: People) -> Actor:
    people.add("somebody")
    people.only_offer(*BINS)
    return people.add("alice")


@pytest.fixture
def alice(actor: Actor, people: People) -> Browser:
    return people.browser("alice")


def test_an_empty_trash_explains_itself(alice: Browser) -> None:
    page = alice.get("/trash")
    assert page.status_code == 200
    assert "The trash is empty" in page.text


def test_rows_kinds_and_the_next_page_are_shown(alice: Browser, actor: Actor) -> None:
    make(actor, "note", 3)
    make(actor, "task", 1)
    page = alice.get("/trash?limit=2").text
    assert page.count("data-row") == 2
    assert "/trash?cursor=" in page
    assert "/trash?kind=task" in page
    assert alice.get("/trash?kind=task").text.count("data-row") == 1
    assert "<html" not in alice.get("/trash", partial=True).text


def test_marked_rows_come_back(alice: Browser, actor: Actor) -> None:
    ids = make(actor, "note", 3)
    answer = alice.post("/trash", {"verb": "restore", "ids": ids[:2]})
    assert (answer.status_code, answer.location) == (303, "/trash")
    assert alice.get("/trash").text.count("data-row") == 1


def test_marked_rows_are_removed_and_the_script_is_told(alice: Browser, actor: Actor) -> None:
    ids = make(actor, "note", 2)
    answer = alice.post("/trash", {"verb": "purge", "ids": ids}, partial=True)
    assert answer.status_code == 204
    assert "2 things were removed." in answer.headers["HX-Trigger"]
    assert "data-row" not in alice.get("/trash").text


def test_the_trash_is_emptied_by_kind_or_whole(alice: Browser, actor: Actor) -> None:
    make(actor, "note", 1)
    make(actor, "task", 1)
    assert alice.post("/trash/empty", {"kind": "task"}).status_code == 303
    assert alice.get("/trash").text.count("data-row") == 1
    alice.post("/trash/empty", {"kind": ""})
    assert "The trash is empty" in alice.get("/trash").text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"verb": "explode", "ids": [1]}, 422), ({"verb": "purge"}, 422), ({"verb": "purge", "ids": ["x"]}, 422),
        ({"verb": "purge", "ids": [2**70]}, 422), ({"verb": "purge", "ids": [999_999]}, 404),
    ],
)  # fmt: skip
def test_an_impossible_wish_is_refused(alice: Browser, form: dict[str, object], status: int) -> None:
    assert alice.post("/trash", form).status_code == status


def test_a_visitor_is_sent_to_sign_in(people: People) -> None:
    assert people.browser().get("/trash").status_code == 303
    assert people.browser().post("/trash/empty").status_code == 303
