"""What a person does with an import: bring a file, say how it is read, save it, take it back, throw it away."""

from datetime import timedelta
from functools import partial
from typing import IO, Any

from sqlalchemy import delete, func, insert, select, update

from trackeep.core import clock, db, ext, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid, TooLarge
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import SALT, salted, shown_name
from trackeep.tasks import formats, queries
from trackeep.tasks.errors import ImportBusy, TooManyImports
from trackeep.tasks.formats.drafts import MAX_FILE
from trackeep.tasks.imports import Options, first_options, plain
from trackeep.tasks.models import TaskImport
from trackeep.tasks.queries.imports import UNFINISHED, ImportItem
from trackeep.tasks.service.importing.records import CHECK_JOB, KEPT, RUN_JOB, UNDO_JOB, enqueue

MAX_UNFINISHED = 10
MAX_PROJECT = 100


def open_import(actor: Actor, space_id: int, *, file_name: str, stream: IO[bytes], queued: bool = True) -> int:
    """Keep the file and have it looked through, once the columns of a table are chosen; not ``queued``, the caller
    looks through it now. Raises Invalid for what is no file of tasks, TooLarge, and TooManyImports."""
    actor.require_write(space_id)
    _check_room(actor)
    name = shown_name(file_name) or _("tasks")
    kind, options = _recognised(stream, name)
    state = "choosing" if kind == "table" else "checking"
    row = {
        "user_id": actor.require_user(),
        "space_id": space_id,
        "file_name": name,
        "kind": kind,
        "blob_key": _keep(stream),
        "options": plain(options),
        "state": state,
        "counts": {},
        "made": {},
        "created_at": clock.now(),
    }
    with db.unit_of_work() as session:
        import_id = session.scalars(insert(TaskImport).returning(TaskImport.id), [row]).one()
        if queued and state == "checking":
            enqueue(CHECK_JOB, import_id)
    return import_id


def choose_options(actor: Actor, import_id: int, options: Options, *, queued: bool = True) -> None:
    """Say how the file is read, and have it looked through by that; also once more. Raises Invalid, and Gone when it
    was saved already."""
    item = _writable(actor, import_id)
    complaints: dict[str, list[str]] = {}
    if item.kind == "table" and "title" not in options.columns:
        complaints["title"] = [_("Choose the column that holds the titles.")]
    if len(options.project) > MAX_PROJECT:
        complaints["project"] = [_("At most %(limit)s characters.", limit=MAX_PROJECT)]
    if complaints:
        raise Invalid(fields=complaints)
    with db.unit_of_work():
        if not _move(import_id, ("choosing", "checking", "checked"), state="checking", options=plain(options)):
            raise Gone(_("This file was saved already. Bring it once more to read it otherwise."))
        if queued:
            enqueue(CHECK_JOB, import_id)


def start_import(actor: Actor, import_id: int, *, queued: bool = True) -> None:
    """Save what was found. Pressed twice, it starts once; an import that was interrupted goes on. Not ``queued``, the
    caller runs it now."""
    item = _writable(actor, import_id)
    with db.unit_of_work():
        if _move(import_id, ("checked",), state="running") or item.state == "running":
            if queued:
                enqueue(RUN_JOB, import_id)
        elif item.state in ("choosing", "checking"):
            raise ImportBusy()


def start_undo(actor: Actor, import_id: int) -> None:
    """Take back what the import saved and nobody has edited since. Raises Gone when that is no longer possible."""
    item = _writable(actor, import_id)
    if item.state in ("choosing", "checking", "checked", "running"):
        raise ImportBusy()
    batch = undo.find_batch(actor, item.undo_id) if item.undo_id is not None else None
    if batch is None or item.state == "undone" or batch.created_at < clock.now() - undo.KEPT:
        raise Gone(_("There is nothing left to take back."))
    with db.unit_of_work():
        if _move(import_id, ("done", "failed"), state="undoing") or item.state == "undoing":
            enqueue(UNDO_JOB, import_id)


def discard_import(actor: Actor, import_id: int) -> None:
    """Forget the file and its report; tasks that were saved stay. Raises ImportBusy while it is being saved."""
    item = queries.get_import(actor, import_id)
    if item.state in ("running", "undoing"):
        raise ImportBusy()
    _forget(TaskImport.id == import_id)


def forget_imports() -> None:
    """Reports are for the days after the import; like the way back, they are kept for thirty."""
    _forget(TaskImport.created_at < clock.now() - KEPT)


def _forget(which: Any) -> None:
    with db.unit_of_work() as session:
        keys = session.scalars(delete(TaskImport).where(which).returning(TaskImport.blob_key)).all()
        for key in filter(None, keys):
            db.after_commit(partial(ext.blobs().delete, key))


def _writable(actor: Actor, import_id: int) -> ImportItem:
    item = queries.get_import(actor, import_id)
    actor.require_write(item.space_id)
    return item


def _move(import_id: int, states: tuple[str, ...], **values: object) -> bool:
    """Change the import if it is in one of these states; the database decides between two clicks."""
    change = update(TaskImport).where(TaskImport.id == import_id, TaskImport.state.in_(states))
    moved = db.session().execute(change.values(**values, error=None).returning(TaskImport.id)).first()
    return moved is not None


def _check_room(actor: Actor) -> None:
    mine = (TaskImport.user_id == actor.require_user(), TaskImport.state.in_(UNFINISHED))
    if (db.session().scalar(select(func.count()).select_from(TaskImport).where(*mine)) or 0) >= MAX_UNFINISHED:
        raise TooManyImports(retry_after=int(timedelta(minutes=1).total_seconds()))


def _recognised(stream: IO[bytes], file_name: str) -> tuple[formats.Kind, Options]:
    try:
        kind = formats.kind_of(stream)
        return kind, first_options(stream, kind, file_name)
    except formats.UnreadableFile as error:
        raise Invalid(fields={"file": [str(error.reason)]}) from error


def _keep(stream: IO[bytes]) -> str:
    stream.seek(0)
    limit = min(ext.settings().max_import_size, MAX_FILE)
    try:
        return ext.blobs().put(salted(stream), limit + SALT)
    except TooLarge as error:
        raise TooLarge(
            _("The file is larger than the %(limit)s MB that are taken here.", limit=limit // 2**20)
        ) from error
