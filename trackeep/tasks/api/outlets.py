"""JSON of calendars that go out."""

from flask import url_for

from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, service
from trackeep.tasks.api.door import blueprint
from trackeep.tasks.schemas import CalendarIn, CalendarOut, CalendarsOut, NewCalendarOut


@blueprint.get("/calendars")
@blueprint.output(CalendarsOut)
def list_outlets() -> CalendarsOut:
    """List your calendars of due tasks, newest first"""
    return CalendarsOut(items=[CalendarOut.model_validate(item) for item in queries.list_outlets(current_actor())])


@blueprint.post("/calendars")
@idempotent
@blueprint.input(CalendarIn)
@blueprint.output(NewCalendarOut, status_code=201)
def create_outlet(json_data: CalendarIn) -> NewCalendarOut:
    """Publish due tasks as a calendar

    Whoever has the address can read it, without signing in. It is told only this once. A token needs the scope
    ``tasks:read`` too.
    """
    made = service.create_outlet(current_actor(), json_data.draft())
    return NewCalendarOut(id=made.id, url=url_for("tasks.read_calendar", secret=made.secret, _external=True))


@blueprint.delete("/calendars/<int:outlet_id>")
@blueprint.output({}, status_code=204)
def revoke_outlet(outlet_id: int) -> str:
    """Revoke a calendar

    Its address leads nowhere from now on.
    """
    service.revoke_outlet(current_actor(), outlet_id)
    return ""
