"""Tasks and whole projects that move to another space, what is cut on the way, and the way back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.statements import counted
from tests.tasks.conftest import Make, Team
from trackeep.core import db, references, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from trackeep.core.objects import take_turn_where
from trackeep.spaces import service as spaces
from trackeep.tags import queries as tag_queries
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ReminderDraft, TaskDraft
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.models import Project, Section, Task, TaskDependency, TaskReminder
from trackeep.tasks.service import BulkAction, BulkDone, BulkVerb, Selection
from trackeep.tasks.service.relocating import belonging

LATER = datetime(2030, 1, 1, 9, tzinfo=UTC)


def move(actor: Actor, ids: list[int], space_id: int | None, project_id: int | None = None) -> BulkDone:
    action = BulkAction(verb=BulkVerb.TO_SPACE, space_id=space_id, project_id=project_id)
    return service.change_many(actor, Selection(ids=ids), action)


def everything() -> Mapping[str, Any]:
    """The rows themselves, without what a move leaves behind: versions."""
    session = db.session()
    found: dict[str, Any] = {}
    for table in (Task, Project, Section, TaskDependency):
        rows = session.execute(select(*table.__table__.columns)).all()
        found[table.__tablename__] = sorted(map(repr, rows))
    columns = (TaskReminder.task_id, TaskReminder.user_id, TaskReminder.at, TaskReminder.minutes_before)
    found["reminders"] = sorted(map(repr, session.execute(select(*columns, TaskReminder.fired_at)).all()))
    documents = select(search_index.SearchDocument.object_id, search_index.SearchDocument.space_id)
    found["documents"] = sorted(map(tuple, session.execute(documents).all()))
    return found


def tag_uses(actor: Actor, space_id: int) -> dict[str, int]:
    return {tag.name: tag.uses for tag in tag_queries.list_tags(actor, space_id=space_id).items if tag.uses}


def test_a_task_moves_with_all_that_is_below_and_back(team: Team, me: Actor, make: Make, project: Make) -> None:
    place = project()
    section = service.create_section(me, place, "Soon")
    above = make("Above", project_id=place)
    top = make("Top", parent_id=above, tags=["errands", "home"], due_at=LATER, assignee_id=team.member.id)
    child = make("Child", parent_id=top, assignee_id=team.owner.id, tags=["errands"])
    grandchild = make("Grandchild", parent_id=child)
    gone = make("Thrown away", parent_id=child, tags=["home"])
    service.trash_tasks(me, [gone])
    blocker, waiting = make("Blocker"), make("Waiting", project_id=place, section_id=section)
    service.add_dependency(me, child, blocker)
    service.add_dependency(me, waiting, top)
    service.add_dependency(me, grandchild, top)
    for person in (team.owner, team.member):
        service.add_reminder(person.actor, top, ReminderDraft(minutes_before=10))
    service.write_comment(team.member.actor, top, "A word")
    with db.unit_of_work():
        references.connect(me, top, waiting, "why")
    before, uses = everything(), tag_uses(me, team.id)

    done = move(me, [top], team.owner.space_id)

    assert (done.matched, done.changed, done.untied, done.unassigned) == (1, 3, 2, 1)
    found = {task_id: queries.get_task(me, task_id) for task_id in (top, child, grandchild)}
    assert {each.space_id for each in found.values()} == {team.owner.space_id}
    assert [each.parent_id for each in found.values()] == [None, top, child]
    assert [each.project_id for each in found.values()] == [None] * 3
    assert [each.assignee_id for each in found.values()] == [None, team.owner.id, None]
    assert [tag.name for tag in found[top].tags] == ["errands", "home"]
    assert tag_uses(me, team.owner.space_id) == {"errands": 2, "home": 1}
    assert tag_uses(me, team.id) == {}
    assert queries.dependencies(me, child).blockers == []
    assert [each.id for each in queries.dependencies(me, grandchild).blockers] == [top]
    assert len(queries.reminders(me, top)) == 1
    kept = select(TaskReminder.user_id).where(TaskReminder.task_id == top)
    assert db.session().scalars(kept).all() == [team.owner.id]
    assert [each.body for each in queries.comments(me, top).items] == ["A word"]
    assert references.referred_among(top, [waiting]) == {waiting}
    with pytest.raises(NotFound):
        queries.get_task(team.member.actor, top)
    inbox = Filters(space_id=team.owner.space_id, view=View.INBOX)
    assert [each.id for each in queries.list_tasks(me, inbox).items] == [top]
    assert [hit.id for hit in queries.find_tasks(me, "Grandchild", 5)] == [grandchild]
    assert not queries.find_tasks(team.member.actor, "Grandchild", 5)

    undone = service.undo_change(me, done.undo_id or 0)

    assert (undone.restored, undone.kept) == (4, ())
    assert everything() == before
    assert tag_uses(me, team.id) == uses
    assert tag_uses(me, team.owner.space_id) == {}
    with pytest.raises(Gone):
        service.undo_change(me, done.undo_id or 0)


def test_what_lay_in_the_trash_comes_out_where_its_task_is(team: Team, me: Actor, make: Make) -> None:
    parent = make("Parent")
    gone = make("Gone", parent_id=parent, tags=["one"])
    service.trash_tasks(me, [gone])
    done = move(me, [parent], team.owner.space_id)
    assert service.restore_tasks(me, [gone]) == 1
    found = queries.get_task(me, gone)
    assert (found.space_id, found.parent_id) == (team.owner.space_id, parent)
    assert tag_uses(me, team.owner.space_id) == {"one": 1}
    service.undo_change(me, done.undo_id or 0)
    assert queries.get_task(me, gone).space_id == team.id
    assert tag_uses(me, team.id) == {"one": 1}


def test_tasks_land_in_a_project_in_their_order(team: Team, me: Actor, make: Make) -> None:
    mine = service.create_project(me, team.owner.space_id, service.ProjectDraft(name="Mine"))
    there = service.create_task(me, team.owner.space_id, TaskDraft(title="There", project_id=mine))
    parent = make("Parent")
    ids = [make("Child", parent_id=parent), parent, make("Other")]
    move(me, ids, team.owner.space_id, mine)
    rows = [queries.get_task(me, task_id) for task_id in (there, *sorted(ids))]
    assert [row.project_id for row in rows] == [mine] * 4
    assert sorted(rows, key=lambda row: row.position) == rows
    assert queries.get_task(me, ids[0]).parent_id == parent


def test_what_is_there_already_stays_and_a_project_elsewhere_is_refused(
    team: Team, me: Actor, make: Make, project: Make
) -> None:
    task_id, elsewhere = make(), project()
    done = move(me, [task_id], team.id)
    assert (done.matched, done.changed, done.undo_id) == (1, 0, None)
    with pytest.raises(NotFound):
        move(me, [task_id], team.owner.space_id, elsewhere)
    with pytest.raises(Invalid):
        move(me, [task_id], None)


def test_only_who_may_write_in_both_moves(team: Team, make: Make, project: Make) -> None:
    task_id, place = make(), project()
    own = service.create_task(team.viewer.actor, team.viewer.space_id, TaskDraft(title="Own"))
    with pytest.raises(Forbidden, match="may only read in that space"):
        move(team.viewer.actor, [own], team.id)
    with pytest.raises(Forbidden):
        move(team.viewer.actor, [task_id], team.viewer.space_id)
    with pytest.raises(Forbidden):
        service.move_project(team.viewer.actor, place, team.viewer.space_id)
    for target in (team.stranger.space_id, team.id):
        with pytest.raises(NotFound):
            move(team.stranger.actor, [task_id], target)
    with pytest.raises(NotFound):
        move(team.member.actor, [task_id], team.stranger.space_id)
    with pytest.raises(NotFound):
        service.move_project(team.stranger.actor, place, team.stranger.space_id)
    with pytest.raises(NotFound):
        service.move_project(team.member.actor, place, team.stranger.space_id)


def test_a_project_moves_with_all_that_is_in_it_and_back(team: Team, me: Actor, make: Make, project: Make) -> None:
    outer = project("Outer")
    moved = project("Moved", parent_id=outer, colour="teal")
    inner, gone = project("Inner", parent_id=moved), project("Gone", parent_id=moved)
    section = service.create_section(me, inner, "Soon")
    task_id = make("Task", project_id=inner, section_id=section, tags=["one"], assignee_id=team.member.id)
    child = make("Child", parent_id=task_id)
    staying = make("Staying", project_id=outer)
    service.add_dependency(me, staying, child)
    make("In the trash", project_id=gone)
    service.trash_project(me, gone)
    service.create_project(me, team.owner.space_id, service.ProjectDraft(name="First"))
    outlet = service.create_outlet(me, service.OutletDraft(name="Mine", shape=service.Shape.TASKS, project_id=inner))
    before = everything()

    done = service.move_project(me, moved, team.owner.space_id)

    assert (done.changed, done.untied, done.unassigned) == (2, 1, 1)
    tree = queries.project_tree(me, team.owner.space_id)
    assert [each.path for each in tree] == [("First",), ("Moved",), ("Moved", "Inner")]
    assert [each.path for each in queries.project_tree(me, team.id)] == [("Outer",)]
    found = queries.get_task(me, task_id)
    assert (found.space_id, found.project_id, found.section_id) == (team.owner.space_id, inner, section)
    assert [each.name for each in queries.sections_of(me, inner)] == ["Soon"]
    assert queries.get_section(me, section).project_id == inner
    assert service.published(outlet.secret) is not None
    with pytest.raises(NotFound):
        queries.get_project(team.member.actor, moved)

    undone = service.undo_change(me, done.undo_id or 0)

    assert undone.kept == ()
    assert everything() == before
    assert service.restore_projects(me, [gone]) == 1
    assert [each.path for each in queries.project_tree(me, team.id)][-1] == ("Outer", "Moved", "Gone")


def test_a_project_that_is_there_already_stays(team: Team, me: Actor, project: Make) -> None:
    done = service.move_project(me, project(), team.id)
    assert (done.changed, done.undo_id) == (0, None)


def test_what_was_edited_below_goes_back_along_and_what_was_edited_itself_stays(
    team: Team, me: Actor, make: Make
) -> None:
    first, second = make("First"), make("Second")
    below, under = make("Below", parent_id=first), make("Under", parent_id=second)
    done = move(me, [first, second], team.owner.space_id)
    service.edit_task(me, below, {"progress": 50})
    service.edit_task(me, second, {"progress": 50})
    added = service.create_task(me, team.owner.space_id, TaskDraft(title="Added", parent_id=first))
    undone = service.undo_change(me, done.undo_id or 0)
    assert undone.kept == (second, under)
    places = {task_id: queries.get_task(me, task_id).space_id for task_id in (first, below, added, second, under)}
    assert places == {
        **dict.fromkeys((first, below, added), team.id),
        **dict.fromkeys((second, under), team.owner.space_id),
    }
    assert queries.get_task(me, below).progress == 50
    assert queries.get_task(me, added).parent_id == first


def test_the_way_back_closes_no_circle(team: Team, me: Actor, make: Make) -> None:
    above = make("Above")
    task_id, other = make("Task", parent_id=above), make("Other")
    service.add_dependency(me, task_id, other)
    done = move(me, [task_id], team.owner.space_id)
    move(me, [above, other], team.owner.space_id)
    service.move_task(me, above, {"parent_id": task_id})
    service.add_dependency(me, other, above)
    service.undo_change(me, done.undo_id or 0)
    assert queries.get_task(me, task_id).parent_id is None
    assert queries.get_task(me, above).parent_id == task_id
    assert {each.space_id for each in queries.get_tasks(me, [task_id, above]).values()} == {team.id}
    assert queries.dependencies(me, task_id).blockers == []


def test_dependencies_that_would_close_a_circle_do_not_come_back(team: Team, me: Actor, make: Make) -> None:
    task_id, first, last = make("Task"), make("First"), make("Last")
    service.add_dependency(me, task_id, first)
    service.add_dependency(me, last, task_id)
    done = move(me, [task_id], team.owner.space_id)
    service.add_dependency(me, first, last)
    service.undo_change(me, done.undo_id or 0)
    waiting = queries.dependencies(me, task_id)
    assert len([*waiting.blockers, *waiting.blocked]) == 1


def test_an_older_change_does_not_lead_back_across_the_border(team: Team, me: Actor, make: Make, project: Make) -> None:
    place = project()
    task_id = make(project_id=place)
    former = service.change_many(me, Selection(ids=[task_id]), BulkAction(verb=BulkVerb.MOVE))
    service.move_project(me, place, team.owner.space_id)
    service.undo_change(me, former.undo_id or 0)
    assert queries.get_task(me, task_id).project_id is None


def test_the_next_of_a_repeating_task_may_stay(team: Team, me: Actor, make: Make) -> None:
    task_id = make(due_at=LATER, recurrence="FREQ=DAILY")
    following = service.complete_task(me, task_id)
    assert following is not None
    before = everything()
    done = move(me, [following], team.owner.space_id)
    assert queries.get_task(me, task_id).next_id is None
    service.undo_change(me, done.undo_id or 0)
    assert everything() == before
    again = move(me, [task_id], team.owner.space_id)
    assert queries.get_task(me, task_id).next_id is None
    service.undo_change(me, again.undo_id or 0)
    assert everything() == before


def test_nobody_takes_back_where_they_may_no_longer_write(team: Team, make: Make) -> None:
    task_id = make()
    done = move(team.member.actor, [task_id], team.member.space_id)
    spaces.remove_member(team.owner.actor, team.id, user_id=team.member.id)
    with pytest.raises(NotFound):
        service.undo_change(team.member.actor, done.undo_id or 0)
    with pytest.raises(NotFound):
        service.undo_change(team.owner.actor, done.undo_id or 0)
    assert queries.get_task(team.member.actor, task_id).space_id == team.member.space_id


def test_too_many_are_refused_before_anything_moves(
    team: Team, me: Actor, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(belonging, "MOST", 2)
    parent = make()
    for _number in range(2):
        make(parent_id=parent)
    with pytest.raises(Invalid, match="At most 2 tasks"):
        move(me, [parent], team.owner.space_id)
    assert queries.get_task(me, parent).space_id == team.id


def test_who_writes_to_what_has_just_moved_is_told(team: Team, me: Actor, make: Make) -> None:
    task_id = make()
    move(me, [task_id], team.owner.space_id)
    with pytest.raises(Conflict, match="another space"), db.unit_of_work():
        take_turn_where(team.id, task_id)


def test_many_take_as_many_statements_as_a_few(team: Team, me: Actor) -> None:
    def cost(number: int) -> tuple[int, int]:
        drafts = [TaskDraft(title=f"Task {at}", tags=["one"], assignee_id=team.member.id) for at in range(number)]
        ids = list(service.create_tasks(me, team.id, drafts))
        service.create_tasks(me, team.id, [TaskDraft(title="Below", parent_id=ids[0])])
        with counted() as there:
            done = move(me, ids, team.owner.space_id)
        with counted() as back:
            service.undo_change(me, done.undo_id or 0)
        return len(there), len(back)

    cost(1)
    assert cost(498) == cost(3)
