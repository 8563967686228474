"""The quick look at the embedded database says 'current' only when that is certain."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scripts import schema


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(schema, "ROOT", tmp_path)
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "PLUGINS", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    versions = tmp_path / "trackeep" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / "first.py").write_text("revision = 'a1'\ndown_revision = None\n", encoding="utf-8")
    (versions / "second.py").write_text('revision: str = "b2"\ndown_revision: str | None = "a1"\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    return tmp_path


def store(folder: Path, *revisions: str) -> None:
    with closing(sqlite3.connect(folder / "trackeep.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.executemany("INSERT INTO alembic_version VALUES (?)", [(revision,) for revision in revisions])
        connection.commit()


def test_database_at_the_newest_revision_is_current(tree: Path) -> None:
    store(tree / "data", "b2")
    assert schema.is_current()


def test_data_folder_is_found_elsewhere(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "elsewhere").mkdir()
    store(tree / "elsewhere", "b2")
    monkeypatch.setenv("DATA_DIR", str(tree / "elsewhere"))
    assert schema.is_current()


@pytest.mark.parametrize("revision", ["a1", "z9"])
def test_older_or_unknown_revision_is_not_current(tree: Path, revision: str) -> None:
    store(tree / "data", revision)
    assert not schema.is_current()


def test_missing_empty_and_broken_databases_are_not_current(tree: Path) -> None:
    database = tree / "data" / "trackeep.db"
    assert not schema.is_current()
    database.touch()
    assert not schema.is_current()
    database.write_bytes(b"not a database" * 100)
    assert not schema.is_current()


def test_another_database_is_left_to_the_application(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(tree / "data", "b2")
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/trackeep")
    assert not schema.is_current()


def test_two_ends_are_left_to_the_application(tree: Path) -> None:
    (tree / "trackeep/migrations/versions/third.py").write_text("revision = 'c3'\ndown_revision = 'a1'\n", "utf-8")
    store(tree / "data", "b2")
    assert not schema.is_current()
