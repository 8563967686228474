"""Where Redis is and what it is used for; without an address everything stays in the process and in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from config.env import Environment, SettingError

# Each use of Redis, the switch that turns it off, and the variable that gives it a server of its own.
SWITCHES = {
    "sessions": "REDIS_SESSIONS_ENABLED",
    "cache": "REDIS_CACHE_ENABLED",
    "limits": "REDIS_RATELIMIT_ENABLED",
    "bell": "REDIS_PUBSUB_ENABLED",
}
URL_VARIABLES = {
    "sessions": "REDIS_SESSIONS_URL",
    "freshness": "REDIS_FRESHNESS_URL",
    "cache": "REDIS_CACHE_URL",
    "limits": "REDIS_RATELIMIT_URL",
    "bell": "REDIS_PUBSUB_URL",
}
LONGEST_DIAL = 0.25
LONGEST_WAIT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisSettings:
    """What the environment says of Redis. ``urls`` has an entry (variable, URL) for each use that is switched on and
    has an address. Durations are seconds."""

    urls: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    username: str = ""
    password: str = field(default="", repr=False)
    sentinel_username: str = ""
    sentinel_password: str = field(default="", repr=False)
    required: bool = False
    pool_size: int = 20
    dial_timeout: float = LONGEST_DIAL
    read_timeout: float = LONGEST_WAIT
    write_timeout: float = LONGEST_WAIT
    tls_verify: bool = True
    tls_ca_file: Path | None = None

    def warnings(self) -> list[str]:
        """What is accepted although it makes requests wait when Redis is not well."""
        slow = {
            "REDIS_DIAL_TIMEOUT": (self.dial_timeout, LONGEST_DIAL),
            "REDIS_READ_TIMEOUT": (self.read_timeout, LONGEST_WAIT),
            "REDIS_WRITE_TIMEOUT": (self.write_timeout, LONGEST_WAIT),
        }
        return [
            f"{name} is {value * 1000:.0f} ms: a request may wait so long for a Redis that hangs; "
            f"{longest * 1000:.0f} ms are enough in one network."
            for name, (value, longest) in slow.items()
            if value > longest
        ]


def load_redis(env: Environment) -> RedisSettings:
    """Raises SettingError; whether the addresses can be used is found out by who connects to them."""
    return RedisSettings(
        urls=_urls(env),
        username=env.text("REDIS_USERNAME"),
        password=env.secret("REDIS_PASSWORD"),
        sentinel_username=env.text("REDIS_SENTINEL_USERNAME"),
        sentinel_password=env.secret("REDIS_SENTINEL_PASSWORD"),
        required=env.boolean("REDIS_REQUIRED", False),
        # One of them listens for the bell all the time.
        pool_size=env.integer("REDIS_POOL_SIZE", 20, 2, 1000),
        dial_timeout=_timeout(env, "REDIS_DIAL_TIMEOUT", LONGEST_DIAL),
        read_timeout=_timeout(env, "REDIS_READ_TIMEOUT", LONGEST_WAIT),
        write_timeout=_timeout(env, "REDIS_WRITE_TIMEOUT", LONGEST_WAIT),
        tls_verify=env.boolean("REDIS_TLS_VERIFY", True),
        tls_ca_file=_ca_file(env),
    )


def _urls(env: Environment) -> dict[str, tuple[str, str]]:
    common = _common_url(env)
    on = {use for use, switch in SWITCHES.items() if env.boolean(switch, True)}
    if on & {"sessions", "cache"}:
        on.add("freshness")
    urls = {}
    for use, variable in URL_VARIABLES.items():
        own = env.secret(variable)
        if use in on and (own or common[1]):
            urls[use] = (variable, own) if own else common
    return urls


def _common_url(env: Environment) -> tuple[str, str]:
    """The variable and the address that all uses share; ``REDIS_ADDR`` is the older way to say it."""
    url = env.secret("REDIS_URL")
    if url:
        return "REDIS_URL", url
    place = env.text("REDIS_ADDR")
    if not place:
        return "REDIS_URL", ""
    if "/" in place or "@" in place:
        raise SettingError("REDIS_ADDR must be host:port; a whole address goes into REDIS_URL.")
    return "REDIS_ADDR", f"redis://{quote(place, safe=':,[].')}/{env.integer('REDIS_DB', 0, 0, 99_999)}"


def _timeout(env: Environment, name: str, default: float) -> float:
    seconds = env.duration(name, default)
    if not 0.001 <= seconds <= 60:
        raise SettingError(f"{name} must be from 1ms to 60s.")
    return seconds


def _ca_file(env: Environment) -> Path | None:
    name = env.text("REDIS_TLS_CA_FILE")
    if not name:
        return None
    path = Path(name).resolve()
    try:
        path.open("rb").close()
    except OSError as error:
        raise SettingError(f"REDIS_TLS_CA_FILE cannot be read: {error.strerror}.") from error
    return path
