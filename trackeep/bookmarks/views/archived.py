"""Copies at the web archive, as the panel asks for them."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.views.answers import by_script, told
from trackeep.bookmarks.views.details import detail_page
from trackeep.bookmarks.views.door import blueprint
from trackeep.core.web.identity import current_actor


@blueprint.post("/<int:bookmark_id>/archived/find")
def find_archived(bookmark_id: int) -> AnyResponse:
    service.find_archived(current_actor(), bookmark_id)
    return _shown(bookmark_id)


@blueprint.post("/<int:bookmark_id>/archived/save")
def keep_at_archive(bookmark_id: int) -> AnyResponse:
    service.keep_at_archive(current_actor(), bookmark_id)
    return _shown(bookmark_id)


@blueprint.post("/<int:bookmark_id>/archived/use")
def use_archived(bookmark_id: int) -> AnyResponse:
    done = service.use_archived(current_actor(), bookmark_id)
    undo_url = url_for("bookmarks.undo_change", undo_id=done.undo_id)
    return _shown(bookmark_id, _("The copy is the address now; the old one is in the notes."), undo_url)


def _shown(bookmark_id: int, words: str = "", undo_url: str = "") -> AnyResponse:
    if not by_script():
        return redirect(url_for("bookmarks.show", bookmark_id=bookmark_id), 303)
    actor = current_actor()
    page = detail_page(actor, queries.get_bookmark(actor, bookmark_id), changed=bool(words))
    return told(words, undo_url=undo_url, response=page, redraw=False) if words else page
