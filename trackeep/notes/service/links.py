"""Keeping the links by name: those that a text has, and where each name leads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from trackeep.core import db
from trackeep.notes.keys import title_key
from trackeep.notes.models import MAX_CONTEXT, Note, NoteLink
from trackeep.notes.queries.links import resolved
from trackeep.notes.wikilinks import MAX_LINKS, context_of, parse

_INSERT = insert(NoteLink.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table
_LINKS = NoteLink.__table__
_LEAD = (
    update(_LINKS)  # type: ignore[arg-type]  # declared as FromClause, always a Table
    .where(
        _LINKS.c.space_id == bindparam("space"),
        _LINKS.c.target_key == bindparam("key"),
        _LINKS.c.target_title == bindparam("name"),
    )
    .values(target_id=bindparam("target"))
)
_BATCH = 500


def rebuild_links(space_id: int, bodies: Mapping[int, str]) -> None:
    """Note anew which names these notes of one space mention, inside the open unit of work."""
    forget_links(list(bodies))
    rows = [row for note_id, body in bodies.items() for row in _rows_of(space_id, note_id, body)]
    if not rows:
        return
    targets = resolved(space_id, {(row["target_key"], row["target_title"]) for row in rows})
    for row in rows:
        row["target_id"] = targets.get(row["target_title"])
    for start in range(0, len(rows), _BATCH):
        db.write(_INSERT, rows[start : start + _BATCH])


def settle_links(space_id: int, keys: Iterable[str]) -> None:
    """Notes with these folded names came, went or were renamed: let the links to these names lead where they now
    do."""
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _BATCH):
        here = (NoteLink.space_id == space_id, NoteLink.target_key.in_(wanted[start : start + _BATCH]))
        query = select(NoteLink.target_key, NoteLink.target_title, NoteLink.target_id).where(*here).distinct()
        rows = db.rows(query)
        targets = resolved(space_id, {(row.target_key, row.target_title) for row in rows})
        moved = [
            {
                "space": space_id,
                "key": row.target_key,
                "name": row.target_title,
                "target": targets.get(row.target_title),
            }
            for row in rows
            if targets.get(row.target_title) != row.target_id
        ]
        if moved:
            db.write(_LEAD, moved)


def forget_links(note_ids: Sequence[int]) -> None:
    """The links of these notes, inside the open unit of work."""
    for start in range(0, len(note_ids), _BATCH):
        some = note_ids[start : start + _BATCH]
        db.session().execute(delete(NoteLink).where(NoteLink.source_id.in_(some)))


def mentions_of(note_id: int) -> dict[int, set[str]]:
    """The live notes that mention this one, with the names by which they do."""
    query = select(NoteLink.source_id, NoteLink.target_title).join(Note, Note.id == NoteLink.source_id)
    query = query.where(NoteLink.target_id == note_id, Note.deleted_at.is_(None)).distinct()
    found: dict[int, set[str]] = {}
    for source_id, title in db.rows(query.order_by(NoteLink.source_id)):
        found.setdefault(source_id, set()).add(title)
    return found


def _rows_of(space_id: int, note_id: int, body: str) -> list[dict[str, Any]]:
    return [
        {
            "source_id": note_id,
            "ordinal": ordinal,
            "space_id": space_id,
            "target_id": None,
            "target_key": title_key(link.title),
            "target_title": link.title,
            "heading": link.heading,
            "embedded": link.embedded,
            "line": link.line,
            "context": context_of(body, link, MAX_CONTEXT),
        }
        for ordinal, link in enumerate(parse(body, MAX_LINKS))
    ]
