"""A project as a board: columns by section or by status, more cards of a column, a card that moves, a new card."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import InputSchema, parse
from trackeep.core.web.identity import current_actor
from trackeep.core.web.shell import week_start_of
from trackeep.tasks import queries, service
from trackeep.tasks.queries import BoardBy, Column, ProjectItem, TaskItem
from trackeep.tasks.schemas import TaskMoveIn
from trackeep.tasks.schemas.fields import Cursor, Text
from trackeep.tasks.service import Place
from trackeep.tasks.states import Status
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.cards import Card, cards_of
from trackeep.tasks.views.door import blueprint

LAST_EXACT = 1_000


class Lane(NamedTuple):
    """A column as it is shown. ``total`` is words such as '12' or '1,000+', ``number`` the same for the script."""

    key: int | str
    name: str
    cards: Sequence[Card]
    more_url: str
    number: int
    is_section: bool

    @property
    def is_capped(self) -> bool:
        return self.number > LAST_EXACT


class CardsQuery(InputSchema):
    by: BoardBy = BoardBy.SECTION
    key: str = "0"
    cursor: Cursor = None


class CardIn(InputSchema):
    """``title`` is a line as quick add reads it."""

    title: Text = ""
    section_id: int | None = None
    status: Status = Status.OPEN


@blueprint.get("/projects/<int:project_id>/board")
def board(project_id: int) -> Response:
    actor = current_actor()
    project = queries.get_project(actor, project_id)
    by = chosen_division(actor, project)
    columns = queries.project_columns(actor, project_id, by=by)
    address = url_for("tasks.board", project_id=project_id, by=by.value)
    return templating.page(
        "tasks/board.html",
        block="board",
        project=project,
        by=by.value,
        lanes=_lanes(actor, project_id, by, columns),
        address=address,
        writable=actor.can_write(project.space_id),
        ordered=True,
    )


def chosen_division(actor: Actor, project: ProjectItem) -> BoardBy:
    """By sections where there are some, unless the address says otherwise."""
    named = request.args.get("by", "")
    if named in {each.value for each in BoardBy}:
        return BoardBy(named)
    return BoardBy.SECTION if queries.sections_of(actor, project.id) else BoardBy.STATUS


@blueprint.get("/projects/<int:project_id>/board/cards")
def board_cards(project_id: int) -> Response:
    """More cards of one column."""
    actor = current_actor()
    given = parse(CardsQuery, {name: request.args[name] for name in ("by", "key", "cursor") if name in request.args})
    key = _key(given)
    page = queries.column_cards(actor, project_id, given.by, key, cursor=given.cursor)
    more = _more_url(project_id, given.by, key, page.next_cursor)
    return more_cards(page.items, more, url_for("tasks.board", project_id=project_id))


def more_cards(tasks: Sequence[TaskItem], more_url: str, back: str) -> Response:
    cards = cards_of(current_actor(), tasks)
    return templating.page("tasks/board_more.html", block="cards", cards=cards, more_url=more_url, back=back)


@blueprint.post("/projects/<int:project_id>/cards")
def add_card(project_id: int) -> AnyResponse:
    actor = current_actor()
    project = queries.get_project(actor, project_id)
    given = parse(CardIn, {name: request.form[name] for name in CardIn.model_fields if request.form.get(name)})
    place = Place(project_id=project_id, section_id=given.section_id, status=given.status)
    made = service.add_line(actor, project.space_id, given.title, place, week_start=week_start_of(actor))
    task, back = queries.get_task(actor, made), url_for("tasks.board", project_id=project_id)
    if (task.project_id, task.section_id) != (project_id, given.section_id):
        return told(_("Added elsewhere, as the line says."), task_id=made, back=back)
    return told(response=more_cards([task], "", back), redraw=False, back=back)


@blueprint.post("/<int:task_id>/place")
def place_task(task_id: int) -> AnyResponse:
    """To another column, or between two other cards. Only what is named changes; an empty section is none."""
    actor = current_actor()
    given = {name: request.form[name] or None for name in TaskMoveIn.model_fields if name in request.form}
    wanted = parse(TaskMoveIn, given)
    before = queries.get_task(actor, task_id)
    service.move_task(actor, task_id, wanted.move(), children=wanted.children)
    task = queries.get_task(actor, task_id)
    # The next one of a task that repeats has come or gone, which the board does not show yet.
    return told(redraw=task.next_id != before.next_id, back=_board_of(task))


def _board_of(task: TaskItem) -> str:
    return url_for("tasks.board", project_id=task.project_id) if task.project_id else ""


def _lanes(actor: Actor, project_id: int, by: BoardBy, columns: Sequence[Column]) -> list[Lane]:
    names = status_names()
    return [
        Lane(
            key=column.key,
            name=column.name or names.get(str(column.key), "") or _("Without a section"),
            cards=cards_of(actor, column.cards),
            more_url=_more_url(project_id, by, column.key, column.next_cursor),
            number=column.total,
            is_section=by is BoardBy.SECTION and column.key != 0,
        )
        for column in columns
    ]


def status_names() -> Mapping[str, str]:
    return {
        Status.OPEN.value: _("To do"),
        Status.IN_PROGRESS.value: _("In progress"),
        Status.DONE.value: _("Done"),
        Status.CANCELLED.value: _("Given up"),
    }


def _more_url(project_id: int, by: BoardBy, key: int | str, cursor: str | None) -> str:
    if cursor is None:
        return ""
    return url_for("tasks.board_cards", project_id=project_id, by=by.value, key=key, cursor=cursor)


def _key(given: CardsQuery) -> int | str:
    if given.by is BoardBy.STATUS:
        return given.key
    return int(given.key) if given.key.isascii() and given.key.isdigit() and len(given.key) < 19 else 0
