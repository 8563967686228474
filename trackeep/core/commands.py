"""The commands that belong to no domain."""

from pathlib import Path

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from trackeep.core import backup, doctor, ext
from trackeep.core.backup.automatic import copy_before_migration
from trackeep.core.backup.restoring import automatic_name
from trackeep.core.db import migrate
from trackeep.core.keyring import CannotOpen
from trackeep.core.slots import SealedSecrets, slots


def init_app(app: Flask) -> None:
    for command in (migrate_command, backup_command, restore_command, doctor_command, rotate_keys_command):
        app.cli.add_command(command)


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to the newest schema; a copy of it is made before."""
    try:
        migrate.refuse_newer()
        if migrate.is_behind() and (copied := copy_before_migration(ext.settings())):
            click.echo(copied)
        migrate.upgrade()
    except (migrate.NewerSchema, backup.BackupError) as error:
        raise click.ClickException(str(error)) from error
    except OperationalError as error:
        reason = str(error.orig).partition("\n")[0]
        raise click.ClickException(f"The database that DATABASE_URL names does not answer: {reason}") from error


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
def backup_command(file: Path | None) -> None:
    """Copy the database and all files into FILE (a new one in the data directory), while the server runs."""
    target = file or automatic_name(ext.settings(), "backup")
    try:
        manifest = backup.make_backup(ext.settings(), target)
    except (backup.BackupError, OSError) as error:
        raise click.ClickException(str(error)) from error
    size = target.stat().st_size / 1024**2
    click.echo(f"Written and read back: {target} ({size:.1f} MiB, {manifest.blobs} files beside the database).")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a database that holds data; it is copied before.")
def restore_command(file: Path, force: bool) -> None:
    """Take the database and all files back from FILE. Stop the server first."""
    try:
        manifest = backup.restore_backup(ext.settings(), file, force=force)
    except (backup.BackupError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored what was saved at {manifest.created_at}. The next start brings it to the newest schema.")


@click.command("rotate-keys")
def rotate_keys_command() -> None:
    """Seal all secrets with SECRET_KEY, after which the keys in SECRET_KEY_PREVIOUS are no longer needed for them."""
    for secrets in slots.each(SealedSecrets):
        try:
            click.echo(f"{secrets.title}: {secrets.reseal()}")
        except CannotOpen as error:
            raise click.ClickException(
                f"{secrets.title}: one is sealed with a key that is neither SECRET_KEY nor in SECRET_KEY_PREVIOUS."
            ) from error


@click.command("doctor")
def doctor_command() -> None:
    """Check the database, schema, disk, settings, mail and Redis, and say what to change."""
    findings = list(doctor.examine(ext.settings()))
    for finding in findings:
        click.echo(f"{finding.level:8} {finding.subject}: {finding.words}")
    if any(finding.level is doctor.Level.PROBLEM for finding in findings):
        raise SystemExit(1)
