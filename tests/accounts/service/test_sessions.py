"""Sessions: found by one query, ended for good, and never brought back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from extensions.sessions import SessionCopies
from tests import statements
from tests.accounts import visitors
from tests.accounts.visitors import PASSWORD, Account, actor_of
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import PasswordNeeded, SessionNeeded
from trackeep.accounts.models import SignIn
from trackeep.accounts.queries.identity import Identity
from trackeep.core import clock, db, versions
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Invalid, NotFound, TooMany, Unauthenticated
from trackeep.spaces import service as spaces

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
NEW_PASSWORD = "five green kettles sing"


def version_of(person: Account) -> int:
    scope = versions.user_scope(person.id)
    return versions.current_versions([scope])[scope]


def test_a_request_is_identified_by_one_query_and_the_next_by_none(bob: Account) -> None:
    team = spaces.create_team(bob.actor, name="Otters")
    with statements.counted() as sent:
        actor = actor_of(bob.token)
    assert len(sent) == 1
    with statements.counted() as sent:
        assert actor_of(bob.token) == actor
    assert len(sent) == 0
    assert actor.roles == {bob.actor.personal_space_id: Role.OWNER, team: Role.OWNER}
    assert actor.personal_space_id == bob.actor.personal_space_id
    assert (actor.is_admin, actor.scopes, actor.time_zone) == (False, None, "UTC")


@pytest.mark.parametrize("token", [None, "", "nothing of ours"])
def test_nobody_without_a_good_cookie(bob: Account, token: str | None) -> None:
    assert actor_of(token).user_id is None


def test_signing_out_is_final(bob: Account) -> None:
    before = version_of(bob)
    accounts.sign_out(bob.actor)
    assert actor_of(bob.token).user_id is None
    assert version_of(bob) > before


def test_a_late_request_does_not_bring_a_session_back(bob: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    really = SessionCopies.find

    def found_and_then_ended(
        copies: SessionCopies[Identity], token_hash: str, *, exact: bool = False
    ) -> Identity | None:
        found = really(copies, token_hash, exact=exact)
        accounts.sign_out(bob.actor)
        return found

    monkeypatch.setattr(SessionCopies, "find", found_and_then_ended)
    with clock.freeze(clock.now() + timedelta(minutes=6)):
        assert actor_of(bob.token).user_id is None
    assert db.session().scalars(select(SignIn.id).where(SignIn.id == bob.actor.session_id)).all() == []


def test_last_active_is_written_at_most_every_five_minutes(ada: Account) -> None:
    with clock.freeze(NOON):
        token = visitors.signed_in("ada").token
    for minutes, expected in ((4, 0), (5, 5), (9, 5), (11, 11)):
        with clock.freeze(NOON + timedelta(minutes=minutes)):
            actor = actor_of(token)
            seen = db.session().scalar(select(SignIn.last_active_at).where(SignIn.id == actor.session_id))
        assert seen == NOON + timedelta(minutes=expected)


@pytest.mark.parametrize(("remember", "good", "over"), [(False, 23, 25), (True, 29 * 24, 31 * 24)])
def test_idle_sessions_end(ada: Account, remember: bool, good: int, over: int) -> None:
    with clock.freeze(NOON):
        token = visitors.signed_in("ada", remember=remember).token
    with clock.freeze(NOON + timedelta(hours=over)):
        assert actor_of(token).user_id is None
    with clock.freeze(NOON + timedelta(hours=good)):
        assert actor_of(token).user_id == ada.id
    with clock.freeze(NOON + timedelta(hours=over)):
        assert actor_of(token).user_id == ada.id


def test_ninety_days_are_the_end_however_busy(ada: Account) -> None:
    with clock.freeze(NOON):
        token = visitors.signed_in("ada", remember=True).token
    for days in (20, 40, 60, 80, 89):
        with clock.freeze(NOON + timedelta(days=days)):
            assert actor_of(token).user_id == ada.id
    with clock.freeze(NOON + timedelta(days=90)):
        assert actor_of(token).user_id is None


def test_a_disabled_person_is_refused_at_once(ada: Account, bob: Account) -> None:
    accounts.disable_person(ada.actor, bob.id)
    assert actor_of(bob.token).user_id is None


def test_a_password_change_ends_the_others_and_renews_this_one(bob: Account) -> None:
    other, before = visitors.signed_in("bob"), version_of(bob)
    started = accounts.change_password(bob.actor, current=PASSWORD, new=NEW_PASSWORD)
    assert actor_of(other.token).user_id is None
    assert actor_of(bob.token).user_id is None
    assert actor_of(started.token).session_id == bob.actor.session_id
    assert version_of(bob) > before


def test_the_wrong_current_password_changes_nothing(bob: Account) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.change_password(bob.actor, current="something else", new=NEW_PASSWORD)
    assert set(caught.value.fields) == {"current_password"}
    assert actor_of(bob.token).user_id == bob.id


@pytest.mark.parametrize("new", ["short", "password123", "bob@example.org", PASSWORD])
def test_a_poor_password_is_refused_by_field(bob: Account, new: str) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.change_password(bob.actor, current=PASSWORD, new=new)
    assert set(caught.value.fields) == {"new_password"}


def test_guesses_at_the_own_password_are_limited(bob: Account) -> None:
    for _time in range(5):
        with pytest.raises(Invalid):
            accounts.confirm_password(bob.actor, password="something else")
    with pytest.raises(TooMany):
        accounts.confirm_password(bob.actor, password=PASSWORD)


def test_sessions_are_listed_and_revoked(bob: Account) -> None:
    other = visitors.signed_in("bob", remember=True)
    listed = {session.id: session for session in accounts.own_sessions(bob.actor)}
    assert listed[bob.actor.session_id or 0].is_current
    assert listed[other.actor.session_id or 0].remembered
    assert {session.device for session in listed.values()} == {"Firefox on Linux"}
    accounts.end_session(bob.actor, other.actor.session_id or 0)
    assert actor_of(other.token).user_id is None
    assert actor_of(bob.token).user_id == bob.id


def test_nobody_ends_the_session_of_another(ada: Account, bob: Account) -> None:
    with pytest.raises(NotFound):
        accounts.end_session(ada.actor, bob.actor.session_id or 0)
    assert actor_of(bob.token).user_id == bob.id


def test_signing_out_everywhere_ends_all(ada: Account, bob: Account) -> None:
    other = visitors.signed_in("bob")
    accounts.sign_out_everywhere(bob.actor)
    assert [actor_of(token).user_id for token in (bob.token, other.token, ada.token)] == [None, None, ada.id]


def test_a_token_or_nobody_manages_no_sessions(bob: Account) -> None:
    with pytest.raises(Unauthenticated):
        accounts.own_sessions(visitors.NOBODY)
    with pytest.raises(SessionNeeded):
        accounts.own_sessions(Actor(user_id=bob.id, scopes=frozenset({"accounts:read"})))


def test_the_password_is_recent_for_ten_minutes(ada: Account) -> None:
    with clock.freeze(NOON):
        person = visitors.signed_in("ada")
    with clock.freeze(NOON + timedelta(minutes=10)):
        accounts.require_recent_password(person.actor)
    with clock.freeze(NOON + timedelta(minutes=11)):
        with pytest.raises(PasswordNeeded):
            accounts.require_recent_password(person.actor)
        accounts.confirm_password(person.actor, password=PASSWORD)
        accounts.require_recent_password(person.actor)


def test_expired_sessions_are_forgotten(bob: Account) -> None:
    with clock.freeze(clock.now() + timedelta(days=2)):
        accounts.forget_expired()
    assert db.session().scalars(select(SignIn.id)).all() == []


def test_a_copy_without_a_row_ends_when_it_is_to_be_noted(bob: Account) -> None:
    """The database was set back, by other means than ours, to before the sign-in: no version tells it."""
    actor_of(bob.token)
    with db.unit_of_work() as session:
        session.execute(delete(SignIn))
    with clock.freeze(clock.now() + timedelta(minutes=6)):
        assert actor_of(bob.token).user_id is None


def test_a_deleted_row_is_nobody(bob: Account) -> None:
    with db.unit_of_work() as session:
        session.execute(delete(SignIn))
        versions.raise_versions(versions.user_scope(bob.id))
    assert actor_of(bob.token).user_id is None
