"""Pages and partials of tags."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import security, templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import PARAMETER, chosen_space, target_space
from trackeep.core.web.identity import current_actor
from trackeep.spaces import service as spaces
from trackeep.tags import queries, service
from trackeep.tags.errors import TagExists
from trackeep.tags.nesting import Place, ancestors, flat_place, places
from trackeep.tags.queries import TagItem
from trackeep.tags.schemas import BulkIn, MergeIn, SuggestionsIn, TagIn, TagPatch, TagsQuery

blueprint = Blueprint("tags", __name__, template_folder="templates")
Errors = Mapping[str, Sequence[Text]]
NO_ERRORS: Errors = MappingProxyType({})
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every row needs to know of its list: ``url`` makes addresses that keep the filter and the order, which are
    ``suffix``; ``across``
    says that the list shows several spaces, ``names`` are those of the shared ones then."""

    url: Callable[..., str]
    suffix: str
    text: str
    sort: str
    state: Mapping[str, str]
    can_write: Callable[[int], bool]
    across: bool
    names: Mapping[int, str]
    colours: Sequence[str]


@blueprint.get("/tags")
def index() -> Response:
    return _list(_actor("tags:read"))


@blueprint.get("/tags/suggestions")
def suggestions() -> Response:
    """The options of the tag field while one types, with an offer to make a tag of this name."""
    actor = _actor("tags:read")
    query = parse(SuggestionsIn, request.args)
    space_id = query.space if query.space is not None else actor.personal_space_id
    found = queries.suggest(actor, space_id=space_id, text=query.text, limit=query.limit)
    typed = service.clean_name(query.text)
    taken = {service.folded_name(tag.name) for tag in found}
    return templating.page(
        "tags/suggestions.html",
        block="options",
        found=found,
        text=query.text,
        new_name=typed if service.folded_name(typed) not in taken else "",
    )


@blueprint.get("/tags/new")
def new() -> Response:
    _actor("tags:write")
    return templating.page("tags/new.html", block="form", at=_surroundings(current_actor()))


@blueprint.post("/tags/new")
def create() -> AnyResponse:
    """Make a tag; a taken name is told at the field."""
    actor = _actor("tags:write")
    given = parse(TagIn, _form())
    try:
        service.create_tag(actor, target_space(actor), name=given.name, colour=given.colour)
    except TagExists as error:
        raise Invalid(fields={"name": [error.title]}) from error
    return _told(_("The tag “%(name)s” is there now.", name=given.name))


@blueprint.get("/tags/<int:tag_id>")
def show(tag_id: int) -> Response:
    """The row alone, for who gives up renaming."""
    actor = _actor("tags:read")
    return _row(actor, queries.get_tag(actor, tag_id))


@blueprint.get("/tags/<int:tag_id>/colours")
def colours(tag_id: int) -> Response:
    """The part of a row's menu that is not worth sending with every row."""
    actor = _actor("tags:write")
    tag = queries.get_tag(actor, tag_id)
    actor.require_write(tag.space_id)
    return templating.page("tags/colours.html", block="colours", at=_surroundings(actor), tag=tag)


@blueprint.get("/tags/<int:tag_id>/edit")
def edit(tag_id: int) -> Response:
    """The form in the row's place, or as a page of its own."""
    return _edit_form(_actor("tags:write"), tag_id)


@blueprint.post("/tags/<int:tag_id>")
def change(tag_id: int) -> AnyResponse:
    """Another name or another colour. For a taken name the form offers to merge the two."""
    actor = _actor("tags:write")
    given = parse(TagPatch, _form())
    try:
        service.edit_tag(actor, tag_id, name=given.name or None, colour=given.colour or None)
    except TagExists as error:
        other = queries.get_tag(actor, error.existing_id)
        return _edit_form(actor, tag_id, name=given.name, other=other)
    except Invalid as error:
        return _edit_form(actor, tag_id, name=given.name, errors=error.fields)
    if not templating.wants_partial():
        return redirect(_url("tags.index"), 303)
    return _list(actor, focus=tag_id) if given.name else _row(actor, queries.get_tag(actor, tag_id))


@blueprint.post("/tags")
def change_many() -> AnyResponse:
    """What the bar of marked tags asks for: delete them, or choose the one that they are merged into."""
    actor = _actor("tags:write")
    wanted = parse(BulkIn, {"verb": request.form.get("verb", ""), "ids": request.form.getlist("ids")})
    if wanted.verb == "merge":
        tags = queries.get_tags(actor, wanted.ids)
        return templating.page("tags/merge.html", block="choice", at=_surroundings(actor), tags=tags)
    undo_id = service.delete_tags(actor, wanted.ids)
    words = ngettext("%(num)d tag was deleted.", "%(num)d tags were deleted.", len(wanted.ids))
    return _told(words, undo_id=undo_id)


