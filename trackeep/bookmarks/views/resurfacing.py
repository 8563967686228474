"""What one does on the home page with a bookmark that is shown again: mark it, or let it rest until tomorrow."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import ext, templating
from trackeep.core.errors import NotFound
from trackeep.core.web.chosen_space import shown_space
from trackeep.core.web.identity import current_actor

_MARKS = {"read": Changes(unread=False), "favourite": Changes(favourite=True), "archive": Changes(archived=True)}
_BACK = {"read": {"unread": "1"}, "favourite": {"favourite": "0"}, "archive": {"archived": "0"}}


@blueprint.get("/resurfacing")
def show_resurfaced() -> Response:
    return _card()


@blueprint.post("/<int:bookmark_id>/resurfaced/<verb>")
def change_resurfaced(bookmark_id: int, verb: str) -> AnyResponse:
    actor = current_actor()
    item = queries.get_bookmark(actor, bookmark_id)
    if not actor.can_read(item.space_id):
        raise NotFound()
    if verb == "rest":
        service.rest_until_tomorrow(actor, bookmark_id)
    elif verb in _MARKS:
        service.mark_bookmarks(actor, [bookmark_id], _MARKS[verb])
    else:
        raise NotFound()
    if not templating.wants_partial():
        return redirect(f"{ext.settings().base_path}/", 303)
    return _card() if verb == "rest" else _told(bookmark_id, verb)


def _told(bookmark_id: int, verb: str) -> Response:
    words = {"read": _("Marked as read"), "favourite": _("Marked as favourite"), "archive": _("Archived")}
    back: dict[str, str] = _BACK[verb]
    undo_url = url_for("bookmarks.mark", bookmark_id=bookmark_id, **back)  # type: ignore[arg-type]  # names of marks
    return templating.toast(_card(), words[verb], undo_url=undo_url)


def _card() -> Response:
    found = queries.resurfaced(current_actor(), shown_space(current_actor()))
    data = {"found": found, "base": url_for("bookmarks.index")} if found else None
    return templating.page("bookmarks/resurfacing_page.html", block="card", data=data)
