"""However a list is looked up, and whatever its order, it shows the same; and it reads nothing of other spaces."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from tests import listing_ways
from tests.factories.accounts import Person
from tests.statements import counted
from trackeep.core import db
from trackeep.spaces import service as spaces
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import TaskDraft
from trackeep.tasks.filters import Filters, Sort, View
from trackeep.tasks.queries import lists
from trackeep.tasks.states import Priority

COUNT = 40
FIRST = date(2026, 12, 1)
Wanted = Callable[[int], bool]
FILTERS: dict[str, tuple[Filters, Wanted]] = {
    "tag": (Filters(tag="fourth", view=View.ALL), lambda n: n % 4 == 0),
    "open ones of a tag": (Filters(tag="fourth"), lambda n: n % 4 == 0 and n % 8 != 0),
    "finished ones of a tag": (Filters(tag="fourth", view=View.FINISHED), lambda n: n % 8 == 0),
    "word": (Filters(text="third", view=View.ALL), lambda n: n % 3 == 0),
    "word and tag": (Filters(text="third", tag="fourth", view=View.ALL), lambda n: n % 12 == 0),
    "from a day on": (Filters(tag="fourth", due_from=FIRST + timedelta(3)), lambda n: _day(n) >= 3 and n % 8 == 4),
    "without a day": (Filters(tag="fourth", undated=True), lambda n: n % 5 == 0 and n % 8 == 4),
}
KEYS: dict[Sort, Callable[[int], tuple[int, ...]]] = {
    Sort.MANUAL: lambda n: (n,),
    Sort.NEWEST: lambda n: (-n,),
    Sort.PRIORITY: lambda n: (-(n % 3), -n),
    Sort.DUE: lambda n: (10_000 if n % 5 == 0 else _day(n), n),
}


def _day(number: int) -> int:
    return -1 if number % 5 == 0 else number % 7


@pytest.fixture
def numbers(alice: Person) -> dict[int, int]:
    """Tasks in two spaces by turns, so that lists are merged: id to number."""
    places = [alice.space_id, spaces.create_team(alice.actor, name="Together")]
    found = {}
    for number in range(COUNT):
        draft = TaskDraft(
            title="third task" if number % 3 == 0 else "task",
            due_on=None if number % 5 == 0 else FIRST + timedelta(_day(number)),
            priority=Priority(number % 3),
            tags=("fourth",) if number % 4 == 0 else (),
        )
        task_id = service.create_task(alice.actor, places[number % 2], draft)
        if number % 8 == 0:
            service.complete_task(alice.actor, task_id)
        found[task_id] = number
    return found


@pytest.mark.parametrize("way", listing_ways.WAYS)
@pytest.mark.parametrize("name", FILTERS)
def test_pages_hold_what_the_filter_lets_through_in_each_order(
    alice: Person, numbers: dict[int, int], name: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing_ways.take(way, monkeypatch, (lists,))
    filters, wanted = FILTERS[name]
    expected = [number for number in range(COUNT) if wanted(number)]
    assert expected
    for sort, key in KEYS.items():
        shown: list[int] = []
        cursor = None
        for _page in range(COUNT):
            page = queries.list_tasks(alice.actor, filters, sort=sort, cursor=cursor, limit=3, with_total=True)
            assert page.total == (len(expected) if cursor is None else page.total)
            shown += [numbers[item.id] for item in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        # Positions count within a space.
        if sort is Sort.MANUAL:
            assert [n for n in shown if n % 2] == [n for n in expected if n % 2]
            assert [n for n in shown if n % 2 == 0] == [n for n in expected if n % 2 == 0]
        else:
            assert shown == sorted(expected, key=key)
    assert sorted(numbers[each] for each in queries.matching_ids(alice.actor, filters)) == expected


# Of 1,000,000 tasks in ten spaces with 61 projects each; six of ten are finished.
STATISTICS = {
    "ix_tasks_all_due_day": "1000500 100050 101 101 1",
    "ix_tasks_column": "360540 601 301 1 1",
    "ix_tasks_completed": "601260 60126 20 1",
    "ix_tasks_due_day": "399240 39924 111 111 1",
    "ix_tasks_finished": "541800 903 20 1",
    "ix_tasks_inbox": "38860 3886 1 1",
    "ix_tasks_live": "1000500 100050 1",
    "ix_tasks_loose": "98800 9880 1 1",
    "ix_tasks_open": "399240 39924 1",
    "ix_tasks_priority": "399240 39924 7985 1",
    "ix_tasks_project": "901700 1501 1 1",
    "ix_tasks_section": "360540 601 121 1 1",
    "sqlite_autoindex_tasks_1": "1000500 1",
}


@pytest.fixture(params=["young", "full"])
def planner(request: pytest.FixtureRequest, alice: Person) -> Iterator[str]:
    """SQLite's planner, without statistics and with those of many tasks."""
    if db.dialect() != "sqlite":
        pytest.skip("PostgreSQL plans by what is there, and here is nothing")
    execute = db.session().connection().exec_driver_sql
    if request.param == "full":
        execute("ANALYZE")
        execute("DELETE FROM sqlite_stat1 WHERE tbl = 'tasks'")
        for name, figures in STATISTICS.items():
            execute("INSERT INTO sqlite_stat1 VALUES ('tasks', ?, ?)", (name, figures))
        execute("ANALYZE sqlite_schema")
    yield request.param
    if request.param == "full":
        db.session().rollback()
        db.session().connection().exec_driver_sql("ANALYZE sqlite_schema")


LED = {
    (View.OPEN, None): "ix_tasks_open",
    (View.OPEN, Sort.DUE): "ix_tasks_due_day",
    (View.OPEN, Sort.PRIORITY): "ix_tasks_priority",
    (View.INBOX, None): "ix_tasks_inbox",
    (View.TODAY, None): "ix_tasks_due_day",
    (View.UPCOMING, None): "ix_tasks_due_day",
    (View.FINISHED, None): "ix_tasks_completed",
    (View.ALL, None): "ix_tasks_live",
    (View.ALL, Sort.DUE): "ix_tasks_all_due_day",
}


@pytest.mark.parametrize(("view", "sort"), LED)
def test_lists_are_read_from_the_index_of_their_order(
    alice: Person, planner: str, view: View, sort: Sort | None
) -> None:
    (step,) = _steps(alice, view, sort)
    assert f"INDEX {LED[view, sort]} (space_id=?" in step


@pytest.mark.parametrize("sort", [Sort.DUE, Sort.NEWEST])
def test_an_inbox_is_not_looked_for_among_those_of_others(alice: Person, planner: str, sort: Sort) -> None:
    (step,) = _steps(alice, View.INBOX, sort)
    assert "(space_id=?" in step


def _steps(person: Person, view: View, sort: Sort | None) -> list[str]:
    """How SQLite reads the ids of a page."""
    with counted() as sent:
        queries.list_tasks(person.actor, Filters(space_id=person.space_id, view=view), sort=sort)
    (page,) = [statement for statement in sent if "sort_id" in statement]
    explain = db.session().connection().exec_driver_sql
    steps = explain(f"EXPLAIN QUERY PLAN {page}", (None,) * page.count("?")).all()
    return [step[3] for step in steps if " tasks " in step[3] and "autoindex" not in step[3]]
