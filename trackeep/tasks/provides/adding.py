"""Quick add: a line becomes a task, its words read as day, time, tag, person, priority, project and repetition."""

from datetime import timedelta

from flask_babel import format_date, format_time

from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Found, QuickAdd
from trackeep.core.web.chosen_space import target_space
from trackeep.tasks import queries, recurrence, service
from trackeep.tasks.provides.finding import found
from trackeep.tasks.provides.names import DOMAIN_NAME, ICON, KIND
from trackeep.tasks.zones import day_in

LIKELY = 0.5
"""Any line may be a task; whoever is surer, such as of an address, comes first."""
_PRIORITIES = (_l("no priority"), _l("low priority"), _l("medium priority"), _l("high priority"), _l("urgent"))


def looks_like_task(text: str) -> float:
    line = text.strip()
    is_one_line = bool(line) and "\n" not in line
    return LIKELY if is_one_line and not line.lower().startswith(("http://", "https://")) else 0.0


def preview(actor: Actor, text: str) -> str:
    """One sentence with everything that was understood, the title first."""
    meant = service.read_line(actor, target_space(actor), text)
    parts = [_due(actor, meant), _repeats(meant), _place(meant), _priority(meant)]
    parts += [
        _("for %(name)s", name=meant.assignee) if meant.assignee else "",
        " ".join(f"#{tag}" for tag in meant.tags),
    ]
    return " · ".join([str(_("Task: %(title)s", title=meant.line.title[:200])), *filter(None, parts)])


def add(actor: Actor, space_id: int, text: str) -> Found:
    try:
        task_id = service.add_line(actor, space_id, text)
    except Invalid as error:
        complaints = next(iter(error.fields.values()), [error.detail])
        raise Invalid(fields={"text": complaints}) from error
    return found(queries.hits(actor, [task_id])[task_id])


def _due(actor: Actor, meant: service.Meant) -> str:
    day, clock_time = meant.line.due_on, meant.line.due_time
    if day is None:
        return ""
    today = day_in(actor.time_zone, clock.now())
    near = {today: _("today"), today + timedelta(1): _("tomorrow")}
    words = str(near.get(day) or format_date(day, "medium"))
    if clock_time is None:
        return str(_("due %(day)s", day=words))
    return str(_("due %(day)s at %(time)s", day=words, time=format_time(clock_time, "short", rebase=False)))


def _repeats(meant: service.Meant) -> str:
    line = meant.line
    if not line.recurrence:
        return ""
    words = recurrence.described(line.recurrence)
    return str(_("%(rule)s after completion", rule=words)) if line.recurs_from == "completion" else words


def _place(meant: service.Meant) -> str:
    line = meant.line
    if not line.project:
        return ""
    name = f"{line.project} / {line.section}" if line.section else line.project
    return str(_("in the new project %(name)s", name=name) if meant.makes_project else _("in %(name)s", name=name))


def _priority(meant: service.Meant) -> str:
    return str(_PRIORITIES[meant.line.priority]) if meant.line.priority else ""


OFFERS = (
    QuickAdd(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Task"),
        icon=ICON,
        matches=looks_like_task,
        preview=preview,
        add=add,
        deed=_l("Add this task"),
        about=_l("New task about this"),
    ),
)
