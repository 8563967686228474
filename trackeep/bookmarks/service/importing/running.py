"""The saving: batches of the report become bookmarks; whoever comes back after an interruption goes on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from trackeep.bookmarks import signals
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.imports import Outcome, draft_of, places_of
from trackeep.bookmarks.models import KIND, BookmarkImport, BookmarkImportRow
from trackeep.bookmarks.service.collections import Path, ensure_path, known_paths
from trackeep.bookmarks.service.importing.records import BATCH, IMPORTS
from trackeep.bookmarks.service.saving import known_urls, save_many
from trackeep.core import clock, db, undo
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn
from trackeep.tags import service as tags

# A page or a collection that somebody made in between fails a batch; it is then looked at anew.
ATTEMPTS = 3


def run_import(import_id: int) -> None:
    """Called by the job, any number of times; does nothing for an import that is not to be saved now."""
    record = IMPORTS.find(import_id, "running")
    actor = IMPORTS.person_of(record) if record is not None else None
    if record is None or actor is None:
        return
    try:
        paths: Mapping[Path, int] | None = known_paths(actor, record.space_id)
        while paths is not None:
            paths = _run_batch(actor, record, paths)
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


def _run_batch(actor: Actor, record: BookmarkImport, paths: Mapping[Path, int]) -> Mapping[Path, int] | None:
    """Save up to 500 pages in one unit of work. Answers the collections' paths, or None when nothing is left."""
    for attempt in range(1, ATTEMPTS + 1):
        trial = dict(paths)
        try:
            with db.unit_of_work():
                locked = IMPORTS.find(record.id, "running", lock=True)
                if attempt > 1:
                    # Now that it is our turn, nobody makes another one while we look.
                    take_turn(record.space_id)
                    trial = dict(known_paths(actor, record.space_id))
                more = locked is not None and _save_next(actor, locked, trial)
            return trial if more else None
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    return None


def _save_next(actor: Actor, record: BookmarkImport, paths: dict[Path, int]) -> bool:
    rows = _next_rows(record.id)
    if not rows:
        _finish(record)
        return False
    known = known_urls(record.space_id, [row.url_key for row in rows if row.url_key])
    new = [row for row in rows if row.url_key not in known]
    before = set(paths.values())
    ids = save_many(actor, space_id=record.space_id, drafts=_drafts(actor, record, new, paths))
    _set_outcome(record.id, [row.position for row in new], Outcome.SAVED)
    _set_outcome(record.id, [row.position for row in rows if row.url_key in known], Outcome.KNOWN)
    undo_id = record.undo_id or undo.begin(actor, _("Import of %(name)s", name=record.file_name))
    undo.remember(undo_id, KIND, {bookmark_id: {} for bookmark_id in ids})
    made = [*record.made.get("collections", []), *(set(paths.values()) - before)]
    saved = record.saved + len(ids)
    IMPORTS.change(record.id, saved=saved, undo_id=undo_id, made={"collections": made}, error=None)
    return True


def _next_rows(import_id: int) -> Sequence[db.AnyRow]:
    new = (BookmarkImportRow.import_id == import_id, BookmarkImportRow.outcome == Outcome.NEW.value)
    query = select(*BookmarkImportRow.__table__.columns).where(*new).order_by(BookmarkImportRow.position).limit(BATCH)
    return db.rows(query)


def _finish(record: BookmarkImport) -> None:
    counts = {**IMPORTS.counted(record.id), **{name: record.counts.get(name, 0) for name in ("public", "left")}}
    IMPORTS.change(record.id, state="done", counts=counts, finished_at=clock.now(), error=None)
    signals.bookmarks_imported.announce(import_id=record.id, space_id=record.space_id)


def _drafts(actor: Actor, record: BookmarkImport, rows: Sequence[db.AnyRow], paths: dict[Path, int]) -> list[Draft]:
    doubles = _doubles(record.id, [row.number for row in rows])
    return [_draft(actor, record, row, doubles[row.number], paths) for row in rows]


def _draft(
    actor: Actor,
    record: BookmarkImport,
    row: db.AnyRow,
    doubles: Sequence[Mapping[str, Any]],
    paths: dict[Path, int],
) -> Draft:
    entries = [_own(payload, record) for payload in (row.payload, *doubles)]
    places = [place for entry in entries for place in places_of(entry)]
    collections = [ensure_path(actor, record.space_id, place, paths) for place in places]
    collection_ids = list(dict.fromkeys(found for found in collections if found is not None))
    return draft_of(entries[0], entries[1:], title=row.title, url=row.url, collection_ids=collection_ids)


def _own(payload: Mapping[str, Any], record: BookmarkImport) -> dict[str, Any]:
    """As this installation spells it; what the file calls public is shared only if the person has said so."""
    names = filter(None, map(tags.clean_name, payload.get("tags", ())))
    return {**payload, "tags": list(names), "public": record.share_public and payload.get("public", False)}


def _doubles(import_id: int, numbers: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """What the later entries of the same pages add."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    query = (
        select(BookmarkImportRow.same_as, BookmarkImportRow.payload)
        .where(BookmarkImportRow.import_id == import_id, BookmarkImportRow.same_as.in_(numbers))
        .order_by(BookmarkImportRow.position)
    )
    for row in db.session().execute(query):
        found[row.same_as].append(row.payload)
    return found


def _set_outcome(import_id: int, positions: Sequence[int], outcome: Outcome) -> None:
    if positions:
        mine = (BookmarkImportRow.import_id == import_id, BookmarkImportRow.position.in_(positions))
        db.session().execute(
            update(BookmarkImportRow)
            .where(*mine)
            .values(outcome=outcome.value)
            .execution_options(synchronize_session=False)
        )
