"""What keeps an address from being used, as far as the errors tell: so that people learn which setting to change."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from socket import gaierror

from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    ClusterDownError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    TimeoutError,
)
from redis.sentinel import MasterNotFoundError

from extensions.redis_client.address import Address, Kind
from extensions.redis_client.errors import UNREACHABLE, kind_of
from extensions.redis_client.link import Link
from extensions.redis_client.topology import SentinelGroup

LONGEST_CHAIN = 8


class Cause(StrEnum):
    UNKNOWN_HOST = "unknown host"
    NOBODY = "nobody listens"
    SILENT = "no answer in time"
    CUT_OFF = "connection cut off"
    PASSWORD = "password"  # noqa: S105  # a kind of trouble, not a secret
    CERTIFICATE = "certificate"
    TLS = "no TLS"
    SERVICE = "unknown service"
    PERMISSION = "permission"
    REPLICA = "replica"
    MEMORY = "memory"
    LOADING = "loading"
    TOO_FEW_REPLICAS = "too few replicas"
    CLUSTER = "cluster"
    WRONG_KIND = "wrong kind"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """``names`` are the logical names without Redis because of it, ``detail`` is the library's word on it, without
    secrets. ``at_sentinel`` tells that the Sentinels are meant, not the servers they watch."""

    names: tuple[str, ...]
    address: Address
    cause: Cause
    detail: str
    at_sentinel: bool = False


# The most telling ones first.
_FAMILIES: tuple[tuple[type[BaseException], Cause], ...] = (
    (gaierror, Cause.UNKNOWN_HOST),
    (ConnectionRefusedError, Cause.NOBODY),
    (FileNotFoundError, Cause.NOBODY),
    (ConnectionResetError, Cause.CUT_OFF),
    (ssl.SSLCertVerificationError, Cause.CERTIFICATE),
    (ssl.SSLError, Cause.TLS),
    (AuthenticationError, Cause.PASSWORD),
    (NoPermissionError, Cause.PERMISSION),
    (ReadOnlyError, Cause.REPLICA),
    (OutOfMemoryError, Cause.MEMORY),
    (BusyLoadingError, Cause.LOADING),
    (ClusterDownError, Cause.CLUSTER),
    (MasterNotFoundError, Cause.SERVICE),
    (TimeoutError, Cause.SILENT),
    (OSError, Cause.SILENT),
)
# What redis-py has no class for, by words of the server's or of its own.
_WORDS = (
    ("unknown command", Cause.WRONG_KIND),
    ("Cluster mode is not enabled", Cause.WRONG_KIND),
    ("All slots are not covered", Cause.CLUSTER),
    ("Not enough good replicas", Cause.TOO_FEW_REPLICAS),
    ("Connection closed by server", Cause.CUT_OFF),
)


def begin_link(link: Link) -> Trouble | None:
    """Connect and write; None when all is well."""
    learning = True
    try:
        link.begin()
        learning = False
        link.try_writes()
    except UNREACHABLE as error:
        link.give_up(kind_of(error))
        return trouble_of(link, error, at_sentinel=learning and link.address.kind is Kind.SENTINEL)
    return None


def trouble_of(link: Link, error: Exception, *, at_sentinel: bool = False) -> Trouble:
    if isinstance(error, MasterNotFoundError) and isinstance(link.topology, SentinelGroup):
        silent = link.topology.silent_sentinels()
        if len(silent) == len(link.address.hosts):
            # Nobody was there to know the service.
            error = next(iter(silent.values()))
    detail = str(error).partition("\n")[0]
    return Trouble(
        names=link.names, address=link.address, cause=cause_of(error), detail=detail, at_sentinel=at_sentinel
    )


def cause_of(error: BaseException) -> Cause:
    """The most telling cause in the chain of errors."""
    chain = list(_chain(error))
    text = " ".join(map(str, chain))
    by_words = next((cause for words, cause in _WORDS if words in text), None)
    by_family = next((cause for family, cause in _FAMILIES if any(isinstance(each, family) for each in chain)), None)
    return by_words or by_family or Cause.OTHER


def _chain(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    for _ in range(LONGEST_CHAIN):
        if each is None:
            return
        yield each
        each = each.__cause__ or each.__context__
