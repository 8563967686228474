"""100,000 tasks in one space among 1,000,000: what lists, boards, months, the tree of projects and a drag take.

Usage: `PYTHONPATH=. .venv/bin/python -m benchmarks.tasks [DATABASE_URL] [MINE] [OTHERS]`; without an address it uses
SQLite in the folder build/benchmark. Tasks that are there already are used again.
"""

import gc
import itertools
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks import task_seeding
from benchmarks.library import fresh, measure, say
from benchmarks.seeding import owner
from config.testing import testing_settings
from trackeep import create_app
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.tasks import queries, service
from trackeep.tasks.filters import Filters, Sort, View
from trackeep.tasks.queries import BoardBy, Column, TaskItem

Reads = dict[str, Callable[[], int]]


def main(url: str, mine: int, others: int) -> None:
    folder = Path("build/benchmark")
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(testing_settings(folder, url or f"sqlite:///{(folder / f'tasks-{mine}.db').resolve()}"))
    started = time.perf_counter()
    if task_seeding.ensure_tasks(app, mine, others):
        say(f"filled with {mine + others:,} tasks in {time.perf_counter() - started:.0f} s")
    actor = owner()
    gc.collect()
    gc.freeze()  # as the server does
    say(f"{db.dialect():42}" + "".join(f"{name:>9}" for name in ("p50 ms", "p95 ms", "cpu ms", "queries", "rows")))
    for name, read in (lists(actor) | pages(actor) | writes(actor)).items():
        measure(name, fresh(read))


def lists(actor: Actor) -> Reads:
    def listed(sort: Sort | None = None, **filters: object) -> Callable[[], int]:
        wanted = Filters(space_id=actor.personal_space_id, **filters)  # type: ignore[arg-type]  # the names are a filter's
        return lambda: len(queries.list_tasks(actor, wanted, sort=sort, with_total=True).items)

    project_id = board_of(actor)
    return {
        "today": listed(view=View.TODAY),
        "upcoming": listed(view=View.UPCOMING),
        "overdue": listed(view=View.OVERDUE),
        "inbox": listed(view=View.INBOX),
        "inbox, by due day": listed(Sort.DUE, view=View.INBOX),
        "open": listed(),
        "open, by due day": listed(Sort.DUE),
        "open, by priority": listed(Sort.PRIORITY),
        "finished": listed(view=View.FINISHED),
        "all": listed(view=View.ALL),
        "all, by due day": listed(Sort.DUE, view=View.ALL),
        "all, by priority": listed(Sort.PRIORITY, view=View.ALL),
        "at least high": listed(least_priority=3),
        "tag on one in 100": listed(tag="topic/3"),
        "tag on half of all": listed(tag="common"),
        "tag on half of all, by due day": listed(Sort.DUE, tag="common"),
        "tag on half of all, by priority": listed(Sort.PRIORITY, tag="common"),
        "tag on half of all, finished": listed(view=View.FINISHED, tag="common"),
        "text in one of 240": listed(text="karana"),
        "text nowhere": listed(text="zzzz"),
        "a project with those below it": listed(project_id=queries.project_tree(actor)[0].id),
        "a project of 500": listed(project_id=project_id, only_here=True),
        "the same, by due day": listed(Sort.DUE, project_id=project_id, only_here=True),
        "counts beside the lists": lambda: len(queries.counts(actor, actor.personal_space_id)),
    }


def pages(actor: Actor) -> Reads:
    project_id = board_of(actor)
    crowded = max(queries.project_tree(actor), key=lambda project: project.open_tasks).id
    first = clock.now().date().replace(day=1) - timedelta(6)
    last, space = first + timedelta(41), Filters(space_id=actor.personal_space_id)
    here = Filters(project_id=project_id)
    return {
        "board of 500, by section": lambda: len(queries.project_columns(actor, project_id)),
        "board of 500, by status": lambda: len(queries.project_columns(actor, project_id, by=BoardBy.STATUS)),
        "board of the fullest project": lambda: len(queries.project_columns(actor, crowded)),
        "the same, by status": lambda: len(queries.project_columns(actor, crowded, by=BoardBy.STATUS)),
        "more cards of a column": lambda: len(more_cards(actor, crowded)),
        "a month of all": lambda: len(queries.month_days(actor, first, last, space)),
        "what will come again in it": lambda: len(queries.coming_tasks(actor, first, last, space)),
        "a month of a project": lambda: len(queries.month_days(actor, first, last, here)),
        "the same for the API, 1,000 tasks whole": lambda: len(queries.calendar_days(actor, first, last, space)),
        "tree of projects": lambda: len(queries.project_tree(actor, actor.personal_space_id)),
    }


def more_cards(actor: Actor, project_id: int) -> Sequence[TaskItem]:
    first = queries.column_cards(actor, project_id, BoardBy.STATUS, "open", cursor=None)
    return queries.column_cards(actor, project_id, BoardBy.STATUS, "open", cursor=first.next_cursor).items


def writes(actor: Actor) -> Reads:
    """Each drag puts another card between two of another column, on a board of 500 cards."""
    columns = queries.project_columns(actor, board_of(actor), limit=100)
    moves = itertools.cycle(itertools.product(range(1, len(columns)), range(2, 40)))

    def drag() -> int:
        column, place = next(moves)
        card, to = card_at(columns[column], place), columns[column - 1]
        section_id = to.key if isinstance(to.key, int) and to.key else None
        service.move_task(actor, card, {"section_id": section_id, "before_id": card_at(to, place)})
        return 1

    def schedule() -> int:
        column, place = next(moves)
        card = card_at(columns[column], place)
        service.edit_task(actor, card, {"due_on": date(2030, 1, 1 + place % 28)})
        return 1

    return {"drag a card": drag, "drag to another day": schedule}


def card_at(column: Column, place: int) -> int:
    """Earlier runs have moved cards out of some columns."""
    return column.cards[place % len(column.cards)].id


def board_of(actor: Actor) -> int:
    return next(project.id for project in queries.project_tree(actor) if project.name == "Board")


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(given.get(0, ""), int(given.get(1, "100000")), int(given.get(2, "900000")))
