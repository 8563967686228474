"""Settings as a whole: what an empty environment means, and which combinations are refused."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import settings
from config.env import SettingError


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    loaded = settings.load({"DATA_DIR": str(tmp_path)})
    assert loaded.database_url == f"sqlite:///{tmp_path}/trackeep.db"
    assert (loaded.host, loaded.port, loaded.public_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert loaded.is_sqlite
    assert loaded.embedded_worker


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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/x"), ("PUBLIC_URL", "hub.example.org"), ("PUBLIC_URL", "ftp://x"),
        ("PORT", "70000"), ("SECRET_KEY", "guess me"),
        ("PROXY_HOPS", "-1"), ("REGISTRATION", "maybe"), ("LOG_LEVEL", "loud"), ("WEB_WORKERS", "0"),
    ],
)  # fmt: skip
def test_a_wrong_value_names_its_variable(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=rf"^{name} "):
        settings.load({"DATA_DIR": str(tmp_path), name: value})


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
