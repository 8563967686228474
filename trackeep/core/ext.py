"""The unbound objects of the process that the application's start binds: settings, key ring, fetcher, blobs, Redis."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from config.env import SettingError
from config.redis_settings import RedisSettings
from config.settings import Settings
from extensions.bell import Bell
from extensions.cache import AnswerCache
from extensions.freshness import Freshness
from extensions.redis_client import Address, Deadlines, RedisClients, RedisOptions, Tls, parse_address
from extensions.sessions import SessionCopies, Stored
from trackeep.core import clock
from trackeep.core.blobs import BlobStore
from trackeep.core.fetch import Door
from trackeep.core.keyring import KeyRing

Value = TypeVar("Value")
Held = TypeVar("Held", bound=Stored)


class Bound(Generic[Value]):
    """Holds one value once it is bound; calling it returns the value."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._value: Value | None = None

    def bind(self, value: Value) -> None:
        self._value = value

    @property
    def is_bound(self) -> bool:
        return self._value is not None

    def __call__(self) -> Value:
        if self._value is None:
            raise RuntimeError(f"{self._name} is not bound yet: call create_app() first")
        return self._value


settings: Bound[Settings] = Bound("settings")
keyring: Bound[KeyRing] = Bound("the key ring")
fetcher: Bound[Door] = Bound("the fetcher")
blobs: Bound[BlobStore] = Bound("the blob store")
token_domains: Bound[tuple[str, ...]] = Bound("the list of domains that API tokens open")
redis: Bound[RedisClients] = Bound("Redis")
freshness: Bound[Freshness] = Bound("the scope versions")
answers: Bound[AnswerCache] = Bound("the cache")
bell: Bound[Bell] = Bound("the bell of the jobs")
_session_copies: Bound[dict[str, SessionCopies[Any]]] = Bound("the copies of sessions")


def bind_redis(settings: RedisSettings, read_versions: Callable[[Sequence[str]], Mapping[str, int]]) -> None:
    """Bind what stands on Redis, or on this process alone without it."""
    if redis.is_bound:
        bell().close()
        redis().close()
    clients = redis_clients(settings)
    redis.bind(clients)
    freshness.bind(Freshness(read_versions, clients.get("freshness")))
    bell.bind(Bell(clients.get("bell")))
    _session_copies.bind({})


def session_copies(name: str, kind: type[Held], read: Callable[[str], tuple[Held, int] | None]) -> SessionCopies[Held]:
    """The copies of the rows of this name, the same for the whole process."""
    made = _session_copies()
    if name not in made:
        key = hashlib.blake2b(settings().secret_key.encode(), person=b"session copies").digest()
        client = redis().get("sessions")
        made[name] = SessionCopies(kind, read, freshness(), client, key=key, name=name, clock=clock.timestamp)
    return made[name]


def redis_clients(settings: RedisSettings) -> RedisClients:
    """The clients that the settings describe; nothing is connected yet. Raises SettingError for an address that says
    nothing."""
    addresses = {use: _address(settings, variable, url) for use, (variable, url) in settings.urls.items()}
    deadlines = Deadlines(connect=settings.dial_timeout, read=max(settings.read_timeout, settings.write_timeout))
    tls = Tls(verify=settings.tls_verify, ca_file=settings.tls_ca_file)
    return RedisClients(RedisOptions(addresses=addresses, pool_size=settings.pool_size, deadlines=deadlines, tls=tls))


def _address(settings: RedisSettings, variable: str, url: str) -> Address:
    try:
        return parse_address(url).with_credentials(
            settings.username, settings.password, settings.sentinel_username, settings.sentinel_password
        )
    except ValueError as error:
        raise SettingError(f"{variable} cannot be used: {error}.") from error
