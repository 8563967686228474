"""Moves to another space and other changes at once: nobody waits in a circle, and nothing crosses the border."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from tests.tasks.conftest import Team
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import TrackeepError
from trackeep.core.objects import Object
from trackeep.core.search_index import SearchDocument
from trackeep.tags.models import ObjectTag, Tag
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import Move, ProjectDraft, TaskDraft
from trackeep.tasks.models import Project, Section, Task, TaskDependency
from trackeep.tasks.service import BulkAction, BulkVerb, Selection

WORKERS, ROUNDS = 6, 20
Work = Callable[[Actor, random.Random, Sequence[int], Sequence[int], Sequence[int]], object]


def move(actor: Actor, dice: random.Random, spaces: Sequence[int], tasks: Sequence[int], _projects: object) -> object:
    action = BulkAction(verb=BulkVerb.TO_SPACE, space_id=dice.choice(spaces))
    done = service.change_many(actor, Selection(ids=dice.sample(tasks, 4)), action)
    return service.undo_change(actor, done.undo_id) if done.undo_id and dice.random() < 0.4 else None


def move_project(
    actor: Actor, dice: random.Random, spaces: Sequence[int], _tasks: object, projects: Sequence[int]
) -> object:
    done = service.move_project(actor, dice.choice(projects), dice.choice(spaces))
    return service.undo_change(actor, done.undo_id) if done.undo_id and dice.random() < 0.4 else None


def edit(actor: Actor, dice: random.Random, _spaces: object, tasks: Sequence[int], _projects: object) -> None:
    task_id = dice.choice(tasks)
    service.edit_task(actor, task_id, {"progress": 50, "tags": dice.sample(["a", "b", "c"], 2)})


def tie(actor: Actor, dice: random.Random, _spaces: object, tasks: Sequence[int], _projects: object) -> None:
    task_id, other = dice.sample(tasks, 2)
    service.add_dependency(actor, task_id, other)


def nest(actor: Actor, dice: random.Random, _spaces: object, tasks: Sequence[int], projects: Sequence[int]) -> None:
    wanted: Move = {"parent_id": dice.choice(tasks)} if dice.random() < 0.5 else {"project_id": dice.choice(projects)}
    service.move_task(actor, dice.choice(tasks), wanted)


WORKS: Sequence[Work] = (move, move_project, edit, tie, nest)


def test_nothing_crosses_the_border_whoever_moves_and_edits_at_once(team: Team) -> None:
    me = team.owner.actor
    spaces = (team.id, team.owner.space_id)
    tasks = [*service.create_tasks(me, team.id, [TaskDraft(title=f"Task {at}", tags=["a"]) for at in range(10)])]
    projects = [service.create_project(me, space_id, ProjectDraft(name="Project")) for space_id in spaces * 2]
    for project_id in projects:
        service.create_section(me, project_id, "Section")

    def work(seed: int) -> None:
        dice = random.Random(seed)
        for _round in range(ROUNDS):
            try:
                dice.choice(WORKS)(me, dice, spaces, tasks, projects)
            except TrackeepError:
                pass  # somebody was faster
            finally:
                db.release()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))

    assert across(Task.parent_id, Task) == across(Task.project_id, Project) == across(Task.section_id, Section) == 0
    assert across(Task.next_id, Task) == 0
    blocker, blocked = aliased(Task), aliased(Task)
    tied = select(func.count()).select_from(TaskDependency).join(blocker, blocker.id == TaskDependency.blocker_id)
    tied = tied.join(blocked, blocked.id == TaskDependency.blocked_id).where(blocker.space_id != blocked.space_id)
    assert db.session().scalar(tied) == 0
    strange = select(func.count()).select_from(SearchDocument).join(Task, Task.id == SearchDocument.object_id)
    assert db.session().scalar(strange.where(SearchDocument.space_id != Task.space_id)) == 0
    live = select(ObjectTag.tag_id, func.count()).join(Object, Object.id == ObjectTag.object_id)
    counted = dict(db.session().execute(live.where(Object.deleted_at.is_(None)).group_by(ObjectTag.tag_id)).all())
    shown = dict(db.session().execute(select(Tag.id, Tag.uses)).all())
    assert shown == {tag_id: counted.get(tag_id, 0) for tag_id in shown}
    assert len(queries.get_tasks(me, tasks)) == len(tasks)


def across(column: db.IdColumn, table: type[Task | Project | Section]) -> int:
    """How many tasks have to do with something of another space."""
    other = aliased(table)
    query = select(func.count()).select_from(Task).join(other, other.id == column)
    return db.session().scalar(query.where(other.space_id != Task.space_id)) or 0