@blueprint.post("/tags/merge")
def merge() -> AnyResponse:
    actor = _actor("tags:write")
    wanted = parse(MergeIn, {"ids": request.form.getlist("ids"), "into": request.form.get("into", "")})
    undo_id = service.merge_tags(actor, wanted.ids, into=wanted.into)
    words = _("Merged into “%(name)s”.", name=queries.get_tag(actor, wanted.into).name)
    return _told(words, undo_id=undo_id)


@blueprint.post("/tags/undo/<int:undo_id>")
def undo_change(undo_id: int) -> AnyResponse:
    back = service.undo_change(_actor("tags:write"), undo_id)
    return _told(ngettext("%(num)d tag is back.", "%(num)d tags are back.", back), redraw=False)


def _list(actor: Actor, *, focus: int | None = None) -> Response:
    space_id, query = chosen_space(actor), _query()
    page = queries.list_tags(
        actor, space_id=space_id, text=query.text, sort=query.sort, cursor=query.cursor, limit=query.limit
    )
    return templating.page(
        "tags/list.html",
        block="results",
        at=_surroundings(actor),
        rows=list(zip(page.items, _places(page.items), strict=True)),
        total=queries.count_tags(actor, space_id=space_id, text=query.text),
        next_url=_url("tags.index", cursor=page.next_cursor) if page.next_cursor else None,
        focus=focus,
    )


def _row(actor: Actor, tag: TagItem) -> Response:
    above = queries.existing(actor, tag.space_id, ancestors(tag.name))
    place = _places([*above, tag])[-1]
    return templating.page("tags/row.html", block="row", at=_surroundings(actor), rows=[(tag, place)], focus=tag.id)


def _edit_form(
    actor: Actor, tag_id: int, *, name: str = "", other: TagItem | None = None, errors: Errors = NO_ERRORS
) -> Response:
    """``other`` is the tag that has the name already."""
    tag = queries.get_tag(actor, tag_id)
    actor.require_write(tag.space_id)
    response = templating.page(
        "tags/edit.html",
        block="row",
        status=422 if other or errors else 200,
        at=_surroundings(actor),
        tag=tag,
        name=name or tag.name,
        other=other,
        errors=errors,
    )
    # A form sent to draw the whole list again stays where it is when there is something to complain about.
    response.headers["HX-Retarget"] = f"#row-{tag.id}"
    return response


def _surroundings(actor: Actor) -> Surroundings:
    query = _query()
    across = chosen_space(actor) is None and len(actor.readable_spaces) > 1
    return Surroundings(
        url=_url,
        suffix=f"?{urlencode(kept)}" if (kept := _kept()) else "",
        text=query.text,
        sort=query.sort,
        state={name: value for name, value in _state().items() if name in {"sort", "space"}},
        can_write=actor.can_write,
        across=across,
        names={space.id: space.name for space in spaces.spaces_of(actor) if space.kind != "personal"} if across else {},
        colours=service.COLOURS,
    )


def _places(tags: Sequence[TagItem]) -> list[Place]:
    """Nested in the order of names, whole names where the list is filtered or ranked."""
    query = _query()
    nested = query.sort == "name" and not query.text
    return places(tags) if nested else [flat_place(tag) for tag in tags]


def _query() -> TagsQuery:
    given = {name: value for name, value in _state().items() if name != PARAMETER}
    return parse(TagsQuery, {"limit": PAGE_SIZE, **given})


def _state() -> dict[str, str]:
    """What the list is filtered and sorted by; the addresses of all its forms carry it along."""
    return {name: request.args[name] for name in TagsQuery.model_fields if request.args.get(name)}


def _url(endpoint: str, **values: object) -> str:
    """An address that keeps the list's filter and order."""
    return url_for(endpoint, **dict[str, Any]({**_kept(), **values}))


def _kept() -> dict[str, str]:
    return {name: value for name, value in _state().items() if name not in {"cursor", "limit"}}


def _form() -> dict[str, str]:
    return {name: value for name, value in request.form.items() if name != security.TOKEN_FIELD}


def _told(words: str, *, undo_id: int | None = None, redraw: bool = True) -> AnyResponse:
    """Say what has happened, with the way back, and let the list draw itself again; without scripts, go back to it."""
    if "X-Form" not in request.headers and not templating.wants_partial():
        return redirect(_url("tags.index"), 303)
    undo_url = url_for("tags.undo_change", undo_id=undo_id) if undo_id is not None else None
    toast = {"text": words, "kind": "done", **({"undo_url": undo_url} if undo_url else {})}
    triggers: dict[str, object] = {"toast": toast, **({"list-changed": {}} if redraw else {})}
    return Response("", 204, headers={"HX-Trigger": json.dumps(triggers)})


def _actor(scope: str) -> Actor:
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
