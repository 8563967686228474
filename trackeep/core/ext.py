"""The unbound objects of the process that the application's start binds: settings, key ring, fetcher, blobs, cookie."""

from typing import Generic, TypeVar

from config.settings import Settings
from extensions.sessions import SessionCookie
from trackeep.core.blobs import BlobStore
from trackeep.core.fetch import Door
from trackeep.core.keyring import KeyRing

Value = TypeVar("Value")


class Bound(Generic[Value]):
    """Holds one value once it is bound; calling it returns the value."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._value: Value | None = None

    def bind(self, value: Value) -> None:
        self._value = value

    def __call__(self) -> Value:
        if self._value is None:
            raise RuntimeError(f"{self._name} is not bound yet: call create_app() first")
        return self._value


settings: Bound[Settings] = Bound("settings")
keyring: Bound[KeyRing] = Bound("the key ring")
fetcher: Bound[Door] = Bound("the fetcher")
blobs: Bound[BlobStore] = Bound("the blob store")
session_cookie: Bound[SessionCookie] = Bound("the session cookie")
token_domains: Bound[tuple[str, ...]] = Bound("the list of domains that API tokens open")
