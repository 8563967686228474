"""JSON of single tasks and of lists."""

import hashlib

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import cache
from trackeep.core.openapi.document import TAKES_VERSION
from trackeep.core.paging import Page
from trackeep.core.templating import as_json, json_bytes, json_response
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.tasks import queries, service
from trackeep.tasks.api.door import blueprint, expected_version, own_space
from trackeep.tasks.api.shapes import task_shape, task_shapes
from trackeep.tasks.filters import Filters
from trackeep.tasks.queries import TaskItem
from trackeep.tasks.schemas import (
    CountsOut,
    CountsQuery,
    DaysOut,
    FinishIn,
    ListQuery,
    MonthQuery,
    TaskIn,
    TaskMoveIn,
    TaskOut,
    TaskPageOut,
    TaskPatch,
)


@blueprint.get("")
@limited_by(SEARCH, searched("text"))
@blueprint.input(ListQuery, location="query")
@blueprint.output(TaskPageOut)
def list_tasks(query_data: ListQuery) -> Response:
    """List tasks

    The filters all have to hold. ``view`` is one of the lists that everybody has; without ``sort`` it comes in the
    order that fits it. Days are those of your time zone. Go on with ``next_cursor``.
    """
    page = queries.list_tasks(
        current_actor(),
        query_data.filters(),
        sort=query_data.sort,
        cursor=query_data.cursor,
        limit=query_data.limit,
        with_total=query_data.cursor is None,
    )
    return json_bytes(cache.rendering(page, "json", lambda: _page(page)))


def _page(page: Page[TaskItem]) -> bytes:
    return as_json(
        {
            "items": task_shapes(page.items),
            "next_cursor": page.next_cursor,
            "total": page.total,
            "total_capped": page.total_capped,
        }
    )


@blueprint.post("")
@idempotent
@blueprint.input(TaskIn)
@blueprint.output(TaskOut, status_code=201)
def create_task(json_data: TaskIn) -> Response:
    """Make a task"""
    actor = current_actor()
    task_id = service.create_task(actor, json_data.space_id or own_space(actor), json_data.draft())
    response = _answer(queries.get_task(actor, task_id), 201)
    response.headers["Location"] = url_for("tasks_api.show_task", task_id=task_id)
    return response


@blueprint.get("/counts")
@blueprint.input(CountsQuery, location="query")
@blueprint.output(CountsOut)
def count_tasks(query_data: CountsQuery) -> dict[str, int]:
    """Count the tasks in the lists that everybody has"""
    return queries.counts(current_actor(), query_data.space)


@blueprint.get("/calendar")
@blueprint.input(MonthQuery, location="query")
@blueprint.output(DaysOut)
def show_calendar(query_data: MonthQuery) -> Response:
    """Show the tasks of a span of days

    At most 62 days and 1,000 tasks, finished ones too, by day.
    """
    filters = Filters(space_id=query_data.space, project_id=query_data.project)
    days = queries.calendar_days(current_actor(), query_data.first, query_data.last, filters)
    return json_response({"days": {day: task_shapes(items) for day, items in days.items()}})


@blueprint.get("/<int:task_id>")
@blueprint.output(TaskOut)
def show_task(task_id: int) -> AnyResponse:
    """Show a task

    The ``ETag`` begins with its version, for ``If-Match`` when you change it.
    """
    return _answer(queries.get_task(current_actor(), task_id)).make_conditional(request)


@blueprint.patch("/<int:task_id>")
@blueprint.doc(extensions={TAKES_VERSION: True})
@blueprint.input(TaskPatch)
@blueprint.output(TaskOut)
def edit_task(task_id: int, json_data: TaskPatch) -> Response:
    """Change a task

    Only the fields that are sent change. Title and notes need ``If-Match``; a stale version answers 409 with both
    texts.
    """
    actor = current_actor()
    service.edit_task(actor, task_id, json_data.changes(), version=expected_version())
    return _answer(queries.get_task(actor, task_id))


@blueprint.delete("/<int:task_id>")
@blueprint.output({}, status_code=204)
def trash_task(task_id: int) -> str:
    """Move a task and those below it to the trash"""
    actor = current_actor()
    service.trash_tasks(actor, [queries.get_task(actor, task_id).id])
    return ""


@blueprint.post("/<int:task_id>/complete")
@blueprint.input(FinishIn)
@blueprint.output(TaskOut)
def complete_task(task_id: int, json_data: FinishIn) -> Response:
    """Complete a task

    Open tasks below it answer 409 with their number as ``open_subtasks``, unless ``children`` says what becomes of
    them. A task that repeats has its next one as ``next_id``.
    """
    actor = current_actor()
    service.complete_task(actor, task_id, json_data.children)
    return _answer(queries.get_task(actor, task_id))


@blueprint.post("/<int:task_id>/cancel")
@blueprint.input(FinishIn)
@blueprint.output(TaskOut)
def cancel_task(task_id: int, json_data: FinishIn) -> Response:
    """Give a task up

    It does not come again.
    """
    actor = current_actor()
    service.cancel_task(actor, task_id, json_data.children)
    return _answer(queries.get_task(actor, task_id))


@blueprint.post("/<int:task_id>/reopen")
@blueprint.output(TaskOut)
def reopen_task(task_id: int) -> Response:
    """Open a finished task again"""
    actor = current_actor()
    service.reopen_task(actor, task_id)
    return _answer(queries.get_task(actor, task_id))


@blueprint.post("/<int:task_id>/move")
@blueprint.input(TaskMoveIn)
@blueprint.output(TaskOut)
def move_task(task_id: int, json_data: TaskMoveIn) -> Response:
    """Move a task

    To another project, section, parent or place in the order; with ``status`` to another column of a board.
    """
    actor = current_actor()
    service.move_task(actor, task_id, json_data.move(), children=json_data.children)
    return _answer(queries.get_task(actor, task_id))


def _answer(item: TaskItem, status: int = 200) -> Response:
    """Tags and figures are shown too, and raise no version of the task: so the text is part of the ETag."""
    response = json_response(task_shape(item), status)
    response.set_etag(f"{item.version}.{hashlib.sha256(response.get_data()).hexdigest()[:16]}")
    return response
