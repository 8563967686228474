"""Making a note and writing in it: saved while one writes, with the version that was edited."""

from flask import Response, request, url_for
from flask_babel import format_time, ngettext
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.errors import Conflict, Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries, service
from trackeep.notes.drafts import NoteChanges
from trackeep.notes.filters import View
from trackeep.notes.queries import NoteItem
from trackeep.notes.schemas import ClashForm, NoteIn, PreviewIn, SavedIn, TitlesQuery
from trackeep.notes.service import Followed
from trackeep.notes.texts import clean_body
from trackeep.notes.views.answers import by_script
from trackeep.notes.views.choices import template_choices
from trackeep.notes.views.conflicts import conflict_page
from trackeep.notes.views.days import day_frame
from trackeep.notes.views.door import blueprint
from trackeep.notes.views.frame import note_frame, tree_of
from trackeep.notes.views.reading import side
from trackeep.notes.views.rendering import rendered, shown
from trackeep.notes.wikilinks import MAX_LINKS, has_more

SUGGESTIONS = 8


@blueprint.get("/new")
def new() -> Response:
    return _new_form(request.args.get("title", "")[:1_000], request.args.get("parent", type=int))


@blueprint.post("")
def create() -> AnyResponse:
    actor = current_actor()
    names = ("title", "template_id", "parent_id", "is_draft")
    try:
        given = parse(NoteIn, {name: request.form[name] for name in names if request.form.get(name)})
        space_id = queries.get_note(actor, given.parent_id).space_id if given.parent_id else target_space(actor)
        if given.template_id:
            note_id = service.create_from_template(actor, space_id, given.template_id, given.draft())
        else:
            note_id = service.create_note(actor, space_id, given.draft())
    except Invalid as error:
        if by_script():
            raise
        return _new_form(request.form.get("title", ""), request.form.get("parent_id", type=int), error)
    return redirect(url_for("notes.write", note_id=note_id), 303)


@blueprint.get("/<int:note_id>/edit")
def write(note_id: int) -> AnyResponse:
    actor = current_actor()
    note, text = queries.read_note(actor, note_id)
    if note.encrypted or not actor.can_write(note.space_id):
        return redirect(url_for("notes.detail", note_id=note_id), 302)
    return templating.page(
        "notes/write.html",
        note=note,
        text=text,
        previewed=shown(actor, note, text.body).html,
        known_links=MAX_LINKS if has_more(text.body) else None,
        **side(actor, note),
        **note_frame(actor, note),
        **day_frame(actor, note),
    )


@blueprint.post("/<int:note_id>")
def save(note_id: int) -> AnyResponse:
    """A script gets the new version, or the page part that brings two versions together."""
    actor = current_actor()
    names = ("title", "body", "version", "base")
    given = parse(SavedIn, {name: request.form[name] for name in names if name in request.form})
    changes = NoteChanges(title=given.title, body=None if given.body is None else clean_body(given.body))
    try:
        done = service.edit_note(actor, note_id, changes, version=given.version)
    except Conflict as error:
        if error.code != "conflict":
            raise
        title = given.title or queries.get_note(actor, note_id).title
        body = queries.read_note(actor, note_id)[1].body if given.body is None else given.body
        return conflict_page(actor, note_id, ClashForm(title=title, body=body, base=given.base))
    if not by_script():
        return redirect(url_for("notes.detail", note_id=note_id), 303)
    return _saved(queries.get_note(actor, note_id), done)


@blueprint.post("/preview")
def preview() -> Response:
    """What a text would look like; nothing is kept of it."""
    actor = current_actor()
    given = parse(PreviewIn, {"text": request.form.get("text", ""), "space": request.args.get("space")})
    actor.require_read(given.space)
    return Response(rendered(actor, given.space, clean_body(given.text)).html, mimetype="text/html")


@blueprint.get("/titles")
def titles() -> Response:
    """What a link could name while it is written; the last is a name that no note has yet."""
    actor = current_actor()
    given = parse(TitlesQuery, {name: request.args[name] for name in ("text", "space") if request.args.get(name)})
    space_id = given.space or target_space(actor)
    actor.require_read(space_id)
    hits = queries.find_notes(actor, given.text, SUGGESTIONS, space_id) if given.text else []
    if not given.text:
        hits = queries.newest_notes(actor, View.NOTES, SUGGESTIONS, space_id)
    items = [{"title": hit.title, "detail": hit.excerpt[:60]} for hit in hits]
    if given.text and not queries.resolve_titles(actor, space_id, [given.text]):
        items.append({"title": given.text, "detail": str(_("New note"))})
    return templating.json_response({"items": items})


def _saved(note: NoteItem, done: Followed) -> Response:
    moment = format_time(note.changed_at, "short")
    response = templating.json_response(
        {"version": note.version, "title": note.title, "saved": _("Saved %(time)s", time=moment)}
    )
    if not done.notes or done.undo_id is None:
        return response
    words = ngettext("%(num)d note that links here follows.", "%(num)d notes that link here follow.", done.notes)
    return templating.toast(response, words, undo_url=url_for("notes.undo_rename", undo_id=done.undo_id))


def _new_form(title: str, parent_id: int | None, error: Invalid | None = None) -> Response:
    actor = current_actor()
    parent = queries.get_note(actor, parent_id) if parent_id else None
    space_id = parent.space_id if parent else target_space(actor)
    return templating.page(
        "notes/new.html",
        status=error.status if error else 200,
        title=title,
        parent=parent,
        errors=error.fields if error else {},
        templates=template_choices(actor, space_id),
        is_shared=space_id != actor.personal_space_id,
        tree=tree_of(actor, space_id, queries.path_to(actor, parent.id) if parent else ()),
    )
