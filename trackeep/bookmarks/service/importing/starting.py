"""What a person does with an import: bring a file, start the saving, take it back, throw it away."""

from typing import IO, Any

from sqlalchemy import insert

from trackeep.bookmarks import formats, queries
from trackeep.bookmarks.models import BookmarkImport
from trackeep.bookmarks.service.importing.records import IMPORTS
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import kept, shown_name


def open_import(actor: Actor, space_id: int, *, file_name: str, stream: IO[bytes], queued: bool = True) -> int:
    """Keep the file and have it looked through; not ``queued``, the caller looks through it now. Raises Invalid for
    what is no bookmark file, TooLarge, and TooManyImports while many others wait."""
    actor.require_write(space_id)
    IMPORTS.check_room(actor)
    form = _recognised(stream)
    key = kept(stream)
    row: dict[str, Any] = {
        "user_id": actor.require_user(),
        "space_id": space_id,
        "file_name": shown_name(file_name) or _("bookmarks"),
        "format": form.value,
        "blob_key": key,
        "state": "checking",
        "counts": {},
        "made": {},
        "created_at": clock.now(),
    }
    with db.unit_of_work() as session:
        import_id = session.scalars(insert(BookmarkImport).returning(BookmarkImport.id), [row]).one()
        if queued:
            IMPORTS.enqueue(IMPORTS.check_job, import_id)
    return import_id


def start_import(actor: Actor, import_id: int, *, share_public: bool = False, queued: bool = True) -> None:
    """Save what was found. Pressed twice, it starts once; an import that was interrupted goes on. Not ``queued``, the
    caller runs it now."""
    IMPORTS.start(actor, queries.get_import(actor, import_id), queued=queued, share_public=share_public)


def start_undo(actor: Actor, import_id: int) -> None:
    """Take back what the import saved and nobody has edited since. Raises Gone when that is no longer possible."""
    IMPORTS.start_undo(actor, queries.get_import(actor, import_id))


def discard_import(actor: Actor, import_id: int) -> None:
    """Forget the file and its report; bookmarks that were saved stay. Raises ImportBusy while it is being saved."""
    IMPORTS.discard(queries.get_import(actor, import_id))


def forget_imports() -> None:
    """Reports are for the days after the import; like the way back, they are kept for thirty."""
    IMPORTS.forget_old()


def _recognised(stream: IO[bytes]) -> formats.Format:
    try:
        form = formats.recognise(stream)
    except formats.UnreadableFile as error:
        raise Invalid(fields={"file": [str(error)]}) from error
    stream.seek(0)
    return form
