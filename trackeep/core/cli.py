"""The commands that belong to no domain."""

import click
from flask import Flask

from trackeep.core.db import migrate


def init_app(app: Flask) -> None:
    app.cli.add_command(migrate_command)


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to the newest schema."""
    migrate.upgrade()
