"""Calendars that go out: making and revoking them, and what programs read by a secret address, without a session."""

from collections.abc import Mapping, Sequence

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.spaces import service as spaces
from trackeep.tasks import exports, queries, service
from trackeep.tasks.schemas import CalendarIn
from trackeep.tasks.views.door import blueprint

NO_ERRORS: Mapping[str, Sequence[Text]] = {}
SPACE, PROJECT = "space-", "project-"


@blueprint.get("/calendars")
def calendars_page() -> Response:
    return _page({})


@blueprint.post("/calendars")
def create_calendar() -> Response:
    """The address is shown in the answer and never again."""
    actor = current_actor()
    given: dict[str, object] = {name: request.form[name] for name in ("name", "shape") if request.form.get(name)}
    shows = request.form.get("shows", "")
    try:
        draft = parse(CalendarIn, {"name": "", **given, **_shown(shows)}).draft()
        made = service.create_outlet(actor, draft)
    except Invalid as error:
        return _page({**given, "shows": shows}, errors=error.fields, status=422)
    return _page({}, made=url_for("tasks.read_calendar", secret=made.secret, _external=True))


@blueprint.post("/calendars/<int:outlet_id>/revoke")
def revoke_calendar(outlet_id: int) -> AnyResponse:
    service.revoke_outlet(current_actor(), outlet_id)
    return redirect(url_for("tasks.calendars_page"), 303)


@blueprint.get("/calendars/<secret>.ics")
def read_calendar(secret: str) -> AnyResponse:
    found = service.published(secret)
    if found is None:
        # Not the page for people: that one would greet a program with a cookie.
        return Response(_("There is no such calendar."), 404, content_type="text/plain; charset=utf-8")
    response = Response(found.content, content_type=exports.FILE_TYPES["ics"])
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="tasks.ics"'
    response.set_etag(found.content_hash)
    response.last_modified = found.changed_at
    return response.make_conditional(request)


def _shown(word: str) -> Mapping[str, str]:
    if word.startswith(SPACE):
        return {"space_id": word.removeprefix(SPACE)}
    return {"project_id": word.removeprefix(PROJECT)} if word.startswith(PROJECT) else {}


def _page(
    values: Mapping[str, object],
    *,
    errors: Mapping[str, Sequence[Text]] = NO_ERRORS,
    made: str = "",
    status: int = 200,
) -> Response:
    actor = current_actor()
    choices = _choices(actor)
    return templating.page(
        "tasks/calendars.html",
        outlets=queries.list_outlets(actor),
        names=dict(choices),
        choices=choices,
        values=values,
        errors=errors,
        made=made,
        status=status,
    )


def _choices(actor: Actor) -> list[tuple[str, str]]:
    """What a calendar may show, as its form and its list name it."""
    found = [("", _("All tasks that you can see"))]
    found += [(f"{SPACE}{space.id}", space.name) for space in spaces.spaces_of(actor)]
    return found + [(f"{PROJECT}{each.id}", " / ".join(each.path)) for each in queries.project_tree(actor)]
