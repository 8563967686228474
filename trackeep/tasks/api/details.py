"""JSON of what belongs to one task: subtasks, dependencies, comments, reminders."""

from typing import Any

from flask import Response

from trackeep.core.paging import Page
from trackeep.core.templating import json_response
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, service
from trackeep.tasks.api.door import blueprint
from trackeep.tasks.api.shapes import task_shapes
from trackeep.tasks.queries import CommentItem
from trackeep.tasks.schemas import (
    CommentIn,
    CommentOut,
    CommentsOut,
    DependenciesOut,
    DependencyIn,
    PageQuery,
    ReminderIn,
    RemindersOut,
    TasksOut,
)


@blueprint.get("/<int:task_id>/subtasks")
@blueprint.output(TasksOut)
def list_subtasks(task_id: int) -> Response:
    """List the tasks directly below a task"""
    return json_response({"items": task_shapes(queries.subtasks(current_actor(), task_id))})


@blueprint.get("/<int:task_id>/dependencies")
@blueprint.output(DependenciesOut)
def list_dependencies(task_id: int) -> Response:
    """List what a task waits for, and what waits for it"""
    return _dependencies(task_id)


@blueprint.post("/<int:task_id>/dependencies")
@idempotent
@blueprint.input(DependencyIn)
@blueprint.output(DependenciesOut, status_code=201)
def add_dependency(task_id: int, json_data: DependencyIn) -> Response:
    """Let a task wait for another one

    Of the same space; a circle is refused.
    """
    service.add_dependency(current_actor(), task_id, json_data.blocker_id)
    return _dependencies(task_id, 201)


@blueprint.delete("/<int:task_id>/dependencies/<int:blocker_id>")
@blueprint.output({}, status_code=204)
def remove_dependency(task_id: int, blocker_id: int) -> str:
    """Let a task no longer wait for another one"""
    service.remove_dependency(current_actor(), task_id, blocker_id)
    return ""


def _dependencies(task_id: int, status: int = 200) -> Response:
    found = queries.dependencies(current_actor(), task_id)
    shape = {"blockers": task_shapes(found.blockers), "blocked": task_shapes(found.blocked)}
    return json_response(shape, status)


@blueprint.get("/<int:task_id>/comments")
@blueprint.input(PageQuery, location="query")
@blueprint.output(CommentsOut)
def list_comments(task_id: int, query_data: PageQuery) -> Page[CommentItem]:
    """List the comments on a task

    The oldest first.
    """
    return queries.comments(current_actor(), task_id, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.post("/<int:task_id>/comments")
@idempotent
@blueprint.input(CommentIn)
@blueprint.output(CommentOut, status_code=201)
def write_comment(task_id: int, json_data: CommentIn) -> tuple[CommentItem, int]:
    """Comment on a task"""
    actor = current_actor()
    comment_id = service.write_comment(actor, task_id, json_data.body)
    return queries.get_comment(actor, task_id, comment_id), 201


@blueprint.patch("/<int:task_id>/comments/<int:comment_id>")
@blueprint.input(CommentIn)
@blueprint.output(CommentOut)
def edit_comment(task_id: int, comment_id: int, json_data: CommentIn) -> CommentItem:
    """Change a comment of one's own"""
    actor = current_actor()
    service.edit_comment(actor, task_id, comment_id, json_data.body)
    return queries.get_comment(actor, task_id, comment_id)


@blueprint.delete("/<int:task_id>/comments/<int:comment_id>")
@blueprint.output({}, status_code=204)
def delete_comment(task_id: int, comment_id: int) -> str:
    """Delete a comment

    One's own, or any where one manages the space.
    """
    service.delete_comment(current_actor(), task_id, comment_id)
    return ""


@blueprint.get("/<int:task_id>/reminders")
@blueprint.output(RemindersOut)
def list_reminders(task_id: int) -> dict[str, Any]:
    """List one's own reminders of a task"""
    return {"items": queries.reminders(current_actor(), task_id)}


@blueprint.post("/<int:task_id>/reminders")
@idempotent
@blueprint.input(ReminderIn)
@blueprint.output(RemindersOut, status_code=201)
def add_reminder(task_id: int, json_data: ReminderIn) -> tuple[dict[str, Any], int]:
    """Be reminded of a task"""
    actor = current_actor()
    service.add_reminder(actor, task_id, json_data.draft())
    return {"items": queries.reminders(actor, task_id)}, 201


@blueprint.delete("/<int:task_id>/reminders/<int:reminder_id>")
@blueprint.output({}, status_code=204)
def remove_reminder(task_id: int, reminder_id: int) -> str:
    """Not be reminded any more"""
    service.remove_reminder(current_actor(), task_id, reminder_id)
    return ""
