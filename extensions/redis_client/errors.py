"""Why Redis gave no answer."""

from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ConnectionError,
    MaxConnectionsError,
    MovedError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    ResponseError,
    TimeoutError,
)

WRONG_TYPE = "WRONGTYPE"
EXHAUSTED = "pool exhausted"
# A Cluster of which no node answers is told by an error outside of redis-py's own family.
UNREACHABLE = (RedisError, RedisClusterException, OSError)
# The first that fits, so the special ones come before their families.
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (AuthenticationError, "refused"),
    (AuthorizationError, "refused"),
    (NoPermissionError, "not permitted"),
    (BusyLoadingError, "loading"),
    (MaxConnectionsError, EXHAUSTED),
    (ReadOnlyError, "read only"),
    (OutOfMemoryError, "out of memory"),
    (MovedError, "moved"),
    (TimeoutError, "timeout"),
    (ConnectionError, "connection"),
    (RedisClusterException, "connection"),
    (OSError, "connection"),
    (ResponseError, "response"),
)


class RedisAway(Exception):
    """Redis is not to be had for this; do without. It is never shown to anybody."""


def kind_of(error: Exception) -> str:
    """One or two words for counters and people."""
    return next((kind for family, kind in _KINDS if isinstance(error, family)), "response")


def is_about_the_value(error: Exception) -> bool:
    """Whether only the value under this key is not what it should be, while the server is well."""
    return isinstance(error, ResponseError) and WRONG_TYPE in str(error)
