"""What a person does with an import: bring a file, start the saving, take it back, throw it away."""

from datetime import timedelta
from functools import partial
from typing import IO, Any
from zipfile import is_zipfile

from sqlalchemy import delete, func, insert, select, update

from trackeep.core import clock, db, ext, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid, TooLarge
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import SALT, salted, shown_name
from trackeep.notes import queries
from trackeep.notes.errors import ImportBusy, TooManyImports
from trackeep.notes.models import NoteImport
from trackeep.notes.queries.imports import UNFINISHED, ImportItem
from trackeep.notes.service.importing.records import CHECK_JOB, KEPT, RUN_JOB, UNDO_JOB, enqueue
from trackeep.notes.service.places import check_parent

MAX_UNFINISHED = 10


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
    _check_room(actor)
    if not is_zipfile(stream):
        raise Invalid(fields={"file": [_("This is no zip file. Pack the folder with your notes into one first.")]})
    stream.seek(0)
    row: dict[str, Any] = {
        "user_id": actor.require_user(),
        "space_id": space_id,
        "parent_id": parent_id,
        "file_name": shown_name(file_name) or _("notes"),
        "blob_key": _keep(stream),
        "state": "checking",
        "counts": {},
        "created_at": clock.now(),
    }
    with db.unit_of_work() as session:
        import_id = session.scalars(insert(NoteImport).returning(NoteImport.id), [row]).one()
        if queued:
            enqueue(CHECK_JOB, import_id)
    return import_id


def start_import(actor: Actor, import_id: int, *, queued: bool = True) -> None:
    """Save what was found. Pressed twice, it starts once; an import that was interrupted goes on. Not ``queued``, the
    caller runs it now."""
    item = _writable(actor, import_id)
    with db.unit_of_work():
        if _move(import_id, ("checked",), state="running") or item.state == "running":
            if queued:
                enqueue(RUN_JOB, import_id)
        elif item.state == "checking":
            raise ImportBusy()


def start_undo(actor: Actor, import_id: int) -> None:
    """Take back what the import saved and nobody has edited since. Raises Gone when that is no longer possible."""
    item = _writable(actor, import_id)
    if item.state in ("checking", "checked", "running"):
        raise ImportBusy()
    batch = undo.find_batch(actor, item.undo_id) if item.undo_id is not None else None
    if batch is None or item.state == "undone" or batch.created_at < clock.now() - undo.KEPT:
        raise Gone(_("There is nothing left to take back."))
    with db.unit_of_work():
        if _move(import_id, ("done", "failed"), state="undoing") or item.state == "undoing":
            enqueue(UNDO_JOB, import_id)


def discard_import(actor: Actor, import_id: int) -> None:
    """Forget the file and its report; notes that were saved stay. Raises ImportBusy while it is being saved."""
    item = queries.get_import(actor, import_id)
    if item.state in ("running", "undoing"):
        raise ImportBusy()
    _forget(NoteImport.id == import_id)


def forget_imports() -> None:
    """Reports are for the days after the import; like the way back, they are kept for thirty."""
    _forget(NoteImport.created_at < clock.now() - KEPT)


def _forget(which: Any) -> None:
    with db.unit_of_work() as session:
        keys = session.scalars(delete(NoteImport).where(which).returning(NoteImport.blob_key)).all()
        for key in filter(None, keys):
            db.after_commit(partial(ext.blobs().delete, key))


def _writable(actor: Actor, import_id: int) -> ImportItem:
    item = queries.get_import(actor, import_id)
    actor.require_write(item.space_id)
    return item


def _move(import_id: int, states: tuple[str, ...], **values: object) -> bool:
    """Change the import if it is in one of these states; the database decides between two clicks."""
    change = update(NoteImport).where(NoteImport.id == import_id, NoteImport.state.in_(states))
    moved = db.session().execute(change.values(**values, error=None).returning(NoteImport.id)).first()
    return moved is not None


def _check_room(actor: Actor) -> None:
    mine = (NoteImport.user_id == actor.require_user(), NoteImport.state.in_(UNFINISHED))
    if (db.session().scalar(select(func.count()).select_from(NoteImport).where(*mine)) or 0) >= MAX_UNFINISHED:
        raise TooManyImports(retry_after=int(timedelta(minutes=1).total_seconds()))


def _keep(stream: IO[bytes]) -> str:
    limit = ext.settings().max_import_size
    try:
        return ext.blobs().put(salted(stream), limit + SALT)
    except TooLarge as error:
        words = _("The file is larger than the %(limit)s MB that are taken here.", limit=limit // 2**20)
        raise TooLarge(words) from error
