"""The field above each list: a line becomes a task, and what is understood is shown while it is typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.shell import week_start_of
from trackeep.tasks import queries, service
from trackeep.tasks.filters import View
from trackeep.tasks.line import MAX_LINE, Span
from trackeep.tasks.schemas import ProjectIn
from trackeep.tasks.service import Missing, Place
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.wording import due_of, facts, missing_words, today_in

TOO_LARGE_ID = 2**63


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the line; ``kind`` is what it means, empty for the title."""

    text: str
    kind: str = ""


@blueprint.get("/line")
def preview_line() -> Response:
    actor = current_actor()
    text = request.args.get("text", "")[:MAX_LINE]
    space_id, place = _place(actor)
    reading = service.read_line(actor, space_id, text, place, week_start=week_start_of(actor))
    return templating.page(
        "tasks/line.html",
        block="preview",
        pieces=list(pieces(text, reading.spans)),
        facts=facts(actor, reading.draft) if reading.draft.title else [],
        hints=[(missing_words(each.kind, each.name), _makes(actor, space_id, each)) for each in reading.missing],
    )


@blueprint.post("/line/project")
def make_project() -> AnyResponse:
    """The project that a line names and nobody has made yet, in the space that the line is for."""
    actor = current_actor()
    name = parse(ProjectIn, {"name": request.form.get("name", "")}).name
    space_id, _there = _place(actor)
    project_id = service.make_named_project(actor, space_id, name)
    words = _("The project “%(name)s” is there now.", name=name)
    undo_url = url_for("tasks.trash_project", project_id=project_id) if project_id is not None else ""
    return told(words, undo_url=undo_url, redraw=False)


@blueprint.post("")
def add() -> AnyResponse:
    actor = current_actor()
    text = request.form.get("text", "")
    space_id, place = _place(actor)
    try:
        task_id = service.add_line(actor, space_id, text, place, week_start=week_start_of(actor))
    except Invalid as error:
        raise Invalid(fields={"text": error.fields.get("title", [error.detail])}) from error
    item = queries.get_task(actor, task_id)
    due = due_of(item.due_on, item.due_at, today_in(actor.time_zone))
    told_due = _("Added, due %(day)s", day=due.words.lower()) if due else _("Added")
    return told(told_due, undo_url=url_for("tasks.trash", task_id=task_id), task_id=item.parent_id)


def _place(actor: Actor) -> tuple[int, Place]:
    """The space and place that the field stands at; a project or parent decides the space."""
    project_id, section_id, parent_id = (_number(name) for name in ("project_id", "section_id", "parent_id"))
    due_on = today_in(actor.time_zone).day if request.values.get("view") == View.TODAY.value else None
    place = Place(project_id=project_id, section_id=section_id, parent_id=parent_id, due_on=due_on)
    if parent_id is not None:
        return queries.get_task(actor, parent_id).space_id, place
    if project_id is not None:
        return queries.get_project(actor, project_id).space_id, place
    return target_space(actor), place


def _makes(actor: Actor, space_id: int, missing: Missing) -> str:
    """The name of a project that may be made at once; empty for what may not."""
    return missing.name if missing.kind == "project" and actor.can_write(space_id) else ""


def _number(name: str) -> int | None:
    number = request.values.get(name, type=int)
    return number if number and 0 < number < TOO_LARGE_ID else None


def pieces(text: str, spans: Sequence[Span]) -> Iterator[Piece]:
    """The whole line again, cut where its meaning changes."""
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > at:
            yield Piece(text[at : span.start])
        yield Piece(text[span.start : span.end], span.kind)
        at = span.end
    if at < len(text):
        yield Piece(text[at:])
