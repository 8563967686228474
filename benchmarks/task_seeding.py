"""Makes the tasks that `tasks.py` measures: 100,000 in one space among 900,000 in nine others.

A twentieth part is written in bulk with its search documents and tags; the rest are copies of it made by the database:
other ids and places, the same projects, days and words.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from apiflask import APIFlask
from sqlalchemy import ColumnElement, Connection, Row, Table, func, insert, select, text

from benchmarks.seeding import COPIES, OTHER_SPACES, WORDS, analyse
from tests.factories.accounts import Person, make_person
from trackeep.core import clock, db
from trackeep.core.db import migrate
from trackeep.core.objects import Object
from trackeep.core.search_index import SearchDocument, schema
from trackeep.spaces.models import Space
from trackeep.tags import service as tags
from trackeep.tags.models import ObjectTag
from trackeep.tasks import service
from trackeep.tasks.drafts import ProjectDraft
from trackeep.tasks.models import NO_TIME, Task
from trackeep.tasks.service.creating import DEFAULTS, insert_tasks

BATCH = 5_000
PROJECTS, SECTIONS, BOARD_CARDS = 60, 4, 500
STEP = 2**20
Places = Sequence[tuple[int, Sequence[int]]]


def ensure_tasks(app: APIFlask, mine: int, others: int) -> bool:
    """Fill the database of this application unless it has tasks already; answers whether it was filled."""
    migrate.upgrade()
    if db.session().scalar(select(func.count()).select_from(Space)):
        return False
    people = [make_person(app, f"person{number}") for number in range(OTHER_SPACES + 1)]
    fill(people, mine, others)
    add_board(people[0])
    analyse()
    return True


def fill(people: Sequence[Person], mine: int, others: int) -> None:
    chance = random.Random(11)
    owners = [people[0]] * (mine // COPIES) + [chance.choice(people[1:]) for _ in range(others // COPIES)]
    chance.shuffle(owners)
    places = {person.id: projects_of(person) for person in people}
    names = {name: name for name in ("common", *[f"topic/{number}" for number in range(100)])}
    known = {person.id: tags.ensure_clean_tags(person.actor, person.space_id, names) for person in people}
    for offset in range(0, len(owners), BATCH):
        with db.unit_of_work():
            for person in people:
                numbers = [n for n, one in enumerate(owners[offset : offset + BATCH], offset) if one is person]
                rows = [row(number, chance, places[person.id]) for number in numbers]
                add(person, rows, known[person.id], chance)
    multiply()


def projects_of(person: Person) -> Places:
    """A tree three levels deep, each project with its sections."""
    made: list[int] = []
    for number in range(PROJECTS):
        parent_id = made[number // 3 - 1] if number >= PROJECTS // 3 else None
        draft = ProjectDraft(name=f"Project {number}", parent_id=parent_id)
        made.append(service.create_project(person.actor, person.space_id, draft))
    return [(each, sections_in(person, each)) for each in made]


def sections_in(person: Person, project_id: int) -> Sequence[int]:
    return [service.create_section(person.actor, project_id, f"Part {number}") for number in range(SECTIONS)]


def row(number: int, chance: random.Random, places: Places) -> dict[str, Any]:
    """Six of ten are finished; of the open ones some are overdue, most lie ahead, and four of ten have no day."""
    done = chance.random() < 0.6
    project_id, sections = chance.choice(places) if chance.random() < 0.9 else (None, ())
    day = clock.now().date() + timedelta(chance.randint(-700, 0) if done else chance.randint(-10, 360))
    return {
        **DEFAULTS,
        "title": " ".join(("Do", *chance.choices(WORDS, k=5), str(number))),
        "notes": " ".join(chance.choices(WORDS, k=10)),
        "project_id": project_id,
        "section_id": chance.choice([None, *sections]),
        "parent_id": None,
        "status": "done" if done else chance.choice(["open", "open", "open", "in_progress"]),
        "priority": chance.choice([0, 0, 0, 1, 2, 3, 4]),
        "due_on": day if chance.random() < 0.6 else None,
        "due_minute": NO_TIME,
        "estimate_minutes": None,
        "progress": 0,
        "assignee_id": None,
        "recurrence": "FREQ=WEEKLY" if not done and chance.random() < 0.02 else "",
        "recurs_from": "due",
        "position": number * STEP,
        "completed_at": clock.now() - timedelta(minutes=number) if done else None,
    }


def add(person: Person, rows: list[dict[str, Any]], known: dict[str, int], chance: random.Random) -> None:
    if not rows:
        return
    ids = insert_tasks(person.actor, person.space_id, rows)
    pairs = [(task_id, known[f"topic/{chance.randrange(100)}"]) for task_id in ids]
    tags.attach(person.space_id, pairs + [(task_id, known["common"]) for task_id in ids if chance.random() < 0.5])


def add_board(person: Person) -> None:
    """The project whose board has 500 cards."""
    project_id = service.create_project(person.actor, person.space_id, ProjectDraft(name="Board"))
    sections = sections_in(person, project_id)
    chance = random.Random(7)
    rows = [row(number, chance, [(project_id, sections)]) for number in range(BOARD_CARDS)]
    for number, each in enumerate(rows):
        each |= {"project_id": project_id, "section_id": [None, *sections][number % (SECTIONS + 1)]}
        each |= {"status": "open", "completed_at": None, "due_on": date.max.replace(year=2030)}
    with db.unit_of_work():
        insert_tasks(person.actor, person.space_id, rows)


def multiply() -> None:
    """Copy all that was written, until there are ``COPIES`` of each."""
    with db.unit_of_work() as session:
        connection = session.connection()
        if db.dialect() == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("DROP INDEX ix_search_documents_tokens"))
        first, last = connection.execute(select(func.min(Task.id), func.max(Task.id))).one()
        for copy in range(1, COPIES):
            for table in (Object, Task, SearchDocument, ObjectTag):
                copy_table(connection, table.__table__, copy * (last - first + 1), copy, (first, last))  # type: ignore[arg-type]  # a Table
        connection.execute(text(f"UPDATE tags SET uses = uses * {COPIES}"))  # a constant
        if db.dialect() == "postgresql":
            connection.execute(text("SELECT setval(pg_get_serial_sequence('objects', 'id'), max(id)) FROM objects"))
            for statement in schema.POSTGRESQL:
                connection.execute(text(statement))


def copy_table(
    connection: Connection, table: Table, shift: int, copy: int, span: tuple[int, int] | Row[int, int]
) -> None:
    key = table.c.object_id if "object_id" in table.c else table.c.id
    changed: dict[str, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
        "object_id": lambda column: column + shift,
        "position": lambda column: column + copy * 7,
    }
    changed[key.key] = lambda column: column + shift
    columns = [changed[column.key](column) if column.key in changed else column for column in table.c]
    rows = select(*columns).where(key.between(*span)).order_by(key)
    connection.execute(insert(table).from_select([column.key for column in table.c], rows))
