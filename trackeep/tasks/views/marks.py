"""One click on one task: done, open again, a new name, another place, the trash and back."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import Move, TaskChanges
from trackeep.tasks.errors import OpenSubtasks
from trackeep.tasks.schemas import TaskMoveIn
from trackeep.tasks.service import BulkAction, BulkVerb, Selection
from trackeep.tasks.states import Children
from trackeep.tasks.views.answers import asked, told
from trackeep.tasks.views.bulk import words_of
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.tabs import tabs_again
from trackeep.tasks.wording import due_of, today_in


@blueprint.post("/<int:task_id>/done")
def finish(task_id: int) -> AnyResponse:
    actor = current_actor()
    if request.values.get("done") == "0":
        service.reopen_task(actor, task_id)
        return told(_("Open again"), task_id=task_id)
    if request.form.get("children") in set(Children):
        return _finish_tree(task_id, Children(request.form["children"]), giving_up="giving_up" in request.form)
    try:
        following = service.complete_task(actor, task_id)
    except OpenSubtasks:
        return asked(task_id)
    words = _finished_words(actor, following)
    undo_url = url_for("tasks.finish", task_id=task_id, done="0")
    answer = tabs_again(actor) if request.form.get("part") == "list" and following is None else None
    return told(words, undo_url=undo_url, response=answer, task_id=task_id, redraw=answer is None)


@blueprint.get("/<int:task_id>/done")
def ask_children(task_id: int) -> Response:
    """What becomes of open tasks below one that is finished or, ``giving_up``, given up: in a dialog, or on a page."""
    actor = current_actor()
    task = queries.get_task(actor, task_id)
    actor.require_write(task.space_id)
    return templating.page("tasks/finish.html", block="choice", task=task, giving_up="giving_up" in request.args)


@blueprint.post("/<int:task_id>/title")
def rename(task_id: int) -> AnyResponse:
    """Refused with both texts when somebody renamed it meanwhile."""
    changes: TaskChanges = {"title": request.form.get("title", "")}
    service.edit_task(current_actor(), task_id, changes, version=request.form.get("version", type=int))
    return told(task_id=task_id)


@blueprint.post("/<int:task_id>/move")
def move(task_id: int) -> AnyResponse:
    """To another place in the order, below another task, or into a section."""
    form = request.form
    given: dict[str, object] = {name: form[name] for name in ("after_id", "before_id") if form.get(name)}
    given |= {name: form[name] or None for name in ("parent_id", "section_id", "project_id") if name in form}
    wanted: Move = parse(TaskMoveIn, given).move()
    service.move_task(current_actor(), task_id, wanted)
    return told(task_id=task_id)


@blueprint.post("/<int:task_id>/trash")
def trash(task_id: int) -> AnyResponse:
    actor = current_actor()
    queries.get_task(actor, task_id)
    service.trash_tasks(actor, [task_id])
    answer = tabs_again(actor) if request.form.get("part") == "list" else None
    undo_url = url_for("tasks.restore", task_id=task_id)
    return told(_("Moved to the trash"), undo_url=undo_url, response=answer, redraw=answer is None, close=True)


@blueprint.post("/<int:task_id>/restore")
def restore(task_id: int) -> AnyResponse:
    service.restore_tasks(current_actor(), [task_id])
    return told(_("It is back"))


def _finish_tree(task_id: int, children: Children, *, giving_up: bool) -> AnyResponse:
    """With what is below, or without: one change that is taken back as a whole."""
    action = BulkAction(verb=BulkVerb.CANCEL if giving_up else BulkVerb.COMPLETE, children=children)
    done = service.change_many(current_actor(), Selection(ids=[task_id]), action)
    undo_url = url_for("tasks.undo_change", undo_id=done.undo_id) if done.undo_id else ""
    return told(words_of(action.verb, done), undo_url=undo_url, task_id=task_id)


def _finished_words(actor: Actor, following: int | None) -> str:
    if following is None:
        return str(_("Done"))
    item = queries.get_task(actor, following)
    due = due_of(item.due_on, item.due_at, today_in(actor.time_zone))
    return str(_("Done. Next time: %(day)s", day=due.words)) if due else str(_("Done"))
