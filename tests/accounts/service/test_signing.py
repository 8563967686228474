"""Signing in with a password: who gets in, what strangers learn, and how guesses are limited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.accounts import visitors
from tests.accounts.visitors import NOBODY, PASSWORD, STRANGER, Account, actor_of, at_once
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import AccountDisabled, SignInExpired, WrongCredentials
from trackeep.accounts.login import Stage
from trackeep.accounts.models import GuessCount, SignIn, User
from trackeep.accounts.service import signing
from trackeep.core import clock, db, ext
from trackeep.core import passwords as core_passwords
from trackeep.core.actor import Actor
from trackeep.core.audit import AuditEvent
from trackeep.core.errors import TooMany, TrackeepError
from trackeep.core.keyring import hash_token

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def guess(login: str, password: str = "not the password", device: str | None = None) -> accounts.SignedIn:
    return accounts.sign_in(STRANGER, login=login, password=password, device=device)


@pytest.mark.parametrize("login", ["bob", "BOB", "bob@example.org", " Bob@Example.ORG "])
def test_name_and_address_both_sign_in(bob: Account, login: str) -> None:
    signed_in = accounts.sign_in(NOBODY, login=login, password=PASSWORD)
    assert actor_of(signed_in.started.token).user_id == bob.id


def test_only_the_hash_of_the_secret_is_kept(bob: Account) -> None:
    kept = db.session().scalars(select(SignIn.token_hash)).all()
    assert hash_token(bob.token) in kept
    assert bob.token not in kept


def test_staying_signed_in_lasts_longer_than_the_browser(bob: Account) -> None:
    short = accounts.sign_in(NOBODY, login="bob", password=PASSWORD)
    long = accounts.sign_in(NOBODY, login="bob", password=PASSWORD, remember=True)
    assert short.started.max_age is None
    assert long.started.max_age == 90 * 86_400


def test_unknown_account_and_wrong_password_say_the_same(bob: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str | None] = []

    def verify(stored: str | None, password: str) -> bool:
        checked.append(stored)
        return False

    monkeypatch.setattr(signing, "verify_password", verify)
    errors = []
    for login in ("bob", "nobody", "nobody@example.org"):
        with pytest.raises(WrongCredentials) as caught:
            guess(login)
        errors.append((str(caught.value), str(caught.value.detail), caught.value.status))
    assert len(set(errors)) == 1
    # The same work is done for the one who does not exist.
    assert [stored is not None for stored in checked] == [True, False, False]


def test_parallel_guesses_are_counted_exactly(bob: Account) -> None:
    outcomes = at_once(20, lambda _number: guess("bob"))
    assert sum(isinstance(outcome, WrongCredentials) for outcome in outcomes) == 5
    assert sum(isinstance(outcome, TooMany) for outcome in outcomes) == 15


def test_a_clock_that_was_ahead_does_not_shut_people_out_for_as_long(bob: Account) -> None:
    with clock.freeze(NOON + timedelta(days=400)):
        at_once(6, lambda _number: guess("bob"))
    with clock.freeze(NOON):
        assert accounts.sign_in(NOBODY, login="bob", password=PASSWORD).stage is Stage.FULL


def test_one_address_does_not_use_up_the_tries_of_everybody(bob: Account) -> None:
    """What is refused for its address is not counted against all others, else one stranger could shut the door."""
    ext.settings.bind(replace(ext.settings(), sign_in_total_limit=12))
    for _time in range(40):
        with pytest.raises((WrongCredentials, TooMany)):
            guess("nobody")
    assert accounts.sign_in(NOBODY, login="bob", password=PASSWORD).stage is Stage.FULL


def test_the_right_password_does_not_help_after_too_many_guesses(bob: Account) -> None:
    at_once(6, lambda _number: guess("bob"))
    with pytest.raises(TooMany) as caught:
        guess("bob", PASSWORD)
    assert 1 <= int(str(caught.value.extra["retry_after"])) <= 300


def test_guesses_by_name_and_by_address_are_one_account(bob: Account) -> None:
    for number in range(5):
        with pytest.raises(WrongCredentials):
            accounts.sign_in(
                from_address(number), login="bob" if number % 2 else "bob@example.org", password="not the password"
            )
    with pytest.raises(WrongCredentials):
        accounts.sign_in(from_address(9), login="bob", password=PASSWORD)


def test_that_an_account_has_no_tries_left_does_not_tell_whose_address_it_is(bob: Account) -> None:
    for number in range(5):
        with pytest.raises(WrongCredentials):
            accounts.sign_in(from_address(number), login="bob", password="not the password")
    for login in ("bob@example.org", "nobody@example.org"):
        with pytest.raises(WrongCredentials):
            accounts.sign_in(from_address(9), login=login, password=PASSWORD)


def test_fifty_guesses_at_once_by_both_names_from_everywhere_end_like_five(bob: Account) -> None:
    logins = ("bob", "bob@example.org")
    at_once(50, lambda number: accounts.sign_in(from_address(number), login=logins[number % 2], password="not it"))
    tries = db.session().scalar(select(GuessCount.tries).where(GuessCount.subject == f"sign-in:person:{bob.id}"))
    assert tries == 10  # of each name five, which are told, and five of them count
    outcomes = at_once(
        4, lambda number: accounts.sign_in(from_address(99), login=logins[number % 2], password=PASSWORD)
    )
    assert all(isinstance(outcome, TooMany) for outcome in outcomes)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2:3::4", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::4", "2001:db8:1:3::4", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("unknown", "unknown", True),
    ],
)
def test_who_has_an_address_has_its_whole_network(bob: Account, first: str, second: str, same: bool) -> None:
    for number in range(5):
        with pytest.raises(WrongCredentials):
            accounts.sign_in(Actor(address=first), login=f"somebody-{number}", password=PASSWORD)
    with pytest.raises(TooMany if same else WrongCredentials):
        accounts.sign_in(Actor(address=second), login="somebody-else", password=PASSWORD)


def from_address(number: int) -> Actor:
    return Actor(address=f"203.0.113.{number}")


def test_the_window_passes(bob: Account) -> None:
    with clock.freeze(NOON):
        at_once(6, lambda _number: guess("bob"))
    with clock.freeze(NOON + timedelta(seconds=299)), pytest.raises(TooMany):
        guess("bob", PASSWORD)
    with clock.freeze(NOON + timedelta(seconds=301)):
        assert guess("bob", PASSWORD).started.user_id == bob.id


def test_one_address_cannot_go_through_many_accounts(bob: Account) -> None:
    for number in range(5):
        with pytest.raises(WrongCredentials):
            guess(f"somebody-{number}")
    with pytest.raises(TooMany):
        guess("bob")
    # Who is refused for the address has not used up a try of the account.
    counted = db.session().scalars(select(GuessCount.subject)).all()
    assert f"sign-in:person:{bob.id}" not in counted


def test_a_stranger_cannot_lock_the_owner_out(bob: Account) -> None:
    at_once(8, lambda _number: guess("bob"))
    with pytest.raises(TooMany):
        accounts.sign_in(NOBODY, login="bob", password=PASSWORD)
    assert accounts.sign_in(NOBODY, login="bob", password=PASSWORD, device=bob.device).started.user_id == bob.id


def test_a_known_device_has_no_more_tries_than_others(bob: Account) -> None:
    outcomes = at_once(12, lambda _number: guess("bob", device=bob.device))
    assert sum(isinstance(outcome, WrongCredentials) for outcome in outcomes) == 5


def test_a_device_known_to_somebody_else_helps_nobody(bob: Account, ada: Account) -> None:
    at_once(8, lambda _number: guess("ada"))
    with pytest.raises(TooMany):
        accounts.sign_in(STRANGER, login="ada", password=PASSWORD, device=bob.device)
    with pytest.raises(TooMany):
        accounts.sign_in(STRANGER, login="ada", password=PASSWORD, device=(bob.device or "") + "x")


def test_signing_in_often_is_not_guessing(bob: Account) -> None:
    for _time in range(12):
        accounts.sign_in(NOBODY, login="bob", password=PASSWORD)


def test_many_who_sign_in_at_once_do_not_wait_for_each_other_for_ever(bob: Account) -> None:
    for _time in range(6):
        outcomes = at_once(5, lambda number: accounts.sign_in(from_address(number), login="bob", password=PASSWORD))
        assert not [outcome for outcome in outcomes if isinstance(outcome, TrackeepError)]
    left = select(GuessCount.tries).where(GuessCount.subject.startswith("sign-in:"))
    assert set(db.session().scalars(left)) == {0}


def test_a_disabled_account_is_told_so_only_with_its_password(ada: Account, bob: Account) -> None:
    accounts.disable_person(ada.actor, bob.id)
    with pytest.raises(WrongCredentials):
        guess("bob")
    with pytest.raises(AccountDisabled):
        guess("bob", PASSWORD)


def test_a_password_that_changes_during_the_check_is_worth_nothing(
    bob: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = core_passwords.verify_password

    def verify_while_it_changes(stored: str | None, password: str) -> bool:
        right = really(stored, password)
        monkeypatch.setattr(signing, "verify_password", really)
        accounts.change_password(bob.actor, current=PASSWORD, new="five green kettles sing")
        return right

    monkeypatch.setattr(signing, "verify_password", verify_while_it_changes)
    with pytest.raises(WrongCredentials):
        accounts.sign_in(NOBODY, login="bob", password=PASSWORD)


def test_a_sign_in_ends_the_session_that_the_browser_had(bob: Account) -> None:
    accounts.sign_in(NOBODY, login="bob", password=PASSWORD, replaces=bob.token)
    assert actor_of(bob.token).user_id is None


def test_an_old_hash_is_made_anew(bob: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    before = db.session().scalar(select(User.password_hash).where(User.id == bob.id))
    monkeypatch.setattr(signing, "needs_rehash", lambda _stored: True)
    accounts.sign_in(NOBODY, login="bob", password=PASSWORD)
    after = db.session().scalar(select(User.password_hash).where(User.id == bob.id))
    assert before != after
    assert accounts.sign_in(NOBODY, login="bob", password=PASSWORD).started.user_id == bob.id


def test_a_one_time_password_must_be_replaced(ada: Account) -> None:
    made = accounts.create_person(ada.actor, username="carl", email="carl@example.org")
    waiting = accounts.sign_in(NOBODY, login="carl", password=made.password)
    assert waiting.stage.value == "new_password"
    assert waiting.device is None
    assert actor_of(waiting.started.token).user_id is None
    done = accounts.give_new_password(NOBODY, token=waiting.started.token, password=PASSWORD)
    assert done.started.token != waiting.started.token
    assert actor_of(done.started.token).user_id == made.id
    with pytest.raises(WrongCredentials):
        accounts.sign_in(NOBODY, login="carl", password=made.password)


def test_a_one_time_password_cannot_be_kept(ada: Account) -> None:
    made = accounts.create_person(ada.actor, username="carl", email="carl@example.org")
    waiting = accounts.sign_in(NOBODY, login="carl", password=made.password)
    with pytest.raises(TrackeepError) as caught:
        accounts.give_new_password(NOBODY, token=waiting.started.token, password=made.password)
    assert "password" in caught.value.fields


def test_a_waiting_sign_in_does_not_wait_for_ever(ada: Account) -> None:
    with clock.freeze(NOON):
        made = accounts.create_person(visitors.signed_in("ada").actor, username="carl", email="carl@example.org")
        waiting = accounts.sign_in(NOBODY, login="carl", password=made.password)
    with clock.freeze(NOON + timedelta(minutes=11)), pytest.raises(SignInExpired):
        accounts.give_new_password(NOBODY, token=waiting.started.token, password=PASSWORD)


@pytest.mark.parametrize("token", [None, "", "nothing"])
def test_no_stage_without_the_one_before(bob: Account, token: str | None) -> None:
    tries: list[Callable[[], object]] = [
        lambda: accounts.give_second_factor(NOBODY, token=token, code="123456"),
        lambda: accounts.give_second_factor(NOBODY, token=bob.token, code="123456"),
        lambda: accounts.give_new_password(NOBODY, token=token, password="five green kettles sing"),
        lambda: accounts.give_new_password(NOBODY, token=bob.token, password="five green kettles sing"),
    ]
    for give in tries:
        with pytest.raises(SignInExpired):
            give()


def test_sign_ins_and_failures_are_in_the_audit_log_without_secrets(bob: Account) -> None:
    with pytest.raises(WrongCredentials):
        guess("bob")
    events = (
        db.session().execute(select(AuditEvent.name, AuditEvent.user_id, AuditEvent.address, AuditEvent.facts)).all()
    )
    assert ("accounts.sign_in_failed", bob.id, STRANGER.address) in {event[:3] for event in events}
    assert ("accounts.signed_in", bob.id, NOBODY.address) in {event[:3] for event in events}
    assert not any(PASSWORD in str(event.facts) or "not the password" in str(event.facts) for event in events)
