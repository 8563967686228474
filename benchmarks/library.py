"""A library of 100,000 bookmarks in one space among 900,000 in others: what a page of a list takes.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/library.py [DATABASE_URL] [MINE] [OTHERS]`; without an address it uses
SQLite in the folder build/benchmark. A library that is there already is used again.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event

from benchmarks import seeding
from config.testing import testing_settings
from trackeep import create_app
from trackeep.bookmarks import queries
from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.core import db, ext
from trackeep.core.actor import Actor
from trackeep.tags import queries as tag_queries

RUNS = 40


def main(url: str, mine: int, others: int) -> None:
    folder = Path("build/benchmark")
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(testing_settings(folder, url or f"sqlite:///{(folder / f'library-{mine}.db').resolve()}"))
    started = time.perf_counter()
    if seeding.ensure_library(app, mine, others):
        say(f"filled with {mine + others:,} bookmarks in {time.perf_counter() - started:.0f} s")
    actor = seeding.owner()
    gc.collect()
    gc.freeze()  # as the server does
    columns = ("p50 ms", "p95 ms", "cpu ms", "queries", "rows")
    say(f"{db.dialect():42}" + "".join(f"{column:>9}" for column in columns))
    for name, read in reads(actor).items():
        measure(name, fresh(read))


def fresh(read: Callable[[], int]) -> Callable[[], int]:
    """Without the answers that the process keeps: what the first one pays who asks."""

    def asked() -> int:
        ext.answers().forget_all()
        return read()

    return asked


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
        "text in every title but the newest": listed(text="saved"),
        "the same, by title": listed(Sort.TITLE, text="saved"),
        "the same and a tag": listed(text="saved", tag="topic/3"),
        "text in the newest only": listed(text="freshly"),
        "text in one of 240, by title": listed(Sort.TITLE, text="karana"),
        "text in one of 240": listed(text="karana"),
        "prefix of a letter": listed(text="k"),
        "text nowhere": listed(text="zzzz"),
        "text and tag": listed(text="karana", tag="common"),
        "one site": listed(site="s7.example"),
        "counts beside the lists": lambda: len([queries.counts(actor)]),
        "tags by name": lambda: len(tag_queries.list_tags(actor).items),
        "palette": lambda: len(queries.find_bookmarks(actor, "karana", 8)),
        "palette, a letter": lambda: len(queries.find_bookmarks(actor, "k", 8)),
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


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(given.get(0, ""), int(given.get(1, "100000")), int(given.get(2, "900000")))
