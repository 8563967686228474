"""A backup is complete or is none, and restoring brings everything back."""

import os
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy import delete, func, select

from tests.servers import postgresql_program
from trackeep.core import db, ext, search_index, versions
from trackeep.core.actor import Actor
from trackeep.core.backup import BackupError, automatic, make_backup, read_backup, restore_backup
from trackeep.core.objects import Object, create_objects


@pytest.fixture(autouse=True)
def tools_on_path(monkeypatch: pytest.MonkeyPatch, app: APIFlask) -> Iterator[None]:
    if db.dialect() == "postgresql":
        monkeypatch.setenv("PATH", f"{Path(postgresql_program('pg_dump')).parent}{os.pathsep}{os.environ['PATH']}")
    yield
    db.database.engine.dispose()


@pytest.fixture
def blob(alice: Actor) -> str:
    """Alice has two documents and a file."""
    assert alice.personal_space_id is not None
    with db.unit_of_work():
        for object_id in create_objects("bookmark", alice.personal_space_id, alice, 2):
            document = search_index.Document(
                object_id=object_id, space_id=alice.personal_space_id, kind="bookmark", title="Needle"
            )
            search_index.index_documents([document])
    (ext.settings().data_dir / "secret_key").write_text("the key of then")
    return ext.blobs().put_bytes(b"a picture")


def found(actor: Actor) -> int:
    assert actor.personal_space_id is not None
    db.release()
    return len(search_index.matching("needle", [actor.personal_space_id]).ids(100) or [])


def test_everything_comes_back(alice: Actor, blob: str, tmp_path: Path) -> None:
    settings, path = ext.settings(), tmp_path / "b" / "backup.tar"
    manifest = make_backup(settings, path)
    assert (manifest.blobs, manifest.dialect) == (1, db.dialect())
    assert path.stat().st_mode & 0o077 == 0

    scope = versions.space_scope(alice.personal_space_id or 0)
    with db.unit_of_work() as session:
        session.execute(delete(Object))
        versions.raise_versions(scope)
    newest = versions.current_versions([scope])[scope]
    ext.blobs().delete(blob)
    (settings.data_dir / "secret_key").write_text("the key of now")
    assert found(alice) == 0

    with pytest.raises(BackupError, match="--force"):
        restore_backup(settings, path)
    assert restore_backup(settings, path, force=True) == manifest
    assert found(alice) == 2
    assert versions.current_versions([scope])[scope] > newest, "Redis may keep answers and sessions of the later days"
    assert db.session().scalar(select(func.count()).select_from(Object)) == 2
    assert ext.blobs().path(blob).read_bytes() == b"a picture"
    assert (settings.data_dir / "secret_key").read_text() == "the key of then"
    [kept] = settings.data_dir.glob("secret_key.before-restore-*")
    assert kept.read_text() == "the key of now"
    [copied] = (settings.data_dir / "backups").glob("trackeep-before-restore-*.tar")
    assert read_backup(copied).blobs is None


def test_an_existing_file_is_not_overwritten(alice: Actor, tmp_path: Path) -> None:
    path = tmp_path / "precious.tar"
    path.write_text("precious")
    with pytest.raises(BackupError, match="exists"):
        make_backup(ext.settings(), path)
    assert path.read_text() == "precious"
    assert list(tmp_path.glob(".backup-*")) == []


def test_a_damaged_or_strange_archive_is_refused(alice: Actor, blob: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    make_backup(ext.settings(), path)
    whole = path.read_bytes()
    position = whole.index(b"a picture")
    damaged = {
        "changed": whole[:position] + b"A" + whole[position + 1 :],
        "cut": whole[: len(whole) // 2],
        "cut before the manifest": whole[: whole.index(b"manifest.json")],
        "empty": b"",
        "text": b"not a tar at all" * 100,
    }
    for name, content in damaged.items():
        broken = tmp_path / name
        broken.write_bytes(content)
        with pytest.raises(BackupError):
            restore_backup(ext.settings(), broken, force=True)
    with pytest.raises(BackupError, match="no file"):
        read_backup(tmp_path / "absent.tar")
    assert found(alice) == 2


@pytest.mark.parametrize("name", ["../outside", "blobs/ab/../../x", "other"])
def test_nothing_is_written_outside(alice: Actor, tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w:") as archive:
        archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(BackupError):
        read_backup(path)


def test_a_newer_schema_and_another_database_are_refused(
    alice: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, settings = tmp_path / "backup.tar", ext.settings()
    other = replace(settings, database_url="sqlite:///x" if not settings.is_sqlite else "postgresql://x/y")
    make_backup(settings, path)
    with pytest.raises(BackupError, match="DATABASE_URL"):
        restore_backup(other, path, force=True)

    monkeypatch.setattr("trackeep.core.db.migrate.current", lambda: "from the future")
    make_backup(settings, tmp_path / "future.tar")
    monkeypatch.undo()
    with pytest.raises(BackupError, match="newer schema"):
        restore_backup(settings, tmp_path / "future.tar", force=True)


def test_missing_programs_are_named(alice: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.dialect() == "sqlite":
        pytest.skip("SQLite needs no programs")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="postgresql-client"):
        make_backup(ext.settings(), tmp_path / "backup.tar")
    assert "No copy" in (automatic.copy_before_migration(ext.settings()) or "")


def test_the_copies_before_migrations_are_few(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ext.settings()
    names = [settings.data_dir / "backups" / f"trackeep-before-migration-2026030{day}.tar" for day in range(1, 8)]
    for name in names:
        monkeypatch.setattr(automatic, "automatic_name", lambda *_arguments, name=name: name)
        assert str(name) in (automatic.copy_before_migration(settings) or "")
    assert sorted((settings.data_dir / "backups").iterdir()) == names[-5:]


def test_an_empty_database_needs_no_copy(app: APIFlask) -> None:
    assert automatic.copy_before_migration(ext.settings()) is None
