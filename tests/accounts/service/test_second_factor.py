"""The second factor: no way around it, and no code twice."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from tests.accounts import visitors
from tests.accounts.visitors import NOBODY, PASSWORD, STRANGER, Account, actor_of, at_once
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import PasswordNeeded, SignInExpired, WrongCode
from trackeep.accounts.models import BackupCode, User
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Invalid, NotFound, TooMany

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=2)


class Protected:
    """A person with a second factor, turned on at noon."""

    def __init__(self) -> None:
        with clock.freeze(NOON):
            self.person = visitors.signed_in("ada")
            self.secret = accounts.begin_second_factor(self.person.actor).secret
            self.codes = accounts.confirm_second_factor(self.person.actor, code=self.code(NOON))

    def code(self, moment: datetime) -> str:
        return pyotp.TOTP(self.secret).at(moment)

    def waiting(self) -> str:
        return accounts.sign_in(NOBODY, login="ada", password=PASSWORD).started.token


@pytest.fixture
def protected(ada: Account) -> Protected:
    return Protected()


def give(token: str, code: str) -> accounts.SignedIn:
    return accounts.give_second_factor(NOBODY, token=token, code=code)


def test_the_password_alone_opens_nothing(protected: Protected) -> None:
    with clock.freeze(LATER):
        waiting = accounts.sign_in(NOBODY, login="ada", password=PASSWORD)
        assert (waiting.stage.value, waiting.device) == ("second_factor", None)
        assert actor_of(waiting.started.token).user_id is None
        done = give(waiting.started.token, protected.code(LATER))
        assert done.started.token != waiting.started.token
        assert actor_of(done.started.token).user_id == protected.person.id
        assert actor_of(waiting.started.token).user_id is None


def test_a_code_cannot_be_replayed(protected: Protected) -> None:
    with clock.freeze(LATER):
        first, second = protected.waiting(), protected.waiting()
        give(first, protected.code(LATER))
        with pytest.raises(WrongCode):
            give(second, protected.code(LATER))
        with pytest.raises(WrongCode):
            give(second, protected.code(LATER - timedelta(seconds=30)))


def test_the_code_that_turned_it_on_is_used_up(protected: Protected) -> None:
    with clock.freeze(NOON), pytest.raises(WrongCode):
        give(protected.waiting(), protected.code(NOON))


def test_of_many_at_once_one_code_lets_one_in(protected: Protected) -> None:
    with clock.freeze(LATER):
        tokens = [protected.waiting() for _number in range(4)]
        outcomes = at_once(4, lambda number: give(tokens[number], protected.code(LATER)))
    assert sum(isinstance(outcome, accounts.SignedIn) for outcome in outcomes) == 1


def test_parallel_guesses_at_the_code_are_counted_exactly(protected: Protected) -> None:
    with clock.freeze(LATER):
        token = protected.waiting()
        outcomes = at_once(12, lambda _number: give(token, "000000"))
        assert sum(isinstance(outcome, WrongCode) for outcome in outcomes) == 5
        assert sum(isinstance(outcome, TooMany) for outcome in outcomes) == 7
        with pytest.raises(TooMany):
            give(token, protected.code(LATER))


def test_who_has_the_password_cannot_lock_the_owner_out_of_the_code(protected: Protected) -> None:
    with clock.freeze(LATER):
        at_once(8, lambda _number: accounts.give_second_factor(STRANGER, token=protected.waiting(), code="000000"))
        token = protected.waiting()
        with pytest.raises(TooMany):
            give(token, protected.code(LATER))
        known = protected.person.device
        done = accounts.give_second_factor(NOBODY, token=token, code=protected.code(LATER), device=known)
        assert done.started.user_id == protected.person.id


def test_a_backup_code_works_once_however_it_is_typed(protected: Protected) -> None:
    code = protected.codes[3]
    with clock.freeze(LATER):
        assert give(protected.waiting(), f" {code.upper().replace('-', ' ')} ").stage.value == "full"
        with pytest.raises(WrongCode):
            give(protected.waiting(), code)
        assert (
            accounts.unused_backup_codes(visitors.account("ada", give(protected.waiting(), protected.codes[4])).actor)
            == 8
        )


def test_backup_codes_and_secret_are_not_readable(protected: Protected) -> None:
    hashes = db.session().scalars(select(BackupCode.code_hash)).all()
    sealed = db.session().scalar(select(User.totp_secret).where(User.id == protected.person.id))
    assert len(hashes) == 10
    assert not set(protected.codes) & set(hashes)
    assert protected.secret not in str(sealed)


def test_new_backup_codes_replace_the_old_ones(protected: Protected) -> None:
    with clock.freeze(NOON):
        fresh = accounts.renew_backup_codes(protected.person.actor)
    with clock.freeze(LATER):
        with pytest.raises(WrongCode):
            give(protected.waiting(), protected.codes[0])
        give(protected.waiting(), fresh[0])


def test_turning_off_needs_the_password_again(protected: Protected) -> None:
    actor = protected.person.actor
    with clock.freeze(NOON + timedelta(minutes=11)):
        for change in (accounts.turn_off_second_factor, accounts.renew_backup_codes, accounts.begin_second_factor):
            with pytest.raises(PasswordNeeded):
                change(actor)
        accounts.confirm_password(actor, password=PASSWORD)
        accounts.turn_off_second_factor(actor)
        assert accounts.sign_in(NOBODY, login="ada", password=PASSWORD).stage.value == "full"


def test_a_second_factor_is_not_replaced_by_another(protected: Protected) -> None:
    with clock.freeze(NOON), pytest.raises(Conflict):
        accounts.begin_second_factor(protected.person.actor)


def test_a_wrong_first_code_turns_nothing_on(ada: Account) -> None:
    accounts.begin_second_factor(ada.actor)
    with pytest.raises(Invalid) as caught:
        accounts.confirm_second_factor(ada.actor, code="000000")
    assert set(caught.value.fields) == {"code"}
    assert accounts.sign_in(NOBODY, login="ada", password=PASSWORD).stage.value == "full"


def test_without_a_set_up_there_is_nothing_to_show(ada: Account) -> None:
    with pytest.raises(NotFound):
        accounts.pending_second_factor(ada.actor)


def test_a_person_disabled_on_the_way_does_not_get_in(protected: Protected) -> None:
    with clock.freeze(LATER):
        bob = visitors.registered("bob")
        accounts.confirm_password(protected.person.actor, password=PASSWORD)
        accounts.change_person_role(protected.person.actor, bob.id, role="admin")
        token = protected.waiting()
        accounts.disable_person(visitors.signed_in("bob").actor, protected.person.id)
        with pytest.raises(SignInExpired):
            give(token, protected.code(LATER))


def test_one_time_password_and_second_factor_are_both_asked(protected: Protected) -> None:
    password = accounts.set_one_time_password(Actor(is_system=True), login="ada")
    with clock.freeze(LATER):
        waiting = accounts.sign_in(NOBODY, login="ada", password=password)
        with pytest.raises(SignInExpired):
            accounts.give_new_password(NOBODY, token=waiting.started.token, password="five green kettles sing")
        half = give(waiting.started.token, protected.code(LATER))
        assert half.stage.value == "new_password"
        assert actor_of(half.started.token).user_id is None
        done = accounts.give_new_password(NOBODY, token=half.started.token, password="five green kettles sing")
        assert actor_of(done.started.token).user_id == protected.person.id
