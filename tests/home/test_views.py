"""The home page in a browser of its person."""

from datetime import UTC, datetime

import pytest

from tests.people import Browser, People
from trackeep.core import clock
from trackeep.core.slots import Card, FirstStep, QuickAdd
from trackeep.quick.provides import OFFERS as QUICK_OFFERS

STEP = FirstStep(
    name="import", title="Bring your bookmarks", text="From a file", icon="file-import", endpoint="home.show_home",
    done=lambda _actor: False,
)  # fmt: skip


def card(name: str, data: dict[str, object] | None) -> Card:
    return Card(name=name, title=name.title(), template="quick/capture.html", load=lambda _actor: data)


@pytest.fixture
def alice(people: People) -> Browser:
    people.only_offer(card("due", {"n": 1}), card("unread", None))
    people.add("alice", time_zone="Pacific/Auckland")
    return people.browser("alice")


def test_the_page_greets_with_the_date_of_its_person(alice: Browser) -> None:
    with clock.freeze(datetime(2026, 11, 23, 20, 0, tzinfo=UTC)):
        page = alice.get("/")
    assert page.status_code == 200
    assert "Good morning" in page.text
    assert "Tuesday, November 24, 2026" in page.text


def test_a_card_without_content_is_left_out(alice: Browser) -> None:
    page = alice.get("/").text
    assert 'id="card-due"' in page
    assert 'id="card-unread"' not in page


def test_while_arranging_empty_cards_can_be_moved_too(alice: Browser) -> None:
    page = alice.get("/?arrange=1").text
    assert 'id="card-unread"' in page
    assert "Move Due later" in page


def test_a_card_is_hidden_and_shown_again_without_scripts(alice: Browser) -> None:
    answer = alice.post("/home/cards/due/hide", {"arrange": "1"})
    assert (answer.status_code, answer.location) == (303, "/?arrange=1")
    assert 'id="card-due"' not in alice.get("/").text
    alice.post("/home/cards/due/show")
    assert 'id="card-due"' in alice.get("/").text


def test_a_script_gets_the_block_alone(alice: Browser) -> None:
    answer = alice.post("/home/cards/due/hide", {"arrange": "1"}, partial=True)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Hidden cards" in answer.text


def test_first_steps_teach_until_they_are_put_away(alice: Browser, people: People) -> None:
    people.offer(STEP)
    assert "Bring your bookmarks" in alice.get("/").text
    alice.post("/home/welcome/away")
    assert "Bring your bookmarks" not in alice.get("/").text
    alice.post("/home/reset")
    assert "Bring your bookmarks" in alice.get("/").text


def test_an_empty_home_is_a_quiet_day(alice: Browser, people: People) -> None:
    people.only_offer()
    assert "A quiet day" in alice.get("/").text


def test_the_capture_box_needs_something_to_make(alice: Browser, people: People) -> None:
    people.only_offer(*QUICK_OFFERS)
    assert "card-capture" not in alice.get("/").text
    people.offer(
        QuickAdd(
            kind="note", domain="notes", title="Note", icon="note", matches=lambda _text: 1.0,
            preview=lambda _actor, text: text,
            add=lambda _actor, _space, _text: None,  # type: ignore[arg-type, return-value]  # nothing is added here
        )
    )  # fmt: skip
    assert "card-capture" in alice.get("/").text


def test_an_unknown_card_or_verb_is_not_found(alice: Browser) -> None:
    assert alice.post("/home/cards/nothing/hide").status_code == 404
    assert alice.post("/home/cards/due/explode").status_code == 404
    assert alice.get("/home/cards/due/hide").status_code == 405


def test_a_forged_request_changes_nothing(alice: Browser) -> None:
    answer = alice.post("/home/cards/due/hide", headers={"X-CSRF-Token": "wrong"})
    assert answer.status_code == 403
    assert 'id="card-due"' in alice.get("/").text
