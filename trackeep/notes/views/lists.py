"""The list of notes, and one note."""

from flask import Response, request, url_for

from trackeep.core import templating
from trackeep.core.markdown import render
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries
from trackeep.notes.filters import Filters
from trackeep.notes.schemas import ListQuery
from trackeep.notes.views.door import blueprint

PAGE_SIZE = 50


@blueprint.get("")
def index() -> Response:
    actor = current_actor()
    cursor = parse(ListQuery, {"cursor": request.args.get("cursor") or None}).cursor
    page = queries.list_notes(actor, Filters(space_id=chosen_space(actor)), cursor=cursor, limit=PAGE_SIZE)
    next_url = url_for("notes.index", cursor=page.next_cursor) if page.next_cursor else ""
    return templating.page("notes/list.html", block="results", notes=page.items, next_url=next_url)


@blueprint.get("/<int:note_id>")
def show(note_id: int) -> Response:
    note, text = queries.read_note(current_actor(), note_id)
    return templating.page("notes/show.html", note=note, rendered=render(text.body))
