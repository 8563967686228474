"""Keeping the links by name: those that a text has, and where each name leads."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, select, update

from trackeep.core import db
from trackeep.notes.keys import title_key
from trackeep.notes.models import MAX_CONTEXT, Note, NoteLink
from trackeep.notes.queries.links import resolved
from trackeep.notes.wikilinks import MAX_LINKS, context_of, parse

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
_SURPLUS = delete(_LINKS).where(  # type: ignore[arg-type]  # declared as FromClause, always a Table
    _LINKS.c.source_id == bindparam("source"), _LINKS.c.ordinal >= bindparam("count")
)
_BATCH = 500


def rebuild_links(space_id: int, bodies: Mapping[int, str]) -> None:
    """Note which names these notes of one space mention, inside the open unit of work: only what has changed is
    written."""
    rows = [row for note_id, body in bodies.items() for row in _rows_of(space_id, note_id, body)]
    targets = resolved(space_id, {(row["target_key"], row["target_title"]) for row in rows}) if rows else {}
    for row in rows:
        row["target_id"] = targets.get(row["target_title"])
    there = _kept(list(bodies))
    changed = [row for row in rows if there.get((row["source_id"], row["ordinal"])) != tuple(row.values())]
    _drop_surplus(Counter(source for source, _ordinal in there), Counter(row["source_id"] for row in rows))
    for start in range(0, len(changed), _BATCH):
        db.write(_placing(db.dialect()), changed[start : start + _BATCH])


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


def _kept(note_ids: Sequence[int]) -> dict[tuple[int, int], tuple[Any, ...]]:
    """The links that these notes have, by note and place, with their columns in the order of the table."""
    found: dict[tuple[int, int], tuple[Any, ...]] = {}
    for start in range(0, len(note_ids), _BATCH):
        rows = db.rows(select(*_LINKS.c).where(_LINKS.c.source_id.in_(note_ids[start : start + _BATCH])))
        found |= {(row.source_id, row.ordinal): tuple(row) for row in rows}
    return found


def _drop_surplus(before: Counter[int], after: Counter[int]) -> None:
    """The links of a text are counted from 0 without a gap: those beyond the last one are no more."""
    fewer = [{"source": note_id, "count": after[note_id]} for note_id in before if after[note_id] < before[note_id]]
    if fewer:
        db.write(_SURPLUS, fewer)


@lru_cache
def _placing(_dialect: str) -> Executable:
    """Write a link to its place, whatever was there."""
    placing = db.upsert(NoteLink)
    named = [column.name for column in _LINKS.c if not column.primary_key]
    return placing.on_conflict_do_update(
        index_elements=[NoteLink.source_id, NoteLink.ordinal],
        set_={name: placing.excluded[name] for name in named},
    )


def _rows_of(space_id: int, note_id: int, body: str) -> list[dict[str, Any]]:
    """As columns in the order of the table; where they lead is not known yet."""
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
