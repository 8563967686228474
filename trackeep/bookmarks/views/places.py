"""Where the visitor is in the list: the filters, order and layout in the address, and addresses near it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request, url_for
from pydantic import Field

from trackeep.bookmarks.filters import Filters, Sort
from trackeep.bookmarks.schemas import FilterIn
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import PARAMETER, chosen_space


class PlaceIn(FilterIn):
    sort: Sort = Sort.NEWEST
    layout: Literal["list", "cards"] = "list"
    cursor: Annotated[str | None, Field(max_length=2_000)] = None


class Place:
    """One view of the list, within the space that the switcher or the address names. ``url`` is the address of the
    same view with some parts changed."""

    def __init__(self, given: PlaceIn, *, space_id: int | None = None, named: str = "") -> None:
        self.given = given
        self.space_id = space_id
        self.base = url_for("bookmarks.index")
        parts = given.model_dump(exclude_defaults=True, exclude={"cursor"}, mode="json")
        self.parts: Mapping[str, object] = parts | ({PARAMETER: named} if named else {})

    def filters(self) -> Filters:
        return replace(self.given.filters(), space_id=self.space_id)

    def url(self, **changes: object) -> str:
        parts = {name: value for name, value in {**self.parts, **changes}.items() if value not in (None, "")}
        return f"{self.base}?{urlencode(parts)}" if parts else self.base

    @property
    def query(self) -> str:
        """The view as it is kept in a hidden field, to come back to it."""
        return urlencode(dict(self.parts))

    @property
    def filter_fields(self) -> dict[str, object]:
        """What a form must carry to mean everything in this view."""
        fields = {name: value for name, value in self.parts.items() if name not in ("sort", "layout", PARAMETER)}
        return fields if self.space_id is None else {**fields, PARAMETER: self.space_id}

    @property
    def is_filtered(self) -> bool:
        return bool(set(self.filter_fields) - {"view", PARAMETER})


def current_place(actor: Actor) -> Place:
    """From the address; what belongs to others, such as the open panel, is left alone."""
    given = parse(PlaceIn, _known(dict(request.args)))
    return Place(given, space_id=chosen_space(actor), named=request.args.get(PARAMETER, ""))


def place_before() -> Place:
    """From the hidden field ``back`` of a form in the list."""
    return Place(parse(PlaceIn, _known(dict(parse_qsl(request.form.get("back", "")[:4_000])))))


def list_place(actor: Actor) -> Place:
    """The list that the visitor reads through: named in the address, or the one that they came from."""
    query = request.args.get("list")
    if query is None:
        origin = urlsplit(request.referrer or "")
        query = origin.query if origin.path == url_for("bookmarks.index") else ""
    found = dict(parse_qsl(query[:4_000]))
    try:
        given = parse(PlaceIn, {name: value for name, value in _known(found).items() if name != "cursor"})
    except Invalid:
        given = PlaceIn()
    return Place(given, space_id=chosen_space(actor))


def _known(given: Mapping[str, str]) -> dict[str, str]:
    names = PlaceIn.model_fields.keys() - {PARAMETER}
    return {name: value for name, value in given.items() if name in names and value.strip()}
