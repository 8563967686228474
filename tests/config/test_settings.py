"""Settings as a whole: what an empty environment means, and which combinations are refused."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from config import settings
from config.env import SettingError
from config.redis_settings import URL_VARIABLES


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    loaded = settings.load({"DATA_DIR": str(tmp_path)})
    assert loaded.database_url == f"sqlite:///{tmp_path}/trackeep.db"
    assert (loaded.host, loaded.port, loaded.public_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert loaded.is_sqlite
    assert loaded.embedded_worker


@pytest.mark.parametrize(
    ("values", "public_url"),
    [
        ({"HOST": "192.168.1.20"}, "http://192.168.1.20:8080"),
        ({"HOST": "::1", "PORT": "9000"}, "http://[::1]:9000"),
        # Every address of the machine is none that a link in a letter could lead to.
        ({"HOST": "0.0.0.0"}, "http://127.0.0.1:8080"),
        ({"HOST": "0.0.0.0", "ALLOWED_HOSTS": ".example.org, hub.lan"}, "http://hub.lan:8080"),
        ({"HOST": "::", "ALLOWED_HOSTS": "192.168.1.20:80"}, "http://192.168.1.20:80"),
    ],
)
def test_without_a_public_address_links_lead_to_where_the_server_can_be_reached(
    values: dict[str, str], public_url: str, tmp_path: Path
) -> None:
    assert settings.load({"DATA_DIR": str(tmp_path), **values}).public_url == public_url


def test_the_embedded_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    data = {"DATA_DIR": str(tmp_path / "new")}
    first, second = settings.load(data), settings.load(data)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_new_data_folder_is_for_the_owner_only(tmp_path: Path) -> None:
    settings.load({"DATA_DIR": str(tmp_path / "new")})
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_of_processes_that_make_the_secret_at_once_one_does(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _number: settings.load({"DATA_DIR": str(tmp_path)}).secret_key, range(64)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("key", ["", "short", " " * 50])
def test_an_empty_or_short_secret_in_the_folder_is_refused(tmp_path: Path, key: str) -> None:
    (tmp_path / "secret_key").write_text(key)
    with pytest.raises(SettingError, match=r"^SECRET_KEY must have"):
        settings.load({"DATA_DIR": str(tmp_path)})


def test_a_server_database_needs_a_shared_secret() -> None:
    with pytest.raises(SettingError, match=r"^SECRET_KEY must be set"):
        settings.load({"DATABASE_URL": "postgresql://trackeep@localhost/trackeep"})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_uses_the_same_driver(scheme: str) -> None:
    loaded = settings.load({"DATABASE_URL": f"{scheme}://trackeep@localhost/trackeep", "SECRET_KEY": "x" * 40})
    assert loaded.database_url == "postgresql+psycopg://trackeep@localhost/trackeep"
    assert not loaded.is_sqlite
    assert not loaded.embedded_worker


REDIS_URLS = ("REDIS_URL", *URL_VARIABLES.values())
WRONG = {
    "PORT": ("0", "70000", "http", "8080.0", "٨٠"),
    "WEB_WORKERS": ("0", "-1", "many"),
    "PUBLIC_URL": (
        "hub.example.org",
        "ftp://x",
        "https://",
        "http://x:99999",
        "http://[x",
        "http://x/?a=b",
        "http://x/#a",
    ),
    "ALLOWED_HOSTS": ("http://hub.example.org", "hub.example.org/", "*", "a b", "hub.example.org, -"),
    "PROXY_HOPS": ("-1", "11", "one"),
    "DATABASE_URL": (
        "mysql://localhost/x",
        "postgresql://x:port/y",
        "sqlite:",
        "sqlite:///",
        "x.db",
        "sqlite://x.db",
        "sqlite:////proc/none/x.db",
    ),
    "DATABASE_POOL_SIZE": ("0", "501", "x"),
    "REGISTRATION": ("maybe",),
    "SIGN_IN_LIMIT": ("0", "x"),
    "SIGN_IN_TOTAL_LIMIT": ("0", "x"),
    "SIGN_IN_WINDOW": ("x", "5 minutes", "-5s"),
    "SMTP_PORT": ("0", "65536", "smtp"),
    "SMTP_SECURITY": ("ssl",),
    "MAIL_FROM": ("trackeep", "Trackeep <trackeep>"),
    "MAX_REQUEST_SIZE": ("x", "-1", "5 parsecs"),
    "MAX_IMPORT_SIZE": ("x", "1.5GB"),
    "FETCH_ALLOW": ("192.168.1.0/33", "300.1.1.1", "http://nas.lan", "nas.lan/share"),
    "HOST_INTERVALS": ("wiki.lan", "wiki.lan=soon", "http://wiki.lan=1s", "=1s"),
    "LINK_CHECK_DAYS": ("-1", "3651", "weekly"),
    "WEB_ARCHIVE_URL": ("web.archive.org", "ftp://x", "https://x/?a=b"),
    "EMBEDDED_WORKER": ("maybe", "2"),
    "LOG_LEVEL": ("loud",),
    "API_LIMIT": ("0", "x"),
    "PAGE_LIMIT": ("0", "x"),
    "SEARCH_LIMIT": ("0", "x"),
    "CHAT_LIMIT": ("0", "x"),
    "UPLOAD_LIMIT": ("0", "x"),
    "METRICS_PORT": ("-1", "65536", "x"),
    "REDIS_ADDR": ("redis://cache:6379", "user@cache:6379"),
    "REDIS_REQUIRED": ("maybe",),
    "REDIS_POOL_SIZE": ("1", "x"),
    "REDIS_DIAL_TIMEOUT": ("0", "x", "2m"),
    "REDIS_READ_TIMEOUT": ("0", "x", "2m"),
    "REDIS_WRITE_TIMEOUT": ("0", "x", "2m"),
    "REDIS_TLS_VERIFY": ("maybe",),
    "REDIS_TLS_CA_FILE": ("/nowhere/ca.pem",),
    "REDIS_SESSIONS_ENABLED": ("maybe",),
    "REDIS_CACHE_ENABLED": ("maybe",),
    "REDIS_RATELIMIT_ENABLED": ("maybe",),
    "REDIS_PUBSUB_ENABLED": ("maybe",),
    # These name files that hold the value.
    "REDIS_PASSWORD_FILE": ("/nowhere/password",),
    "REDIS_SENTINEL_PASSWORD_FILE": ("/nowhere/password",),
    **{f"{name}_FILE": ("/nowhere/url",) for name in REDIS_URLS},
    "SECRET_KEY_FILE": ("/nowhere/key",),
    "SECRET_KEY_PREVIOUS_FILE": ("/nowhere/key",),
    "SMTP_PASSWORD_FILE": ("/nowhere/password",),
    "DATABASE_URL_FILE": ("/nowhere/url",),
}
# Any text is right here, or only the server can tell: DOMAINS_OFF and PLUGINS are tried in tests/test_start.py.
ANY_TEXT = {
    "HOST", "DATA_DIR", "SECRET_KEY", "SECRET_KEY_PREVIOUS", "DOMAINS_OFF", "PLUGINS", "SMTP_HOST", "SMTP_USER",
    "SMTP_PASSWORD", "METRICS_HOST", "REDIS_USERNAME", "REDIS_PASSWORD", "REDIS_SENTINEL_USERNAME",
    "REDIS_SENTINEL_PASSWORD", *REDIS_URLS,
}  # fmt: skip
EACH_WRONG_VALUE = [(name, value) for name, values in WRONG.items() for value in values]


class Recording(dict[str, str]):
    """An environment that remembers which names were asked for."""

    asked: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


@pytest.mark.parametrize(("name", "value"), EACH_WRONG_VALUE)
def test_a_wrong_value_is_told_in_one_line_that_names_it(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=rf"^{name} ") as caught:
        settings.load({"DATA_DIR": str(tmp_path), name: value})
    assert "\n" not in str(caught.value)


def test_no_setting_is_left_out(tmp_path: Path) -> None:
    environment = Recording({"DATA_DIR": str(tmp_path)})
    environment.asked = set()
    settings.load(environment)
    assert environment.asked == set(WRONG) | ANY_TEXT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "hub.example.org, .example.org,192.168.1.20,nas:8080,[fe80::1],nas_1"),
        ("FETCH_ALLOW", "nas.lan, 192.168.1.0/24,10.0.0.7,[fd00::1],fd00::/8"),
        ("PUBLIC_URL", "http://[::1]:8080/hub/"), ("MAIL_FROM", "Trackeep <hub@example.org>"),
        ("DATABASE_URL", "sqlite:////tmp/hub.db"),
    ],
)  # fmt: skip
def test_what_is_right_is_taken(name: str, value: str, tmp_path: Path) -> None:
    settings.load({"DATA_DIR": str(tmp_path), name: value})


def test_a_password_in_a_wrong_address_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as caught:
        settings.load({"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres:/trackeep:hush@host/trackeep:x"})
    assert "hush" not in str(caught.value)


def test_a_data_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match=r"^DATA_DIR cannot be used"):
        settings.load({"DATA_DIR": str(tmp_path / "file" / "data")})


def test_the_public_address_decides_hosts_https_and_path(tmp_path: Path) -> None:
    loaded = settings.load({"DATA_DIR": str(tmp_path), "PUBLIC_URL": "https://hub.example.org/keep/"})
    assert "hub.example.org" in loaded.allowed_hosts
    assert loaded.is_https
    assert loaded.base_path == "/keep"


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    loaded = settings.load({"DATA_DIR": str(tmp_path), "SECRET_KEY": "s3cret" * 8, "SMTP_PASSWORD": "hush-hush"})
    assert "s3cret" not in repr(loaded)
    assert "hush-hush" not in repr(loaded)
