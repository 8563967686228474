"""Following a name that leads nowhere yet, and making a task of a line."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries, service
from trackeep.notes.schemas import NamedIn, PageQuery, TaskIn
from trackeep.notes.views.answers import told
from trackeep.notes.views.door import blueprint
from trackeep.notes.views.frame import tree_of, tree_space
from trackeep.references import service as references

TASK = "task"
MISSING = 50


@blueprint.get("/named")
def named() -> AnyResponse:
    """The note of this name, or a page that offers to make it."""
    actor = current_actor()
    if not request.args.get("title"):
        return redirect(url_for("notes.index"), 302)
    given = parse(NamedIn, {"title": request.args.get("title", ""), **_space(request.args.get("space", ""))})
    space_id = given.space_id or target_space(actor)
    found = queries.resolve_titles(actor, space_id, [given.title])
    if found:
        return redirect(url_for("notes.detail", note_id=found[given.title]), 302)
    return _unknown(given.title, space_id)


@blueprint.get("/missing")
def missing() -> Response:
    """The names that notes of the space mention and none has."""
    actor = current_actor()
    space_id = tree_space(actor)
    given = parse(PageQuery, {"cursor": request.args.get("cursor") or None})
    found = queries.list_missing(actor, space_id, cursor=given.cursor, limit=MISSING)
    return templating.page(
        "notes/missing.html",
        block="results",
        names=found.items,
        next_url=url_for("notes.missing", cursor=found.next_cursor) if found.next_cursor else "",
        space_id=space_id,
        tree=tree_of(actor, space_id),
    )


@blueprint.post("/named")
def name() -> AnyResponse:
    actor = current_actor()
    given = parse(NamedIn, {"title": request.form.get("title", ""), **_space(request.form.get("space", ""))})
    note_id, is_new = service.ensure_note(actor, given.space_id or target_space(actor), given.title)
    return redirect(url_for("notes.write" if is_new else "notes.detail", note_id=note_id), 303)


@blueprint.post("/<int:note_id>/task")
def make_task(note_id: int) -> AnyResponse:
    """A line of the note becomes a task, linked with the note."""
    actor = current_actor()
    given = parse(TaskIn, {"text": request.form.get("text", "")})
    queries.get_note(actor, note_id)
    made = references.make_from(actor, note_id, TASK, given.text)
    return told(_("Task added: %(title)s", title=made.title[:60]), url_for("notes.detail", note_id=note_id))


def _space(text: str) -> dict[str, str]:
    return {"space_id": text} if text else {}


def _unknown(title: str, space_id: int) -> Response:
    actor = current_actor()
    actor.require_read(space_id)
    return templating.page(
        "notes/unknown.html",
        title=title,
        space_id=space_id,
        is_writable=actor.can_write(space_id),
        tree=tree_of(actor, space_id),
    )
