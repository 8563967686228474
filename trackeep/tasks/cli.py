"""`flask tasks`: bring and take tasks without a browser, for whoever runs the server."""

import sys
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import AppGroup

from trackeep.core.actor import Actor
from trackeep.core.errors import TrackeepError
from trackeep.core.terminal import person_named, seekable, words_of, write_pieces
from trackeep.tasks import exports, queries, service
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.formats.columns import FIELD_WORDS
from trackeep.tasks.imports import Options, Outcome
from trackeep.tasks.queries import ImportItem

NOT_ALL_TAKEN = 3
_SHOWN = 50
_LABELS = {
    Outcome.NEW: "new",
    Outcome.SAVED: "saved",
    Outcome.SAME: "twice in the file",
    Outcome.KNOWN: "here already",
    Outcome.BROKEN: "damaged",
}

group = AppGroup("tasks", help="Import and export tasks.")


@group.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--user", "login", required=True, help="User name or e-mail address.")
@click.option("--project", help="The project of the tasks that name none.")
@click.option("--column", "columns", multiple=True, help="For a table: FIELD=NUMBER, from 1; otherwise by their names.")
@click.option("--dry-run", is_flag=True, help="Only tell what is in the file; nothing is saved.")
def import_file(file: BinaryIO, login: str, project: str | None, columns: tuple[str, ...], dry_run: bool) -> None:
    """Bring a CSV of Todoist, a calendar with VTODO, our own CSV, or any table.

    Ends with 0 when every entry is there, with 3 when some are damaged, with 1 when the file could not be read at all.
    """
    actor = person_named(login)
    try:
        item = _brought(actor, file, project, dict(map(_column, columns)), dry_run=dry_run)
        _tell(actor, item)
        if dry_run:
            service.discard_import(actor, item.id)
    except TrackeepError as error:
        raise click.ClickException(words_of(error)) from error
    if item.state == "failed":
        raise click.ClickException(item.error or "The import failed.")
    if item.counts.get(Outcome.BROKEN, 0):
        sys.exit(NOT_ALL_TAKEN)


@group.command("export")
@click.option("--user", "login", required=True, help="User name or e-mail address.")
@click.option("--format", "form", type=click.Choice(tuple(exports.FILE_TYPES)), default="csv", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; without it, the output.")
def export_file(login: str, form: str, output: Path | None) -> None:
    """Take the tasks of a person's own space out as a file."""
    actor = person_named(login)
    filters = Filters(view=View.ALL, space_id=actor.personal_space_id or 0)
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
    click.echo(f"{output}: {len(queries.outgoing_ids(actor, filters))} tasks", err=True)


def _column(text: str) -> tuple[str, int]:
    name, _sign, number = text.partition("=")
    if name not in FIELD_WORDS or not (number.isascii() and number.isdigit()) or int(number) < 1:
        raise click.BadParameter(f"{text}: write FIELD=NUMBER, the field one of {', '.join(FIELD_WORDS)}.")
    return name, int(number) - 1


def _brought(
    actor: Actor, file: BinaryIO, project: str | None, columns: dict[str, int], *, dry_run: bool
) -> ImportItem:
    """Looked through and saved here and now, whether or not workers run."""
    name = Path(str(getattr(file, "name", ""))).name
    stream = seekable(file)
    import_id = service.open_import(actor, actor.personal_space_id or 0, file_name=name, stream=stream, queued=False)
    item = queries.get_import(actor, import_id)
    if item.state == "choosing" or project is not None or columns:
        found = Options.of(item.options)
        chosen = Options(columns or found.columns, found.day_first, found.project if project is None else project)
        service.choose_options(actor, import_id, chosen, queued=False)
    service.check_import(import_id)
    if not dry_run and queries.get_import(actor, import_id).state == "checked":
        service.start_import(actor, import_id, queued=False)
        service.run_import(import_id)
    return queries.get_import(actor, import_id)


def _tell(actor: Actor, item: ImportItem) -> None:
    click.echo(f"{item.file_name}: {item.kind_name}, {item.total} entries")
    for outcome, label in _LABELS.items():
        if item.counts.get(outcome):
            click.echo(f"  {item.counts[outcome]:>7}  {label}")
    page = queries.import_rows(actor, item.id, outcome=Outcome.BROKEN, limit=_SHOWN)
    for row in page.items:
        click.echo(f"  entry {row.number}: {row.title} - {' '.join(row.notes)}")
    if page.next_cursor:
        click.echo(f"  … and more; import number {item.id} on the page has them all")
