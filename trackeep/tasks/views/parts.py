"""What belongs to one task and is added or removed in its details: dependencies, reminders, comments."""

from datetime import datetime

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.errors import Invalid
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ReminderDraft
from trackeep.tasks.filters import Filters, Sort
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.details import address
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.rows import rows_of
from trackeep.tasks.zones import zone_of

OFFERED = 8
MAX_MINUTES = 1_000_000


@blueprint.get("/<int:task_id>/blockers")
@limited_by(SEARCH, searched("q"))
def find_blockers(task_id: int) -> Response:
    """Open tasks of the same space that this one could wait for."""
    actor = current_actor()
    task = queries.get_task(actor, task_id)
    text = request.args.get("q", "")[:200]
    taken = {task_id, *(item.id for item in queries.dependencies(actor, task_id).blockers)}
    filters = Filters(text=text, space_id=task.space_id)
    page = queries.list_tasks(actor, filters, sort=Sort.NEWEST, limit=OFFERED + len(taken))
    free = [item for item in page.items if item.id not in taken][:OFFERED]
    return templating.page("tasks/blockers.html", block="options", task=task, text=text, found=rows_of(actor, free))


@blueprint.post("/<int:task_id>/blockers/<int:blocker_id>")
def add_blocker(task_id: int, blocker_id: int) -> AnyResponse:
    service.add_dependency(current_actor(), task_id, blocker_id)
    return told(task_id=task_id, back=address(task_id))


@blueprint.post("/<int:task_id>/blockers/<int:blocker_id>/remove")
def remove_blocker(task_id: int, blocker_id: int) -> AnyResponse:
    service.remove_dependency(current_actor(), task_id, blocker_id)
    return told(task_id=task_id, back=address(task_id))


@blueprint.post("/<int:task_id>/reminders")
def remind(task_id: int) -> AnyResponse:
    """So many minutes before it is due, or at a moment on the person's clock."""
    actor = current_actor()
    minutes, moment = request.form.get("minutes_before", ""), request.form.get("at", "")
    if moment:
        draft = ReminderDraft(at=_moment(moment, actor.time_zone))
    elif minutes.isascii() and minutes.isdigit() and int(minutes) <= MAX_MINUTES:
        draft = ReminderDraft(minutes_before=int(minutes))
    else:
        raise Invalid(fields={"at": [_("Choose when.")]})
    service.add_reminder(actor, task_id, draft)
    return told(task_id=task_id, back=address(task_id), redraw=False)


@blueprint.post("/<int:task_id>/reminders/<int:reminder_id>/remove")
def forget_reminder(task_id: int, reminder_id: int) -> AnyResponse:
    service.remove_reminder(current_actor(), task_id, reminder_id)
    return told(task_id=task_id, back=address(task_id), redraw=False)


@blueprint.post("/<int:task_id>/comments")
def comment(task_id: int) -> AnyResponse:
    service.write_comment(current_actor(), task_id, request.form.get("body", ""))
    return told(task_id=task_id, back=address(task_id))


@blueprint.post("/<int:task_id>/comments/<int:comment_id>")
def change_comment(task_id: int, comment_id: int) -> AnyResponse:
    service.edit_comment(current_actor(), task_id, comment_id, request.form.get("body", ""))
    return told(task_id=task_id, back=address(task_id))


@blueprint.post("/<int:task_id>/comments/<int:comment_id>/remove")
def remove_comment(task_id: int, comment_id: int) -> AnyResponse:
    service.delete_comment(current_actor(), task_id, comment_id)
    return told(task_id=task_id, back=address(task_id))


def _moment(text: str, zone: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone_of(zone))
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={"at": [_("This is no moment.")]}) from error
