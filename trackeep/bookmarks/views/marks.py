"""One click on one bookmark: marks, trash and back, fetch again."""

from collections.abc import Mapping

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.views.answers import by_script, told
from trackeep.bookmarks.views.details import detail_page
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.patterns import rows_html
from trackeep.bookmarks.views.places import place_before
from trackeep.bookmarks.views.reader import reader_marks
from trackeep.bookmarks.views.rows import rows_of, still_listed
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.web.identity import current_actor

MARKS = ("unread", "favourite", "archived")


@blueprint.post("/<int:bookmark_id>/marks")
def mark(bookmark_id: int) -> AnyResponse:
    actor = current_actor()
    wanted = _wanted_marks()
    queries.get_bookmark(actor, bookmark_id)
    changes = Changes(unread=wanted.get("unread"), favourite=wanted.get("favourite"), archived=wanted.get("archived"))
    service.mark_bookmarks(actor, [bookmark_id], changes)
    back = {name: "0" if value else "1" for name, value in wanted.items()}
    undo_url = url_for("bookmarks.mark", bookmark_id=bookmark_id, **back)  # type: ignore[arg-type]  # names of marks
    return _shown_again(actor, bookmark_id, words=_words(wanted), undo_url=undo_url)


@blueprint.post("/<int:bookmark_id>/trash")
def trash(bookmark_id: int) -> AnyResponse:
    actor = current_actor()
    queries.get_bookmark(actor, bookmark_id)
    service.trash_bookmarks(actor, [bookmark_id])
    answer = Response("", 200) if request.form.get("part") == "list" else None
    undo_url = url_for("bookmarks.restore", bookmark_id=bookmark_id)
    return told(
        _("Moved to the trash"), undo_url=undo_url, response=answer, redraw=answer is None, close=answer is None
    )


@blueprint.post("/<int:bookmark_id>/restore")
def restore(bookmark_id: int) -> AnyResponse:
    service.restore_bookmarks(current_actor(), [bookmark_id])
    return told(_("It is back"))


@blueprint.post("/<int:bookmark_id>/refetch")
def refetch(bookmark_id: int) -> AnyResponse:
    actor = current_actor()
    service.refetch_bookmark(actor, bookmark_id)
    return _shown_again(actor, bookmark_id, words="", undo_url="")


def _shown_again(actor: Actor, bookmark_id: int, *, words: str, undo_url: str) -> AnyResponse:
    """The panel, or the list's row where it stays in its list."""
    item = queries.get_bookmark(actor, bookmark_id)
    part = request.form.get("part")
    if not by_script():
        here = url_for("bookmarks.read" if part == "reader" else "bookmarks.show", bookmark_id=bookmark_id)
        return redirect(here if part in ("detail", "reader") else place_before().url(), 303)
    if part == "reader":
        return reader_marks(actor, item)
    if part == "detail":
        return detail_page(actor, item, changed=True)
    if part != "list":
        return Response("", 204)
    place = place_before()
    if not still_listed(item, place.given.view):
        return told(words, undo_url=undo_url, response=Response("", 200), redraw=False)
    return Response(rows_html(rows_of(actor, [item]), place.given.layout), mimetype="text/html")


def _wanted_marks() -> dict[str, bool]:
    wanted = {name: request.values[name] == "1" for name in MARKS if name in request.values}
    if not wanted:
        raise Invalid()
    return wanted


def _words(wanted: Mapping[str, bool]) -> str:
    texts = {
        ("archived", True): _("Archived"),
        ("archived", False): _("Back from the archive"),
        ("unread", True): _("Marked as unread"),
        ("unread", False): _("Marked as read"),
        ("favourite", True): _("Marked as favourite"),
        ("favourite", False): _("No longer a favourite"),
    }
    return ", ".join(texts[pair] for pair in wanted.items())
