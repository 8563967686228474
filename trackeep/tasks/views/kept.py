"""Lists that people put together: conditions in the address, kept under a name, shown as a list or a board."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from flask import Response, request, url_for
from flask_babel import gettext as _
from pydantic import Field
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.paging import Page
from trackeep.core.schemas import InputSchema, parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.tasks import queries, service
from trackeep.tasks.filters import Filters, Sort, View, to_plain
from trackeep.tasks.queries import COLUMN_STATES, KeptFilter, TaskItem
from trackeep.tasks.schemas import FilterIn, kept_shape
from trackeep.tasks.schemas.fields import Cursor, Name
from trackeep.tasks.states import Status
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.board import Lane, more_cards, status_names
from trackeep.tasks.views.cards import cards_of
from trackeep.tasks.views.choices import Choices, choices_of
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.lists import Group, Place
from trackeep.tasks.views.rows import rows_of
from trackeep.tasks.views.words import chips_of

PAGE_SIZE = 50


class ConditionsIn(FilterIn):
    """What the form of conditions sends: those of a list, and how it is shown."""

    sort: Sort | None = None
    cursor: Cursor = None
    name: Annotated[str, Field(max_length=1_000)] = ""

    def plain(self) -> dict[str, Any]:
        """The conditions that are not as usual, as the address has them."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"cursor", "name"})


class NamedIn(FilterIn):
    name: Name = ""


class ColumnIn(InputSchema):
    status: Status = Status.OPEN
    cursor: Cursor = None


@blueprint.get("/filters")
@limited_by(SEARCH, searched("text"))
def filters() -> Response:
    """Any list by its conditions, which may then be kept."""
    actor = current_actor()
    given = parse(ConditionsIn, _known(request.args, ConditionsIn))
    asked = _asked(actor, given.filters())
    page = queries.list_tasks(actor, asked, sort=given.sort, cursor=given.cursor, limit=PAGE_SIZE, with_total=True)
    return _list(actor, page, given.plain(), asked)


@blueprint.get("/filters/<int:filter_id>", endpoint="filter")
def show_filter(filter_id: int) -> Response:
    actor = current_actor()
    kept = queries.get_filter(actor, filter_id)
    asked = _asked(actor, kept.filters)
    if request.args.get("layout") == "board":
        return _board(actor, kept, asked)
    cursor = parse(ConditionsIn, _known(request.args, ConditionsIn, only=("cursor",))).cursor
    page = queries.list_tasks(actor, asked, cursor=cursor, limit=PAGE_SIZE, with_total=True)
    return _list(actor, page, conditions_of(kept), asked, kept)


@blueprint.get("/filters/<int:filter_id>/edit")
def edit_filter(filter_id: int) -> Response:
    """Its name and its conditions as a form."""
    kept = queries.get_filter(current_actor(), filter_id)
    return _form(kept, conditions_of(kept) | {"name": kept.name})


@blueprint.get("/filters/new")
def new_filter() -> Response:
    return _form(None, _known(request.args, NamedIn))


@blueprint.post("/filters")
def keep_filter() -> AnyResponse:
    try:
        given = parse(NamedIn, _known(request.form, NamedIn))
        made = service.keep_filter(current_actor(), given.name, given.filters())
    except Invalid as error:
        return _form(None, request.form, error)
    return redirect(url_for("tasks.filter", filter_id=made), 303)


@blueprint.post("/filters/<int:filter_id>")
def change_filter(filter_id: int) -> AnyResponse:
    actor = current_actor()
    kept = queries.get_filter(actor, filter_id)
    try:
        given = parse(NamedIn, _known(request.form, NamedIn))
        service.change_filter(actor, filter_id, name=given.name, filters=given.filters())
    except Invalid as error:
        return _form(kept, request.form, error)
    return redirect(url_for("tasks.filter", filter_id=filter_id), 303)


@blueprint.post("/filters/<int:filter_id>/forget")
def forget_filter(filter_id: int) -> AnyResponse:
    """The way back keeps it again, as a new one."""
    kept = queries.get_filter(current_actor(), filter_id)
    service.forget_filter(current_actor(), filter_id)
    way_back = url_for("tasks.keep_filter_again", name=kept.name, **conditions_of(kept))
    return told(_("The view is gone, its tasks are not."), undo_url=way_back, back=url_for("tasks.index"))


@blueprint.post("/filters/again")
def keep_filter_again() -> AnyResponse:
    given = parse(NamedIn, _known(request.args, NamedIn))
    made = service.keep_filter(current_actor(), given.name, given.filters())
    return redirect(url_for("tasks.filter", filter_id=made), 303)


