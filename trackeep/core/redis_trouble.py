"""Says of a Redis that cannot be used which setting is to be changed, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from config.redis_settings import RedisSettings
from extensions.redis_client import Cause, Kind, Trouble, parse_address

_KINDS = {Kind.CLUSTER: "a Cluster", Kind.SENTINEL: "a Sentinel"}
# The one that names a host may be right while the certificate is for another name.
OTHER_NAME = "mismatch"


@dataclass(frozen=True, slots=True)
class Advice:
    """``setting`` names variables, ``address`` is without secrets, ``reason`` is the end of a sentence."""

    setting: str
    address: str
    reason: str

    def __str__(self) -> str:
        return f"{self.setting}: {self.address} cannot be used: {self.reason}."


def advise(settings: RedisSettings, trouble: Trouble) -> Advice:
    reason = _REASONS[trouble.cause](trouble)
    return Advice(_setting(settings, trouble), trouble.address.shown(), reason)


def variables(settings: RedisSettings, names: tuple[str, ...]) -> str:
    """The variables that gave these uses their address."""
    return ", ".join(dict.fromkeys(settings.urls[name][0] for name in names))


def _setting(settings: RedisSettings, trouble: Trouble) -> str:
    named = variables(settings, trouble.names)
    if trouble.cause is Cause.CERTIFICATE and OTHER_NAME not in trouble.detail:
        return "REDIS_TLS_CA_FILE"
    if trouble.cause is Cause.PERMISSION:
        return "REDIS_SENTINEL_USERNAME" if trouble.at_sentinel else "REDIS_USERNAME"
    if trouble.cause is not Cause.PASSWORD:
        return named
    given = parse_address(settings.urls[trouble.names[0]][1])
    if trouble.at_sentinel:
        return named if given.sentinel_password else "REDIS_SENTINEL_PASSWORD"
    return named if given.password else "REDIS_PASSWORD"


def _silent(trouble: Trouble) -> str:
    return "there is no answer in time" + ("; perhaps it speaks no TLS" if trouble.address.tls else "")


def _cut_off(trouble: Trouble) -> str:
    hint = "" if trouble.address.tls else "; a server that speaks TLS wants rediss:// instead of redis://"
    return f"the connection is cut off{hint}"


def _password(trouble: Trouble) -> str:
    who = "its Sentinels refuse" if trouble.at_sentinel else "it refuses"
    address = trouble.address
    given = address.sentinel_password if trouble.at_sentinel else address.password
    return f"{who} the name or the password" if given else f"{who} who gives no password"


def _certificate(trouble: Trouble) -> str:
    if OTHER_NAME in trouble.detail:
        return "its certificate is for another name"
    return "its certificate is not signed by an authority that is trusted here"


def _wrong_kind(trouble: Trouble) -> str:
    return f"it is not {_KINDS.get(trouble.address.kind, 'a Redis that keeps values')}"


_REASONS: Mapping[Cause, Callable[[Trouble], str]] = {
    Cause.UNKNOWN_HOST: lambda _trouble: "its host is not known here",
    Cause.NOBODY: lambda _trouble: "nobody listens there",
    Cause.SILENT: _silent,
    Cause.CUT_OFF: _cut_off,
    Cause.PASSWORD: _password,
    Cause.CERTIFICATE: _certificate,
    Cause.TLS: lambda _trouble: "it speaks no TLS; without it the address begins with redis://",
    Cause.SERVICE: lambda trouble: f"its Sentinels watch no service named '{trouble.address.service}'",
    Cause.PERMISSION: lambda _trouble: (
        "this user may not do what is needed; config/redis/users.acl.template and sentinel.acl.template list it"
    ),
    Cause.REPLICA: lambda _trouble: "it is a replica; name the primary, or the Sentinels with redis+sentinel://",
    Cause.MEMORY: lambda _trouble: "its memory is full; maxmemory-policy allkeys-lru lets it forget",
    Cause.LOADING: lambda _trouble: "it still loads its data",
    Cause.TOO_FEW_REPLICAS: lambda _trouble: "fewer replicas follow it than its min-replicas-to-write wants",
    Cause.CLUSTER: lambda _trouble: "its Cluster is incomplete; `redis-cli --cluster check` tells what is missing",
    Cause.WRONG_KIND: _wrong_kind,
    Cause.OTHER: lambda trouble: trouble.detail.rstrip(". "),
}
