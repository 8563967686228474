"""The page of versions: what a save changed, what has changed since, and the way back and forth."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.effort import at_most
from tests.factories.accounts import Person
from tests.notes.making import body_of, edit, make, version_of
from trackeep.core import clock
from trackeep.notes.differences import Kind
from trackeep.notes.views.compared import MAX_SHOWN, Fold, compared

LONG = "\n".join(f"line {number}" for number in range(1, 101))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def browser(alice: Person) -> FlaskClient:
    return alice.client()


@pytest.fixture
def note_id(alice: Person) -> int:
    """With three versions."""
    with clock.freeze(NOON):
        note_id = make(alice, "Plan", "the old words\nkept")
    with clock.freeze(NOON + timedelta(hours=1)):
        edit(alice, note_id, body="the new words\nkept")
    with clock.freeze(NOON + timedelta(hours=2)):
        edit(alice, note_id, body="the new words\nkept\nmore <b>", title="Second plan")
    return note_id


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", page)


def test_the_newest_save_is_shown(browser: FlaskClient, note_id: int) -> None:
    page = browser.get(f"/notes/{note_id}/versions").text
    assert "<ins>more &lt;b&gt;</ins>" in page
    assert "<del>Plan</del>" in page
    assert "Restore this version" not in page
    assert page.count("version-line") == 3


def test_words_are_marked_inside_lines(browser: FlaskClient, note_id: int) -> None:
    page = plain(browser.get(f"/notes/{note_id}/versions?number=2").text)
    assert "the <del>old</del> words" in page
    assert "the <ins>new</ins> words" in page


def test_what_has_changed_since(browser: FlaskClient, note_id: int) -> None:
    page = plain(browser.get(f"/notes/{note_id}/versions?number=1&against=now").text)
    assert "<ins>Second plan</ins>" in page
    assert "the <ins>new</ins> words" in page
    assert "<ins>more &lt;b&gt;</ins>" in page


def test_there_and_back(alice: Person, browser: FlaskClient, note_id: int) -> None:
    restore = f"/notes/{note_id}/versions/1/restore"
    answer = browser.post(restore, data={"version": version_of(alice, note_id)})
    assert body_of(alice, note_id) == "the old words\nkept"
    page = browser.get(answer.headers.get("Location") or answer.headers["X-Location"]).text
    assert f"/notes/{note_id}/versions/3/restore" in page
    browser.post(f"/notes/{note_id}/versions/3/restore", data={"version": version_of(alice, note_id)})
    assert body_of(alice, note_id) == "the new words\nkept\nmore <b>"


def test_a_stale_page_restores_nothing(alice: Person, browser: FlaskClient, note_id: int) -> None:
    restore = f"/notes/{note_id}/versions/1/restore"
    assert browser.post(restore, data={"version": 1}).status_code == 409
    assert browser.post(restore).status_code == 428
    assert browser.get(f"/notes/{note_id}/versions?number=99").status_code == 404
    assert body_of(alice, note_id) == "the new words\nkept\nmore <b>"


def test_long_unchanged_parts_are_folded() -> None:
    found = compared(LONG, LONG.replace("line 50", "line fifty"))
    folds = [part for part in found.parts if isinstance(part, Fold)]
    assert [(fold.first, fold.count) for fold in folds] == [(1, 46), (54, 47)]
    assert (found.added, found.removed, found.cut) == (1, 1, False)
    assert folds[0].lines[0] == "line 1"


def test_nothing_is_shown_twice_or_left_out() -> None:
    new = LONG.replace("line 1\n", "", 1).replace("line 60\n", "").replace("line 99", "x\ny")
    shown: list[str] = []
    for part in compared(LONG, new).parts:
        if isinstance(part, Fold):
            shown += part.lines
        else:
            shown += [line.text for line in part.lines if line.kind is not Kind.REMOVED]
    assert shown == new.split("\n")


def test_a_giant_difference_is_cut() -> None:
    found = compared("", "\n".join(f"new {number}" for number in range(10_000)))
    assert sum(len(part.lines) for part in found.parts) <= 3_001


@pytest.mark.parametrize(
    ("old", "new"), [("", "\n" * 1_000_000), ("a\n" * 500_000, "b\n" * 500_000)], ids=["empty lines", "another text"]
)
def test_as_many_lines_as_a_note_can_hold_are_soon_compared(old: str, new: str) -> None:
    with at_most(2.5):  # a quarter of that on two cores
        found = compared(old, new)
    assert found.cut
    assert found.added == (new.count("\n") if not old else 500_000)
    assert [len(part.lines) for part in found.parts if not isinstance(part, Fold)] == [MAX_SHOWN]
    assert not any(isinstance(part, Fold) for part in found.parts), "what differs is told to be the same"
