"""What imports of every domain share: the steps from the file to the way back, and what they write about themselves.

A file is looked through (where it leaves something open, after a choice), saved, and perhaps taken back. A domain has
tables of its own for imports and their lines, and says what a line is and what becomes of it.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import delete, func, select, update

from trackeep.core import clock, db, ext, jobs, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Gone, TooMany
from trackeep.core.i18n import Text
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import slots

KEPT = timedelta(days=30)
BEFORE_CHECKED = ("choosing", "checking")
UNFINISHED = (*BEFORE_CHECKED, "checked", "running", "undoing")
MAX_UNFINISHED = 10
MAX_ERROR = 300
_PRIORITY = -5
_AGAIN = timedelta(minutes=1)

Record = TypeVar("Record")


class ImportBusy(Conflict):
    code = "import-busy"
    title = _l("This import is still at work")
    default_detail = _l("Wait until it has finished, then try again.")


class TooManyImports(TooMany):
    code = "too-many-imports"
    title = _l("Too many imports are waiting")
    default_detail = _l("Save or discard one of those that wait, then bring the next file.")


class Shown(Protocol):
    """An import as a domain's queries give it to the person whose it is."""

    @property
    def id(self) -> int: ...
    @property
    def space_id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def undo_id(self) -> int | None: ...


class Imports(Generic[Record]):
    """The imports of one domain. Its jobs are called check_import, run_import and undo_import; ``refusal`` tells why an
    import ends whose person may no longer write."""

    def __init__(self, *, domain: str, records: type[Record], lines: type[Any], refusal: Text) -> None:
        self._records: Any = records
        self._lines, self._refusal = lines, refusal
        self.check_job, self.run_job, self.undo_job = (f"{domain}.{verb}_import" for verb in ("check", "run", "undo"))

    def enqueue(self, job: str, import_id: int) -> None:
        jobs.enqueue(job, {"import_id": import_id}, unique_key=f"{job}:{import_id}", priority=_PRIORITY)

    def find(self, import_id: int, state: str, *, lock: bool = False) -> Record | None:
        """The import if it is in this state. Locked, whoever works on the same import waits until the unit of work
        ends."""
        query = select(self._records).where(self._records.id == import_id, self._records.state == state)
        query = query.execution_options(populate_existing=True)
        found: Record | None = db.session().scalar(query.with_for_update() if lock else query)
        return found

    def person_of(self, record: Any) -> Actor | None:
        """Whoever brought the file, if they may still write into the space; else the import ends here."""
        actor = slots.actor_of(record.user_id)
        if actor is not None and actor.can_write(record.space_id):
            return actor
        self.fail(record.id, str(self._refusal))
        return None

    def change(self, import_id: int, **values: object) -> None:
        """Inside the open unit of work."""
        changing = update(self._records).where(self._records.id == import_id).values(**values)
        db.session().execute(changing.execution_options(synchronize_session=False))

    def move(self, import_id: int, states: Sequence[str], **values: object) -> bool:
        """Change the import if it is in one of these states; the database decides between two clicks."""
        change = update(self._records).where(self._records.id == import_id, self._records.state.in_(states))
        moved = db.session().execute(change.values(**values, error=None).returning(self._records.id)).first()
        return moved is not None

    def fail(self, import_id: int, reason: str) -> None:
        """No further attempt makes sense."""
        with db.unit_of_work():
            self.change(import_id, state="failed", error=reason[:MAX_ERROR], finished_at=clock.now())

    def note_interruption(self, import_id: int) -> None:
        """Whatever went wrong, the job runs again by itself and goes on where it was; the page says so."""
        with db.unit_of_work():
            self.change(import_id, error=_("It was interrupted and goes on by itself in a moment."))

    def counted(self, import_id: int) -> dict[str, int]:
        """The number of lines by outcome."""
        mine = self._lines.import_id == import_id
        query: db.AnySelect = select(self._lines.outcome, func.count()).where(mine).group_by(self._lines.outcome)
        return {row[0]: row[1] for row in db.rows(query)}

    def check_room(self, actor: Actor) -> None:
        """Raises TooManyImports while many others of this person wait."""
        mine = (self._records.user_id == actor.require_user(), self._records.state.in_(UNFINISHED))
        if (db.session().scalar(select(func.count()).select_from(self._records).where(*mine)) or 0) >= MAX_UNFINISHED:
            raise TooManyImports(retry_after=int(_AGAIN.total_seconds()))

    def start(self, actor: Actor, item: Shown, *, queued: bool = True, **values: object) -> None:
        """Save what was found. Pressed twice, it starts once; an import that was interrupted goes on. Not ``queued``,
        the caller runs it now."""
        actor.require_write(item.space_id)
        with db.unit_of_work():
            if self.move(item.id, ("checked",), state="running", **values) or item.state == "running":
                if queued:
                    self.enqueue(self.run_job, item.id)
            elif item.state in BEFORE_CHECKED:
                raise ImportBusy()

    def start_undo(self, actor: Actor, item: Shown) -> None:
        """Take back what the import saved and nobody has edited since. Raises Gone when that is no longer possible."""
        actor.require_write(item.space_id)
        if item.state in (*BEFORE_CHECKED, "checked", "running"):
            raise ImportBusy()
        batch = undo.find_batch(actor, item.undo_id) if item.undo_id is not None else None
        if batch is None or item.state == "undone" or batch.created_at < clock.now() - undo.KEPT:
            raise Gone(_("There is nothing left to take back."))
        with db.unit_of_work():
            if self.move(item.id, ("done", "failed"), state="undoing") or item.state == "undoing":
                self.enqueue(self.undo_job, item.id)

    def discard(self, item: Shown) -> None:
        """Forget the file and its report; what was saved stays. Raises ImportBusy while it is being saved."""
        if item.state in ("running", "undoing"):
            raise ImportBusy()
        self._forget(self._records.id == item.id)

    def forget_old(self) -> None:
        """Reports are for the days after the import; like the way back, they are kept for thirty."""
        self._forget(self._records.created_at < clock.now() - KEPT)

    def _forget(self, which: Any) -> None:
        with db.unit_of_work() as session:
            keys = session.scalars(delete(self._records).where(which).returning(self._records.blob_key)).all()
            for key in filter(None, keys):
                db.after_commit(partial(ext.blobs().delete, key))
