"""Where a Redis is: one address for a single server, a group watched by Sentinels, or a Cluster."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PORT = 6379
SENTINEL_PORT = 26379


class Kind(StrEnum):
    SINGLE = "single"
    UNIX = "unix"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


_KINDS = {
    "redis": Kind.SINGLE,
    "rediss": Kind.SINGLE,
    "unix": Kind.UNIX,
    "redis+sentinel": Kind.SENTINEL,
    "rediss+sentinel": Kind.SENTINEL,
    "redis+cluster": Kind.CLUSTER,
    "rediss+cluster": Kind.CLUSTER,
}
SCHEMES = tuple(_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What a URL such as ``redis+sentinel://user:secret@h1,h2:26380/service/0`` says.

    ``hosts`` are servers or Sentinels; ``path`` is the socket of ``unix://``. Sentinels are asked with their own name
    and password, which may be given as ``?sentinel_username=...&sentinel_password=...``."""

    kind: Kind
    hosts: tuple[tuple[str, int], ...] = ()
    path: str = ""
    service: str = ""
    database: int = 0
    username: str = ""
    password: str = field(default="", repr=False)
    sentinel_username: str = ""
    sentinel_password: str = field(default="", repr=False)
    tls: bool = False

    def shown(self) -> str:
        """The address without its secrets, for people."""
        if self.kind is Kind.UNIX:
            return f"unix://{self.path}"
        scheme = ("rediss" if self.tls else "redis") + ("" if self.kind is Kind.SINGLE else f"+{self.kind}")
        hosts = ",".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts)
        end = f"/{self.service}" if self.service else ""
        return f"{scheme}://{hosts}{end}" + ("" if self.kind is Kind.CLUSTER else f"/{self.database}")

    def with_credentials(
        self, username: str, password: str, sentinel_username: str = "", sentinel_password: str = ""
    ) -> "Address":
        """The same with these, as far as the URL itself names none."""
        return replace(
            self,
            username=self.username or username,
            password=self.password or password,
            sentinel_username=self.sentinel_username or sentinel_username,
            sentinel_password=self.sentinel_password or sentinel_password,
        )


def parse_address(url: str) -> Address:
    """Raises ValueError with one sentence that says what is wrong, never with the password."""
    parts = _split(url)
    kind = _KINDS.get(parts.scheme)
    if kind is None:
        raise ValueError(f"it must begin with one of {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
    credentials, _, places = parts.netloc.rpartition("@")
    username, _, password = credentials.partition(":")
    given = parse_qs(parts.query)
    named = Address(
        kind=kind, username=unquote(username), password=unquote(password), tls=parts.scheme.startswith("rediss")
    )
    if kind is Kind.UNIX:
        return _unix(named, parts.path, given)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    service = _service(segments) if kind is Kind.SENTINEL else ""
    if len(segments) > 1 or (segments and kind is Kind.CLUSTER):
        raise ValueError("its path has too many parts")
    return replace(
        named,
        hosts=_hosts(places, kind),
        service=service,
        database=_database(segments[0] if segments else "0"),
        sentinel_username=given.get("sentinel_username", [""])[0],
        sentinel_password=given.get("sentinel_password", [""])[0],
    )


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        # Its words would repeat what stands before the host, which is the password.
        raise ValueError("special characters of a name or password must be percent-encoded") from None


def _unix(named: Address, path: str, given: dict[str, list[str]]) -> Address:
    if not path.strip("/"):
        raise ValueError("it names no socket: unix:///run/redis/redis.sock")
    return replace(named, path=unquote(path), database=_database(given.get("db", ["0"])[0]))


def _service(segments: list[str]) -> str:
    if not segments:
        raise ValueError("it names no service: redis+sentinel://h1,h2,h3/service/0")
    return segments.pop(0)


def _hosts(places: str, kind: Kind) -> tuple[tuple[str, int], ...]:
    default = SENTINEL_PORT if kind is Kind.SENTINEL else PORT
    hosts = tuple(_host(place, default) for place in places.split(",") if place)
    if not hosts:
        raise ValueError("it names no host")
    if kind is Kind.SINGLE and len(hosts) > 1:
        raise ValueError("it names several hosts: use redis+sentinel:// or redis+cluster://")
    return hosts


def _host(place: str, default: int) -> tuple[str, int]:
    """``name``, ``name:port`` or ``[::1]:port``."""
    try:
        parsed = urlsplit(f"//{place}")
        host, port = parsed.hostname, parsed.port
    except ValueError:
        host, port = None, None
    if not host or port == 0:
        raise ValueError("a host of it has no name or no right port")
    return host, port or default


def _database(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise ValueError("its database must be a number such as 0")
    return int(text)
