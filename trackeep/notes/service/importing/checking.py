"""The dry run: the file is read once, each entry gets its line in the report, nothing is saved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

from sqlalchemy import delete, insert

from trackeep.core import db
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import opened
from trackeep.notes import imports, vault
from trackeep.notes.imports import Finding, Outcome, Told
from trackeep.notes.models import NoteImport, NoteImportRow
from trackeep.notes.service.importing.meeting import Met, Wanted, meet
from trackeep.notes.service.importing.records import BATCH, IMPORTS

_INSERT = insert(NoteImportRow.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table


def check_import(import_id: int) -> None:
    """Called by the job. After an interruption the report is written anew."""
    record = IMPORTS.find(import_id, "checking")
    if record is None or IMPORTS.person_of(record) is None:
        return
    try:
        _check(record)
    except FileNotFoundError:
        IMPORTS.fail(import_id, _("The file is no longer there. Please bring it once more."))
    except vault.UnreadableVault:
        IMPORTS.fail(import_id, _("This zip file is damaged, locked with a password, or larger than any set of notes."))
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


def _check(record: NoteImport) -> None:
    import_id, space_id = record.id, record.space_id
    with db.unit_of_work() as session:
        session.execute(delete(NoteImportRow).where(NoteImportRow.import_id == import_id))
    lines = sorted(_found(import_id, record.blob_key or ""), key=lambda line: (line.depth, line.position))
    met: dict[str, tuple[int, ...]] = {}
    for _depth, level in groupby(lines, key=lambda line: line.depth):
        for batch in _batches(level):
            rows = _judged(space_id, record.parent_id, batch, met)
            with db.unit_of_work():
                db.write(_INSERT, [{**row, "import_id": import_id} for row in rows])
    with db.unit_of_work():
        IMPORTS.change(import_id, state="checked", counts=IMPORTS.counted(import_id), error=None)


def _found(import_id: int, key: str) -> list[Finding]:
    """All lines, without the texts: a few hundred bytes each."""
    found: list[Finding] = []
    with opened(key) as file:
        for batch in _batches(imports.findings(vault.read_vault(file))):
            found += batch
            with db.unit_of_work():
                IMPORTS.change(import_id, total=batch[-1].number or len(found))
    return found


def _judged(
    space_id: int, parent_id: int | None, lines: Sequence[Finding], met: dict[str, tuple[int, ...]]
) -> list[dict[str, object]]:
    """The rows of one level; ``met`` gathers by place the notes that are there already."""
    asking = [line for line in lines if line.outcome is Outcome.NEW]
    answers = dict(zip(asking, meet(space_id, [_wanted(line, parent_id, met) for line in asking]), strict=True))
    for line, answer in answers.items():
        met[line.place] = tuple(dict.fromkeys((*met.get(line.place, ()), *answer.ids)))
    return [_row(line, answers.get(line)) for line in lines]


def _wanted(line: Finding, parent_id: int | None, met: Mapping[str, tuple[int, ...]]) -> Wanted:
    parents: Iterable[int | None] = met.get(line.above, ()) if line.above else (parent_id,)
    return Wanted(line.title, line.digest, line.size, frozenset(parents))


def _row(line: Finding, met: Met | None) -> dict[str, object]:
    outcome, remarks, note_id = line.outcome, list(line.remarks), None
    if met and (met.equal is not None or (met.ids and line.number == 0)):
        # A folder is there as soon as there is a note of its name.
        outcome, note_id, remarks = Outcome.KNOWN, met.equal or met.ids[0], []
    elif met and met.ids:
        remarks.append(Told.OTHER_TEXT)
    return {
        "position": line.position,
        "number": line.number,
        "depth": line.depth,
        "outcome": outcome.value,
        "title": line.title,
        "path": line.path,
        "place": line.place,
        "above": line.above,
        "digest": line.digest,
        "size": line.size,
        "remarks": ",".join(remarks),
        "note_id": note_id,
        "home_id": met.ids[0] if met and met.ids else None,
    }


def _batches(lines: Iterable[Finding]) -> Iterator[Sequence[Finding]]:
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        yield batch
