"""The part of any thing's details that shows what it is linked with, and the forms in it."""

import json
from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.references import queries, service
from trackeep.references.schemas import CandidatesQuery, LinkedQuery, MakingIn, ReferenceIn
from trackeep.spaces import service as spaces

blueprint = Blueprint("references", __name__, template_folder="templates")


@blueprint.get("/objects/<int:object_id>/linked")
def show(object_id: int) -> Response:
    """The section alone for a script, a page of its own without one."""
    actor = _person()
    query = parse(LinkedQuery, {"object": object_id, **_named("cursor")})
    try:
        thing, page = queries.linked_with(actor, query.object, cursor=query.cursor)
    except NotFound:
        if "HX-Request" not in request.headers:
            raise
        return Response(status=204)  # it went to the trash while its details are still on show
    may_make = actor.can_write(thing.space_id)
    return templating.page(
        "references/linked.html",
        block="linked",
        thing=thing,
        page=page,
        writable=actor.can_write,
        makers=queries.makers(actor) if may_make else [],
        spaces=_other_spaces(actor, thing, page.items),
    )


@blueprint.get("/objects/<int:object_id>/linked/choose")
@limited_by(SEARCH, searched("q"))
def choose(object_id: int) -> Response:
    """What it could be linked with, as one types."""
    actor = _person()
    query = parse(CandidatesQuery, {"object": object_id, **_named("q")})
    thing = queries.get_thing(actor, query.object)
    found = queries.candidates(actor, thing, query.q, query.limit)
    return templating.page("references/choose.html", block="options", thing=thing, text=query.q, found=found)


@blueprint.post("/objects/<int:object_id>/linked/<int:other_id>")
def link(object_id: int, other_id: int) -> AnyResponse:
    """From the picker, and to take an unlinking back."""
    actor = _person()
    given = parse(ReferenceIn, {"object_id": object_id, "other_id": other_id, **_named("note")})
    service.link(actor, given.object_id, given.other_id, note=given.note)
    title = queries.get_thing(actor, given.other_id).title
    return _told(object_id, _("Linked with %(title)s", title=_short(title)))


@blueprint.post("/objects/<int:object_id>/linked/<int:reference_id>/unlink")
def unlink(object_id: int, reference_id: int) -> AnyResponse:
    parted = service.unlink(_person(), reference_id)
    undo_url = url_for(
        "references.link", object_id=parted.object_id, other_id=parted.other_id, note=parted.note or None
    )
    return _told(object_id, _("No longer linked"), undo_url=undo_url)


@blueprint.post("/objects/<int:object_id>/make")
def make(object_id: int) -> AnyResponse:
    """A task or a note about it."""
    given = parse(MakingIn, {"object_id": object_id, **{name: request.form.get(name, "") for name in ("kind", "text")}})
    made = service.make_from(_person(), given.object_id, given.kind, given.text)
    return _told(object_id, _("Added: %(title)s", title=_short(made.title)))


def _person() -> Actor:
    actor = current_actor()
    actor.require_user()
    return actor


def _named(name: str) -> dict[str, str]:
    return {name: request.args[name]} if request.args.get(name) else {}


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:60].rstrip()}…"


def _other_spaces(actor: Actor, thing: queries.Thing, items: Sequence[queries.Linked]) -> dict[int, str]:
    """The names of the spaces that are not the thing's own; asked for only when there are such."""
    if all(item.thing.space_id == thing.space_id for item in items):
        return {}
    return {space.id: space.name for space in spaces.spaces_of(actor) if space.id != thing.space_id}


def _told(object_id: int, text: str, *, undo_url: str = "") -> AnyResponse:
    """Say what has happened and let the section draw itself again; without scripts go back to its page."""
    if "X-Form" not in request.headers and not templating.wants_partial():
        return redirect(url_for("references.show", object_id=object_id), 303)
    message = {"text": text, "kind": "done", **({"undo_url": undo_url} if undo_url else {})}
    return Response("", 204, headers={"HX-Trigger": json.dumps({"toast": message, "list-changed": {}})})
