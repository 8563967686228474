"""Sealing, rotation and signed tokens."""

from datetime import UTC, datetime, timedelta

import pytest

from trackeep.core import clock
from trackeep.core.keyring import CannotOpen, KeyRing, hash_token, new_token

OLD, NEW = "the old secret", "the new secret"


def test_a_sealed_value_opens_for_its_purpose_only() -> None:
    ring = KeyRing(NEW)
    sealed = ring.seal("JBSWY3DP", "totp:7")

    assert "JBSWY3DP" not in sealed
    assert ring.open(sealed, "totp:7") == "JBSWY3DP"
    with pytest.raises(CannotOpen):
        ring.open(sealed, "totp:8")


@pytest.mark.parametrize("broken", ["", "x", "0123.abc", "."])
def test_a_broken_value_cannot_be_opened(broken: str) -> None:
    with pytest.raises(CannotOpen):
        KeyRing(NEW).open(broken, "p")


def test_rotation_seals_with_the_newest_key() -> None:
    sealed = KeyRing(OLD).seal("secret", "p")
    rotated = KeyRing(NEW, (OLD,)).rotate(sealed, "p")

    assert rotated != sealed
    assert KeyRing(NEW).open(rotated, "p") == "secret"
    assert KeyRing(NEW, (OLD,)).rotate(rotated, "p") == rotated
    with pytest.raises(CannotOpen):
        KeyRing(NEW).open(sealed, "p")


def test_a_signed_token_is_read_back_until_it_is_too_old_or_changed() -> None:
    token = KeyRing(OLD).sign({"user": 7}, "device")
    ring = KeyRing(NEW, (OLD,))

    assert ring.verify(token, "device", 60) == {"user": 7}
    assert ring.verify(token, "other", 60) is None
    assert ring.verify(token + "x", "device", 60) is None
    assert ring.verify(token, "device", -1) is None


def test_a_signed_token_ages_by_our_clock() -> None:
    ring = KeyRing(NEW)
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    with clock.freeze(moment):
        token = ring.sign(1, "reset")
    with clock.freeze(moment + timedelta(seconds=3600)):
        assert ring.verify(token, "reset", 3600) == 1
    with clock.freeze(moment + timedelta(seconds=3602)):
        assert ring.verify(token, "reset", 3600) is None


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "x" * 10_000, "é.ü.ß", "\x00", "\ud800"])
def test_garbage_is_no_token(token: str) -> None:
    assert KeyRing(NEW).verify(token, "p", 60) is None
    assert len(hash_token(token)) == 64


def test_tokens_are_random_and_stored_hashed() -> None:
    assert new_token() != new_token()
    assert len(new_token()) >= 43
    assert hash_token("a") != hash_token("b")
