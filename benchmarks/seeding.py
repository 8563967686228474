"""Makes the library that the other files measure: 100,000 bookmarks in one space among 900,000 in nine others.

A twentieth part is written by the product's own code; the rest are copies of it made by the database, a hundred times
faster: other ids, addresses and times, the same words and tags. What belongs to one space stands between what belongs
to the others, as it would in life.
"""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from apiflask import APIFlask
from sqlalchemy import ColumnElement, Connection, Row, Table, cast, func, insert, literal, select, text
from sqlalchemy.types import Interval, String

from tests.factories.accounts import Person, make_person
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.models import KIND, Bookmark
from trackeep.bookmarks.service.rows import document, title_key
from trackeep.bookmarks.service.saving import save_many
from trackeep.bookmarks.urls import site_of, url_key
from trackeep.core import clock, db, search_index
from trackeep.core.actor import Actor, Role
from trackeep.core.db import migrate
from trackeep.core.objects import Object, create_objects
from trackeep.core.search_index import SearchDocument, schema
from trackeep.spaces.models import Membership, Space
from trackeep.tags import service as tags
from trackeep.tags.models import ObjectTag

BATCH = 5_000
COPIES = 20
OTHER_SPACES = 9
MINUTES_BETWEEN = 5
WORDS = [
    f"{a}{b}{c}" for a in ("ka", "lo", "mi", "nu", "pe") for b in ("ran", "sol", "tev", "wik") for c in "abdefgiklmno"
]


def ensure_library(app: APIFlask, mine: int, others: int) -> bool:
    """Fill the database of this application unless it has a library already; answers whether it was filled."""
    migrate.upgrade()
    if db.session().scalar(select(func.count()).select_from(Space)):
        return False
    people = [make_person(app, f"person{number}") for number in range(OTHER_SPACES + 1)]
    fill(people, mine, others)
    add_fresh(people[0])
    analyse()
    return True


def owner() -> Actor:
    """The person whose space is measured."""
    space_id, user_id = db.session().execute(select(Space.id, Space.created_by).where(Space.name == "person0")).one()
    memberships = db.session().scalars(select(Membership).where(Membership.user_id == user_id))
    roles = {membership.space_id: Role(membership.role) for membership in memberships}
    return Actor(user_id=user_id, roles=roles, personal_space_id=space_id)


def fill(people: Sequence[Person], mine: int, others: int) -> None:
    chance = random.Random(11)
    owners = [people[0]] * (mine // COPIES)
    owners += [chance.choice(people[1:]) for _ in range(others // COPIES)]
    chance.shuffle(owners)
    names = {name: name for name in ("common", *[f"topic/{number}" for number in range(100)])}
    known = {person.id: tags.ensure_clean_tags(person.actor, person.space_id, names) for person in people}
    start = clock.now() - timedelta(minutes=MINUTES_BETWEEN * (mine + others))
    for offset in range(0, len(owners), BATCH):
        with db.unit_of_work():
            for person in people:
                numbers = [n for n, one in enumerate(owners[offset : offset + BATCH], offset) if one is person]
                rows = [row(number, chance, start + timedelta(minutes=MINUTES_BETWEEN * number)) for number in numbers]
                add(person.actor, person.space_id, rows, known[person.id], chance)
    multiply(len(owners))


def add_fresh(person: Person) -> None:
    """Newer ones with other words, as after an import: a word of all the others is then rare among the newest."""
    for batch in range(3):
        drafts = [
            Draft(url=f"https://fresh.example/{batch}/{number}", title=f"Freshly kept {number}", tags=("common",))
            for number in range(500)
        ]
        save_many(person.actor, space_id=person.space_id, drafts=drafts, fetch=False)


def row(number: int, chance: random.Random, added: object) -> dict[str, object]:
    url = f"https://s{number % 5_000}.example/articles/{number}"
    title = " ".join(("Saved", *chance.choices(WORDS, k=6), str(number)))
    return {
        "url": url,
        "url_key": url_key(url),
        "site": site_of(url),
        "title": title,
        "title_key": title_key(title, url),
        "description": " ".join(chance.choices(WORDS, k=12)),
        "notes": "",
        "author": "",
        "unread": number % 5 == 0,
        "favourite": number % 50 == 0,
        "archived": number % 3 == 0,
        "shared": False,
        "added_at": added,
        "fetch_state": "done",
        "language": "en",
    }


def add(
    actor: Actor, space_id: int, rows: list[dict[str, object]], known: dict[str, int], chance: random.Random
) -> None:
    if not rows:
        return
    for object_id, values in zip(create_objects(KIND, space_id, actor, len(rows)), rows, strict=True):
        values |= {"id": object_id, "space_id": space_id}
    db.session().execute(insert(Bookmark), rows)
    search_index.index_documents([document(values) for values in rows])
    pairs = [(values["id"], known[f"topic/{chance.randrange(100)}"]) for values in rows]
    pairs += [(values["id"], known["common"]) for values in rows if chance.random() < 0.5]
    tags.attach(space_id, pairs)  # type: ignore[arg-type]  # ids are numbers


def multiply(written: int) -> None:
    """Copy all that was written, until there are ``COPIES`` of each."""
    with db.unit_of_work() as session:
        connection = session.connection()
        _before(connection)
        first, last = connection.execute(select(func.min(Object.id), func.max(Object.id))).one()
        step = last - first + 1
        for copy in range(1, COPIES):
            for table in (Object, Bookmark, SearchDocument, ObjectTag):
                _copy_table(connection, table.__table__, copy, copy * step, (first, last), written)  # type: ignore[arg-type]  # a Table
        connection.execute(text(f"UPDATE tags SET uses = uses * {COPIES}"))  # a constant
        if db.dialect() == "postgresql":
            connection.execute(text("SELECT setval(pg_get_serial_sequence('objects', 'id'), max(id)) FROM objects"))
            for statement in schema.POSTGRESQL:
                connection.execute(text(statement))


def _before(connection: Connection) -> None:
    """Leave out what would only be slow: checks of keys that copies keep, an index that is better built at the end."""
    if db.dialect() == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DROP INDEX ix_search_documents_tokens"))


def _copy_table(
    connection: Connection, table: Table, copy: int, shift: int, span: tuple[int, int] | Row[int, int], written: int
) -> None:
    later = timedelta(minutes=MINUTES_BETWEEN * written * copy)
    key = table.c.object_id if "object_id" in table.c else table.c.id
    changed: dict[str, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
        "id": lambda column: column + shift,
        "object_id": lambda column: column + shift,
        "url": lambda column: column + f"/{copy}",
        "url_key": lambda column: func.substr(literal(f"{copy:02x}") + column, 1, 64),
        "added_at": lambda column: _later(column, later),
        "happened": lambda column: _later(column, later),
    }
    columns = [changed[column.key](column) if column.key in changed else column for column in table.c]
    rows = select(*columns).where(key.between(*span)).order_by(key)
    connection.execute(insert(table).from_select([column.key for column in table.c], rows))


def _later(column: ColumnElement[Any], later: timedelta) -> ColumnElement[Any]:
    if db.dialect() == "postgresql":
        return column + literal(later, Interval)
    # As the driver writes times: it sorts them as text.
    shifted = func.strftime("%Y-%m-%d %H:%M:%f", cast(column, String), f"+{int(later.total_seconds())} seconds")
    return shifted.concat("000")


def analyse() -> None:
    with db.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if db.dialect() == "postgresql" else "ANALYZE"))
