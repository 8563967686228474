"""The card of the home page, the number beside the navigation, and what is computed ahead."""

from collections.abc import Mapping

from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Card, FirstStep, NavCount, Warmer
from trackeep.core.web.chosen_space import shown_space
from trackeep.tasks import queries
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.provides.names import ICON
from trackeep.tasks.wording import due_of, today_in

ON_CARD = 8


def due(actor: Actor) -> Mapping[str, object] | None:
    """Due today and overdue, the longest overdue first; nothing to show is no card."""
    page = queries.list_tasks(actor, Filters(view=View.TODAY, space_id=shown_space(actor)), limit=ON_CARD)
    if not page.items:
        return None
    today = today_in(actor.time_zone)
    rows = [(task, due_of(task.due_on, task.due_at, today)) for task in page.items]
    return {"rows": rows, "base": url_for("tasks.index")}


def due_count(actor: Actor) -> int:
    return queries.count_view(actor, View.TODAY, shown_space(actor))


def has_tasks(actor: Actor) -> bool:
    return bool(queries.list_tasks(actor, Filters(view=View.ALL), limit=1).items)


def warm_up(actor: Actor) -> None:
    """The card and the numbers, as they are without a chosen space."""
    queries.list_tasks(actor, Filters(view=View.TODAY), limit=ON_CARD)
    queries.counts(actor)
    queries.count_view(actor, View.TODAY)


OFFERS = (
    Card(
        name="tasks-due",
        title=_l("Due today and overdue"),
        template="tasks/card.html",
        load=due,
        order=10,
        icon=ICON,
        endpoint="tasks.index",
    ),
    FirstStep(
        name="tasks",
        title=_l("Write down what is to be done"),
        text=_l("A line such as “Call Mia tomorrow 9am” is enough: the day and the time are understood."),
        icon=ICON,
        endpoint="tasks.index",
        done=has_tasks,
        order=20,
    ),
    NavCount(endpoint="tasks.index", count=due_count),
    Warmer(load=warm_up),
)
