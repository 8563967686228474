"""What a person does with an import: bring a file, start the saving, take it back, throw it away."""

from datetime import timedelta
from functools import partial
from typing import IO, Any

from sqlalchemy import delete, func, insert, select, update

from trackeep.bookmarks import formats, queries
from trackeep.bookmarks.errors import ImportBusy, TooManyImports
from trackeep.bookmarks.models import BookmarkImport
from trackeep.bookmarks.queries.imports import UNFINISHED, ImportItem
from trackeep.bookmarks.service.importing.records import CHECK_JOB, KEPT, RUN_JOB, UNDO_JOB, enqueue
from trackeep.core import clock, db, ext, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid, TooLarge
from trackeep.core.i18n import gettext as _
from trackeep.core.kept import SALT, salted

MAX_UNFINISHED = 10
MAX_NAME = 200


def open_import(actor: Actor, space_id: int, *, file_name: str, stream: IO[bytes], queued: bool = True) -> int:
    """Keep the file and have it looked through; not ``queued``, the caller looks through it now. Raises Invalid for
    what is no bookmark file, TooLarge, and TooManyImports while many others wait."""
    actor.require_write(space_id)
    _check_room(actor)
    form = _recognised(stream)
    key = _keep(stream)
    row = {
        "user_id": actor.require_user(),
        "space_id": space_id,
        "file_name": _shown_name(file_name),
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
            enqueue(CHECK_JOB, import_id)
    return import_id


def start_import(actor: Actor, import_id: int, *, share_public: bool = False, queued: bool = True) -> None:
    """Save what was found. Pressed twice, it starts once; an import that was interrupted goes on. Not ``queued``, the
    caller runs it now."""
    item = _writable(actor, import_id)
    with db.unit_of_work():
        if _move(import_id, ("checked",), state="running", share_public=share_public) or item.state == "running":
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
    """Forget the file and its report; bookmarks that were saved stay. Raises ImportBusy while it is being saved."""
    item = queries.get_import(actor, import_id)
    if item.state in ("running", "undoing"):
        raise ImportBusy()
    _forget(BookmarkImport.id == import_id)


def forget_imports() -> None:
    """Reports are for the days after the import; like the way back, they are kept for thirty."""
    _forget(BookmarkImport.created_at < clock.now() - KEPT)


def _forget(which: Any) -> None:
    with db.unit_of_work() as session:
        keys = session.scalars(delete(BookmarkImport).where(which).returning(BookmarkImport.blob_key)).all()
        for key in filter(None, keys):
            db.after_commit(partial(ext.blobs().delete, key))


def _writable(actor: Actor, import_id: int) -> ImportItem:
    item = queries.get_import(actor, import_id)
    actor.require_write(item.space_id)
    return item


def _move(import_id: int, states: tuple[str, ...], **values: object) -> bool:
    """Change the import if it is in one of these states; the database decides between two clicks."""
    change = update(BookmarkImport).where(BookmarkImport.id == import_id, BookmarkImport.state.in_(states))
    moved = db.session().execute(change.values(**values, error=None).returning(BookmarkImport.id)).first()
    return moved is not None


def _check_room(actor: Actor) -> None:
    mine = (BookmarkImport.user_id == actor.require_user(), BookmarkImport.state.in_(UNFINISHED))
    if (db.session().scalar(select(func.count()).select_from(BookmarkImport).where(*mine)) or 0) >= MAX_UNFINISHED:
        raise TooManyImports(retry_after=int(timedelta(minutes=1).total_seconds()))


def _recognised(stream: IO[bytes]) -> formats.Format:
    try:
        form = formats.recognise(stream)
    except formats.UnreadableFile as error:
        raise Invalid(fields={"file": [str(error)]}) from error
    stream.seek(0)
    return form


def _keep(stream: IO[bytes]) -> str:
    limit = ext.settings().max_import_size
    try:
        return ext.blobs().put(salted(stream), limit + SALT)
    except TooLarge as error:
        raise TooLarge(
            _("The file is larger than the %(limit)s MB that are taken here.", limit=limit // 2**20)
        ) from error


def _shown_name(text: str) -> str:
    """The last part of the path that some browsers send, without what cannot be shown."""
    name = "".join(letter for letter in text.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    return name.strip()[:MAX_NAME] or _("bookmarks")
