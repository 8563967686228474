"""Runs the migrations, and tells which schema the database has."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table, inspect

from trackeep.core import db

FOLDER = Path(__file__).parent.parent.parent / "migrations"


class NewerSchema(Exception):
    """The database was migrated by a newer version of Trackeep and is refused."""


def upgrade() -> None:
    """Bring the database to the newest schema in one transaction; raises NewerSchema.

    Tables of plug-ins that are missing are made, too; our history of migrations knows nothing of them.
    """
    refuse_newer()
    command.upgrade(_config(), "head")
    if missing := missing_plugin_tables():
        with db.unit_of_work() as session:
            db.Base.metadata.create_all(session.connection(), tables=missing)


def refuse_newer() -> None:
    """Raises NewerSchema."""
    there = current()
    if there is not None and there not in known():
        raise NewerSchema(
            "The database has a newer schema than this version of Trackeep knows. Please update Trackeep."
        )


def is_behind() -> bool:
    """Whether there is something to migrate."""
    return current() != head() or bool(missing_plugin_tables())


def missing_plugin_tables() -> list[Table]:
    """The tables that packages other than ours brought, and that the database does not have yet."""
    mappers = (mapper for mapper in db.Base.registry.mappers if not mapper.class_.__module__.startswith("trackeep."))
    tables = [table for mapper in mappers for table in mapper.tables if isinstance(table, Table)]
    there = set(inspect(db.database.engine).get_table_names()) if tables else set()
    return [table for table in tables if table.name not in there]


def current() -> str | None:
    """The revision that the database has, None for an empty one."""
    with db.database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    return _scripts().get_current_head()


def known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config
