"""The commands that belong to no domain: rotating the key under which secrets are sealed."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from sqlalchemy import select, update

from trackeep.accounts.models import User
from trackeep.core import db, ext
from trackeep.core.actor import Actor
from trackeep.core.keyring import KeyRing

OLD, NEW = "the old secret key", "the new secret key"


@pytest.fixture
def ring() -> Iterator[None]:
    before = ext.keyring()
    yield
    ext.keyring.bind(before)


def _purpose(person: Actor) -> str:
    return f"accounts.totp:{person.user_id}"


def _keep(person: Actor, sealed: str) -> None:
    with db.unit_of_work() as session:
        session.execute(update(User).where(User.id == person.user_id).values(totp_secret=sealed))


def _kept(person: Actor) -> str:
    return db.session().scalar(select(User.totp_secret).where(User.id == person.user_id)) or ""


def test_rotating_makes_the_previous_key_needless(app: APIFlask, alice: Actor, ring: None) -> None:
    _keep(alice, KeyRing(OLD).seal("JBSWY3DP", _purpose(alice)))
    ext.keyring.bind(KeyRing(NEW, (OLD,)))

    done = app.test_cli_runner().invoke(args=["rotate-keys"])

    assert (done.exit_code, done.output) == (0, "Second factors: 1\nShared links: 0\n")
    assert KeyRing(NEW).open(_kept(alice), _purpose(alice)) == "JBSWY3DP"


def test_a_lost_key_is_told_and_nothing_changes(app: APIFlask, alice: Actor, bob: Actor, ring: None) -> None:
    sealed = KeyRing(OLD).seal("JBSWY3DP", _purpose(alice))
    _keep(alice, sealed)
    _keep(bob, KeyRing("nobody knows").seal("ABC", _purpose(bob)))
    ext.keyring.bind(KeyRing(NEW, (OLD,)))

    done = app.test_cli_runner().invoke(args=["rotate-keys"])

    assert done.exit_code == 1
    assert "SECRET_KEY_PREVIOUS" in done.output
    assert _kept(alice) == sealed
