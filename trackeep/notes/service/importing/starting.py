"""What a person does with an import: bring a file, start the saving, take it back, throw it away."""

from typing import IO, Any
from zipfile import is_zipfile

from sqlalchemy import insert

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import kept, shown_name
from trackeep.notes import queries
from trackeep.notes.models import NoteImport
from trackeep.notes.service.importing.records import IMPORTS
from trackeep.notes.service.places import check_parent


def open_import(
    actor: Actor,
    space_id: int,
    *,
    file_name: str,
    stream: IO[bytes],
    parent_id: int | None = None,
    queued: bool = True,
) -> int:
    """Keep the file and have it looked through; its notes are to go below ``parent_id``, or to the top. Not ``queued``,
    the caller looks through it now. Raises Invalid for what is no zip file, TooLarge, and TooManyImports while many
    others wait."""
    actor.require_write(space_id)
    check_parent(actor, space_id, parent_id)
    IMPORTS.check_room(actor)
    if not is_zipfile(stream):
        raise Invalid(fields={"file": [_("This is no zip file. Pack the folder with your notes into one first.")]})
    stream.seek(0)
    row: dict[str, Any] = {
        "user_id": actor.require_user(),
        "space_id": space_id,
        "parent_id": parent_id,
        "file_name": shown_name(file_name) or _("notes"),
        "blob_key": kept(stream),
        "state": "checking",
        "counts": {},
        "created_at": clock.now(),
    }
    with db.unit_of_work() as session:
        import_id = session.scalars(insert(NoteImport).returning(NoteImport.id), [row]).one()
        if queued:
            IMPORTS.enqueue(IMPORTS.check_job, import_id)
    return import_id


def start_import(actor: Actor, import_id: int, *, queued: bool = True) -> None:
    """Save what was found. Pressed twice, it starts once; an import that was interrupted goes on. Not ``queued``, the
    caller runs it now."""
    IMPORTS.start(actor, queries.get_import(actor, import_id), queued=queued)


def start_undo(actor: Actor, import_id: int) -> None:
    """Take back what the import saved and nobody has edited since. Raises Gone when that is no longer possible."""
    IMPORTS.start_undo(actor, queries.get_import(actor, import_id))


def discard_import(actor: Actor, import_id: int) -> None:
    """Forget the file and its report; notes that were saved stay. Raises ImportBusy while it is being saved."""
    IMPORTS.discard(queries.get_import(actor, import_id))


def forget_imports() -> None:
    """Reports are for the days after the import; like the way back, they are kept for thirty."""
    IMPORTS.forget_old()
