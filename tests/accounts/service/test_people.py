"""New people: the first one, those who register, and what is refused."""

import pytest
from sqlalchemy import func, select

from tests.accounts import visitors
from tests.accounts.visitors import NOBODY, Account, actor_of, at_once, person
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import AlreadySetUp, RegistrationClosed
from trackeep.accounts.models import User
from trackeep.core import db
from trackeep.core.actor import Role
from trackeep.core.errors import Invalid, TooMany


def people_count() -> int:
    db.release()
    return db.session().scalar(select(func.count(User.id))) or 0


@pytest.mark.usefixtures("app")
def test_the_first_visitor_becomes_the_administrator() -> None:
    assert not accounts.is_set_up()
    ada = visitors.found()
    assert accounts.is_set_up()
    assert ada.actor.is_admin
    assert ada.actor.roles == {ada.actor.personal_space_id: Role.OWNER}


@pytest.mark.usefixtures("app")
def test_of_two_first_visitors_the_database_lets_one_through() -> None:
    outcomes = at_once(4, lambda number: accounts.set_up(NOBODY, person(f"visitor{number}")))
    assert sum(isinstance(outcome, accounts.SignedIn) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadySetUp) for outcome in outcomes) == 3
    assert people_count() == 1


def test_nobody_sets_up_twice(ada: Account) -> None:
    with pytest.raises(AlreadySetUp):
        accounts.set_up(NOBODY, person("eve"))


def test_who_registers_is_a_user_with_a_space_of_their_own(ada: Account, bob: Account) -> None:
    assert not bob.actor.is_admin
    assert set(bob.actor.roles) == {bob.actor.personal_space_id}
    assert not set(bob.actor.roles) & set(ada.actor.roles)


@pytest.mark.parametrize("mode", ["invitation", "closed"])
def test_registration_is_only_for_open_doors(ada: Account, mode: str) -> None:
    accounts.switch_registration(ada.actor, mode=mode)
    with pytest.raises(RegistrationClosed):
        accounts.register(NOBODY, person("eve"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": "a b"}, "username"),
        ({"username": "a@b"}, "username"),
        ({"username": "x"}, "username"),
        ({"username": "-dash-"}, "username"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b@c"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "qwertyuiop"}, "password"),
        ({"password": "eve@example.org"}, "password"),
    ],
)
def test_bad_input_is_refused_by_field(ada: Account, values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.register(NOBODY, person("eve", **values))
    assert set(caught.value.fields) == {field}
    assert people_count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": "BOB"}, "username"),
        ({"username": "ｂｏｂ"}, "username"),
        ({"email": "Bob@Example.Org"}, "email"),
    ],
)
def test_names_are_unique_by_their_folded_form(bob: Account, values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.register(NOBODY, person("eve", **values))
    assert set(caught.value.fields) == {field}


def test_of_many_with_one_name_one_gets_it(ada: Account) -> None:
    outcomes = at_once(4, lambda number: accounts.register(NOBODY, person("eve", email=f"eve{number}@example.org")))
    assert sum(isinstance(outcome, accounts.SignedIn) for outcome in outcomes) == 1
    assert people_count() == 2


def test_registering_is_limited_by_address(ada: Account) -> None:
    for number in range(5):
        visitors.registered(f"person{number}")
    with pytest.raises(TooMany):
        visitors.registered("person9")


def test_an_unknown_time_zone_is_utc(ada: Account) -> None:
    signed_in = accounts.register(NOBODY, person("eve", time_zone="Mars/Olympus"))
    assert actor_of(signed_in.started.token).time_zone == "UTC"
