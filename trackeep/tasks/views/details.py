"""One task: in the panel beside the list, or as a page of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, url_for
from flask_babel import gettext as _

from trackeep.core import markdown, templating
from trackeep.core.actor import Actor
from trackeep.core.slots import slots
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, recurrence
from trackeep.tasks.queries import CommentItem, ProjectItem, TaskItem
from trackeep.tasks.states import RecursFrom, Status
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.mentions import texts_of
from trackeep.tasks.views.rows import rows_of
from trackeep.tasks.wording import Today, clock_words, day_words, due_of, length_words, priority_names, today_in
from trackeep.tasks.zones import day_in

COMMENTS = 100
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REMINDERS = (0, 10, 30, 60, 24 * 60)
Choices = Sequence[tuple[object, str]]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A comment as it is shown."""

    item: CommentItem
    author: str
    text: markdown.Rendered
    is_mine: bool
    may_go: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """A reminder in words; ``rang`` is whether its moment is over."""

    id: int
    words: str
    rang: bool


@blueprint.get("/<int:task_id>")
def show(task_id: int) -> Response:
    actor = current_actor()
    return detail_page(actor, queries.get_task(actor, task_id))


def detail_page(actor: Actor, item: TaskItem) -> Response:
    today = today_in(actor.time_zone)
    waiting = queries.dependencies(actor, item.id)
    return templating.page(
        "tasks/task.html",
        block="detail",
        item=item,
        row=rows_of(actor, [item])[0],
        above=queries.ancestors(actor, item) if item.parent_id is not None else [],
        notes=markdown.render(item.notes) if item.notes else None,
        subtasks=rows_of(actor, queries.subtasks(actor, item.id), with_project=False, nested=True),
        blockers=rows_of(actor, waiting.blockers, with_project=False),
        blocked=rows_of(actor, waiting.blocked, with_project=False),
        reminders=_reminders(actor, item, today),
        comments=_comments(actor, item),
        start=due_of(item.start_on, item.start_at, today),
        repeats=recurrence.described(item.recurrence) if item.recurrence else "",
        length=length_words(item.estimate_minutes),
        offered=_choices(actor, item, today),
    )


def _choices(actor: Actor, item: TaskItem, today: Today) -> Mapping[str, object]:
    """What the fields of the panel offer."""
    return {
        "statuses": status_names(),
        "priorities": list(enumerate(priority_names())),
        "people": [("", _("Nobody")), *queries.members(actor, item.space_id)],
        "places": place_choices(actor, item.space_id),
        "sections": _sections(actor, item),
        "rules": rule_choices(item, today),
        "origins": [
            (RecursFrom.DUE.value, _("counted from the due date")),
            (RecursFrom.COMPLETION.value, _("counted from when it is done")),
        ],
        "reminder_choices": [(minutes, before_words(minutes)) for minutes in REMINDERS],
    }


def status_names() -> Choices:
    return [
        (Status.OPEN.value, _("Open")),
        (Status.IN_PROGRESS.value, _("In progress")),
        (Status.DONE.value, _("Done")),
        (Status.CANCELLED.value, _("Given up")),
    ]


def place_choices(actor: Actor, space_id: int) -> Choices:
    """The inbox and the projects of the space, indented as their tree is."""
    tree = queries.project_tree(actor, space_id)
    return [("", _("Inbox")), *((project.id, _indented(project)) for project in tree)]


def rule_choices(item: TaskItem, today: Today) -> Choices:
    """Presets that fit the due day; the rule in force is among them, whatever it is."""
    day = due_day(item, today) or today.day
    rules = [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        f"FREQ=WEEKLY;BYDAY={WEEKDAYS[day.weekday()]}",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
    ]
    if item.recurrence and item.recurrence not in rules:
        rules.append(item.recurrence)
    words = [(rule, recurrence.described(rule)) for rule in rules]
    return [("", _("Does not repeat")), *words, ("own", _("Another rhythm …"))]


def due_day(item: TaskItem, today: Today) -> date | None:
    return day_in(today.zone, item.due_at) if item.due_at is not None else item.due_on


def before_words(minutes: int) -> str:
    if minutes == 0:
        return str(_("When it is due"))
    if minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return str(_("The day before")) if days == 1 else str(_("%(days)s days before", days=days))
    return str(_("%(length)s before", length=length_words(minutes)))


def _sections(actor: Actor, item: TaskItem) -> Choices:
    if item.project_id is None:
        return []
    sections = queries.sections_of(actor, item.project_id)
    return [("", _("No section")), *((section.id, section.name) for section in sections)] if sections else []


def _indented(project: ProjectItem) -> str:
    return "\u2003" * project.depth + project.name


def _reminders(actor: Actor, item: TaskItem, today: Today) -> list[Ring]:
    return [
        Ring(
            each.id,
            before_words(each.minutes_before)
            if each.minutes_before is not None
            else f"{day_words(day_in(today.zone, each.at), today)} {clock_words(each.at, today)}",
            each.fired_at is not None,
        )
        for each in queries.reminders(actor, item.id)
    ]


def _comments(actor: Actor, item: TaskItem) -> list[Spoken]:
    page = queries.comments(actor, item.id, limit=COMMENTS)
    names = slots.names_of(sorted({each.author_id for each in page.items if each.author_id is not None}))
    texts = texts_of(page.items)
    return [
        Spoken(
            each,
            names.get(each.author_id or 0, str(_("Somebody who has left"))),
            texts[each.id],
            each.author_id == actor.user_id,
            each.author_id == actor.user_id or actor.can_manage(item.space_id),
        )
        for each in page.items
    ]


def shown_again(actor: Actor, task_id: int) -> Response:
    """The details after a change, which lists on show hear of, too."""
    response = detail_page(actor, queries.get_task(actor, task_id))
    response.headers["HX-Trigger"] = "list-changed"
    return response


def address(task_id: int) -> str:
    return url_for("tasks.show", task_id=task_id)
