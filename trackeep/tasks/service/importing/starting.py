"""What a person does with an import: bring a file, say how it is read, save it, take it back, throw it away."""

from typing import IO

from sqlalchemy import insert

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import kept, shown_name
from trackeep.tasks import formats, queries
from trackeep.tasks.formats.drafts import MAX_FILE
from trackeep.tasks.imports import Options, first_options, plain
from trackeep.tasks.models import TaskImport
from trackeep.tasks.service.importing.records import IMPORTS

MAX_PROJECT = 100


def open_import(actor: Actor, space_id: int, *, file_name: str, stream: IO[bytes], queued: bool = True) -> int:
    """Keep the file and have it looked through, once the columns of a table are chosen; not ``queued``, the caller
    looks through it now. Raises Invalid for what is no file of tasks, TooLarge, and TooManyImports."""
    actor.require_write(space_id)
    IMPORTS.check_room(actor)
    name = shown_name(file_name) or _("tasks")
    kind, options = _recognised(stream, name)
    state = "choosing" if kind == "table" else "checking"
    row = {
        "user_id": actor.require_user(),
        "space_id": space_id,
        "file_name": name,
        "kind": kind,
        "blob_key": kept(stream, MAX_FILE),
        "options": plain(options),
        "state": state,
        "counts": {},
        "made": {},
        "created_at": clock.now(),
    }
    with db.unit_of_work() as session:
        import_id = session.scalars(insert(TaskImport).returning(TaskImport.id), [row]).one()
        if queued and state == "checking":
            IMPORTS.enqueue(IMPORTS.check_job, import_id)
    return import_id


def choose_options(actor: Actor, import_id: int, options: Options, *, queued: bool = True) -> None:
    """Say how the file is read, and have it looked through by that; also once more. Raises Invalid, and Gone when it
    was saved already."""
    item = queries.get_import(actor, import_id)
    actor.require_write(item.space_id)
    complaints: dict[str, list[str]] = {}
    if item.kind == "table" and "title" not in options.columns:
        complaints["title"] = [_("Choose the column that holds the titles.")]
    if len(options.project) > MAX_PROJECT:
        complaints["project"] = [_("At most %(limit)s characters.", limit=MAX_PROJECT)]
    if complaints:
        raise Invalid(fields=complaints)
    with db.unit_of_work():
        if not IMPORTS.move(import_id, ("choosing", "checking", "checked"), state="checking", options=plain(options)):
            raise Gone(_("This file was saved already. Bring it once more to read it otherwise."))
        if queued:
            IMPORTS.enqueue(IMPORTS.check_job, import_id)


def start_import(actor: Actor, import_id: int, *, queued: bool = True) -> None:
    """Save what was found. Pressed twice, it starts once; an import that was interrupted goes on. Not ``queued``, the
    caller runs it now."""
    IMPORTS.start(actor, queries.get_import(actor, import_id), queued=queued)


def start_undo(actor: Actor, import_id: int) -> None:
    """Take back what the import saved and nobody has edited since. Raises Gone when that is no longer possible."""
    IMPORTS.start_undo(actor, queries.get_import(actor, import_id))


def discard_import(actor: Actor, import_id: int) -> None:
    """Forget the file and its report; tasks that were saved stay. Raises ImportBusy while it is being saved."""
    IMPORTS.discard(queries.get_import(actor, import_id))


def forget_imports() -> None:
    """Reports are for the days after the import; like the way back, they are kept for thirty."""
    IMPORTS.forget_old()


def _recognised(stream: IO[bytes], file_name: str) -> tuple[formats.Kind, Options]:
    try:
        kind = formats.kind_of(stream)
        return kind, first_options(stream, kind, file_name)
    except formats.UnreadableFile as error:
        raise Invalid(fields={"file": [str(error.reason)]}) from error
