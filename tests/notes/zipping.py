"""Zip files of notes, and the steps of their import, for tests."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from tests.factories.accounts import Person
from trackeep.core import jobs
from trackeep.notes import exports, queries, service
from trackeep.notes.imports import Outcome
from trackeep.notes.queries import ImportItem


def packed(files: Mapping[str, bytes | str]) -> io.BytesIO:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def bring(person: Person, files: Mapping[str, bytes | str] | io.BytesIO, parent_id: int | None = None) -> ImportItem:
    """Looked through, and not saved."""
    stream = files if isinstance(files, io.BytesIO) else packed(files)
    import_id = service.open_import(
        person.actor, person.space_id, file_name="vault.zip", stream=stream, parent_id=parent_id
    )
    jobs.work_off(person.app)
    return queries.get_import(person.actor, import_id)


def run(person: Person, item: ImportItem) -> ImportItem:
    service.start_import(person.actor, item.id)
    jobs.work_off(person.app)
    return queries.get_import(person.actor, item.id)


def take_back(person: Person, item: ImportItem) -> ImportItem:
    service.start_undo(person.actor, item.id)
    jobs.work_off(person.app)
    return queries.get_import(person.actor, item.id)


def outcomes(person: Person, item: ImportItem) -> dict[str, str]:
    page = queries.import_rows(person.actor, item.id, limit=100)
    return {f"{row.path}/{row.title}".lstrip("/"): row.outcome for row in page.items}


def count(item: ImportItem, outcome: Outcome) -> int:
    return item.counts.get(outcome, 0)


def tree(person: Person) -> dict[str, str]:
    """What each note says, by its path, in the order of the tree."""
    found: dict[int, str] = {}
    texts: dict[str, str] = {}
    for note, text in queries.exported(person.actor, queries.exported_ids(person.actor, person.space_id)):
        above = f"{found[note.parent_id]}/" if note.parent_id else ""
        found[note.id] = f"{above}{note.title}"
        texts[found[note.id]] = text.body
    return texts


def vault(person: Person, note_id: int | None = None) -> io.BytesIO:
    return io.BytesIO(b"".join(exports.vault_file(person.actor, person.space_id, note_id)))
