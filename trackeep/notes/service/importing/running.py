"""The saving: batches of the report become notes, level by level; whoever comes back after an interruption goes on."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from sqlalchemy import bindparam, select, update

from trackeep.core import clock, db, ext, undo
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import opened
from trackeep.core.objects import take_turn
from trackeep.notes import vault
from trackeep.notes.drafts import NoteDraft
from trackeep.notes.imports import Outcome, body_of
from trackeep.notes.models import KIND, NoteImport, NoteImportRow
from trackeep.notes.service.creating import create_many
from trackeep.notes.service.importing.meeting import Met, Wanted, meet
from trackeep.notes.service.importing.records import BATCH, IMPORTS
from trackeep.tags import service as tags

_ROWS = NoteImportRow.__table__
_SETTLE = (
    update(_ROWS)  # type: ignore[arg-type]  # declared as FromClause, always a Table
    .where(_ROWS.c.import_id == bindparam("of_import"), _ROWS.c.position == bindparam("at"))
    .values(outcome=bindparam("became"), note_id=bindparam("note"), home_id=bindparam("home"))
)


def run_import(import_id: int) -> None:
    """Called by the job, any number of times; does nothing for an import that is not to be saved now."""
    record = IMPORTS.find(import_id, "running")
    actor = IMPORTS.person_of(record) if record is not None else None
    if record is None or actor is None:
        return
    try:
        with opened(record.blob_key or "") as file:
            reader = _Reader(vault.read_vault(file))
            while _run_batch(actor, import_id, reader):
                db.release()
    except FileNotFoundError:
        IMPORTS.fail(import_id, _("The file is no longer there. Please bring it once more."))
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


class _Reader:
    """Gives out the drafts by their numbers, which only rise: the file is read once from its beginning to its end."""

    def __init__(self, drafts: Iterator[vault.NoteDraft]) -> None:
        self._drafts = enumerate(drafts, 1)

    def draft(self, number: int) -> vault.NoteDraft:
        return next(draft for at, draft in self._drafts if at == number)


def _run_batch(actor: Actor, import_id: int, reader: _Reader) -> bool:
    """Save up to 200 notes of one level in one unit of work; False when nothing is left."""
    rows = _next_rows(import_id)
    drafts = {row.position: reader.draft(row.number) for row in rows if row.number}
    with db.unit_of_work():
        record = IMPORTS.find(import_id, "running", lock=True)
        if record is None:
            return False
        take_turn(record.space_id)
        if not rows:
            _finish(record)
            return False
        _save(actor, record, rows, drafts)
    return True


def _save(actor: Actor, record: NoteImport, rows: Sequence[db.AnyRow], drafts: Mapping[int, vault.NoteDraft]) -> None:
    """What somebody has brought to the same place since the dry run is met here, under the turn of the space."""
    homes = _homes(record.id, {row.above for row in rows if row.above})
    parents = [homes.get(row.above) if row.above else record.parent_id for row in rows]
    wanted = [
        Wanted(row.title, row.digest, row.size, frozenset({parent})) for row, parent in zip(rows, parents, strict=True)
    ]
    met = meet(record.space_id, wanted)
    new = [at for at, row in enumerate(rows) if not _is_known(row, met[at])]
    made = create_many(
        actor, record.space_id, [_draft(rows[at], parents[at], drafts.get(rows[at].position)) for at in new]
    )
    ids = dict(zip(new, made, strict=True))
    db.write(_SETTLE, [_settled(record.id, row, met[at], ids.get(at)) for at, row in enumerate(rows)])
    undo_id = record.undo_id or undo.begin(actor, _("Import of %(name)s", name=record.file_name))
    undo.remember(undo_id, KIND, {note_id: {} for note_id in made})
    IMPORTS.change(record.id, saved=record.saved + len(made), undo_id=undo_id, error=None)


def _is_known(row: db.AnyRow, met: Met) -> bool:
    return met.equal is not None or (row.number == 0 and bool(met.ids))


def _settled(import_id: int, row: db.AnyRow, met: Met, made: int | None) -> dict[str, object]:
    note_id = made if made is not None else met.equal or met.ids[0]
    return {
        "of_import": import_id,
        "at": row.position,
        "became": (Outcome.SAVED if made is not None else Outcome.KNOWN).value,
        "note": note_id,
        "home": row.home_id or (met.ids[0] if met.ids else note_id),
    }


def _draft(row: db.AnyRow, parent_id: int | None, draft: vault.NoteDraft | None) -> NoteDraft:
    if draft is None:
        return NoteDraft(title=row.title, parent_id=parent_id)
    names = [name for name in map(tags.clean_name, draft.tags) if 0 < len(name) <= tags.MAX_LENGTH]
    few = tuple(names[: tags.MAX_PER_OBJECT])
    return NoteDraft(
        title=row.title,
        body=body_of(draft),
        parent_id=parent_id,
        tags=few,
        changed_at=draft.updated,
        is_draft=draft.is_draft,
    )


def _next_rows(import_id: int) -> Sequence[db.AnyRow]:
    """The next of one level: those above them are there by now."""
    new = (NoteImportRow.import_id == import_id, NoteImportRow.outcome == Outcome.NEW.value)
    order = (NoteImportRow.depth, NoteImportRow.position)
    rows = db.rows(select(*_ROWS.columns).where(*new).order_by(*order).limit(BATCH))
    return [row for row in rows if row.depth == rows[0].depth]


def _homes(import_id: int, places: set[str]) -> Mapping[str, int]:
    """The notes that stand for these folders: the first that was met or made at each place."""
    here = (NoteImportRow.import_id == import_id, NoteImportRow.place.in_(places))
    query = select(NoteImportRow.place, NoteImportRow.home_id).where(*here, NoteImportRow.home_id.is_not(None))
    found: dict[str, int] = {}
    for place, home_id in db.rows(query.order_by(NoteImportRow.position)):
        found.setdefault(place, home_id)
    return found


def _finish(record: NoteImport) -> None:
    key = record.blob_key
    IMPORTS.change(
        record.id, state="done", counts=IMPORTS.counted(record.id), finished_at=clock.now(), error=None, blob_key=None
    )
    if key:
        db.after_commit(partial(ext.blobs().delete, key))
