"""Notes as files: a zip of Markdown that comes back by the import, and lines of JSON with all there is."""

from collections.abc import Iterable, Iterator

import orjson

from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.notes import queries
from trackeep.notes.queries.exports import Exported
from trackeep.notes.vault import NoteOut, write_vault
from trackeep.notes.vault.matter import BadMatter, read_matter, split_matter, texts_of

FILE_TYPE = "application/zip"
SEALED = "trackeep-sealed"


def vault_file(actor: Actor, space_id: int, note_id: int | None = None) -> Iterator[bytes]:
    """All notes of a space, or one with those below it; raises NotFound before the first piece."""
    ids = queries.exported_ids(actor, space_id, note_id)
    return write_vault(_note(each, note_id) for each in queries.exported(actor, ids))


def json_lines(actor: Actor, space_id: int) -> Iterator[bytes]:
    """One object a line, with all that is known of the note."""
    return _lines(queries.exported(actor, queries.exported_ids(actor, space_id)))


def file_name() -> str:
    return f"notes-{clock.now():%Y-%m-%d}.zip"


def _lines(notes: Iterable[Exported]) -> Iterator[bytes]:
    for note, text in notes:
        told = {**note._asdict(), **text._asdict(), "tags": [tag.name for tag in note.tags]}
        yield orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _note(each: Exported, top: int | None) -> NoteOut:
    note, text = each
    aliases, body = _aliases(text.body)
    if text.sealed is not None:
        # Only the browser of somebody with the passphrase can make words of it.
        body = f"```{SEALED}\n{orjson.dumps(dict(text.sealed)).decode()}\n```\n"
    return NoteOut(
        id=note.id,
        parent_id=None if note.id == top else note.parent_id,
        title=note.title,
        body=body,
        tags=tuple(tag.name for tag in note.tags),
        is_draft=note.is_draft,
        aliases=aliases,
        created=note.created_at,
        updated=note.changed_at,
    )


def _aliases(body: str) -> tuple[tuple[str, ...], str]:
    """Other names that an import has left on top of the text go back among the properties."""
    source, rest = split_matter(body)
    try:
        facts = read_matter(source)
    except BadMatter:
        return (), body
    names = texts_of(facts.get("aliases"))
    return (names, rest) if set(facts) == {"aliases"} and names else ((), body)
