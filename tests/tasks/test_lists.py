"""Lists, boards, months and numbers: what they show, page by page, and by how many queries."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests import statements
from tests.tasks.conftest import Make, Team
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.filters import Assigned, Filters, Sort, View
from trackeep.tasks.states import Priority, Status

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def titles(me: Actor, team: Team, **parts: Any) -> list[str]:
    sort = parts.pop("sort", None)
    return [item.title for item in queries.list_tasks(me, Filters(space_id=team.id, **parts), sort=sort).items]


def test_today_holds_what_is_overdue_and_leaves_out_what_is_anothers(team: Team, me: Actor, make: Make) -> None:
    make("late", due_on=date(2026, 11, 20))
    make("today", due_on=TODAY)
    make("at nine", due_at=datetime(2026, 11, 25, 9, tzinfo=UTC), assignee_id=team.owner.id)
    make("tomorrow", due_on=date(2026, 11, 26))
    make("another's", due_on=TODAY, assignee_id=team.member.id)
    make("some day")
    with clock.freeze(NOON):
        assert titles(me, team, view=View.TODAY) == ["late", "at nine", "today"]
        assert titles(me, team, view=View.OVERDUE) == ["late"]
        assert titles(me, team, view=View.UPCOMING) == ["tomorrow"]
        found = queries.counts(me, team.id)
    assert found == {"today": 3, "overdue": 1, "upcoming": 1, "inbox": 6, "open": 6}


def test_a_moment_counts_in_the_zone_of_who_asks(team: Team, me: Actor, make: Make) -> None:
    make("late in the evening", due_at=datetime(2026, 11, 25, 23, 30, tzinfo=UTC))
    with clock.freeze(NOON):
        assert titles(me, team, due_from=TODAY, due_to=TODAY) == ["late in the evening"]
        tokyo = Actor(user_id=me.user_id, roles=me.roles, time_zone="Asia/Tokyo")
        assert titles(tokyo, team, due_from=TODAY, due_to=TODAY) == []
        assert titles(tokyo, team, due_from=date(2026, 11, 26), due_to=date(2026, 11, 26)) == ["late in the evening"]


@pytest.mark.parametrize("sort", list(Sort))
def test_each_order_goes_on_where_it_stopped(team: Team, me: Actor, make: Make, sort: Sort) -> None:
    for number in range(7):
        due = date(2026, 12, 1 + number % 3) if number % 2 else None
        task_id = make(str(number), due_on=due, priority=Priority(number % 3))
        if sort is Sort.FINISHED:
            service.complete_task(me, task_id)
    filters = Filters(space_id=team.id, view=View.ALL)
    whole = queries.list_tasks(me, filters, sort=sort, with_total=True)
    pages: list[int] = []
    cursor = None
    for _page in range(4):
        page = queries.list_tasks(me, filters, sort=sort, cursor=cursor, limit=2)
        pages.extend(item.id for item in page.items)
        cursor = page.next_cursor
    assert (pages, cursor) == ([item.id for item in whole.items], None)
    assert whole.total == 7


def test_a_cursor_of_another_list_is_refused(team: Team, me: Actor, make: Make) -> None:
    for number in range(3):
        make(str(number), due_on=TODAY)
    cursor = queries.list_tasks(me, Filters(view=View.OPEN), limit=1).next_cursor
    for wrong in (cursor, "nonsense", "W10"):
        with pytest.raises(Invalid):
            queries.list_tasks(me, Filters(view=View.OVERDUE), cursor=wrong)


def test_all_parts_of_a_filter_hold(team: Team, me: Actor, make: Make, project: Make) -> None:
    home = project("Home")
    kitchen = project("Kitchen", parent_id=home)
    make("sink", project_id=kitchen, priority=Priority.HIGH, tags=["repair/water"], assignee_id=team.owner.id)
    make("door", project_id=home, status=Status.IN_PROGRESS, tags=["repair"], assignee_id=team.member.id)
    make("cake", due_on=TODAY)
    assert titles(me, team, project_id=home, sort=Sort.NEWEST) == ["door", "sink"]
    assert titles(me, team, project_id=home, only_here=True) == ["door"]
    assert titles(me, team, tag="repair", sort=Sort.NEWEST) == ["door", "sink"]
    assert titles(me, team, tag="nothing") == []
    assert titles(me, team, text="sink") == ["sink"]
    assert titles(me, team, least_priority=2) == ["sink"]
    assert titles(me, team, statuses=(Status.IN_PROGRESS,)) == ["door"]
    assert titles(me, team, assigned=Assigned.ME) == ["sink"]
    assert titles(me, team, assigned=Assigned.OTHERS) == ["door"]
    assert titles(me, team, assigned=Assigned.NOBODY) == ["cake"]
    assert titles(me, team, assignee_id=team.member.id) == ["door"]
    assert titles(me, team, undated=True, sort=Sort.NEWEST) == ["door", "sink"]
    service.edit_project(me, home, {"archived": True})
    assert titles(me, team, sort=Sort.NEWEST) == ["cake", "sink"]


def test_lists_are_for_who_may_see_them(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id = project()
    make(project_id=project_id, due_on=TODAY)
    nobody = team.stranger.actor
    assert queries.list_tasks(nobody, Filters(view=View.ALL)).items == []
    asks = (
        lambda: queries.list_tasks(nobody, Filters(space_id=team.id)),
        lambda: queries.list_tasks(nobody, Filters(project_id=project_id)),
        lambda: queries.project_columns(nobody, project_id),
        lambda: queries.sections_of(nobody, project_id),
    )
    for ask in asks:
        with pytest.raises(NotFound):
            ask()
    assert queries.list_tasks(team.viewer.actor, Filters(view=View.ALL)).items != []


def test_a_board_shows_each_column_and_goes_on_in_its_list(me: Actor, make: Make, project: Make) -> None:
    project_id = project()
    soon = service.create_section(me, project_id, "Soon")
    ids = [make(str(number), project_id=project_id, section_id=soon) for number in range(3)]
    loose = make("loose", project_id=project_id)
    columns = queries.project_columns(me, project_id, limit=2)
    assert [(column.name, [card.id for card in column.cards], column.total) for column in columns] == [
        ("", [loose], 1),
        ("Soon", ids[:2], 3),
    ]
    rest = Filters(project_id=project_id, section_id=soon, only_here=True, top_only=True)
    page = queries.list_tasks(me, rest, sort=Sort.MANUAL, cursor=columns[1].next_cursor)
    assert [item.id for item in page.items] == ids[2:]


def test_a_month_shows_days_and_what_was_done(team: Team, me: Actor, make: Make) -> None:
    first, second = make(due_on=TODAY), make(due_at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    service.complete_task(me, first)
    days = queries.calendar_days(me, date(2026, 11, 1), date(2026, 11, 30), Filters(space_id=team.id))
    assert {day: [item.id for item in items] for day, items in days.items()} == {
        "2026-11-25": [first],
        "2026-11-30": [second],
    }
    for last in (date(2026, 10, 1), date(2027, 3, 1)):
        with pytest.raises(Invalid):
            queries.calendar_days(me, date(2026, 11, 1), last)


def test_no_list_asks_more_for_more_rows(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id = project()

    def grow(number: int) -> None:
        for _each in range(number):
            parent = make(project_id=project_id, due_on=TODAY, tags=["a"])
            service.add_dependency(me, make(project_id=project_id, parent_id=parent), parent)

    def asked() -> list[int]:
        numbers = []
        for ask in (
            lambda: queries.list_tasks(me, Filters(project_id=project_id)),
            lambda: queries.project_columns(me, project_id),
            lambda: queries.calendar_days(me, TODAY, TODAY),
            lambda: queries.project_tree(me),
        ):
            with statements.counted() as count:
                ask()
            numbers.append(len(count))
        return numbers

    grow(1)
    few = asked()
    grow(5)
    assert asked() == few
