"""JSON of the tree, of ticks, and of notes by name and by day."""

from flask import Response

from trackeep.core.paging import Page
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries, service
from trackeep.notes.api.door import answer, blueprint, own_space
from trackeep.notes.queries import Branch
from trackeep.notes.schemas import BranchesOut, DailyIn, NamedIn, NoteMoveIn, NoteOut, PathOut, TickIn, TreeQuery


@blueprint.get("/tree")
@blueprint.input(TreeQuery, location="query")
@blueprint.output(BranchesOut)
def list_branches(query_data: TreeQuery) -> Page[Branch]:
    """List what is right below a note

    In the order of the tree, or what is at the top of a space.
    """
    actor = current_actor()
    space_id = query_data.space or own_space(actor)
    if query_data.parent is not None:
        space_id = queries.get_note(actor, query_data.parent).space_id
    return queries.list_branches(actor, space_id, query_data.parent, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.get("/<int:note_id>/path")
@blueprint.output(PathOut)
def show_path(note_id: int) -> dict[str, list[Branch]]:
    """Show the notes above a note"""
    return {"items": queries.path_to(current_actor(), note_id)}


@blueprint.post("/<int:note_id>/move")
@blueprint.input(NoteMoveIn)
@blueprint.output(NoteOut)
def move_note(note_id: int, json_data: NoteMoveIn) -> Response:
    """Move a note in the tree

    All below it goes along. A note cannot be inside itself.
    """
    actor = current_actor()
    service.move_note(actor, note_id, parent_id=json_data.parent_id, before_id=json_data.before_id)
    return answer(actor, note_id)


@blueprint.post("/<int:note_id>/tick")
@blueprint.input(TickIn)
@blueprint.output(NoteOut)
def tick(note_id: int, json_data: TickIn) -> Response:
    """Tick an item of a task list

    Only if that line still says what you expect; otherwise 409 with what it says as ``theirs``.
    """
    actor = current_actor()
    service.tick(actor, note_id, line=json_data.line, checked=json_data.checked, expected=json_data.expected)
    return answer(actor, note_id)


@blueprint.post("/named")
@idempotent
@blueprint.input(NamedIn)
@blueprint.output(NoteOut, status_code=201)
def ensure_note(json_data: NamedIn) -> Response:
    """Find a note by its title, or make it

    201 when it was made, 200 when a link with this title led somewhere already.
    """
    actor = current_actor()
    space_id = json_data.space_id or own_space(actor)
    note_id, made = service.ensure_note(actor, space_id, json_data.title, parent_id=json_data.parent_id)
    return answer(actor, note_id, 201 if made else 200)


@blueprint.post("/daily")
@idempotent
@blueprint.input(DailyIn)
@blueprint.output(NoteOut)
def daily_note(json_data: DailyIn) -> Response:
    """Find your note of a day, or make it"""
    actor = current_actor()
    space_id = json_data.space_id or own_space(actor)
    return answer(actor, service.daily_note(actor, space_id, json_data.day, template_id=json_data.template_id))
