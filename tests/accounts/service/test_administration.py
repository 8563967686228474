"""What administrators do, what others may not, and that one administrator always stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import statements
from tests.accounts import visitors
from tests.accounts.visitors import NOBODY, PASSWORD, Account, actor_of, at_once
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import LastAdministrator, PasswordNeeded
from trackeep.core import clock, db
from trackeep.core.actor import SYSTEM, Actor
from trackeep.core.errors import Invalid, NotFound, Unauthenticated

VERBS: dict[str, Callable[[Actor, int], object]] = {
    "list": lambda actor, _id: accounts.list_people(actor),
    "read": accounts.one_person,
    "create": lambda actor, _id: accounts.create_person(actor, username="carl", email="carl@example.org"),
    "disable": accounts.disable_person,
    "enable": accounts.enable_person,
    "role": lambda actor, user_id: accounts.change_person_role(actor, user_id, role="admin"),
    "reset link": accounts.make_reset_link,
    "second factor": accounts.remove_second_factor,
    "sessions": accounts.end_person_sessions,
    "registration": lambda actor, _id: accounts.switch_registration(actor, mode="closed"),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_only_administrators_administer(bob: Account, verb: Callable[[Actor, int], object]) -> None:
    with pytest.raises(NotFound):
        verb(bob.actor, bob.id)
    with pytest.raises(Unauthenticated):
        verb(NOBODY, bob.id)


@pytest.mark.parametrize("name", ["read", "disable", "enable", "role", "reset link", "second factor", "sessions"])
def test_people_who_do_not_exist(ada: Account, name: str) -> None:
    with pytest.raises(NotFound):
        VERBS[name](ada.actor, 999_999)


def test_the_list_is_paged_and_searched_with_a_fixed_number_of_queries(ada: Account) -> None:
    for number in range(4):
        accounts.create_person(
            ada.actor, username=f"person{number}", email=f"p{number}@example.org", name=f"Öde {number}"
        )
    counts = []
    for limit in (2, 5):
        with statements.counted() as sent:
            accounts.list_people(ada.actor, limit=limit)
        counts.append(len(sent))
    assert counts == [1, 1]
    first = accounts.list_people(ada.actor, limit=3)
    second = accounts.list_people(ada.actor, limit=3, cursor=first.next_cursor)
    names = [person.username for page in (first, second) for person in page.items]
    assert names == ["ada", "person0", "person1", "person2", "person3"]
    assert second.next_cursor is None
    assert [found.username for found in accounts.list_people(ada.actor, text="P2@example").items] == ["person2"]
    assert accounts.list_people(ada.actor, text="%").items == []
    with pytest.raises(Invalid):
        accounts.list_people(ada.actor, cursor="garbage")


def test_a_new_account_gets_a_one_time_password(ada: Account) -> None:
    made = accounts.create_person(ada.actor, username="carl", email="carl@example.org", role="admin")
    assert accounts.one_person(ada.actor, made.id).role == "admin"
    assert accounts.sign_in(NOBODY, login="carl", password=made.password).stage.value == "new_password"


def test_a_role_change_ends_the_sessions(ada: Account, bob: Account) -> None:
    accounts.change_person_role(ada.actor, bob.id, role="admin")
    assert actor_of(bob.token).user_id is None
    assert visitors.signed_in("bob").actor.is_admin


def test_dangerous_changes_need_the_password_again(ada: Account, bob: Account) -> None:
    with clock.freeze(clock.now() + timedelta(minutes=11)):
        for name in ("role", "reset link", "second factor"):
            with pytest.raises(PasswordNeeded):
                VERBS[name](ada.actor, bob.id)


def test_the_last_administrator_stays(ada: Account, bob: Account) -> None:
    changes: list[Callable[[], None]] = [
        lambda: accounts.change_person_role(ada.actor, ada.id, role="user"),
        lambda: accounts.disable_person(ada.actor, ada.id),
        lambda: accounts.delete_account(ada.actor, username="ada"),
    ]
    for change in changes:
        with pytest.raises(LastAdministrator):
            change()
    assert actor_of(ada.token).is_admin


def test_a_disabled_administrator_does_not_count(ada: Account, bob: Account) -> None:
    accounts.change_person_role(ada.actor, bob.id, role="admin")
    accounts.disable_person(ada.actor, bob.id)
    with pytest.raises(LastAdministrator):
        accounts.disable_person(ada.actor, ada.id)


def test_two_administrators_cannot_go_at_once(ada: Account, bob: Account) -> None:
    accounts.change_person_role(ada.actor, bob.id, role="admin")
    both = [ada.actor, visitors.signed_in("bob").actor]
    outcomes = at_once(
        2, lambda number: accounts.change_person_role(both[number], both[number].user_id or 0, role="user")
    )
    assert sum(isinstance(outcome, LastAdministrator) for outcome in outcomes) == 1
    assert sum(outcome is None for outcome in outcomes) == 1


def test_a_reset_link_lets_the_person_choose_a_password(ada: Account, bob: Account) -> None:
    link = accounts.make_reset_link(ada.actor, bob.id)
    accounts.reset_password(NOBODY, secret=link.rsplit("/", 1)[1], password="five green kettles sing")
    assert accounts.sign_in(NOBODY, login="bob", password="five green kettles sing").started.user_id == bob.id


def test_enabling_lets_a_person_in_again(ada: Account, bob: Account) -> None:
    accounts.disable_person(ada.actor, bob.id)
    accounts.enable_person(ada.actor, bob.id)
    assert visitors.signed_in("bob").id == bob.id
    assert actor_of(bob.token).user_id is None


def test_a_lost_second_factor_can_be_removed(ada: Account, bob: Account) -> None:
    accounts.end_person_sessions(ada.actor, bob.id)
    assert actor_of(bob.token).user_id is None
    accounts.remove_second_factor(ada.actor, bob.id)
    assert accounts.sign_in(NOBODY, login="bob", password=PASSWORD).stage.value == "full"


def test_the_switch_outlives_the_setting(ada: Account) -> None:
    assert accounts.registration_mode() == "open"
    for mode in ("invitation", "closed", "open"):
        accounts.switch_registration(ada.actor, mode=mode)
        db.release()
        assert accounts.registration_mode() == mode
    with pytest.raises(Invalid):
        accounts.switch_registration(ada.actor, mode="ajar")


def test_the_command_line_helps_who_is_locked_out(ada: Account) -> None:
    password = accounts.set_one_time_password(SYSTEM, login="ada")
    assert actor_of(ada.token).user_id is None
    assert accounts.sign_in(NOBODY, login="ada", password=password).stage.value == "new_password"
    with pytest.raises(NotFound):
        accounts.set_one_time_password(SYSTEM, login="nobody")


def test_another_administrator_is_made_only_with_the_password_at_hand(ada: Account) -> None:
    """By whatever way: the role of an account, a new account, an invitation."""
    with clock.freeze(clock.now() + timedelta(minutes=11)):
        with pytest.raises(PasswordNeeded):
            accounts.create_person(ada.actor, username="carl", email="carl@example.org", role="admin")
        with pytest.raises(PasswordNeeded):
            accounts.invite(ada.actor, email="eve@example.org", role="admin")
        accounts.create_person(ada.actor, username="dora", email="dora@example.org")
        accounts.invite(ada.actor, email="fred@example.org")
    accounts.create_person(SYSTEM, username="carl", email="carl@example.org", role="admin")
