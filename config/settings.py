"""Every setting under a heading, with its default and unit, read once at start."""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from config.env import Environment, SettingError
from config.redis_settings import RedisSettings, load_redis

SHORTEST_SECRET_KEY = 32
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  # recognised here, bound only where somebody asks for it
# A name, an address, or .example.org for all names below it; the port does not matter.
HOST = re.compile(r"\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment decided. Durations are seconds, sizes are bytes."""

    # Where the server listens
    host: str = "127.0.0.1"
    port: int = 8080
    web_workers: int = 2  # processes on PostgreSQL; SQLite always has one

    # What it is called from outside
    public_url: str = "http://127.0.0.1:8080"
    allowed_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    proxy_hops: int = 0

    # Where the data is
    data_dir: Path = Path("data")
    database_url: str = "sqlite:///data/trackeep.db"
    database_pool_size: int = 20

    # Redis: what makes it fast and live on several processes; nothing in it is the only copy
    redis: RedisSettings = field(default_factory=RedisSettings)

    # Secrets: the newest key seals and signs, the previous ones still open
    secret_key: str = field(repr=False)
    previous_secret_keys: tuple[str, ...] = field(default=(), repr=False)

    # What is switched on
    domains_off: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()

    # Accounts
    registration: str = "open"
    sign_in_limit: int = 5
    sign_in_total_limit: int = 1000
    sign_in_window: float = 300.0

    # Requests per minute and user (address for who is not signed in); uploads per ten minutes
    api_limit: int = 100
    page_limit: int = 1200
    search_limit: int = 100
    chat_limit: int = 20
    upload_limit: int = 10

    # Mail (without a host, mail is kept in the administrator's outbox)
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_security: str = "starttls"
    mail_from: str = "trackeep@localhost"

    # Requests and uploads
    max_request_size: int = 64 * 1024 * 1024
    max_import_size: int = 512 * 1024 * 1024

    # What jobs may fetch from inside the own network (host names or networks)
    fetch_allow: tuple[str, ...] = ()
    # How long a host is left alone between two calls, where that is not a second
    host_intervals: Mapping[str, float] = field(default_factory=dict)

    # Bookmarks: days between two checks of a link (0: none by itself), and the archive for pages that are gone
    link_check_days: int = 30
    web_archive_url: str = "https://web.archive.org"

    # Measures: the port of /metrics, on METRICS_HOST only; 0 keeps it closed
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0

    # Background work: inside the web process, or by `flask worker`
    embedded_worker: bool = True
    log_level: str = "info"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def base_path(self) -> str:
        """The sub-path that the public address ends in, without a trailing slash; usually empty."""
        return urlsplit(self.public_url).path.rstrip("/")


def load(values: Mapping[str, str]) -> Settings:
    """Read all settings; raises ``SettingError`` at the first one that cannot be used."""
    env = Environment(values)
    host, port = env.text("HOST", "127.0.0.1"), env.integer("PORT", 8080, 1, 65535)
    data_dir = Path(env.text("DATA_DIR", "data")).resolve()
    database_url = _database_url(env, data_dir)
    metrics_port = _metrics_port(env, port)
    named_hosts = _named_hosts(env)
    public_url = _public_url(env, _address(host, port, named_hosts))
    return Settings(
        host=host,
        port=port,
        web_workers=env.integer("WEB_WORKERS", 2, 1, 64),
        public_url=public_url,
        allowed_hosts=_allowed_hosts(named_hosts, public_url),
        proxy_hops=env.integer("PROXY_HOPS", 0, 0, 10),
        data_dir=data_dir,
        database_url=database_url,
        database_pool_size=env.integer("DATABASE_POOL_SIZE", 20, 1, 500),
        redis=load_redis(env),
        secret_key=_secret_key(env, database_url, data_dir),
        previous_secret_keys=tuple(key for key in env.secret("SECRET_KEY_PREVIOUS").split(",") if key),
        domains_off=env.words("DOMAINS_OFF"),
        plugins=env.words("PLUGINS"),
        registration=env.choice("REGISTRATION", "open", ("open", "invitation", "closed")),
        sign_in_limit=env.integer("SIGN_IN_LIMIT", 5, 1, 10_000),
        sign_in_total_limit=env.integer("SIGN_IN_TOTAL_LIMIT", 1000, 1, 1_000_000),
        sign_in_window=env.duration("SIGN_IN_WINDOW", 300.0),
        api_limit=env.integer("API_LIMIT", 100, 1, 1_000_000),
        page_limit=env.integer("PAGE_LIMIT", 1200, 1, 1_000_000),
        search_limit=env.integer("SEARCH_LIMIT", 100, 1, 1_000_000),
        chat_limit=env.integer("CHAT_LIMIT", 20, 1, 1_000_000),
        upload_limit=env.integer("UPLOAD_LIMIT", 10, 1, 1_000_000),
        smtp_host=env.text("SMTP_HOST"),
        smtp_port=env.integer("SMTP_PORT", 587, 1, 65535),
        smtp_user=env.text("SMTP_USER"),
        smtp_password=env.secret("SMTP_PASSWORD"),
        smtp_security=env.choice("SMTP_SECURITY", "starttls", ("starttls", "tls", "none")),
        mail_from=_mail_from(env),
        max_request_size=env.size("MAX_REQUEST_SIZE", 64 * 1024 * 1024),
        max_import_size=env.size("MAX_IMPORT_SIZE", 512 * 1024 * 1024),
        fetch_allow=_fetch_allow(env),
        host_intervals=_host_intervals(env),
        link_check_days=env.integer("LINK_CHECK_DAYS", 30, 0, 3650),
        web_archive_url=_web_archive_url(env),
        metrics_host=env.text("METRICS_HOST", "127.0.0.1"),
        metrics_port=metrics_port,
        embedded_worker=env.boolean("EMBEDDED_WORKER", database_url.startswith("sqlite")),
        log_level=env.choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
    )


def _metrics_port(env: Environment, port: int) -> int:
    metrics_port = env.integer("METRICS_PORT", 0, 0, 65535)
    if metrics_port == port:
        raise SettingError("METRICS_PORT must not be PORT: everybody could read the measures then.")
    return metrics_port


def _database_url(env: Environment, data_dir: Path) -> str:
    url = env.secret("DATABASE_URL")
    if not url:
        return f"sqlite:///{data_dir / 'trackeep.db'}"
    scheme, _, rest = url.partition(":")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and _host_and_port_are_right(url):
        return f"postgresql+psycopg:{rest}"
    if scheme == "sqlite" and rest.startswith("///") and rest.strip("/"):
        _make_folder("DATABASE_URL", Path(rest[3:]).parent)
        return url
    # Not the value: it may hold a password.
    raise SettingError("DATABASE_URL must be postgresql://user:password@host/name or sqlite:////folder/file.db.")


def _make_folder(name: str, folder: Path) -> None:
    """Everything in it is for its owner's eyes: password hashes, letters, what people keep."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"{name} cannot be used: {error}.") from error


def _address(host: str, port: int, named_hosts: tuple[str, ...]) -> str:
    """Where a browser finds a server that listens here; on every address of the machine: by the first of its names."""
    if host in EVERY_ADDRESS:
        host = next((name for name in named_hosts if not name.startswith(".")), LOOPBACK_HOSTS[0])
    elif ":" in host:
        host = f"[{host}]"
    has_port = ":" in host and not host.startswith("[")
    return f"http://{host}" if has_port else f"http://{host}:{port}"


def _public_url(env: Environment, own: str) -> str:
    url = env.text("PUBLIC_URL", own).rstrip("/")
    parts = urlsplit(url) if _host_and_port_are_right(url) else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise SettingError(f"PUBLIC_URL must be an address such as https://hub.example.org, not '{url}'.")
    return url


def _host_and_port_are_right(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _named_hosts(env: Environment) -> tuple[str, ...]:
    hosts = env.words("ALLOWED_HOSTS")
    wrong = next((host for host in hosts if not HOST.fullmatch(host)), None)
    if wrong is not None:
        raise SettingError(
            f"ALLOWED_HOSTS must hold names such as hub.example.org, without http:// or /, not '{wrong}'."
        )
    return hosts


def _allowed_hosts(named_hosts: tuple[str, ...], public_url: str) -> tuple[str, ...]:
    own = urlsplit(public_url).hostname or ""
    return tuple(dict.fromkeys((*named_hosts, own, *LOOPBACK_HOSTS)))


def _fetch_allow(env: Environment) -> tuple[str, ...]:
    entries = env.words("FETCH_ALLOW")
    wrong = next((entry for entry in entries if not _is_name_or_network(entry)), None)
    if wrong is not None:
        raise SettingError(f"FETCH_ALLOW must hold names, addresses or ranges such as 192.168.1.0/24, not '{wrong}'.")
    return entries


def _is_name_or_network(entry: str) -> bool:
    try:
        ip_network(entry, strict=False)
    except ValueError:
        # What has only digits and dots, or a slash, was meant as an address.
        return HOST.fullmatch(entry) is not None and not entry.replace(".", "").isdigit()
    return True


def _host_intervals(env: Environment) -> Mapping[str, float]:
    intervals: dict[str, float] = {}
    for entry in env.words("HOST_INTERVALS"):
        host, _, duration = entry.rpartition("=")
        if HOST.fullmatch(host) is None:
            raise SettingError(f"HOST_INTERVALS must hold entries such as wiki.lan=100ms, not '{entry}'.")
        intervals[host.lower()] = Environment({"HOST_INTERVALS": duration}).duration("HOST_INTERVALS", 1.0)
    return intervals


def _web_archive_url(env: Environment) -> str:
    url = env.text("WEB_ARCHIVE_URL", "https://web.archive.org").rstrip("/")
    if url.lower() in {"off", "none"}:
        return ""
    parts = urlsplit(url) if _host_and_port_are_right(url) else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise SettingError(f"WEB_ARCHIVE_URL must be an address such as https://web.archive.org, or off, not '{url}'.")
    return url


def _mail_from(env: Environment) -> str:
    address = env.text("MAIL_FROM", "trackeep@localhost")
    if "@" not in parseaddr(address)[1]:
        raise SettingError(f"MAIL_FROM must be an address such as hub@example.org, not '{address}'.")
    return address


def _secret_key(env: Environment, database_url: str, data_dir: Path) -> str:
    key = env.secret("SECRET_KEY") or _own_secret_key(database_url, data_dir)
    if len(key) < SHORTEST_SECRET_KEY:
        raise SettingError(f"SECRET_KEY must have at least {SHORTEST_SECRET_KEY} random characters.")
    return key


def _own_secret_key(database_url: str, data_dir: Path) -> str:
    """The embedded default makes its own key once; a server database needs one that all processes share."""
    if not database_url.startswith("sqlite"):
        raise SettingError("SECRET_KEY must be set when DATABASE_URL names a PostgreSQL server.")
    _make_folder("DATA_DIR", data_dir)
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"DATA_DIR cannot be used: {error}.") from error


def _write_once(path: Path, text: str) -> None:
    """The file is there whole or not at all, and of two processes that make it at once one does."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as part:
        part.write(text)
        part.flush()
        with suppress(FileExistsError):
            os.link(part.name, path)
