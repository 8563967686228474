"""Moving a task, or a project, to another space: the choice of a place there, and what is said of the move."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.spaces import service as spaces
from trackeep.tasks import queries, service
from trackeep.tasks.queries import ProjectItem
from trackeep.tasks.schemas import BulkIn, ProjectToSpaceIn
from trackeep.tasks.service import BulkDone, BulkVerb, Relocated
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.door import blueprint


@dataclass(frozen=True, slots=True)
class Target:
    """A space to which the visitor may move something, and its projects."""

    id: int
    name: str
    projects: Sequence[ProjectItem]


@blueprint.context_processor
def may_relocate() -> dict[str, bool]:
    """Whether there is more than one space in which the visitor may write."""
    actor = current_actor()
    return {"may_relocate": sum(actor.can_write(space_id) for space_id in actor.roles) > 1}


@blueprint.get("/bulk/space")
def choose_space() -> Response:
    actor = current_actor()
    targets = _targets(actor, without=chosen_space(actor))
    return templating.page("tasks/choices.html", block="targets", targets=targets)


@blueprint.get("/<int:task_id>/space")
def choose_task_space(task_id: int) -> Response:
    actor = current_actor()
    task = queries.get_task(actor, task_id)
    actor.require_write(task.space_id)
    targets = _targets(actor, without=task.space_id)
    return templating.page("tasks/relocate.html", block="choice", task=task, targets=targets)


@blueprint.post("/<int:task_id>/space")
def move_to_space(task_id: int) -> AnyResponse:
    actor = current_actor()
    queries.get_task(actor, task_id)
    given = {"verb": BulkVerb.TO_SPACE.value, "ids": [task_id], **place_of(request.form.get("place", ""))}
    wanted = parse(BulkIn, given)
    done = service.change_many(actor, wanted.selection(), wanted.action())
    undo_url = url_for("tasks.undo_change", undo_id=done.undo_id) if done.undo_id else ""
    return told(moved_words(done), undo_url=undo_url, task_id=task_id, back=url_for("tasks.show", task_id=task_id))


@blueprint.get("/projects/<int:project_id>/space")
def choose_project_space(project_id: int) -> Response:
    """With ``undo_id`` it says that the project has moved and what was cut, and offers the way back."""
    actor = current_actor()
    project = queries.get_project(actor, project_id)
    actor.require_write(project.space_id)
    names = {space.id: space.name for space in spaces.spaces_of(actor)}
    return templating.page(
        "tasks/relocate_project.html",
        project=project,
        targets=_targets(actor, without=project.space_id),
        here=names.get(project.space_id, ""),
        undo_id=request.args.get("undo_id", type=int),
        cut=cut_words(*(max(0, request.args.get(name, 0, type=int)) for name in ("untied", "unassigned"))),
    )


@blueprint.post("/projects/<int:project_id>/space")
def move_project_to_space(project_id: int) -> AnyResponse:
    actor = current_actor()
    queries.get_project(actor, project_id)
    space_id = parse(ProjectToSpaceIn, {"space_id": request.form.get("space_id", "")}).space_id
    done = service.move_project(actor, project_id, space_id)
    told_there: dict[str, Any] = {"undo_id": done.undo_id, "untied": done.untied, "unassigned": done.unassigned}
    return redirect(url_for("tasks.choose_project_space", project_id=project_id, **told_there), 303)


def place_of(text: str) -> dict[str, object]:
    """What a form names a place: the space, and behind a colon the project in it. Raises Invalid for none."""
    space_id, _sign, project_id = text.partition(":")
    if not space_id:
        raise Invalid(_("Choose a space."))
    return {"space_id": space_id, **({"project_id": project_id} if project_id else {})}


def moved_words(done: BulkDone | Relocated) -> str:
    if not done.changed:
        return str(_("Nothing to move: they are in that space already."))
    words = str(ngettext("%(num)d task moved.", "%(num)d tasks moved.", done.changed))
    return f"{words} {cut_words(done.untied, done.unassigned)}".rstrip()


def cut_words(untied: int, unassigned: int) -> str:
    """What did not go along; nothing when all did."""
    words = []
    if untied:
        words.append(
            ngettext(
                "%(num)d dependency on tasks that stay was removed.",
                "%(num)d dependencies on tasks that stay were removed.",
                untied,
            )
        )
    if unassigned:
        words.append(
            ngettext(
                "%(num)d is given to nobody now: the person is not in that space.",
                "%(num)d are given to nobody now: these people are not in that space.",
                unassigned,
            )
        )
    return " ".join(map(str, words))


def _targets(actor: Actor, *, without: int | None = None) -> list[Target]:
    writable = [each for each in spaces.spaces_of(actor) if actor.can_write(each.id) and each.id != without]
    tree = queries.project_tree(actor)
    return [Target(each.id, each.name, [node for node in tree if node.space_id == each.id]) for each in writable]
