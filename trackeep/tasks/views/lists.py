"""The lists that everybody has, and a project as a list by its sections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import urlencode

from flask import Response, request, url_for
from flask_babel import gettext as _

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import PARAMETER, chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.tasks import queries
from trackeep.tasks.filters import View
from trackeep.tasks.schemas import ListQuery
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.rows import Row, rows_of
from trackeep.tasks.views.tabs import tabs
from trackeep.tasks.wording import Today, heading_words, today_in

PAGE_SIZE = 50
BOARD_SIZE = 100
LATE, NOW = "late", "now"
NESTED = frozenset({View.INBOX})


@dataclass(frozen=True, slots=True)
class Group:
    """Rows below a heading, which is empty where a list has none; ``key`` tells it apart on the next page."""

    key: str
    title: str
    rows: Sequence[Row]
    look: str = ""
    section_id: int = 0
    more: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the visitor is: the filters in the address, and what a form typed there must carry."""

    title: str
    url: str
    filters: Mapping[str, str] = field(default_factory=dict)
    adds: Mapping[str, object] = field(default_factory=dict)
    view: View | None = None
    project_id: int | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(set(self.filters) - {"view", PARAMETER})


@blueprint.get("")
@limited_by(SEARCH, searched("text"))
def index() -> Response:
    actor = current_actor()
    query, place = _asked()
    filters = replace(query.filters(), space_id=chosen_space(actor))
    page = queries.list_tasks(actor, filters, sort=query.sort, cursor=query.cursor, limit=PAGE_SIZE)
    rows = rows_of(actor, page.items, with_project=query.view is not View.INBOX, nested=query.view in NESTED)
    groups = list(_groups(query.view, rows, today_in(actor.time_zone)))
    following = _following(place, page.next_cursor, groups[-1].key if groups else "")
    return templating.page(
        "tasks/list.html",
        block="results",
        place=place,
        groups=groups,
        shown_before=request.args.get("last", "")[:20] if query.cursor else "",
        next_url=following,
        tabs=tabs(actor, query.view),
        is_first_page=not query.cursor,
    )


@blueprint.get("/projects/<int:project_id>")
def show_project(project_id: int) -> Response:
    actor = current_actor()
    project = queries.get_project(actor, project_id)
    columns = queries.project_columns(actor, project_id, limit=BOARD_SIZE)
    whole = url_for("tasks.index", view=View.OPEN.value, project=project_id)
    groups = [
        Group(
            key=str(column.key),
            title=column.name,
            rows=rows_of(actor, column.cards, with_project=False, nested=True),
            section_id=int(column.key),
            more=whole if column.next_cursor else "",
            total=column.total,
        )
        for column in columns
    ]
    place = Place(
        title=project.name,
        url=url_for("tasks.show_project", project_id=project_id),
        adds={"project_id": project_id},
        project_id=project_id,
    )
    return templating.page(
        "tasks/project.html",
        block="results",
        place=place,
        project=project,
        groups=[group for group in groups if group.rows or group.title],
        writable=actor.can_write(project.space_id),
        tabs=tabs(actor, None),
    )


def _asked() -> tuple[ListQuery, Place]:
    known = set(ListQuery.model_fields) - {"limit", "space"}
    given = {name: value for name, value in request.args.items() if name in known and value.strip()}
    view = View.TODAY if set(given) <= {"view", "sort", "cursor"} else View.OPEN
    query = parse(ListQuery, {"view": view.value, **given})
    filters = {**given, "view": query.view.value}
    filters.pop("cursor", None)
    named = request.args.get(PARAMETER, "")
    url = f"{url_for('tasks.index')}?{urlencode({**filters, **({PARAMETER: named} if named else {})})}"
    adds = {"view": query.view.value} if query.view is View.TODAY else {}
    return query, Place(_title(query), url, filters, adds, query.view, query.project)


def _title(query: ListQuery) -> str:
    names = {
        View.TODAY: _("Today"),
        View.OVERDUE: _("Overdue"),
        View.UPCOMING: _("Upcoming"),
        View.INBOX: _("Inbox"),
        View.FINISHED: _("Finished"),
        View.OPEN: _("All open"),
        View.ALL: _("All tasks"),
    }
    return str(names[query.view])


def _following(place: Place, cursor: str | None, last: str) -> str:
    if not cursor:
        return ""
    return f"{place.url}{'&' if '?' in place.url else '?'}cursor={cursor}&last={last}"


def _groups(view: View, rows: Sequence[Row], today: Today) -> Iterator[Group]:
    if view is View.TODAY:
        late = [row for row in rows if row.due is not None and row.due.day < today.day]
        due = [row for row in rows if row not in late]
        if late:
            yield Group(LATE, _("Overdue"), late, look=LATE)
        if due:
            yield Group(NOW, heading_words(today.day, today), _without_day(due))
    elif view is View.UPCOMING:
        for day, some in groupby(rows, key=lambda row: row.due.day if row.due else today.day):
            yield Group(day.isoformat(), heading_words(day, today), _without_day(list(some)))
    elif rows:
        yield Group("all", "", rows)


def _without_day(rows: Sequence[Row]) -> list[Row]:
    """The day stands above them, so that only the time is left to tell."""
    return [
        replace(row, due=row.due._replace(words=row.due.clock) if row.due.clock else None) if row.due else row
        for row in rows
    ]
