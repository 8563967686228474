"""A database that the migrations made is what the tables say, on both databases, and no newer one is touched."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from apiflask import APIFlask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from tests.database import TestDatabase
from tests.people import People
from trackeep import bind
from trackeep.core import db, ext, jobs
from trackeep.core.backup import read_backup
from trackeep.core.db import migrate
from trackeep.core.search_index import schema

NEXT_MIGRATION = '''
"""Try what an update does."""

from alembic import op
import sqlalchemy as sa

revision = "9999_next"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("tried", sa.Column("id", sa.Integer(), primary_key=True))
    {more}
'''
FTS_TABLES = (schema.FTS_TABLE, *(f"{schema.FTS_TABLE}_{part}" for part in ("config", "data", "docsize", "idx")))
PARTS = ("tokens", "space_id_kind_object_id", "space_id_object_id")
FULL_TEXT = {*FTS_TABLES, *(f"ix_search_documents_{part}" for part in PARTS)}


@pytest.fixture
def bare(app: APIFlask, databases: TestDatabase, tmp_path: Path) -> Iterator[None]:
    """The application is bound to a database without any table."""
    with databases.bare(tmp_path) as url:
        db.database.engine.dispose()
        bind(app, replace(ext.settings(), database_url=url))
        yield
        db.release()
        db.database.engine.dispose()


def differences() -> list[str]:
    """What tables, columns, types, keys and indexes have that the other side has not."""
    with db.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found = compare_metadata(context, db.Base.metadata)
    return [str(difference) for difference in found if not _is_full_text(difference)]


def _is_full_text(difference: object) -> bool:
    """Full-text search has parts that stand beside the metadata or belong to one database; `definitions` has these."""
    return isinstance(difference, tuple) and getattr(difference[1], "name", None) in FULL_TEXT


def checks() -> dict[str, set[str]]:
    """The check constraints, which Alembic does not compare."""
    inspector = inspect(db.database.engine)
    return {
        table: {check["name"] or "" for check in inspector.get_check_constraints(table)}
        for table in db.Base.metadata.tables
    }


def definitions() -> dict[str, str]:
    """What SQLite or PostgreSQL itself says of triggers and of the indexes on expressions and conditions."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
        if db.dialect() == "sqlite"
        else "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    with db.database.engine.connect() as connection:
        return {name: " ".join(sql.split()) for name, sql in connection.execute(text(query))}


def columns() -> dict[str, str]:
    """Each column as the database tells it, with its type and whether it may be empty."""
    inspector, dialect = inspect(db.database.engine), db.database.engine.dialect
    return {
        f"{table}.{column['name']}": f"{column['type'].compile(dialect)} {column['nullable']}"
        for table in db.Base.metadata.tables
        for column in inspector.get_columns(table)
    }


def test_the_migrations_make_what_the_tables_say(bare: None) -> None:
    migrate.upgrade()
    assert differences() == []
    assert migrate.current() == migrate.head()


def test_the_migrations_and_the_metadata_make_the_same(bare: None) -> None:
    migrate.upgrade()
    migrated = (checks(), definitions(), columns())
    with db.database.engine.begin() as connection:
        db.Base.metadata.drop_all(connection)
    with db.database.engine.begin() as connection:
        db.Base.metadata.create_all(connection)
    made = (checks(), definitions(), columns())
    for of_migrations, of_metadata in zip(migrated, made, strict=True):
        assert of_migrations == of_metadata


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE jobs ADD COLUMN forgotten INTEGER",
        "DROP INDEX ix_jobs_claim",
        "CREATE TABLE forgotten (id INTEGER PRIMARY KEY)",
    ],
)
def test_a_difference_is_found(bare: None, change: str) -> None:
    migrate.upgrade()
    with db.database.engine.begin() as connection:
        connection.execute(text(change))
    assert differences() != []


def test_full_text_search_is_there(bare: None) -> None:
    migrate.upgrade()
    found = definitions()
    if db.dialect() == "sqlite":
        assert {"search_documents_added", "search_documents_removed", "search_documents_changed"} <= set(found)
        assert set(FTS_TABLES) <= set(inspect(db.database.engine).get_table_names())
    else:
        assert "USING gin (tokens)" in found["ix_search_documents_tokens"]


def test_the_history_has_one_beginning_and_one_end() -> None:
    scripts = ScriptDirectory(str(migrate.FOLDER))
    assert len(scripts.get_bases()) == len(scripts.get_heads()) == 1


def test_a_newer_schema_is_refused_and_left_alone(bare: None) -> None:
    migrate.upgrade()
    with db.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    with pytest.raises(migrate.NewerSchema, match="update Trackeep"):
        migrate.upgrade()
    assert migrate.current() == "from_the_future"


@pytest.fixture
def newer(app: APIFlask) -> Iterator[None]:
    """The database of a later version."""
    with db.database.engine.begin() as connection:
        was = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    yield
    with db.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :was"), {"was": was})


@pytest.mark.parametrize("command", ["migrate", "worker"])
def test_a_command_refuses_a_newer_schema_in_one_line(
    app: APIFlask, newer: None, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.Runner, "start", lambda _self: pytest.fail("the runner was started"))
    result = app.test_cli_runner().invoke(args=[command])
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database has a newer schema")
    assert len(result.output.splitlines()) == 1
    assert not list(ext.settings().data_dir.glob("backups/*")), "no copy of what is not touched"


@pytest.fixture
def update(bare: None, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody uses the database, and a version with one more migration was installed."""
    migrate.upgrade()
    people.add("alice")
    head = migrate.head()
    folder = shutil.copytree(migrate.FOLDER, tmp_path / "migrations")
    path: Path = folder / "versions" / "2027_01_01_core_try.py"
    path.write_text(NEXT_MIGRATION.format(head=head, more="").lstrip(), encoding="utf-8")
    monkeypatch.setattr(migrate, "FOLDER", folder)
    return path


def migrate_by_command(app: APIFlask) -> str:
    return app.test_cli_runner().invoke(args=["migrate"]).output


def test_a_copy_is_made_before_a_migration_and_not_again(app: APIFlask, update: Path) -> None:
    folder = ext.settings().data_dir / "backups"
    was = migrate.current()
    said = migrate_by_command(app)
    [copied] = folder.glob("trackeep-before-migration-*.tar")
    assert str(copied) in said
    assert read_backup(copied).revision == was != migrate.current() == "9999_next"
    assert inspect(db.database.engine).has_table("tried")

    assert migrate_by_command(app) == ""
    assert list(folder.iterdir()) == [copied]


def test_a_migration_that_fails_leaves_everything_as_it_was(app: APIFlask, update: Path) -> None:
    broken = update.read_text(encoding="utf-8").replace("    \n", '    op.execute("SELECT nonsense")\n')
    update.write_text(broken, encoding="utf-8")
    was = migrate.current()
    with pytest.raises(DatabaseError):
        migrate.upgrade()
    assert migrate.current() == was
    assert not inspect(db.database.engine).has_table("tried")
