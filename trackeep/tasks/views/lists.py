"""The lists that everybody has, and one task."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.schemas import ListQuery
from trackeep.tasks.views.door import blueprint

PAGE_SIZE = 50
SHOWN = ("view", "cursor")


@blueprint.get("")
def index() -> Response:
    actor = current_actor()
    given = {name: value for name, value in request.args.items() if name in SHOWN and value.strip()}
    query = parse(ListQuery, {"view": View.TODAY.value, **given})
    filters = Filters(view=query.view, space_id=chosen_space(actor))
    page = queries.list_tasks(actor, filters, cursor=query.cursor, limit=PAGE_SIZE)
    following = url_for("tasks.index", view=query.view.value, cursor=page.next_cursor) if page.next_cursor else ""
    return templating.page(
        "tasks/list.html", block="results", tasks=page.items, next_url=following, tabs=_tabs(query.view)
    )


@blueprint.get("/<int:task_id>")
def show(task_id: int) -> Response:
    actor = current_actor()
    task = queries.get_task(actor, task_id)
    return templating.page("tasks/task.html", block="detail", task=task, subtasks=queries.subtasks(actor, task_id))


@blueprint.get("/projects/<int:project_id>")
def show_project(project_id: int) -> Response:
    actor = current_actor()
    page = queries.list_tasks(actor, Filters(project_id=project_id), limit=PAGE_SIZE)
    return templating.page("tasks/list.html", block="results", tasks=page.items, next_url="", tabs=[])


def _tabs(shown: View) -> list[tuple[str, str, bool, None]]:
    names = {View.TODAY: _("Today"), View.UPCOMING: _("Upcoming"), View.INBOX: _("Inbox"), View.FINISHED: _("Finished")}
    return [(name, url_for("tasks.index", view=view.value), view is shown, None) for view, name in names.items()]
