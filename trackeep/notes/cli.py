"""`flask notes`: bring and take notes without a browser, for whoever runs the server."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import click
from flask.cli import AppGroup

from trackeep.core.actor import Actor
from trackeep.core.errors import TrackeepError
from trackeep.core.slots import slots
from trackeep.notes import exports, queries, service
from trackeep.notes.imports import Outcome
from trackeep.notes.queries import ImportItem

NOT_ALL_TAKEN = 3
_SHOWN = 50
_LABELS = {
    Outcome.NEW: "new",
    Outcome.SAVED: "saved",
    Outcome.SAME: "twice in the file",
    Outcome.KNOWN: "among the notes already",
    Outcome.SKIPPED: "left out",
    Outcome.BROKEN: "damaged",
}
_TOLD = (Outcome.SKIPPED, Outcome.BROKEN)

group = AppGroup("notes", help="Import and export notes.")


@group.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--user", "login", required=True, help="User name or e-mail address.")
@click.option("--dry-run", is_flag=True, help="Only tell what is in the file; nothing is saved.")
def import_file(file: BinaryIO, login: str, dry_run: bool) -> None:
    """Bring a zip file of Markdown, such as an Obsidian folder.

    Ends with 0 when every file is among the notes, with 3 when some were left out or are damaged, with 1 when the zip
    could not be read at all.
    """
    actor = _person(login)
    try:
        item = _brought(actor, file, dry_run=dry_run)
        _tell(actor, item)
        if dry_run:
            service.discard_import(actor, item.id)
    except TrackeepError as error:
        raise click.ClickException(_words(error)) from error
    if item.state == "failed":
        raise click.ClickException(item.error or "The import failed.")
    if any(item.counts.get(outcome) for outcome in _TOLD):
        sys.exit(NOT_ALL_TAKEN)


@group.command("export")
@click.option("--user", "login", required=True, help="User name or e-mail address.")
@click.option("--note", "note_id", type=int, help="Only this note and those below it.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; without it, the output.")
def export_file(login: str, note_id: int | None, output: Path | None) -> None:
    """Take the notes of a person's own space out as a zip file of Markdown."""
    actor = _person(login)
    try:
        space_id = actor.personal_space_id or 0
        if note_id is not None:
            space_id = queries.get_note(actor, note_id).space_id
        if output is None:
            _write(actor, space_id, note_id, sys.stdout.buffer)
            return
        with output.open("wb") as target:
            _write(actor, space_id, note_id, target)
    except TrackeepError as error:
        raise click.ClickException(_words(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}: {error.strerror}") from error
    click.echo(f"{output}: {queries.export_size(actor, space_id, note_id)} notes", err=True)


def _write(actor: Actor, space_id: int, note_id: int | None, target: BinaryIO) -> None:
    for piece in exports.vault_file(actor, space_id, note_id):
        target.write(piece)
    target.flush()


def _person(login: str) -> Actor:
    actor = slots.actor_named(login)
    if actor is None or actor.personal_space_id is None:
        raise click.ClickException(f"There is no account {login} that may sign in.")
    return actor


def _brought(actor: Actor, file: BinaryIO, *, dry_run: bool) -> ImportItem:
    """Looked through and saved here and now, whether or not workers run."""
    name = Path(str(getattr(file, "name", ""))).name
    if not file.seekable():
        file = _copied(file)
    import_id = service.open_import(actor, actor.personal_space_id or 0, file_name=name, stream=file, queued=False)
    service.check_import(import_id)
    if not dry_run and queries.get_import(actor, import_id).state == "checked":
        service.start_import(actor, import_id, queued=False)
        service.run_import(import_id)
    return queries.get_import(actor, import_id)


def _copied(stream: BinaryIO) -> BinaryIO:
    """What comes through a pipe, as a file that can be read twice; it ends with the command."""
    copy = click.get_current_context().with_resource(TemporaryFile())  # noqa: SIM115  # the command closes it
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return cast(BinaryIO, copy)


def _tell(actor: Actor, item: ImportItem) -> None:
    click.echo(f"{item.file_name}: {item.total} files")
    for outcome, label in _LABELS.items():
        if item.counts.get(outcome):
            click.echo(f"  {item.counts[outcome]:>7}  {label}")
    for outcome in _TOLD:
        page = queries.import_rows(actor, item.id, outcome=outcome, limit=_SHOWN)
        for row in page.items:
            click.echo(f"  file {row.number}: {row.title} - {' '.join(row.remarks)}")
        if page.next_cursor:
            click.echo(f"  … and more; import number {item.id} on the page has them all")


def _words(error: TrackeepError) -> str:
    complaints = [str(text) for texts in error.fields.values() for text in texts]
    return " ".join(complaints) or str(error.detail)
