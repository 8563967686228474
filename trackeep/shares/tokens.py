"""The secrets of links: how they are kept, and how a browser shows that it has given a password."""

import hashlib

import structlog

from trackeep.core import ext, keyring
from trackeep.core.keyring import CannotOpen

log = structlog.get_logger(__name__)
MARK_AGE = 12 * 3600
_MARK = "share-opened"


def sealed(token: str) -> str:
    return ext.keyring().seal(token, _purpose(keyring.hash_token(token)))


def resealed(value: str, token_hash: str) -> str:
    """The same with the newest key of the ring; raises CannotOpen."""
    return ext.keyring().rotate(value, _purpose(token_hash))


def opened(value: str, token_hash: str) -> str | None:
    """The token; None where its key is no longer there, as in a copy that was restored elsewhere."""
    if not value:
        return None
    try:
        return ext.keyring().open(value, _purpose(token_hash))
    except CannotOpen:
        log.warning("share_token_not_opened")
        return None


def mark(share_id: int, password_hash: str) -> str:
    """What a browser keeps that has given the password of a link; another password makes it worthless."""
    return ext.keyring().sign([share_id, _digest(password_hash)], _MARK)


def fits(given: str, share_id: int, password_hash: str) -> bool:
    return ext.keyring().verify(given, _MARK, MARK_AGE) == [share_id, _digest(password_hash)]


def _digest(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:32]


def _purpose(token_hash: str) -> str:
    return f"shares.token:{token_hash}"
