"""The end of an account: the person and their personal space go, nobody else's things do."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.visitors import Account, actor_of
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import PasswordNeeded
from trackeep.accounts.models import SignIn, User
from trackeep.core import clock, db, objects, versions
from trackeep.core.actor import Role
from trackeep.core.audit import AuditEvent
from trackeep.core.errors import Conflict, Invalid
from trackeep.core.objects import Object
from trackeep.spaces import service as spaces
from trackeep.spaces.models import Space


def test_person_space_and_objects_are_gone(ada: Account, bob: Account) -> None:
    with db.unit_of_work():
        mine = objects.create_object("note", bob.actor.personal_space_id or 0, bob.actor)
        others = objects.create_object("note", ada.actor.personal_space_id or 0, ada.actor)
    accounts.delete_account(bob.actor, username="BOB")
    assert db.session().scalars(select(User.id)).all() == [ada.id]
    assert db.session().scalars(select(SignIn.user_id)).all() == [ada.id]
    assert db.session().scalars(select(Object.id)).all() == [others]
    assert mine != others
    assert db.session().scalars(select(Space.id)).all() == [ada.actor.personal_space_id]
    assert actor_of(bob.token).user_id is None
    assert "accounts.account_deleted" in db.session().scalars(select(AuditEvent.name)).all()


def test_the_name_is_typed_to_be_sure(bob: Account) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.delete_account(bob.actor, username="ada")
    assert set(caught.value.fields) == {"username"}
    assert actor_of(bob.token).user_id == bob.id


def test_it_needs_the_password_again(bob: Account) -> None:
    with clock.freeze(clock.now() + timedelta(minutes=11)), pytest.raises(PasswordNeeded):
        accounts.delete_account(bob.actor, username="bob")


def test_teams_are_not_left_without_an_owner(ada: Account, bob: Account) -> None:
    team = spaces.create_team(bob.actor, name="Otters")
    owner = actor_of(bob.token)
    spaces.add_member(owner, team, user_id=ada.id, role=Role.MEMBER)
    with pytest.raises(Conflict):
        accounts.delete_account(owner, username="bob")
    spaces.change_role(owner, team, user_id=ada.id, role=Role.OWNER)
    accounts.delete_account(owner, username="bob")
    assert spaces.roles_of(ada.id)[team] is Role.OWNER


def test_a_team_of_one_goes_too(ada: Account, bob: Account) -> None:
    team = spaces.create_team(bob.actor, name="Otters")
    accounts.delete_account(actor_of(bob.token), username="bob")
    assert team not in db.session().scalars(select(Space.id)).all()


def test_whoever_shares_a_space_with_them_sees_it_at_once(ada: Account, bob: Account) -> None:
    """Copies of sessions hold the spaces, and cached lists who has made something."""
    team = spaces.create_team(ada.actor, name="Otters")
    spaces.add_member(actor_of(ada.token), team, user_id=bob.id, role=Role.MEMBER)
    own = bob.actor.personal_space_id or 0
    spaces.add_member(bob.actor, own, user_id=ada.id, role=Role.VIEWER)
    scopes = [versions.space_scope(team), versions.space_scope(own), versions.user_scope(ada.id)]
    assert actor_of(ada.token).can_read(own)
    before = versions.current_versions(scopes)
    accounts.delete_account(actor_of(bob.token), username="bob")
    after = versions.current_versions(scopes)
    assert all(after[scope] > before[scope] for scope in scopes)
    assert not actor_of(ada.token).can_read(own)
    assert actor_of(ada.token).can_read(team)
