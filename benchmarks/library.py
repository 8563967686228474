"""A library of 100,000 bookmarks in one space among 900,000 in others: what a page of a list takes.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/library.py [DATABASE_URL] [MINE] [OTHERS]`; without an address it uses
SQLite in the folder build/benchmark. A library that is there already is used again.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, func, insert, select, text

from config.testing import testing_settings
from tests.factories.accounts import Person, make_person
from trackeep import create_app
from trackeep.bookmarks import queries
from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.bookmarks.models import KIND, Bookmark
from trackeep.bookmarks.service.rows import document, title_key
from trackeep.bookmarks.urls import site_of, url_key
from trackeep.core import clock, db, search_index
from trackeep.core.actor import Actor, Role
from trackeep.core.db import migrate
from trackeep.core.objects import create_objects
from trackeep.spaces.models import Membership, Space
from trackeep.tags import queries as tag_queries
from trackeep.tags import service as tags

BATCH = 5_000
RUNS = 40
OTHER_SPACES = 9
WORDS = [
    f"{a}{b}{c}" for a in ("ka", "lo", "mi", "nu", "pe") for b in ("ran", "sol", "tev", "wik") for c in "abdefgiklmno"
]


def main(url: str, mine: int, others: int) -> None:
    folder = Path("build/benchmark")
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(testing_settings(folder, url or f"sqlite:///{(folder / 'library.db').resolve()}"))
    migrate.upgrade()
    if not db.session().scalar(select(func.count()).select_from(Space)):
        started = time.perf_counter()
        fill([make_person(app, f"person{number}") for number in range(OTHER_SPACES + 1)], mine, others)
        say(f"filled with {mine + others:,} bookmarks in {time.perf_counter() - started:.0f} s")
    actor = owner()
    columns = ("p50 ms", "p95 ms", "cpu ms", "queries", "rows")
    say(f"{db.dialect():42}" + "".join(f"{column:>9}" for column in columns))
    for name, read in reads(actor).items():
        measure(name, read)


def owner() -> Actor:
    """The person whose space has the most bookmarks."""
    space_id, user_id = db.session().execute(select(Space.id, Space.created_by).where(Space.name == "person0")).one()
    roles = {
        row.space_id: Role(row.role)
        for row in db.session().execute(select(Membership).where(Membership.user_id == user_id)).scalars()
    }
    return Actor(user_id=user_id, roles=roles, personal_space_id=space_id)


def reads(actor: Actor) -> dict[str, Callable[[], int]]:
    def listed(sort: Sort = Sort.NEWEST, limit: int = 30, **filters: object) -> Callable[[], int]:
        wanted = Filters(**filters)  # type: ignore[arg-type]  # the names are a filter's
        return lambda: len(queries.list_bookmarks(actor, wanted, sort=sort, limit=limit, with_total=True).items)

    middle = queries.list_bookmarks(actor, Filters(), limit=100)
    for _ in range(20):
        middle = queries.list_bookmarks(actor, Filters(), limit=100, cursor=middle.next_cursor)
    return {
        "newest 30": listed(),
        "newest 100": listed(limit=100),
        "by title": listed(Sort.TITLE),
        "by site": listed(Sort.SITE),
        "page 21 of 100": lambda: len(
            queries.list_bookmarks(actor, Filters(), limit=100, cursor=middle.next_cursor).items
        ),
        "unread": listed(view=View.UNREAD),
        "archive": listed(view=View.ARCHIVED),
        "untagged": listed(view=View.UNTAGGED),
        "tag on half of all": listed(tag="common"),
        "tag on one in 100": listed(tag="topic/3"),
        "tag with the tags below it": listed(tag="topic"),
        "tag on one in 100, by title": listed(Sort.TITLE, tag="topic/3"),
        "text in every title": listed(text="saved"),
        "text in one of 240, by title": listed(Sort.TITLE, text="karana"),
        "text in one of 240": listed(text="karana"),
        "prefix of a letter": listed(text="k"),
        "text nowhere": listed(text="zzzz"),
        "text and tag": listed(text="karana", tag="common"),
        "one site": listed(site="s7.example"),
        "counts beside the lists": lambda: len([queries.counts(actor)]),
        "tags by name": lambda: len(tag_queries.list_tags(actor).items),
        "tag suggestions": lambda: len(tag_queries.suggest(actor, space_id=actor.personal_space_id or 0, text="to")),
    }


def measure(name: str, read: Callable[[], int]) -> None:
    statements, seen = 0, 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(db.database.engine, "before_cursor_execute", count)
    seen = read()
    event.remove(db.database.engine, "before_cursor_execute", count)
    before = time.process_time()
    times = sorted(timed(read) for _ in range(RUNS))
    processor = (time.process_time() - before) * 1000 / RUNS
    figures = (statistics.median(times), times[int(RUNS * 0.95)], processor, statements, seen)
    say(f"{name:42}" + "".join(f"{figure:9.1f}" if isinstance(figure, float) else f"{figure:9}" for figure in figures))


def timed(read: Callable[[], int]) -> float:
    started = time.perf_counter()
    read()
    db.release()
    return (time.perf_counter() - started) * 1000


def fill(people: Sequence[Person], mine: int, others: int) -> None:
    chance = random.Random(11)
    owners = [people[0]] * mine + [chance.choice(people[1:]) for _ in range(others)]
    chance.shuffle(owners)
    names = {name: name for name in ("common", *[f"topic/{number}" for number in range(100)])}
    known = {person.id: tags.ensure_clean_tags(person.actor, person.space_id, names) for person in people}
    actors = {person.id: person.actor for person in people}
    start = clock.now() - timedelta(days=3650)
    for offset in range(0, len(owners), BATCH):
        by_person: dict[int, list[int]] = {}
        for number, person in enumerate(owners[offset : offset + BATCH], offset):
            by_person.setdefault(person.id, []).append(number)
        with db.unit_of_work():
            for person in people:
                numbers = by_person.get(person.id, [])
                rows = [row(number, chance, start + timedelta(minutes=5 * number)) for number in numbers]
                add(actors[person.id], person.space_id, rows, known[person.id], chance)
        if offset % 100_000 == 0:
            say(f"  {offset:,}")
    analyse()


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


def analyse() -> None:
    with db.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if db.dialect() == "postgresql" else "ANALYZE"))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(given.get(0, ""), int(given.get(1, "100000")), int(given.get(2, "900000")))
