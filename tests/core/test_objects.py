"""Objects: versions, trash marks and the space's version in the same transaction."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from trackeep.core import clock, db, objects, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, NotFound
from trackeep.core.objects import Object


@pytest.fixture(autouse=True)
def counting_versions() -> Iterator[None]:
    """While the clock stands still, each raising of a space counts one."""
    with clock.freeze(clock.now()):
        yield


def _make(person: Actor, count: int = 1) -> list[int]:
    with db.unit_of_work():
        return list(objects.create_objects("thing", person.personal_space_id or 0, person, count))


def _row(object_id: int) -> Object:
    return db.session().execute(select(Object).where(Object.id == object_id)).scalar_one()


def _space_version(person: Actor) -> int:
    scope = versions.space_scope(person.personal_space_id or 0)
    return versions.current_versions([scope])[scope]


def test_ids_come_in_order_and_belong_to_their_maker(alice: Actor) -> None:
    ids = _make(alice, 3)

    assert ids == sorted(set(ids))
    assert (_row(ids[0]).created_by, _row(ids[0]).space_id, _row(ids[0]).version) == (
        alice.user_id,
        alice.personal_space_id,
        1,
    )


def test_many_come_by_one_statement_and_none_by_none(alice: Actor) -> None:
    before = _space_version(alice)

    assert _make(alice, 0) == []
    assert len(set(_make(alice, 700))) == 700
    assert _space_version(alice) == before + 1


def test_each_change_raises_the_object_and_its_space(alice: Actor) -> None:
    object_id = _make(alice)[0]
    before = _space_version(alice)

    with db.unit_of_work():
        objects.touch_objects([object_id])
    with db.unit_of_work():
        objects.trash_objects([object_id])
    trashed = _row(object_id)
    db.release()
    with db.unit_of_work():
        objects.restore_objects([object_id])

    assert trashed.deleted_at is not None
    assert _row(object_id).deleted_at is None
    assert _row(object_id).version == 4
    assert _space_version(alice) == before + 3


def test_a_stale_version_is_a_conflict_with_both_texts(alice: Actor) -> None:
    object_id = _make(alice)[0]

    with db.unit_of_work():
        objects.expect_version(object_id, 1)
    with pytest.raises(Conflict) as caught, db.unit_of_work():
        objects.expect_version(object_id, 7, yours="a", theirs="b")
    with pytest.raises(NotFound), db.unit_of_work():
        objects.expect_version(object_id + 1_000, 1)

    assert caught.value.extra == {"version": 1, "yours": "a", "theirs": "b"}


def test_purging_is_for_good_and_raises_the_space(alice: Actor) -> None:
    object_id = _make(alice)[0]
    before = _space_version(alice)

    with db.unit_of_work():
        objects.purge_objects([object_id])

    assert db.session().scalar(select(Object.id).where(Object.id == object_id)) is None
    assert _space_version(alice) == before + 1
