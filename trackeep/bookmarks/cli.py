"""`flask bookmarks`: bring and take bookmarks without a browser, for whoever runs the server."""

import sys
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import AppGroup

from trackeep.bookmarks import exports, queries, service
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.imports import Outcome
from trackeep.bookmarks.queries import ImportItem, ImportRowItem
from trackeep.core.actor import Actor
from trackeep.core.errors import TrackeepError
from trackeep.core.terminal import person_named, seekable, words_of, write_pieces

NOT_ALL_TAKEN = 3
_SHOWN = 50
_LABELS = {
    Outcome.NEW: "new",
    Outcome.SAVED: "saved",
    Outcome.SAME: "twice in the file",
    Outcome.KNOWN: "in the library already",
    Outcome.SKIPPED: "left out",
    Outcome.BROKEN: "damaged",
}
_TOLD = (Outcome.SKIPPED, Outcome.BROKEN, Outcome.REMARK)

group = AppGroup("bookmarks", help="Import and export bookmarks.")


@group.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--user", "login", required=True, help="User name or e-mail address.")
@click.option("--dry-run", is_flag=True, help="Only tell what is in the file; nothing is saved.")
def import_file(file: BinaryIO, login: str, dry_run: bool) -> None:
    """Bring a file that a browser or another bookmark manager exported.

    Ends with 0 when every entry is in the library, with 3 when some were left out or are damaged, with 1 when the file
    could not be read at all.
    """
    actor = person_named(login)
    try:
        item = _brought(actor, file, dry_run=dry_run)
        _tell(actor, item)
        if dry_run:
            service.discard_import(actor, item.id)
    except TrackeepError as error:
        raise click.ClickException(words_of(error)) from error
    if item.state == "failed":
        raise click.ClickException(item.error or "The import failed.")
    if item.counts.get(Outcome.SKIPPED, 0) + item.counts.get(Outcome.BROKEN, 0):
        sys.exit(NOT_ALL_TAKEN)


@group.command("export")
@click.option("--user", "login", required=True, help="User name or e-mail address.")
@click.option("--format", "form", type=click.Choice(tuple(exports.FILE_TYPES)), default="html", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; without it, the output.")
def export_file(login: str, form: str, output: Path | None) -> None:
    """Take the bookmarks of a person's own space out as a file."""
    actor = person_named(login)
    filters = Filters(view=View.EVERYTHING, space_id=actor.personal_space_id or 0)
    try:
        pieces = exports.export(actor, filters, form)
        if output is None:
            write_pieces(sys.stdout.buffer, pieces)
            return
        with output.open("wb") as target:
            write_pieces(target, pieces)
    except TrackeepError as error:
        raise click.ClickException(words_of(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}: {error.strerror}") from error
    click.echo(f"{output}: {queries.export_size(actor, filters)} bookmarks", err=True)


def _brought(actor: Actor, file: BinaryIO, *, dry_run: bool) -> ImportItem:
    """Looked through and saved here and now, whether or not workers run."""
    name = Path(str(getattr(file, "name", ""))).name
    stream = seekable(file)
    import_id = service.open_import(actor, actor.personal_space_id or 0, file_name=name, stream=stream, queued=False)
    service.check_import(import_id)
    if not dry_run and queries.get_import(actor, import_id).state == "checked":
        service.start_import(actor, import_id, queued=False)
        service.run_import(import_id)
    return queries.get_import(actor, import_id)


def _tell(actor: Actor, item: ImportItem) -> None:
    click.echo(f"{item.file_name}: {item.format_name}, {item.total} entries")
    for outcome, label in _LABELS.items():
        if item.counts.get(outcome):
            click.echo(f"  {item.counts[outcome]:>7}  {label}")
    for outcome in _TOLD:
        page = queries.import_rows(actor, item.id, outcome=outcome, limit=_SHOWN)
        for row in page.items:
            click.echo(_line(row))
        if page.next_cursor:
            click.echo(f"  … and more; import number {item.id} on the page has them all")


def _line(row: ImportRowItem) -> str:
    return f"  entry {row.number}: {row.title or row.url} - {' '.join(row.notes)}"