def conditions_of(kept: KeptFilter) -> dict[str, Any]:
    """Its conditions as the address of a list has them."""
    found: dict[str, Any] = kept_shape(kept, to_plain(kept.filters))["filter"]
    return found


def _asked(actor: Actor, wanted: Filters) -> Filters:
    """In the space that is looked at, unless the conditions name one."""
    if wanted.space_id is not None or wanted.project_id is not None:
        return wanted
    return replace(wanted, space_id=chosen_space(actor))


def _list(
    actor: Actor, page: Page[TaskItem], plain: Mapping[str, Any], asked: Filters, kept: KeptFilter | None = None
) -> Response:
    base = url_for("tasks.filter", filter_id=kept.id) if kept else url_for("tasks.filters")
    here = {} if kept else dict(plain)
    following = _address(base, {**here, "cursor": page.next_cursor}) if page.next_cursor else ""
    rows = rows_of(actor, page.items)
    return templating.page(
        "tasks/found.html",
        block="results",
        saved=kept,
        groups=[Group("all", "", rows)] if rows else [],
        place=Place(kept.name if kept else "", _address(base, here)),
        meant=_meant(plain, asked),
        next_url=following,
        total=page.total,
        capped=page.total_capped,
        given=plain,
        chips=chips_of(actor, plain, asked),
        choices=_choices(actor),
        query=urlencode(dict(plain)),
    )


def _meant(plain: Mapping[str, Any], asked: Filters) -> dict[str, Any]:
    """The fields by which the bar of marked tasks names everything that the list lets through."""
    fields = {name: value for name, value in plain.items() if name in FilterIn.model_fields}
    return fields | ({"space": asked.space_id} if asked.space_id is not None else {})


def _board(actor: Actor, kept: KeptFilter, asked: Filters) -> Response:
    """By status; the order within a column is that of the list, so only the column of a card can be changed."""
    names = status_names()
    shown = [status for status in COLUMN_STATES if not asked.statuses or status in asked.statuses]
    lanes = []
    for status in shown:
        page = queries.list_tasks(actor, _in_column(asked, status), limit=PAGE_SIZE, with_total=True)
        number = (page.total or 0) + int(page.total_capped)
        more = _more_url(kept, status, page.next_cursor)
        lanes.append(Lane(status.value, names[status.value], cards_of(actor, page.items), more, number, False))
    return templating.page(
        "tasks/board.html",
        block="board",
        project=None,
        saved=kept,
        by="status",
        lanes=lanes,
        address=_board_of(kept),
        writable=True,
        ordered=False,
    )


@blueprint.get("/filters/<int:filter_id>/cards")
def filter_cards(filter_id: int) -> Response:
    """More cards of one column of a saved list's board."""
    actor = current_actor()
    kept = queries.get_filter(actor, filter_id)
    given = parse(ColumnIn, {name: request.args[name] for name in ColumnIn.model_fields if name in request.args})
    in_column = _in_column(_asked(actor, kept.filters), given.status)
    page = queries.list_tasks(actor, in_column, cursor=given.cursor, limit=PAGE_SIZE)
    return more_cards(page.items, _more_url(kept, given.status, page.next_cursor), _board_of(kept))


def _board_of(kept: KeptFilter) -> str:
    return url_for("tasks.filter", filter_id=kept.id, layout="board")


def _more_url(kept: KeptFilter, status: Status, cursor: str | None) -> str:
    return url_for("tasks.filter_cards", filter_id=kept.id, status=status.value, cursor=cursor) if cursor else ""


def _in_column(asked: Filters, status: Status) -> Filters:
    """Days and people of today's list hold in the column of what is done, too."""
    view = View.FINISHED if status.is_closed and asked.view is View.OPEN else asked.view
    return replace(asked, view=view, statuses=(status,))


def _form(kept: KeptFilter | None, values: Mapping[str, Any], error: Invalid | None = None) -> Response:
    return templating.page(
        "tasks/filter_form.html",
        block="form",
        status=error.status if error else 200,
        saved=kept,
        values=values,
        errors=error.fields if error else {},
        choices=_choices(current_actor()),
    )


def _choices(actor: Actor) -> Choices:
    return choices_of(queries.project_tree(actor, chosen_space(actor)))


def _known(given: Mapping[str, str], schema: type[FilterIn], only: Sequence[str] = ()) -> dict[str, str]:
    """What the schema knows and what is filled in; the rest of an address belongs to others."""
    names = only or tuple(schema.model_fields)
    return {name: given[name] for name in names if given.get(name, "").strip()}


def _address(base: str, parts: Mapping[str, Any]) -> str:
    return f"{base}?{urlencode(dict(parts))}" if parts else base
