"""Links by mail: they work once, not for ever, and tell strangers nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts import visitors
from tests.accounts.visitors import NOBODY, PASSWORD, Account, actor_of, at_once
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import LinkGone, PasswordNeeded, RegistrationClosed, WrongCredentials
from trackeep.accounts.models import MailedLink, SignIn
from trackeep.core import clock, db, ext, outbox
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, TooMany
from trackeep.core.jobs import JobRow

NEW_PASSWORD = "five green kettles sing"


def letters() -> list[outbox.OutboxEntry]:
    return list(outbox.letters(Actor(user_id=1, is_admin=True)).items)


def secret_of(letter: outbox.OutboxEntry) -> str:
    return next(line for line in letter.text.splitlines() if line.startswith("http")).rsplit("/", 1)[1]


def run_jobs() -> None:
    """Do what the waiting jobs that send letters would do."""
    verbs: dict[str, Callable[..., None]] = {
        "accounts.send_reset_link": accounts.send_reset_link,
        "accounts.send_registration_link": accounts.send_registration_link,
    }
    for name, arguments in db.session().execute(select(JobRow.name, JobRow.arguments).order_by(JobRow.id)).all():
        if name in verbs:
            verbs[name](**arguments)


def reset_secret(login: str = "bob") -> str:
    accounts.request_reset(NOBODY, login=login)
    run_jobs()
    return secret_of(letters()[0])


def test_a_reset_changes_the_password_and_ends_all_sessions(bob: Account) -> None:
    secret = reset_secret("BOB@example.org")
    assert letters()[0].recipient == "bob@example.org"
    accounts.reset_password(NOBODY, secret=secret, password=NEW_PASSWORD)
    assert actor_of(bob.token).user_id is None
    with pytest.raises(WrongCredentials):
        accounts.sign_in(NOBODY, login="bob", password=PASSWORD)
    assert accounts.sign_in(NOBODY, login="bob", password=NEW_PASSWORD).started.user_id == bob.id


def test_a_link_works_once(bob: Account) -> None:
    secret = reset_secret()
    outcomes = at_once(
        4, lambda number: accounts.reset_password(NOBODY, secret=secret, password=f"{NEW_PASSWORD} {number}")
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, LinkGone) for outcome in outcomes) == 3


def test_a_poor_password_does_not_use_the_link_up(bob: Account) -> None:
    secret = reset_secret()
    with pytest.raises(Invalid):
        accounts.reset_password(NOBODY, secret=secret, password="bob")
    accounts.reset_password(NOBODY, secret=secret, password=NEW_PASSWORD)


def test_a_link_expires_after_half_an_hour(bob: Account) -> None:
    secret = reset_secret()
    with clock.freeze(clock.now() + timedelta(minutes=31)), pytest.raises(LinkGone):
        accounts.reset_password(NOBODY, secret=secret, password=NEW_PASSWORD)


def test_a_newer_link_and_a_password_change_end_the_older_link(bob: Account) -> None:
    first, second = reset_secret(), reset_secret()
    with pytest.raises(LinkGone):
        accounts.check_reset_link(first)
    accounts.change_password(bob.actor, current=PASSWORD, new=NEW_PASSWORD)
    with pytest.raises(LinkGone):
        accounts.check_reset_link(second)


def test_only_the_hash_of_a_link_is_kept(bob: Account) -> None:
    secret = reset_secret()
    assert secret not in db.session().scalars(select(MailedLink.token_hash)).all()


def test_asking_does_the_same_for_unknown_people(bob: Account) -> None:
    accounts.request_reset(NOBODY, login="nobody@example.org")
    asked = db.session().scalars(select(JobRow.id).where(JobRow.name == "accounts.send_reset_link"))
    assert len(asked.all()) == 1
    run_jobs()
    assert letters() == []


def test_a_disabled_person_gets_no_link(ada: Account, bob: Account) -> None:
    accounts.disable_person(ada.actor, bob.id)
    accounts.request_reset(NOBODY, login="bob")
    run_jobs()
    assert letters() == []


def test_asking_is_limited(bob: Account) -> None:
    outcomes = at_once(8, lambda _number: accounts.request_reset(NOBODY, login="bob"))
    assert sum(isinstance(outcome, TooMany) for outcome in outcomes) == 3


def test_a_new_address_counts_when_its_link_is_opened(bob: Account) -> None:
    accounts.request_email_change(bob.actor, email="robert@example.org")
    assert accounts.own_profile(bob.actor).email == "bob@example.org"
    accounts.confirm_email(NOBODY, secret=secret_of(letters()[0]))
    db.release()
    profile = accounts.own_profile(bob.actor)
    assert profile.email == "robert@example.org"
    assert profile.email_confirmed_at is not None
    assert letters()[0].recipient == "bob@example.org"
    assert accounts.sign_in(NOBODY, login="robert@example.org", password=PASSWORD).started.user_id == bob.id


def test_a_taken_address_is_not_told_to_who_asks_for_it(ada: Account, bob: Account) -> None:
    accounts.request_email_change(bob.actor, email="ADA@example.org")
    secret = secret_of(letters()[0])
    with pytest.raises(Invalid):
        accounts.confirm_email(NOBODY, secret=secret)
    assert accounts.own_profile(bob.actor).email == "bob@example.org"


def test_an_address_change_needs_the_password_again(bob: Account) -> None:
    with clock.freeze(clock.now() + timedelta(minutes=11)), pytest.raises(PasswordNeeded):
        accounts.request_email_change(bob.actor, email="robert@example.org")
    with pytest.raises(Invalid):
        accounts.request_email_change(bob.actor, email="robert")


def test_nobody_has_many_letters_written_to_strangers(bob: Account) -> None:
    for number in range(5):
        accounts.request_email_change(bob.actor, email=f"stranger-{number}@example.org")
    with pytest.raises(TooMany):
        accounts.request_email_change(replace(bob.actor, address="203.0.113.9"), email="stranger-5@example.org")
    assert len(letters()) == 5


def test_expired_links_are_forgotten(bob: Account) -> None:
    reset_secret()
    with clock.freeze(clock.now() + timedelta(hours=1)):
        accounts.forget_expired_links()
    assert db.session().scalars(select(MailedLink.id)).all() == []


@pytest.fixture
def mails(ada: Account) -> None:
    """Letters are sent, so registration goes by mail."""
    ext.settings.bind(replace(ext.settings(), smtp_host="mail.example.org"))


@pytest.mark.usefixtures("mails")
def test_where_letters_are_sent_registration_begins_with_one(ada: Account) -> None:
    with pytest.raises(RegistrationClosed):
        accounts.register(NOBODY, visitors.person("eve"))
    for email in ("eve@example.org", "ada@example.org"):
        accounts.request_registration(NOBODY, email=email)
    for email in ("eve@example.org", "ada@example.org"):
        accounts.send_registration_link(email)
    to_ada, to_eve = letters()
    assert (to_ada.recipient, to_eve.recipient) == ("ada@example.org", "eve@example.org")
    assert "sign-in" in to_ada.text
    made = accounts.accept_invitation(NOBODY, secret=secret_of(to_eve), person=visitors.person("eve", email=""))
    assert actor_of(made.started.token).user_id not in {None, ada.id}


@pytest.mark.usefixtures("mails")
def test_a_closed_door_is_closed_for_links_that_are_on_their_way(ada: Account) -> None:
    accounts.send_registration_link("eve@example.org")
    secret = secret_of(letters()[0])
    accounts.switch_registration(ada.actor, mode="invitation")
    with pytest.raises(RegistrationClosed):
        accounts.accept_invitation(NOBODY, secret=secret, person=visitors.person("eve", email=""))


@pytest.mark.usefixtures("mails")
def test_asking_for_a_link_does_not_end_an_invitation(ada: Account) -> None:
    invited = accounts.invite(ada.actor, email="eve@example.org", role="admin")
    accounts.send_registration_link("eve@example.org")
    assert accounts.invited_address(invited.link.rsplit("/", 1)[1]) == "eve@example.org"


def test_sessions_of_others_stay(ada: Account, bob: Account) -> None:
    accounts.reset_password(NOBODY, secret=reset_secret(), password=NEW_PASSWORD)
    assert db.session().scalars(select(SignIn.user_id)).all() == [ada.id]
