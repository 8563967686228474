"""Projects and sections, and tasks and projects in the trash."""

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ProjectDraft
from trackeep.tasks.errors import ProjectCircle
from trackeep.tasks.filters import Filters, View
from trackeep.trash import service as trash


def names(me: Actor, team: Team, *, archived: bool = False) -> list[tuple[str, ...]]:
    return [project.path for project in queries.project_tree(me, team.id, archived=archived)]


def test_projects_nest_and_keep_their_order(team: Team, me: Actor, project: Make) -> None:
    home, work = project("Home"), project("Work")
    kitchen = project("Kitchen", parent_id=home)
    assert names(me, team) == [("Home",), ("Home", "Kitchen"), ("Work",)]
    service.edit_project(me, kitchen, {"parent_id": None, "after_id": home})
    service.edit_project(me, work, {"after_id": None, "name": "Job", "colour": "teal"})
    assert names(me, team) == [("Job",), ("Home",), ("Kitchen",)]
    service.edit_project(me, home, {"archived": True})
    assert names(me, team) == [("Job",), ("Kitchen",)]
    assert len(names(me, team, archived=True)) == 3


def test_no_project_comes_to_be_inside_itself(me: Actor, project: Make) -> None:
    top = project("Top")
    bottom = project("Bottom", parent_id=project("Middle", parent_id=top))
    for parent in (top, bottom):
        with pytest.raises(ProjectCircle):
            service.edit_project(me, top, {"parent_id": parent})


def test_bad_names_and_colours_are_refused(team: Team, me: Actor, project: Make) -> None:
    for draft in (ProjectDraft(name=" "), ProjectDraft(name="x" * 201), ProjectDraft(name="A", colour="plaid")):
        with pytest.raises(Invalid):
            service.create_project(me, team.id, draft)
    with pytest.raises(Forbidden):
        service.edit_project(team.viewer.actor, project(), {"name": "Mine"})
    with pytest.raises(NotFound):
        service.edit_project(team.stranger.actor, project(), {"name": "Mine"})


def test_tasks_outlive_their_section(me: Actor, make: Make, project: Make) -> None:
    project_id = project()
    first, second = (service.create_section(me, project_id, name) for name in ("First", "Second"))
    service.edit_section(me, second, {"after_id": None, "name": "Now"})
    assert [section.name for section in queries.sections_of(me, project_id)] == ["Now", "First"]
    task_id = make(project_id=project_id, section_id=first)
    service.delete_section(me, first)
    task = queries.get_task(me, task_id)
    assert (task.project_id, task.section_id) == (project_id, None)


def test_a_project_goes_and_comes_with_all_that_is_in_it(team: Team, me: Actor, make: Make, project: Make) -> None:
    home = project("Home")
    kitchen = project("Kitchen", parent_id=home)
    task_id = make("Sink", project_id=kitchen, tags=["repair"])
    child = make("Screw", parent_id=task_id)
    before = make("Long gone", project_id=home)
    service.trash_tasks(me, [before])
    service.trash_project(me, home)
    assert names(me, team) == []
    assert queries.list_tasks(me, Filters(space_id=team.id, view=View.ALL)).items == []
    assert trash.restore(me, ids=[home]) == 1
    assert names(me, team) == [("Home",), ("Home", "Kitchen")]
    restored = queries.get_task(me, task_id)
    assert (restored.project_id, restored.subtasks) == (kitchen, 1)
    assert queries.get_task(me, child).parent_id == task_id
    with pytest.raises(NotFound):
        queries.get_task(me, before)


def test_what_has_lost_its_place_comes_back_to_the_inbox(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id = project()
    parent = make("Parent", project_id=project_id)
    child = make("Child", parent_id=parent)
    service.trash_project(me, project_id)
    service.restore_tasks(me, [child])
    task = queries.get_task(me, child)
    assert (task.project_id, task.parent_id) == (None, None)
    assert service.purge_projects(me, [project_id]) == 1
    assert service.purge_tasks(me, [parent]) == 1
    assert [item.id for item in queries.list_tasks(me, Filters(space_id=team.id)).items] == [child]


def test_a_task_in_the_trash_is_not_found(team: Team, me: Actor, make: Make) -> None:
    task_id = make("Giraffe", tags=["zoo"])
    service.trash_tasks(me, [task_id])
    assert queries.list_tasks(me, Filters(text="giraffe")).items == []
    service.restore_tasks(me, [task_id])
    assert [item.id for item in queries.list_tasks(me, Filters(text="giraffe", tag="zoo")).items] == [task_id]
    with pytest.raises(NotFound):
        service.trash_tasks(team.stranger.actor, [task_id])


def test_lists_that_somebody_keeps_are_theirs(team: Team, me: Actor, project: Make) -> None:
    filters = Filters(view=View.TODAY, project_id=project(), tag="a")
    filter_id = service.keep_filter(me, " Mine ", filters)
    kept = queries.get_filter(me, filter_id)
    assert (kept.name, kept.filters) == ("Mine", filters)
    service.change_filter(me, filter_id, name="Ours", filters=Filters(text="b"))
    assert queries.kept_filters(me)[0].filters == Filters(text="b")
    for verb in (service.forget_filter, lambda actor, each: service.change_filter(actor, each, name="x")):
        with pytest.raises(NotFound):
            verb(team.member.actor, filter_id)
    with pytest.raises(NotFound):
        service.keep_filter(team.stranger.actor, "Mine", filters)
    service.forget_filter(me, filter_id)
    assert queries.kept_filters(me) == []
