"""Moving tasks about: places, parents, projects, and waiting for each other."""

from typing import Any

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.errors import DependencyCircle, TaskCircle
from trackeep.tasks.filters import Filters, Sort, View
from trackeep.tasks.states import Status


def order(me: Actor, team: Team, **parts: Any) -> list[str]:
    filters = Filters(**{"space_id": team.id, "view": View.INBOX, **parts})
    return [item.title for item in queries.list_tasks(me, filters, sort=Sort.MANUAL).items]


def test_a_task_comes_between_two_others(team: Team, me: Actor, make: Make) -> None:
    first, second, third = make("1"), make("2"), make("3")
    service.move_task(me, third, {"after_id": first, "before_id": second})
    assert order(me, team) == ["1", "3", "2"]
    service.move_task(me, second, {"before_id": first})
    assert order(me, team) == ["2", "1", "3"]
    service.move_task(me, second, {"after_id": third})
    assert order(me, team) == ["1", "3", "2"]


def test_one_place_takes_any_number_of_newcomers(team: Team, me: Actor, make: Make) -> None:
    first, last = make("first"), make("last")
    titles = [str(number) for number in range(60)]
    for title in titles:
        service.move_task(me, make(title), {"after_id": first})
    assert order(me, team) == ["first", *reversed(titles[11:]), *reversed(titles[:11]), "last"][:50]
    service.move_task(me, last, {"before_id": first})
    assert order(me, team)[:2] == ["last", "first"]


def test_what_is_below_goes_along(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id = project()
    section_id = service.create_section(me, project_id, "Soon")
    parent = make("Parent")
    child = make("Child", parent_id=parent)
    service.move_task(me, parent, {"project_id": project_id, "section_id": section_id})
    moved = queries.get_task(me, parent)
    assert (moved.project_id, moved.section_id) == (project_id, section_id)
    assert queries.get_task(me, child).project_id == project_id
    service.move_task(me, child, {"parent_id": None})
    assert queries.get_task(me, child).parent_id is None


def test_a_card_comes_to_another_column(me: Actor, make: Make, project: Make) -> None:
    project_id = project()
    task_id, other = make(project_id=project_id), make(project_id=project_id, status=Status.IN_PROGRESS)
    service.move_task(me, task_id, {"status": Status.IN_PROGRESS, "after_id": other})
    columns = queries.project_columns(me, project_id, by=queries.BoardBy.STATUS)
    assert [[card.id for card in column.cards] for column in columns] == [[], [other, task_id], []]


def test_no_task_comes_to_be_below_itself(me: Actor, make: Make) -> None:
    top = make("Top")
    middle = make("Middle", parent_id=top)
    bottom = make("Bottom", parent_id=middle)
    for parent in (top, middle, bottom):
        with pytest.raises(TaskCircle):
            service.move_task(me, top, {"parent_id": parent})


def test_places_of_others_are_unknown(team: Team, me: Actor, make: Make, project: Make) -> None:
    mine = service.create_task(me, team.owner.space_id, service.TaskDraft(title="Mine"))
    for move in ({"project_id": project()}, {"parent_id": make()}, {"after_id": make()}, {"project_id": 1}):
        with pytest.raises(NotFound):
            service.move_task(me, mine, move)  # type: ignore[arg-type]  # ids only


def test_a_task_waits_until_the_other_is_finished(me: Actor, make: Make) -> None:
    task_id, blocker = make("Paint"), make("Buy paint")
    service.add_dependency(me, task_id, blocker)
    service.add_dependency(me, task_id, blocker)
    assert queries.get_task(me, task_id).blocked
    found = queries.dependencies(me, task_id)
    assert [item.id for item in found.blockers] == [blocker]
    service.complete_task(me, blocker)
    assert not queries.get_task(me, task_id).blocked
    service.remove_dependency(me, task_id, blocker)
    with pytest.raises(NotFound):
        service.remove_dependency(me, task_id, blocker)


def test_no_task_waits_for_itself_over_others(team: Team, me: Actor, make: Make) -> None:
    first, second, third = make(), make(), make()
    service.add_dependency(me, first, second)
    service.add_dependency(me, second, third)
    for blocked, blocker in ((third, first), (second, first), (first, first)):
        with pytest.raises(DependencyCircle):
            service.add_dependency(me, blocked, blocker)
    mine = service.create_task(me, team.owner.space_id, service.TaskDraft(title="Mine"))
    with pytest.raises(NotFound):
        service.add_dependency(me, first, mine)
