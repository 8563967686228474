"""The saving: batches of the report become tasks, parents before what is below them; whoever comes back after an
interruption goes on."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from trackeep.core import clock, db, ext, undo
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn
from trackeep.tasks import signals
from trackeep.tasks.imports import Outcome, task_of
from trackeep.tasks.models import KIND, MAX_COMMENT, Task, TaskComment, TaskImport, TaskImportRow, TaskOrigin
from trackeep.tasks.service.creating import create_tasks
from trackeep.tasks.service.importing.places import Places
from trackeep.tasks.service.importing.records import BATCH, IMPORTS, known_tasks

_KNOWN = (
    update(TaskImportRow)
    .where(TaskImportRow.import_id == bindparam("of"), TaskImportRow.number == bindparam("at"))
    .values(outcome=Outcome.KNOWN.value, task_id=bindparam("task"))
)


def run_import(import_id: int) -> None:
    """Called by the job, any number of times; does nothing for an import that is not to be saved now."""
    record = IMPORTS.find(import_id, "running")
    actor = IMPORTS.person_of(record) if record is not None else None
    if record is None or actor is None:
        return
    try:
        while _run_batch(actor, record):
            continue
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


def _run_batch(actor: Actor, record: TaskImport) -> bool:
    """Save up to 500 tasks of one level in one unit of work; False when nothing is left."""
    with db.unit_of_work():
        take_turn(record.space_id)
        locked = IMPORTS.find(record.id, "running", lock=True)
        if locked is None:
            return False
        rows = _next_rows(locked.id)
        if not rows:
            _finish(locked)
            return False
        _save(actor, locked, rows)
    return True


def _save(actor: Actor, record: TaskImport, rows: Sequence[db.AnyRow]) -> None:
    known = known_tasks(record.space_id, ((row.key, row.payload.get("uid", "")) for row in rows))
    new = [row for row in rows if row.key not in known]
    places = Places(actor, record.space_id)
    parents = _parents(record.id, [row.parent for row in new if row.parent is not None])
    drafts = [task_of(row.payload, _place(places, parents, row)) for row in new]
    ids = create_tasks(actor, record.space_id, drafts)
    _write_comments(actor, zip(ids, new, strict=True))
    _note_origins(record.space_id, list(zip(ids, new, strict=True)))
    _set_saved(record, [row.number for row in new])
    there = [{"of": record.id, "at": row.number, "task": known[row.key]} for row in rows if row.key in known]
    if there:
        db.write(_KNOWN, there)
    undo_id = record.undo_id or undo.begin(actor, _("Import of %(name)s", name=record.file_name))
    undo.remember(undo_id, KIND, {task_id: {} for task_id in ids})
    made = [*record.made.get("projects", []), *places.made]
    IMPORTS.change(record.id, saved=record.saved + len(ids), undo_id=undo_id, made={"projects": made}, error=None)


def _next_rows(import_id: int) -> Sequence[db.AnyRow]:
    """Of the uppermost level that has some: what they belong to is there."""
    new = (TaskImportRow.import_id == import_id, TaskImportRow.outcome == Outcome.NEW.value)
    order = (TaskImportRow.level, TaskImportRow.number)
    rows = db.rows(select(*TaskImportRow.__table__.columns).where(*new).order_by(*order).limit(BATCH))
    return [row for row in rows if row.level == rows[0].level]


def _parents(import_id: int, numbers: Sequence[int]) -> Mapping[int, int]:
    """The tasks of these entries that are still there; below one that went meanwhile, the rest stands alone."""
    query = select(TaskImportRow.number, TaskImportRow.task_id).join(Task, Task.id == TaskImportRow.task_id)
    live = (TaskImportRow.import_id == import_id, Task.deleted_at.is_(None))
    found = db.rows(query.where(*live, TaskImportRow.number.in_(sorted(set(numbers))))) if numbers else []
    return {row.number: row.task_id for row in found}


def _place(places: Places, parents: Mapping[int, int], row: db.AnyRow) -> Mapping[str, int | None]:
    parent_id = parents.get(row.parent) if row.parent is not None else None
    if parent_id is not None:
        return {"parent_id": parent_id}
    return places.of(row.payload.get("project", ""), row.payload.get("section", ""))


def _write_comments(actor: Actor, saved: Any) -> None:
    now = clock.now()
    rows = [
        {"task_id": task_id, "author_id": actor.user_id, "body": body[:MAX_COMMENT], "created_at": now}
        for task_id, row in saved
        for body in row.payload.get("comments", ())
    ]
    if rows:
        db.session().execute(insert(TaskComment), rows)


def _note_origins(space_id: int, saved: Sequence[tuple[int, db.AnyRow]]) -> None:
    """What went to the trash and came anew is from now on the new task."""
    rows = [
        {"space_id": space_id, "key": row.key, "task_id": task_id, "uid": row.payload.get("uid", "")}
        for task_id, row in saved
    ]
    if rows:
        note = db.upsert(TaskOrigin)
        keys = [TaskOrigin.space_id, TaskOrigin.key]
        note = note.on_conflict_do_update(index_elements=keys, set_={"task_id": note.excluded.task_id})
        db.write(note, rows)


def _set_saved(record: TaskImport, numbers: Sequence[int]) -> None:
    """In one statement: which task each entry became was noted just before."""
    origin = (TaskOrigin.space_id == record.space_id, TaskOrigin.key == TaskImportRow.key)
    task_id = select(TaskOrigin.task_id).where(*origin).scalar_subquery()
    mine = (TaskImportRow.import_id == record.id, TaskImportRow.number.in_(numbers))
    saved = update(TaskImportRow).where(*mine).values(outcome=Outcome.SAVED.value, task_id=task_id)
    db.session().execute(saved.execution_options(synchronize_session=False))


def _finish(record: TaskImport) -> None:
    key = record.blob_key
    IMPORTS.change(
        record.id, state="done", counts=IMPORTS.counted(record.id), finished_at=clock.now(), error=None, blob_key=None
    )
    signals.tasks_imported.announce(import_id=record.id, space_id=record.space_id)
    if key:
        db.after_commit(partial(ext.blobs().delete, key))
