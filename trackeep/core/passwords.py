"""Passwords: which ones are acceptable, and their argon2id hashes, computed at most two at a time."""

import importlib
import sys
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from threading import BoundedSemaphore
from typing import Protocol, TypeVar, cast

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from zxcvbn import zxcvbn

from trackeep.core.i18n import gettext as _

MIN_LENGTH = 10
MAX_LENGTH = 1_000
PARALLEL_HASHES = 2
# Judging costs more than linear time, in the length and in the kinds of characters that may stand for letters;
# a beginning that is hard to guess is enough, and nothing common has so many kinds.
_JUDGED_LENGTH = 40
_STAND_INS = frozenset("4@8({[<369&#!1/|0$5+7%2")
_MAX_STAND_INS = 14
# Of the judge's 0 to 4: guessed within a million tries, as are all common passwords and their variations.
_GUESSABLE_SCORE = 1
# Fewer different ones are a pattern, whatever the judge thinks of it; of blanks alone nothing is left to judge.
_FEWEST_CHARACTERS = 5
_PRODUCT = "trackeep"

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# The shape and cost of a real hash that no password fits: unknown accounts are checked against it, in the same time.
_HASH_PREFIX = "$argon2id$"
_NOBODY = f"$argon2id$v=19$m=19456,t=2,p=1${'A' * 22}${'A' * 43}"

Result = TypeVar("Result")


class _Pool(Protocol):
    def apply(self, work: Callable[[], Result]) -> Result: ...


class _Queue:
    """Lets at most so many threads work at once: each hash holds 19 MiB."""

    def __init__(self, size: int) -> None:
        self._permits = BoundedSemaphore(size)

    def apply(self, work: Callable[[], Result]) -> Result:
        with self._permits:
            return work()


@cache
def _pool() -> _Pool:
    """Native threads of gevent's where it has patched the process, for a hash would hold up every greenlet."""
    monkey = sys.modules.get("gevent.monkey")
    if monkey is None or not monkey.is_module_patched("threading"):
        return _Queue(PARALLEL_HASHES)
    threadpool = importlib.import_module("gevent.threadpool")
    return cast(_Pool, threadpool.ThreadPool(PARALLEL_HASHES))


def hash_password(password: str) -> str:
    """The encoded argon2id hash, with its parameters and salt inside."""
    return _pool().apply(lambda: _hasher.hash(_prepared(password)))


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one of this hash; None (no such account), or a mark that is no hash (an account that
    has no password), takes as long and is never true."""
    acceptable = len(password) <= MAX_LENGTH
    encoded = stored if stored and acceptable and stored.startswith(_HASH_PREFIX) else _NOBODY
    prepared = _prepared(password if acceptable else "")
    return _pool().apply(lambda: _fits(encoded, prepared)) and acceptable and encoded is stored


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's; then hash again, now that the password is known."""
    return _hasher.check_needs_rehash(stored)


def password_problems(password: str, *, known: Iterable[str] = ()) -> list[str]:
    """Why this password is refused, in words for the user; `known` is what strangers know: name, e-mail address."""
    if len(password) < MIN_LENGTH:
        return [_("Please use at least %(count)s characters.", count=MIN_LENGTH)]
    if len(password) > MAX_LENGTH:
        return [_("Please use at most %(count)s characters.", count=MAX_LENGTH)]
    folded = _folded(password)
    public = {part for text in (*known, _PRODUCT) for part in _parts(text)}
    if folded in public:
        return [_("This is your name or address, which others know. Please choose something else.")]
    if _is_guessable(folded[:_JUDGED_LENGTH], public):
        return [_("This password is common or easy to guess. A few words that do not belong together are better.")]
    return []


def _is_guessable(password: str, public: set[str]) -> bool:
    if len(set(password)) < _FEWEST_CHARACTERS:
        return True
    if len(_STAND_INS.intersection(password)) > _MAX_STAND_INS:
        return False
    return bool(zxcvbn(password, user_inputs=sorted(public))["score"] <= _GUESSABLE_SCORE)


def _fits(encoded: str, prepared: bytes) -> bool:
    try:
        return _hasher.verify(encoded, prepared)
    except VerifyMismatchError:
        return False


def _prepared(password: str) -> bytes:
    # The same letters typed on another system may arrive composed differently.
    return unicodedata.normalize("NFC", password).encode("utf-8", errors="surrogatepass")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _parts(text: str) -> list[str]:
    """A name or address whole, and the pieces of an address before and after the @."""
    folded = _folded(text)[:MAX_LENGTH]
    return [part for part in (folded, folded.replace(" ", ""), *folded.split("@"), *folded.split()) if part]
