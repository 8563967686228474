"""API tokens: shown once, limited to their scopes, refused when over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import statements
from tests.accounts import visitors
from tests.accounts.visitors import NOBODY, Account, actor_of
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import PasswordNeeded, SessionNeeded
from trackeep.accounts.models import ApiToken
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound, TooMany


@pytest.fixture
def token(bob: Account) -> accounts.NewToken:
    return accounts.create_token(bob.actor, name="cli", scopes=["accounts:read"], days=30)


def bearer(token: accounts.NewToken) -> Actor:
    return actor_of(None, bearer=token.token)


def test_a_token_is_its_person_with_its_scopes_and_the_next_request_asks_nothing(
    bob: Account, token: accounts.NewToken
) -> None:
    bearer(token)
    with statements.counted() as sent:
        actor = bearer(token)
    assert len(sent) == 0
    assert (actor.user_id, actor.scopes, actor.session_id) == (bob.id, frozenset({"accounts:read"}), None)
    assert actor.roles == bob.actor.roles
    with pytest.raises(Forbidden):
        actor.require_scope("accounts:write")


def test_the_token_of_an_administrator_administers_nothing(ada: Account) -> None:
    actor = bearer(accounts.create_token(ada.actor, name="cli", scopes=["accounts:read", "accounts:write"]))
    with pytest.raises(NotFound):
        accounts.list_people(actor)


def test_only_the_hash_is_kept(token: accounts.NewToken) -> None:
    assert token.token.startswith("tk_")
    assert token.token not in db.session().scalars(select(ApiToken.token_hash)).all()


def test_a_revoked_token_is_nobody(bob: Account, token: accounts.NewToken) -> None:
    accounts.revoke_token(bob.actor, token.id)
    assert bearer(token).user_id is None


def test_an_expired_token_is_nobody(token: accounts.NewToken) -> None:
    with clock.freeze(clock.now() + timedelta(days=29)):
        assert bearer(token).user_id is not None
    with clock.freeze(clock.now() + timedelta(days=31)):
        assert bearer(token).user_id is None


def test_the_token_of_a_disabled_person_is_nobody(ada: Account, bob: Account, token: accounts.NewToken) -> None:
    accounts.disable_person(ada.actor, bob.id)
    assert bearer(token).user_id is None


def test_a_request_with_a_token_never_takes_the_cookie(bob: Account) -> None:
    assert actor_of(bob.token, bearer="tk_wrong").user_id is None
    assert actor_of(bob.token, bearer="").user_id is None


def test_last_use_is_written_at_most_every_five_minutes(bob: Account, token: accounts.NewToken) -> None:
    start = clock.now()
    for minutes, expected in ((0, 0), (4, 0), (6, 6)):
        with clock.freeze(start + timedelta(minutes=minutes)):
            bearer(token)
        assert accounts.own_tokens(bob.actor)[0].last_used_at == start + timedelta(minutes=expected)
    assert accounts.own_tokens(bob.actor)[0].last_address == visitors.HOME_ADDRESS


def test_nobody_sees_or_revokes_the_token_of_another(ada: Account, token: accounts.NewToken) -> None:
    assert accounts.own_tokens(ada.actor) == []
    with pytest.raises(NotFound):
        accounts.revoke_token(ada.actor, token.id)
    assert bearer(token).user_id is not None


def test_a_token_makes_no_tokens(token: accounts.NewToken) -> None:
    with pytest.raises(SessionNeeded):
        accounts.create_token(bearer(token), name="more", scopes=["accounts:read"])


def test_a_token_needs_the_password_again(bob: Account) -> None:
    with clock.freeze(clock.now() + timedelta(minutes=11)), pytest.raises(PasswordNeeded):
        accounts.create_token(bob.actor, name="cli", scopes=["accounts:read"])


def test_no_token_is_offered_what_only_administrators_do() -> None:
    offered = accounts.known_scopes()
    assert "bookmarks:write" in offered
    assert not [scope for scope in offered if scope.startswith("admin:")]


@pytest.mark.parametrize("scopes", [[], ["everything"], ["accounts:read", "accounts:admin"], ["admin:read"]])
def test_unknown_scopes_are_refused(bob: Account, scopes: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.create_token(bob.actor, name="cli", scopes=scopes)
    assert set(caught.value.fields) == {"scopes"}


def test_guessing_tokens_is_limited_by_address(bob: Account) -> None:
    for _time in range(5):
        accounts.count_bad_token(NOBODY)
    with pytest.raises(TooMany):
        accounts.count_bad_token(NOBODY)
