"""Making tasks: what is taken, what is refused, where they come to stand."""

from datetime import UTC, date, datetime

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ReminderDraft, TaskDraft
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.states import Priority, Status


def test_a_task_keeps_all_that_it_was_given(team: Team, me: Actor, make: Make) -> None:
    task_id = make(
        "  Buy   milk ",
        notes="Two *litres*",
        priority=Priority.HIGH,
        due_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
        estimate_minutes=20,
        assignee_id=team.member.id,
        recurrence="FREQ=WEEKLY",
        tags=["Errands"],
        reminders=[ReminderDraft(minutes_before=30)],
    )
    task = queries.get_task(me, task_id)
    assert (task.title, task.notes, task.priority) == ("Buy milk", "Two *litres*", 3)
    assert (task.due_on, task.due_minute) == (date(2026, 12, 1), 570)
    assert (task.status, task.is_open, task.assignee_id) == ("open", True, team.member.id)
    assert [tag.name for tag in task.tags] == ["Errands"]
    assert [reminder.at for reminder in queries.reminders(me, task_id)] == [datetime(2026, 12, 1, 9, 0, tzinfo=UTC)]


def test_tasks_stand_in_the_order_of_their_making(team: Team, me: Actor, make: Make) -> None:
    ids = [make("One"), make("Two"), make("Three")]
    page = queries.list_tasks(me, Filters(view=View.INBOX, space_id=team.id))
    assert [item.id for item in page.items] == ids


def test_a_subtask_is_where_its_parent_is(me: Actor, make: Make, project: Make) -> None:
    project_id = project()
    section_id = service.create_section(me, project_id, "Soon")
    parent = make("Parent", project_id=project_id, section_id=section_id)
    child = queries.get_task(me, make("Child", parent_id=parent))
    assert (child.project_id, child.section_id, child.parent_id) == (project_id, section_id, parent)
    above = queries.get_task(me, parent)
    assert (above.subtasks, above.open_subtasks) == (1, 1)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * 1_001}, "title"),
        ({"notes": "x" * 200_001}, "notes"),
        ({"recurrence": "FREQ=SECONDLY"}, "recurrence"),
        ({"recurrence": "x" * 501}, "recurrence"),
        ({"progress": 101}, "progress"),
        ({"estimate_minutes": -1}, "estimate_minutes"),
        ({"due_on": date(1, 1, 1)}, "due_on"),
        ({"reminders": [ReminderDraft(minutes_before=5)]}, "minutes_before"),
        ({"reminders": [ReminderDraft()]}, "at"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(make: Make, parts: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make(**{"title": "A task", **parts})
    assert list(refused.value.fields) == [field]


def test_only_a_member_of_the_space_is_assigned(team: Team, make: Make) -> None:
    with pytest.raises(Invalid) as refused:
        make(assignee_id=team.stranger.id)
    assert list(refused.value.fields) == ["assignee_id"]


def test_ids_of_another_space_are_unknown(team: Team, me: Actor, make: Make, project: Make) -> None:
    own = team.owner.space_id
    elsewhere, section_id = project(), service.create_section(me, project(), "Soon")
    for parts in ({"project_id": elsewhere}, {"parent_id": make()}, {"section_id": section_id}):
        with pytest.raises(NotFound):
            service.create_task(me, own, TaskDraft(title="A task", **parts))  # type: ignore[arg-type]  # ids only


def test_a_viewer_makes_none_and_a_stranger_sees_no_space(team: Team) -> None:
    with pytest.raises(Forbidden):
        service.create_task(team.viewer.actor, team.id, TaskDraft(title="A task"))
    with pytest.raises(NotFound):
        service.create_task(team.stranger.actor, team.id, TaskDraft(title="A task"))


def test_many_are_made_by_few_statements(team: Team, me: Actor) -> None:
    done = TaskDraft(title="Done", status=Status.DONE, completed_at=datetime(2026, 1, 1, tzinfo=UTC), tags=["a"])
    ids = service.create_tasks(me, team.id, [done, *(TaskDraft(title=f"Task {n}", tags=["b"]) for n in range(20))])
    first = queries.get_task(me, ids[0])
    assert first.completed_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert [tag.name for tag in first.tags] == ["a"]
    assert queries.get_task(me, ids[20]).title == "Task 19"
