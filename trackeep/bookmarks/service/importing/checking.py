"""The dry run: the file is read once, each entry gets its line in the report, nothing is saved."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sqlalchemy import delete, insert

from trackeep.bookmarks import formats, imports
from trackeep.bookmarks.imports import Finding, Outcome
from trackeep.bookmarks.models import BookmarkImport, BookmarkImportRow
from trackeep.bookmarks.service.importing.records import BATCH, IMPORTS
from trackeep.bookmarks.service.saving import known_urls
from trackeep.core import clock, db, ext
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import opened

_INSERT = insert(BookmarkImportRow.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table


def check_import(import_id: int) -> None:
    """Called by the job. After an interruption the report is written anew."""
    record = IMPORTS.find(import_id, "checking")
    if record is None or IMPORTS.person_of(record) is None:
        return
    try:
        _check(record)
    except FileNotFoundError:
        IMPORTS.fail(import_id, _("The file is no longer there. Please bring it once more."))
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


def _check(record: BookmarkImport) -> None:
    import_id, key, shared, left = record.id, record.blob_key or "", 0, 0
    with db.unit_of_work() as session:
        session.execute(delete(BookmarkImportRow).where(BookmarkImportRow.import_id == import_id))
    for batch in _batches(key):
        lines = _judged(record.space_id, batch)
        shared += sum(bool(line.payload.get("public")) for line in lines)
        left += sum("left" in line.payload for line in lines)
        with db.unit_of_work():
            db.write(_INSERT, [_columns(import_id, line) for line in lines])
            IMPORTS.change(import_id, total=max(line.number for line in lines))
    with db.unit_of_work():
        counts = {**IMPORTS.counted(import_id), "public": shared, "left": left}
        IMPORTS.change(import_id, state="checked", counts=counts, blob_key=None, error=None)
        db.after_commit(lambda: ext.blobs().delete(key))


def _batches(key: str) -> Iterator[Sequence[Finding]]:
    with opened(key) as file:
        lines = imports.findings(formats.read(file, now=clock.now()))
        while batch := list(islice(lines, BATCH)):
            yield batch


def _judged(space_id: int, lines: Sequence[Finding]) -> list[Finding]:
    """What the library has is left alone, however often the file names it."""
    known = known_urls(space_id, [line.url_key for line in lines if line.url_key])
    return [replace(line, outcome=Outcome.KNOWN, same_as=None) if line.url_key in known else line for line in lines]


def _columns(import_id: int, line: Finding) -> dict[str, object]:
    return {
        "import_id": import_id,
        "position": line.position,
        "number": line.number,
        "outcome": line.outcome.value,
        "title": line.title,
        "url": line.url,
        "url_key": line.url_key,
        "same_as": line.same_as,
        "notes": ",".join(line.notes),
        "payload": dict(line.payload),
    }
