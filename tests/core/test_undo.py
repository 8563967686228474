"""One step takes a bulk change back, except what somebody has edited since."""

from datetime import timedelta
from typing import Any

import pytest

from trackeep.core import clock, db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, NotFound
from trackeep.core.objects import create_objects, purge_objects, touch_objects

Before = dict[int, dict[str, Any]]


@pytest.fixture
def things(alice: Actor) -> Before:
    """Objects with their titles, as a domain would keep them."""
    assert alice.personal_space_id is not None
    with db.unit_of_work():
        ids = create_objects("bookmark", alice.personal_space_id, alice, 1_200)
    return {object_id: {"title": f"old {object_id}"} for object_id in ids}


def change(actor: Actor, things: Before) -> int:
    with db.unit_of_work():
        batch = undo.begin(actor, "Renamed everything")
        touch_objects(things)
        undo.remember(batch, "test.title", things)
    return batch


def restorer(restored: Before) -> dict[str, undo.Restorer]:
    def restore(_actor: Actor, before: Any) -> None:
        restored.update(before)
        touch_objects(before)

    return {"test.title": restore}


def test_everything_is_as_before(alice: Actor, things: Before) -> None:
    batch, restored = change(alice, things), dict[int, dict[str, Any]]()

    assert undo.find_batch(alice, batch).size == 1_200
    done = undo.undo(alice, batch, restorer(restored))
    assert (done.title, done.restored, done.kept) == ("Renamed everything", 1_200, ())
    assert restored == things


def test_what_was_edited_since_is_kept_and_reported(alice: Actor, things: Before) -> None:
    batch, restored = change(alice, things), dict[int, dict[str, Any]]()
    edited, purged = list(things)[5], list(things)[6]
    with db.unit_of_work():
        touch_objects([edited])
        purge_objects([purged])

    done = undo.undo(alice, batch, restorer(restored))
    assert (done.restored, done.kept) == (1_198, (edited,))
    assert edited not in restored


def test_the_first_note_of_an_object_stays(alice: Actor, things: Before) -> None:
    batch, restored = change(alice, things), dict[int, dict[str, Any]]()
    with db.unit_of_work():
        touch_objects(things)
        undo.remember(batch, "test.title", {object_id: {"title": "in between"} for object_id in things})

    assert undo.undo(alice, batch, restorer(restored)).restored == 1_200
    assert restored == things


def test_an_undo_that_was_interrupted_goes_on(alice: Actor, things: Before) -> None:
    batch, restored = change(alice, things), dict[int, dict[str, Any]]()
    calls = []

    def breaking(actor: Actor, before: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        restorer(restored)["test.title"](actor, before)

    with pytest.raises(RuntimeError):
        undo.undo(alice, batch, {"test.title": breaking})
    assert len(restored) == 500
    assert undo.undo(alice, batch, restorer(restored)).restored == 700
    assert restored == things


def test_a_batch_belongs_to_its_user_is_undone_once_and_expires(alice: Actor, bob: Actor, things: Before) -> None:
    batch, late = change(alice, things), change(alice, things)
    with pytest.raises(NotFound):
        undo.undo(bob, batch, {})
    with clock.freeze(clock.now() + timedelta(days=31)):
        with pytest.raises(Gone):
            undo.undo(alice, late, {})
        undo.forget_old()
    with pytest.raises(NotFound):
        undo.find_batch(alice, late)

    again = change(alice, things)
    undo.undo(alice, again, restorer({}))
    with pytest.raises(Gone):
        undo.undo(alice, again, restorer({}))


def test_who_presses_at_the_same_moment_is_told_that_it_has_been_done(
    alice: Actor, things: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It found the batch open, waited for its twin, and then nothing is left."""
    batch = change(alice, things)
    undo.undo(alice, batch, restorer({}))
    monkeypatch.setattr(undo, "_open_title", lambda _actor, _batch_id: "Renamed everything")
    with pytest.raises(Gone):
        undo.undo(alice, batch, restorer({}))
