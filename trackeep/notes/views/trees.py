"""The tree at the left: a branch when it is opened, and moving a note in it."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries, service
from trackeep.notes.schemas import NoteMoveIn, TreeQuery
from trackeep.notes.views.answers import told
from trackeep.notes.views.door import blueprint
from trackeep.notes.views.frame import closed, tree_of, tree_space

PAGE_SIZE = 100


@blueprint.get("/tree")
def tree() -> Response:
    """The whole of it as it is open now, around the note on show."""
    actor = current_actor()
    note_id = request.args.get("note", type=int)
    path = queries.path_to(actor, note_id) if note_id else []
    space_id = path[-1].space_id if path else tree_space(actor)
    return templating.page("notes/tree_page.html", block="whole", tree=tree_of(actor, space_id, path))


@blueprint.get("/branches")
def branches() -> Response:
    """What is right below a note, or further down in a long list of siblings."""
    actor = current_actor()
    names = ("parent", "cursor", "space")
    given = parse(TreeQuery, {name: request.args[name] for name in names if request.args.get(name)})
    parent = queries.get_note(actor, given.parent) if given.parent else None
    space_id = parent.space_id if parent else given.space or tree_space(actor)
    page = queries.list_branches(actor, space_id, given.parent, cursor=given.cursor, limit=PAGE_SIZE)
    return templating.page(
        "notes/branches.html",
        block="branches",
        parent=parent,
        space_id=space_id,
        nodes=closed(page.items),
        more=page.next_cursor or "",
    )


@blueprint.post("/<int:note_id>/move")
def move(note_id: int) -> AnyResponse:
    actor = current_actor()
    names = ("parent_id", "before_id")
    given = parse(NoteMoveIn, {name: request.values[name] for name in names if request.values.get(name)})
    stood = service.move_note(actor, note_id, parent_id=given.parent_id, before_id=given.before_id)
    undo_url = url_for("notes.move", note_id=note_id, parent_id=stood.parent_id, before_id=stood.before_id)
    return told(_("Moved"), url_for("notes.detail", note_id=note_id), undo_url=undo_url)
