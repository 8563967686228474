"""Lists of notes: all, pinned, by day, templates; filtered by words and by a tag; the bar of marked ones."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from flask import Response, request, url_for
from flask_babel import gettext as _
from pydantic import Field

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import InputSchema, parse
from trackeep.core.web.chosen_space import PARAMETER, chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries
from trackeep.notes.filters import Filters, Sort, View
from trackeep.notes.views.door import blueprint
from trackeep.notes.views.frame import tree_of, tree_space

PAGE_SIZE = 50


class PlaceIn(InputSchema):
    view: View = View.NOTES
    text: Annotated[str, Field(max_length=1_000)] = ""
    tag: Annotated[str, Field(max_length=200)] = ""
    sort: Sort = Sort.CHANGED
    cursor: Annotated[str | None, Field(max_length=2_000)] = None


class Place:
    """One view of the list; ``url`` is the address of the same view with some parts changed."""

    def __init__(self, given: PlaceIn, named_space: str) -> None:
        self.given = given
        self.base = url_for("notes.index")
        parts = given.model_dump(exclude_defaults=True, exclude={"cursor"}, mode="json")
        self.parts: Mapping[str, object] = parts | ({PARAMETER: named_space} if named_space else {})

    def url(self, **changes: object) -> str:
        parts = {name: value for name, value in {**self.parts, **changes}.items() if value not in (None, "")}
        return f"{self.base}?{urlencode(parts)}" if parts else self.base

    @property
    def is_filtered(self) -> bool:
        return bool(self.given.text or self.given.tag)


@blueprint.get("")
def index() -> Response:
    actor = current_actor()
    given = parse(PlaceIn, {name: request.args[name] for name in PlaceIn.model_fields if request.args.get(name)})
    place, space_id = Place(given, request.args.get(PARAMETER, "")), chosen_space(actor)
    filters = Filters(view=given.view, space_id=space_id, text=given.text, tag=given.tag)
    found = queries.list_notes(actor, filters, sort=given.sort, cursor=given.cursor, limit=PAGE_SIZE)
    context: dict[str, Any] = {} if templating.wants_partial() else {"tree": tree_of(actor, tree_space(actor))}
    response = templating.page(
        "notes/list.html",
        block="results",
        place=place,
        notes=found.items,
        writable=actor.can_write,
        next_url=place.url(cursor=found.next_cursor) if found.next_cursor else "",
        tabs=_tabs(place),
        sorts=_sorts(place),
        trashed=_trashed(actor),
        **context,
    )
    if templating.wants_partial() and not given.cursor:
        response.headers["HX-Replace-Url"] = place.url()
    return response


def _trashed(actor: Actor) -> tuple[int, str] | None:
    """What has just been moved to the trash on its own page."""
    note_id = request.args.get("trashed", type=int)
    title = queries.trashed_titles(actor, [note_id]).get(note_id) if note_id else None
    return (note_id, title) if note_id and title else None


def _tabs(place: Place) -> list[tuple[str, str, bool, None]]:
    names = {
        View.NOTES: _("All"),
        View.PINNED: _("Pinned"),
        View.DAILY: _("Daily"),
        View.TEMPLATES: _("Templates"),
        View.DRAFTS: _("Drafts"),
    }
    return [
        (name, place.url(view=None if view is View.NOTES else view.value), place.given.view is view, None)
        for view, name in names.items()
    ]


def _sorts(place: Place) -> list[tuple[str, str, bool]]:
    names = {Sort.CHANGED: _("Recently changed"), Sort.TITLE: _("Title")}
    return [
        (name, place.url(sort=None if sort is Sort.CHANGED else sort.value), place.given.sort is sort)
        for sort, name in names.items()
    ]
