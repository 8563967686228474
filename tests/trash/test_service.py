"""Bringing back, removing and emptying, and what happens after thirty days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.people import People
from tests.statements import counted
from tests.trash.bins import BINS, make
from trackeep.core import clock, db
from trackeep.core.actor import Actor, Role
from trackeep.core.audit import AuditEvent
from trackeep.core.errors import Invalid, NotFound, Unauthenticated
from trackeep.core.objects import Object
from trackeep.core.slots import TrashBin
from trackeep.spaces import service as spaces
from trackeep.trash import queries, service

TODAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def alice(people: People) -> Actor:
    people.add("somebody")
    people.only_offer(*BINS)
    return people.add("alice")


@pytest.fixture
def bob(alice: Actor, people: People) -> Actor:
    return people.add("bob")


def in_trash(actor: Actor, **filters: str) -> list[int]:
    return [row.object_id for row in queries.trashed(actor, **filters).items]  # type: ignore[arg-type]  # text filters only


def existing() -> set[int]:
    return set(db.session().scalars(select(Object.id)))


def test_what_was_deleted_is_listed_newest_first(alice: Actor) -> None:
    with clock.freeze(TODAY):
        old = make(alice, "note", 1)
    with clock.freeze(TODAY + timedelta(hours=1)):
        new = make(alice, "task", 1)
    make(alice, "note", 1, trashed=False)
    assert in_trash(alice) == [*new, *old]
    assert in_trash(alice, kind="note") == old
    assert [(kind.kind, kind.count) for kind in queries.kinds(alice)] == [("note", 1), ("task", 1)]


def test_pages_follow_each_other_without_gap_or_repetition(alice: Actor) -> None:
    with clock.freeze(TODAY):
        ids = make(alice, "note", 7)
    seen, cursor = [], None
    while True:
        page = queries.trashed(alice, cursor=cursor, limit=3)
        seen += [row.object_id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == sorted(ids, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJ4IiwxXQ"])
def test_a_foreign_cursor_is_refused(alice: Actor, cursor: str) -> None:
    with pytest.raises(Invalid):
        queries.trashed(alice, cursor=cursor)


def test_what_has_no_title_is_still_listed(alice: Actor) -> None:
    make(alice, "note", 2)
    assert sorted(row.title.split()[0] for row in queries.trashed(alice).items) == ["Thing", "Without"]


def test_the_number_of_statements_does_not_grow_with_rows(alice: Actor) -> None:
    make(alice, "note", 2)
    with counted() as few:
        queries.trashed(alice)
    make(alice, "note", 60)
    with counted() as many:
        queries.trashed(alice, limit=100)
    assert len(many) == len(few) > 0


def test_things_are_brought_back(alice: Actor) -> None:
    ids = make(alice, "note", 2) + make(alice, "task", 1)
    assert service.restore(alice, ids=ids[1:]) == 2
    assert in_trash(alice) == ids[:1]
    assert set(ids) <= existing()


def test_things_are_removed_for_good(alice: Actor) -> None:
    ids = make(alice, "note", 2)
    assert service.purge(alice, ids=ids[:1]) == 1
    assert existing() == {ids[1]}


def test_what_is_not_in_the_trash_cannot_be_removed(alice: Actor) -> None:
    kept = make(alice, "note", 1, trashed=False)
    with pytest.raises(NotFound):
        service.purge(alice, ids=kept)
    assert existing() == set(kept)


def test_a_stranger_finds_nothing_and_one_foreign_id_spoils_all(alice: Actor, bob: Actor) -> None:
    hers, his = make(alice, "note", 1), make(bob, "note", 1)
    assert in_trash(bob) == his
    for verb in (service.restore, service.purge):
        with pytest.raises(NotFound):
            verb(bob, ids=[*his, *hers])
    assert in_trash(bob) == his
    assert in_trash(alice) == hers


def test_a_member_may_empty_the_trash_of_a_team_and_a_viewer_may_not_see_it(alice: Actor, bob: Actor) -> None:
    team = spaces.create_team(alice, name="Team")
    ids = make(alice, "note", 1, space_id=team)
    viewer = replace(bob, roles={**bob.roles, team: Role.VIEWER})
    assert in_trash(viewer) == []
    with pytest.raises(NotFound):
        service.restore(viewer, ids=ids)
    member = replace(bob, roles={**bob.roles, team: Role.MEMBER})
    assert in_trash(member) == ids
    assert service.restore(member, ids=ids) == 1


def test_emptying_removes_all_of_ones_own_and_is_recorded(
    alice: Actor, bob: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "BATCH", 2)
    make(alice, "note", 5)
    tasks, his, kept = make(alice, "task", 1), make(bob, "note", 1), make(alice, "note", 1, trashed=False)
    assert service.empty(alice, kind="note") == 5
    assert existing() == {*tasks, *his, *kept}
    assert service.empty(alice) == 1
    assert existing() == {*his, *kept}
    events = db.session().execute(select(AuditEvent.name, AuditEvent.user_id, AuditEvent.facts)).all()
    assert [(event.name, event.user_id, event.facts["removed"]) for event in events] == [
        ("trash.emptied", alice.user_id, 5), ("trash.emptied", alice.user_id, 1)
    ]  # fmt: skip


def test_an_unknown_kind_cannot_be_emptied(alice: Actor) -> None:
    make(alice, "note", 1)
    with pytest.raises(NotFound):
        service.empty(alice, kind="nothing")
    assert len(existing()) == 1


def test_nobody_has_no_trash(alice: Actor) -> None:
    with pytest.raises(Unauthenticated):
        service.restore(Actor(), ids=[1])
    with pytest.raises(Unauthenticated):
        service.empty(Actor())


def test_after_thirty_days_things_are_removed_everywhere(alice: Actor, bob: Actor) -> None:
    with clock.freeze(TODAY - timedelta(days=30, seconds=1)):
        make(alice, "note", 1)
        make(bob, "task", 1)
    with clock.freeze(TODAY - timedelta(days=29)):
        young = make(alice, "note", 1)
    with clock.freeze(TODAY):
        assert service.purge_overdue() == 2
        assert service.purge_overdue() == 0
    assert existing() == set(young)


def test_a_bin_that_removes_nothing_does_not_turn_for_ever(alice: Actor, people: People) -> None:
    stuck = TrashBin(
        kind="stuck",
        domain="stuck",
        title="Stuck",
        icon="x",
        titles=lambda *_: {},
        restore=lambda *_: 0,
        purge=lambda *_: 0,
    )
    people.only_offer(stuck)
    make(alice, "stuck", 1)
    with pytest.raises(RuntimeError, match="stuck"):
        service.empty(alice)
