"""Where a fetch may go: an address split once, so that what is checked and what is connected to cannot differ."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from trackeep.core.fetch.shapes import FetchRefused

MAX_URL_LENGTH = 8_192
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?|[0-9a-f:.]{2,45}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Target:
    """One hop of a fetch."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> "Target":
        """Split an absolute address; raises FetchRefused for one that the door does not open to."""
        text = url.strip()
        if len(text) > MAX_URL_LENGTH or _CONTROL.search(text):
            raise FetchRefused("bad_address", "This is not a usable web address.")
        try:
            parts = urlsplit(text)
            if parts.scheme not in _DEFAULT_PORTS:
                raise FetchRefused("bad_scheme", "Only http and https addresses can be fetched.")
            port, host = parts.port, _ascii_host(parts.hostname or "")
        except ValueError as error:
            raise FetchRefused("bad_address", "This is not a usable web address.") from error
        if parts.username is not None or parts.password is not None:
            raise FetchRefused("credentials", "Addresses with a user name or password in them are not fetched.")
        query = f"?{quote(parts.query, safe=_QUERY_SAFE)}" if parts.query else ""
        path = quote(parts.path or "/", safe=_PATH_SAFE) + query
        return cls(parts.scheme, host, _DEFAULT_PORTS[parts.scheme] if port is None else port, path)

    def join(self, location: str) -> "Target":
        """The target of a redirect from here."""
        return Target.parse(urljoin(self.url, location.strip()))

    @property
    def authority(self) -> str:
        """The Host header: the port is named only when it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        return (self.scheme, self.host, self.port)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]|"


def _ascii_host(host: str) -> str:
    lowered = host.lower().rstrip(".")
    name = lowered if lowered.isascii() else idna.encode(lowered, uts46=True).decode("ascii")
    if not _HOST.fullmatch(name):
        raise ValueError("not a host name")
    return name
