"""Changing a task in its details: its texts by a form with a version, each other part by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import markdown, templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Invalid
from trackeep.core.i18n import Text
from trackeep.core.web.identity import current_actor
from trackeep.core.web.shell import week_start_of
from trackeep.tags import service as tags
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import Move, TaskChanges
from trackeep.tasks.errors import OpenSubtasks
from trackeep.tasks.queries import TaskItem
from trackeep.tasks.states import Priority, RecursFrom, Status
from trackeep.tasks.views.answers import asked, told
from trackeep.tasks.views.details import address, shown_again
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.forms import typed_rule

NO_ERRORS: Mapping[str, Sequence[Text]] = {}
MAX_ID = 2**63


@dataclass(frozen=True, slots=True)
class Clash:
    """Both versions after two people, or two tabs, wrote at once."""

    yours: str
    theirs: str
    version: int


@blueprint.get("/<int:task_id>/edit")
def edit(task_id: int) -> Response:
    actor = current_actor()
    item = queries.get_task(actor, task_id)
    actor.require_write(item.space_id)
    return _form(item, {"title": item.title, "notes": item.notes}, version=item.version)


@blueprint.post("/<int:task_id>")
def change(task_id: int) -> AnyResponse:
    actor = current_actor()
    item = queries.get_task(actor, task_id)
    version = request.form.get("version", type=int)
    typed: TaskChanges = {"title": request.form.get("title", ""), "notes": request.form.get("notes", "")}
    try:
        service.edit_task(actor, task_id, typed, version=version)
    except Conflict:
        fresh = queries.get_task(actor, task_id)
        clash = Clash(_both(typed["title"], typed["notes"]), _both(fresh.title, fresh.notes), fresh.version)
        return _form(item, typed, version=version, status=409, clash=clash)
    except Invalid as error:
        return _form(item, typed, version=version, status=422, errors=error.fields)
    if templating.wants_partial():
        return shown_again(actor, task_id)
    return redirect(address(task_id), 303)


@blueprint.post("/notes/preview")
def preview_notes() -> Response:
    """What the editor shows beside the text."""
    return Response(str(markdown.render(request.form.get("text", "")).html), mimetype="text/html")


@blueprint.post("/<int:task_id>/parts/<name>")
def set_part(task_id: int, name: str) -> AnyResponse:
    """One field of the details, which saves itself."""
    actor = current_actor()
    item = queries.get_task(actor, task_id)
    actor.require_write(item.space_id)
    if name not in PARTS:
        raise Invalid(fields={"": [_("A task has no such part.")]})
    if request.form.get(name) == "own" and not request.form.get("own", "").strip():
        # Another rhythm was chosen, but is not written yet.
        return told(back=address(task_id), redraw=False)
    try:
        PARTS[name](actor, item, request.form.get(name, ""))
    except OpenSubtasks:
        return asked(task_id, giving_up=request.form.get(name) == Status.CANCELLED)
    return told(task_id=task_id, back=address(task_id))


def _set_status(actor: Actor, item: TaskItem, text: str) -> None:
    if text not in set(Status):
        raise Invalid(fields={"status": [_("Choose one of the list.")]})
    status = Status(text)
    if status is Status.DONE:
        service.complete_task(actor, item.id)
    elif status is Status.CANCELLED:
        service.cancel_task(actor, item.id)
    else:
        service.reopen_task(actor, item.id, status)


def _set_priority(actor: Actor, item: TaskItem, text: str) -> None:
    number = _number("priority", text) or 0
    if number > Priority.URGENT:
        raise Invalid(fields={"priority": [_("Choose one of the list.")]})
    service.edit_task(actor, item.id, {"priority": Priority(number)})


def _set_repeat(actor: Actor, item: TaskItem, text: str) -> None:
    written = request.form.get("own", "") if text == "own" else text
    origin = RecursFrom.COMPLETION if request.form.get("recurs_from") == "completion" else RecursFrom.DUE
    rule = typed_rule(actor, written, week_start=week_start_of(actor))
    service.edit_task(actor, item.id, {"recurrence": rule, "recurs_from": origin})


def _set_estimate(actor: Actor, item: TaskItem, text: str) -> None:
    service.edit_task(actor, item.id, {"estimate_minutes": _number("estimate_minutes", text)})


def _set_progress(actor: Actor, item: TaskItem, text: str) -> None:
    service.edit_task(actor, item.id, {"progress": _number("progress", text) or 0})


def _set_assignee(actor: Actor, item: TaskItem, text: str) -> None:
    service.edit_task(actor, item.id, {"assignee_id": _number("assignee_id", text)})


def _set_tags(actor: Actor, item: TaskItem, text: str) -> None:
    service.edit_task(actor, item.id, {"tags": tags.listed_names(text)})


def _set_project(actor: Actor, item: TaskItem, text: str) -> None:
    project_id = _number("project_id", text)
    if project_id != item.project_id:
        service.move_task(actor, item.id, Move(project_id=project_id))


def _set_section(actor: Actor, item: TaskItem, text: str) -> None:
    service.move_task(actor, item.id, Move(section_id=_number("section_id", text)))


PARTS: Mapping[str, Callable[[Actor, TaskItem, str], None]] = {
    "status": _set_status,
    "priority": _set_priority,
    "recurrence": _set_repeat,
    "estimate_minutes": _set_estimate,
    "progress": _set_progress,
    "assignee_id": _set_assignee,
    "tags": _set_tags,
    "project_id": _set_project,
    "section_id": _set_section,
}


def _number(name: str, text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) >= MAX_ID:
        raise Invalid(fields={name: [_("Write a whole number.")]})
    return int(text)


def _both(title: str, notes: str) -> str:
    return f"{title}\n\n{notes}".strip()


def _form(
    item: TaskItem,
    values: Mapping[str, object],
    *,
    version: int | None,
    errors: Mapping[str, Sequence[Text]] = NO_ERRORS,
    status: int = 200,
    clash: Clash | None = None,
) -> Response:
    return templating.page(
        "tasks/edit.html",
        block="form",
        status=_shown_status(status),
        item_id=item.id,
        values=values,
        errors=errors,
        version=version,
        clash=clash,
    )


def _shown_status(status: int) -> int:
    """htmx swaps in a form that was refused only as 422."""
    return 422 if status >= 400 and templating.wants_partial() else status
