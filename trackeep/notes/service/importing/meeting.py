"""What the space has at the places of a file: notes with the same name below the same note, and the same text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from trackeep.core import db
from trackeep.notes.imports import digest_of
from trackeep.notes.keys import title_key
from trackeep.notes.models import Note

_BATCH = 500


class Wanted(NamedTuple):
    """A text that is looked for: its title, its digest and size, and the notes that it may stand below."""

    title: str
    digest: bytes
    size: int
    parents: frozenset[int | None]


class Met(NamedTuple):
    """All notes of the name at the place, oldest first, and the one of them that says the same."""

    ids: tuple[int, ...]
    equal: int | None


NOTHING = Met((), None)


def meet(space_id: int, wanted: Sequence[Wanted]) -> list[Met]:
    """What each of these meets, by few queries."""
    named = _named(space_id, {title_key(each.title) for each in wanted})
    pairs = [_at_place(each, named) for each in wanted]
    sized = {row.id for each, rows in zip(wanted, pairs, strict=True) for row in rows if row.size == each.size}
    digests = _digests(sorted(sized))
    return [
        Met(tuple(row.id for row in rows), next((row.id for row in rows if digests.get(row.id) == each.digest), None))
        for each, rows in zip(wanted, pairs, strict=True)
    ]


def _at_place(each: Wanted, named: Mapping[str, Sequence[db.AnyRow]]) -> list[db.AnyRow]:
    rows = named.get(title_key(each.title), ())
    return [row for row in rows if row.title == each.title and row.parent_id in each.parents]


def _named(space_id: int, keys: Iterable[str]) -> Mapping[str, list[db.AnyRow]]:
    found: dict[str, list[db.AnyRow]] = {}
    all_keys = sorted(keys)
    for start in range(0, len(all_keys), _BATCH):
        here = (Note.space_id == space_id, Note.title_key.in_(all_keys[start : start + _BATCH]))
        query = select(Note.title_key, Note.title, Note.id, Note.parent_id, Note.size)
        for row in db.rows(query.where(*here, Note.deleted_at.is_(None)).order_by(Note.id)):
            found.setdefault(row.title_key, []).append(row)
    return found


def _digests(ids: Sequence[int]) -> Mapping[int, bytes]:
    found: dict[int, bytes] = {}
    for start in range(0, len(ids), _BATCH):
        query = select(Note.id, Note.body).where(Note.id.in_(ids[start : start + _BATCH]), ~Note.encrypted)
        found |= {row.id: digest_of(row.body) for row in db.rows(query)}
    return found
