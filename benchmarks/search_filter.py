"""How long the text filter takes: 100,000 documents in one space and 900,000 in others, rare and common words.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/search_filter.py [DATABASE_URL] [MINE] [OTHERS]`; without an address it
uses SQLite in a temporary folder, and a database that it has filled before is used as it is. A query below is what a
list page asks: one look at how common the words are, then the newest 31 rows of the space that match.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Select, func, insert, select, text

from config.testing import testing_settings
from tests.people import People
from trackeep import create_app
from trackeep.core import clock, db
from trackeep.core.objects import Object
from trackeep.core.search_index import Document, Matcher, index_documents, matching

SPACES = 10
BATCH = 5_000
RUNS = 40
QUERIES = {
    "every document": "every",
    "half of them": "half",
    "one in 10": "tenth",
    "one in 100": "hundredth",
    "one in 1,000": "thousandth",
    "one document": "unique77",
    "none": "absent",
    "two common words": "half every",
    "common and rare": "every thousandth",
    "first letter": "h",
    "two letters": "ha",
    "four letters": "hund",
    "the oldest half": "older",
    "common with others only": "foreign",
}


def main(url: str, mine: int, others: int) -> None:
    people = People(create_app(testing_settings(Path(tempfile.gettempdir()), url)))
    db.Base.metadata.create_all(db.database.engine)
    started = time.perf_counter()
    own = db.session().scalar(select(func.min(Object.space_id)))
    if own is None:
        own = fill(people, mine, others)
        say(f"{mine + others:,} documents in {time.perf_counter() - started:.0f} s")
        analyse()
    say(f"{db.dialect()}")
    for kind in ("bookmark", None):
        say(f"\n{'p50 / p95 in ms, kind ' + str(kind):34} {'list page':>15} {'count':>15} {'newest ids':>15}")
        for name, query in QUERIES.items():
            report(name, query, own, kind)


def fill(people: People, mine: int, others: int) -> int:
    """Documents of all spaces mixed, as they would come in life; returns the space that has the most."""
    spaces = [people.add(f"person{number}").personal_space_id or 0 for number in range(SPACES)]
    chance = random.Random(7)
    owners = [spaces[0]] * mine + [chance.choice(spaces[1:]) for _ in range(others)]
    chance.shuffle(owners)
    vocabulary = [f"{chance.choice('abcdefghijklmnopqrstuvwxyz')}{number}word" for number in range(50_000)]
    seen = 0
    for start in range(0, len(owners), BATCH):
        documents = []
        for number, owner in enumerate(owners[start : start + BATCH], start):
            seen += owner == spaces[0]
            words = [vocabulary[min(int(chance.expovariate(0.002)), 49_999)] for _ in range(25)]
            marks = mark_words(number, seen if owner == spaces[0] else None, mine)
            documents.append(document(number, owner, [*words, *marks]))
        with db.unit_of_work():
            add_objects(start, owners[start : start + BATCH])
            index_documents(documents)
    return spaces[0]


def mark_words(number: int, own: int | None, mine: int) -> Iterator[str]:
    yield "every"
    for word, share in (("half", 2), ("tenth", 10), ("hundredth", 100), ("thousandth", 1000)):
        if number % share == 0:
            yield word
    if own is None:
        yield "foreign"
    else:
        yield f"unique{own}"
        if own < mine / 2:
            yield "older"


def document(number: int, owner: int, words: list[str]) -> Document:
    return Document(
        object_id=number + 1, space_id=owner, kind="bookmark", title=" ".join(words[:6]), text=" ".join(words[6:]),
        host=f"site{number % 5000}.example.org",
    )  # fmt: skip


def add_objects(start: int, owners: list[int]) -> None:
    now = clock.now()
    common = {"kind": "bookmark", "created_at": now, "updated_at": now, "version": 1}
    rows = [{"id": number + 1, "space_id": owner, **common} for number, owner in enumerate(owners, start)]
    db.session().execute(insert(Object), rows)


def analyse() -> None:
    with db.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if db.dialect() == "sqlite" else "VACUUM ANALYZE"))


def report(name: str, query: str, space: int, kind: str | None) -> None:
    def fresh() -> Matcher:
        return matching(query, [space], kind)

    page = measured(lambda: db.session().execute(page_query(fresh(), space)).all())
    count = measured(lambda: fresh().count_capped())
    newest = measured(lambda: db.session().scalars(fresh().ids_subquery(1000)).all())
    found = fresh().count_capped()
    say(f"{name + f' ({found:,})':34} {page:>15} {count:>15} {newest:>15}")


def page_query(matcher: Matcher, space: int) -> Select[int]:
    wanted = (Object.space_id == space, Object.kind == "bookmark", matcher.filter(Object.id))
    return select(Object.id).where(*wanted).order_by(Object.id.desc()).limit(31)


def measured(run: Callable[[], object]) -> str:
    times = sorted(timed(run) for _ in range(RUNS))
    return f"{times[RUNS // 2]:.1f} / {times[int(RUNS * 0.95)]:.1f}"


def timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def addresses() -> Iterator[str]:
    if len(sys.argv) > 1:
        yield sys.argv[1]
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'search.db'}"


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[2:4]] or [100_000, 900_000]
    for address in addresses():
        main(address, *sizes)
