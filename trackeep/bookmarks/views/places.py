"""Where the visitor is in the list: the filters, order and layout in the address, and addresses near it."""

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from pydantic import Field

from trackeep.bookmarks.filters import Sort
from trackeep.bookmarks.schemas import FilterIn
from trackeep.core.schemas import parse


class PlaceIn(FilterIn):
    sort: Sort = Sort.NEWEST
    layout: Literal["list", "cards"] = "list"
    cursor: Annotated[str | None, Field(max_length=2_000)] = None


class Place:
    """One view of the list. ``url`` is the address of the same view with some parts changed."""

    def __init__(self, given: PlaceIn) -> None:
        self.given = given
        self.base = url_for("bookmarks.index")
        self.parts: Mapping[str, object] = given.model_dump(exclude_defaults=True, exclude={"cursor"}, mode="json")

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
        return {name: value for name, value in self.parts.items() if name not in ("sort", "layout")}

    @property
    def is_filtered(self) -> bool:
        return bool(set(self.filter_fields) - {"view", "space"})


def current_place() -> Place:
    """From the address; what belongs to others, such as the open panel, is left alone."""
    return Place(parse(PlaceIn, _known(dict(request.args))))


def place_before() -> Place:
    """From the hidden field ``back`` of a form in the list."""
    return Place(parse(PlaceIn, _known(dict(parse_qsl(request.form.get("back", "")[:4_000])))))


def _known(given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name in PlaceIn.model_fields and value.strip()}
