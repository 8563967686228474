"""Teams: who reads, writes and manages, and that an owner always stays."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.factories.accounts import Person
from trackeep.bookmarks import queries
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.drafts import Draft
from trackeep.core import db, versions
from trackeep.core.actor import ANONYMOUS, Role
from trackeep.core.audit import AuditEvent
from trackeep.core.errors import Forbidden, NotFound, Unauthenticated
from trackeep.spaces import service as spaces
from trackeep.spaces.errors import AlreadyMember, LastOwner
from trackeep.tags import service as tags

DRAFT = Draft(url="https://example.org/shared", tags=("shared",))


@pytest.fixture
def team(alice: Person) -> int:
    return spaces.create_team(alice.actor, name="Reading group")


def _join(alice: Person, person: Person, team: int, role: Role) -> None:
    spaces.add_member(alice.actor, team, user_id=person.id, role=role)


def test_who_makes_a_team_owns_it_beside_the_personal_space(alice: Person, team: int) -> None:
    listed = [(space.id, space.kind, space.name, space.role) for space in spaces.spaces_of(alice.actor)]

    assert listed == [
        (alice.space_id, "personal", "alice", Role.OWNER),
        (team, "team", "Reading group", Role.OWNER),
    ]


def test_nobody_makes_no_team() -> None:
    with pytest.raises(Unauthenticated):
        spaces.create_team(ANONYMOUS, name="x")


def test_a_viewer_reads_but_does_not_write(alice: Person, bob: Person, team: int) -> None:
    bookmark_id = bookmarks.save_bookmark(alice.actor, space_id=team, draft=DRAFT)
    _join(alice, bob, team, Role.VIEWER)

    assert queries.get_bookmark(bob.actor, bookmark_id).id == bookmark_id
    writes: tuple[Callable[[], object], ...] = (
        lambda: bookmarks.save_bookmark(bob.actor, space_id=team, draft=replace(DRAFT, url="https://example.org/2")),
        lambda: bookmarks.trash_bookmarks(bob.actor, [bookmark_id]),
        lambda: tags.create_tag(bob.actor, team, name="mine"),
        lambda: spaces.add_member(bob.actor, team, user_id=bob.id, role=Role.VIEWER),
        lambda: spaces.change_role(bob.actor, team, user_id=bob.id, role=Role.OWNER),
        lambda: spaces.remove_member(bob.actor, team, user_id=alice.id),
    )
    for write in writes:
        with pytest.raises(Forbidden):
            write()
    assert queries.get_bookmark(alice.actor, bookmark_id).id == bookmark_id


def test_a_member_writes_but_does_not_manage(alice: Person, bob: Person, stranger: Person, team: int) -> None:
    _join(alice, bob, team, Role.MEMBER)

    bookmark_id = bookmarks.save_bookmark(bob.actor, space_id=team, draft=DRAFT)

    assert queries.get_bookmark(alice.actor, bookmark_id).id == bookmark_id
    manages: tuple[Callable[[], object], ...] = (
        lambda: spaces.add_member(bob.actor, team, user_id=stranger.id, role=Role.VIEWER),
        lambda: spaces.change_role(bob.actor, team, user_id=alice.id, role=Role.VIEWER),
        lambda: spaces.remove_member(bob.actor, team, user_id=alice.id),
    )
    for manage in manages:
        with pytest.raises(Forbidden):
            manage()


def test_an_administrator_manages_all_but_owners(alice: Person, bob: Person, stranger: Person, team: int) -> None:
    _join(alice, bob, team, Role.ADMIN)

    spaces.add_member(bob.actor, team, user_id=stranger.id, role=Role.VIEWER)
    spaces.change_role(bob.actor, team, user_id=stranger.id, role=Role.ADMIN)
    aboves: tuple[Callable[[], object], ...] = (
        lambda: spaces.change_role(bob.actor, team, user_id=stranger.id, role=Role.OWNER),
        lambda: spaces.change_role(bob.actor, team, user_id=bob.id, role=Role.OWNER),
        lambda: spaces.change_role(bob.actor, team, user_id=alice.id, role=Role.MEMBER),
        lambda: spaces.remove_member(bob.actor, team, user_id=alice.id),
    )
    for above in aboves:
        with pytest.raises(Forbidden):
            above()
    spaces.remove_member(bob.actor, team, user_id=stranger.id)
    assert team not in spaces.roles_of(stranger.id)


def test_for_a_stranger_the_team_does_not_exist(alice: Person, stranger: Person, team: int) -> None:
    bookmark_id = bookmarks.save_bookmark(alice.actor, space_id=team, draft=DRAFT)

    acts: tuple[Callable[[], object], ...] = (
        lambda: spaces.add_member(stranger.actor, team, user_id=stranger.id, role=Role.VIEWER),
        lambda: spaces.change_role(stranger.actor, team, user_id=alice.id, role=Role.VIEWER),
        lambda: spaces.remove_member(stranger.actor, team, user_id=alice.id),
        lambda: spaces.remove_member(stranger.actor, team, user_id=stranger.id),
        lambda: bookmarks.save_bookmark(stranger.actor, space_id=team, draft=DRAFT),
        lambda: queries.get_bookmark(stranger.actor, bookmark_id),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_somebody_cannot_join_twice_and_a_missing_person_is_not_a_member(
    alice: Person, bob: Person, stranger: Person, team: int
) -> None:
    _join(alice, bob, team, Role.VIEWER)

    with pytest.raises(AlreadyMember):
        _join(alice, bob, team, Role.ADMIN)
    assert spaces.roles_of(bob.id)[team] is Role.VIEWER
    with pytest.raises(NotFound):
        spaces.change_role(alice.actor, team, user_id=stranger.id, role=Role.VIEWER)
    with pytest.raises(NotFound):
        spaces.remove_member(alice.actor, team, user_id=stranger.id)


def test_the_last_owner_stays(alice: Person, bob: Person, team: int) -> None:
    _join(alice, bob, team, Role.ADMIN)

    with pytest.raises(LastOwner):
        spaces.remove_member(alice.actor, team, user_id=alice.id)
    with pytest.raises(LastOwner):
        spaces.change_role(alice.actor, team, user_id=alice.id, role=Role.ADMIN)
    assert spaces.roles_of(alice.id)[team] is Role.OWNER

    spaces.change_role(alice.actor, team, user_id=bob.id, role=Role.OWNER)
    spaces.remove_member(alice.actor, team, user_id=alice.id)
    assert team not in spaces.roles_of(alice.id)


def test_of_two_owners_who_leave_at_once_one_stays(alice: Person, bob: Person, team: int) -> None:
    _join(alice, bob, team, Role.OWNER)
    together = threading.Barrier(2)
    refused: list[LastOwner] = []

    def leave(person: Person) -> None:
        actor = person.actor
        db.release()
        together.wait()
        try:
            spaces.remove_member(actor, team, user_id=person.id)
        except LastOwner as error:
            refused.append(error)
        finally:
            db.release()

    _at_once(lambda: leave(alice), lambda: leave(bob))

    assert len(refused) == 1
    owners = [person for person in (alice, bob) if team in spaces.roles_of(person.id)]
    assert len(owners) == 1


def test_of_two_owners_who_demote_each_other_one_stays(alice: Person, bob: Person, team: int) -> None:
    _join(alice, bob, team, Role.OWNER)
    together = threading.Barrier(2)

    def demote(person: Person, other: Person) -> None:
        actor = person.actor
        db.release()
        together.wait()
        try:
            spaces.change_role(actor, team, user_id=other.id, role=Role.MEMBER)
        except (LastOwner, Forbidden):
            pass
        finally:
            db.release()

    _at_once(lambda: demote(alice, bob), lambda: demote(bob, alice))

    assert [spaces.roles_of(person.id)[team] for person in (alice, bob)].count(Role.OWNER) == 1


def test_who_was_removed_has_lost_access_at_the_next_request(alice: Person, bob: Person, team: int) -> None:
    tag_id = tags.create_tag(alice.actor, team, name="shared")
    _join(alice, bob, team, Role.MEMBER)
    client = bob.client()
    assert client.get(f"/api/v1/tags/{tag_id}").status_code == 200

    spaces.remove_member(alice.actor, team, user_id=bob.id)

    assert client.get(f"/api/v1/tags/{tag_id}").status_code == 404
    assert client.patch(f"/api/v1/tags/{tag_id}", json={"name": "mine"}).status_code == 404
    assert [space["id"] for space in client.get("/api/v1/spaces").get_json()["items"]] == [bob.space_id]


def test_a_demoted_member_cannot_write_with_the_next_request(alice: Person, bob: Person, team: int) -> None:
    tag_id = tags.create_tag(alice.actor, team, name="shared")
    _join(alice, bob, team, Role.MEMBER)
    client = bob.client()
    assert client.patch(f"/api/v1/tags/{tag_id}", json={"colour": "red"}).status_code == 200

    spaces.change_role(alice.actor, team, user_id=bob.id, role=Role.VIEWER)

    assert client.patch(f"/api/v1/tags/{tag_id}", json={"colour": "teal"}).status_code == 403


def test_every_change_of_members_raises_both_versions(alice: Person, bob: Person, team: int) -> None:
    scopes = (versions.user_scope(bob.id), versions.space_scope(team))
    steps: tuple[Callable[[], None], ...] = (
        lambda: _join(alice, bob, team, Role.VIEWER),
        lambda: spaces.change_role(alice.actor, team, user_id=bob.id, role=Role.MEMBER),
        lambda: spaces.remove_member(alice.actor, team, user_id=bob.id),
    )
    for step in steps:
        before = versions.current_versions(scopes)
        step()
        after = versions.current_versions(scopes)
        assert all(after[scope] > before[scope] for scope in scopes)


def test_changes_of_members_are_in_the_audit_log(alice: Person, bob: Person, team: int) -> None:
    _join(alice, bob, team, Role.VIEWER)
    spaces.change_role(alice.actor, team, user_id=bob.id, role=Role.MEMBER)
    spaces.remove_member(alice.actor, team, user_id=bob.id)

    noted = db.session().scalars(select(AuditEvent.name).order_by(AuditEvent.id)).all()
    assert list(noted) == [
        "spaces.team_created",
        "spaces.member_added",
        "spaces.role_changed",
        "spaces.member_removed",
    ]


def _at_once(*acts: Callable[[], None]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
