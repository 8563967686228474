"""Makes the notes that `notes.py` measures.

A twentieth part is written by the product's own code, in turns, so that what belongs to one space stands between what
belongs to the others; the rest are copies of it made by the database: other ids and titles, the same texts and trees.
"""

import random
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, insert, select, text

from benchmarks.seeding import COPIES, analyse
from tests.factories.accounts import Person
from trackeep.core import db
from trackeep.core.objects import Object
from trackeep.core.search_index import SearchDocument, schema
from trackeep.notes import service
from trackeep.notes.drafts import NoteDraft
from trackeep.notes.models import Note, NoteLink, NoteVersion

TURN = 20
WORDS = [f"{a}{b}{c}" for a in ("ka", "lo", "mi", "nu") for b in ("ran", "sol", "tev", "wik") for c in "abdefgik"]
KEYS = ("object_id", "note_id", "source_id", "id")


def fill(people: Sequence[Person], mine: int, others: int) -> None:
    """The first of these people gets ``mine`` notes, the rest share ``others``."""
    chance = random.Random(7)
    each = others // COPIES // (len(people) - 1)
    shares = {person.id: each for person in people[1:]} | {people[0].id: mine // COPIES}
    parents: dict[int, list[int]] = {person.id: [] for person in people}
    while any(shares.values()):
        for person in people:
            size = min(TURN, shares[person.id])
            shares[person.id] -= size
            if size:
                made = service.create_many(person.actor, person.space_id, drafts(chance, size, parents[person.id]))
                parents[person.id] = [*parents[person.id], *made[::5]][-400:]
                db.release()
    multiply()
    analyse()


def drafts(chance: random.Random, size: int, parents: Sequence[int]) -> list[NoteDraft]:
    return [
        NoteDraft(
            title=f"{' '.join(chance.choices(WORDS, k=3))} {chance.randrange(10**6)}",
            body=f"# Text\n\n{' '.join(chance.choices(WORDS, k=60))}\n\nSee [[Hub]] and [[{chance.choice(WORDS)}]].",
            parent_id=chance.choice(parents) if parents and chance.random() < 0.9 else None,
            pinned=number % 100 == 0,
        )
        for number in range(size)
    ]


def multiply() -> None:
    """Copy all that was written, until there are ``COPIES`` of each."""
    with db.unit_of_work() as session:
        connection = session.connection()
        if db.dialect() == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("DROP INDEX ix_search_documents_tokens"))
        span = connection.execute(select(func.min(Note.id), func.max(Note.id))).one()
        for copy in range(1, COPIES):
            for table in (Object, Note, NoteVersion, NoteLink, SearchDocument):
                copy_table(connection, table.__table__, copy, span)  # type: ignore[arg-type]  # a Table
        if db.dialect() == "postgresql":
            connection.execute(text("SELECT setval(pg_get_serial_sequence('objects', 'id'), max(id)) FROM objects"))
            for statement in schema.POSTGRESQL:
                connection.execute(text(statement))


def copy_table(connection: Connection, table: Table, copy: int, span: Row[int, int]) -> None:
    """No name leads anywhere yet, so that links are copied as they are."""
    first, last = span
    shift = copy * (last - first + 1)
    key = next(table.c[name] for name in KEYS if name in table.c)
    changed: dict[str, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
        key.key: lambda column: column + shift,
        "parent_id": lambda column: column + shift,
        "position": lambda column: column + copy * 7,
    }
    if table is Note.__table__:
        changed |= {name: lambda column: column + f" {copy}" for name in ("title", "title_key")}
    columns = [changed[column.key](column) if column.key in changed else column for column in table.c]
    rows = select(*columns).where(key.between(first, last)).order_by(key)
    connection.execute(insert(table).from_select([column.key for column in table.c], rows))
