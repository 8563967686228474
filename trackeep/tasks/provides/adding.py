"""Quick add: a line becomes a task, with what it says about day, tags, project and more."""

from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Found, QuickAdd
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.shell import week_start_of
from trackeep.tasks import queries, service
from trackeep.tasks.line import MAX_LINE, understood
from trackeep.tasks.provides.finding import found
from trackeep.tasks.provides.names import DOMAIN_NAME, ICON, KIND
from trackeep.tasks.wording import facts, missing_words

LIKELY, SURER = 0.5, 0.7
"""Any line may be a task; whoever is surer, such as of an address, comes first. Days and signs speak for a task."""


def looks_like_task(text: str) -> float:
    line = text.strip()
    if not line or "\n" in line or line.lower().startswith(("http://", "https://")):
        return 0.0
    return SURER if understood(line, clock.now()).spans else LIKELY


def preview(actor: Actor, text: str) -> str:
    reading = service.read_line(actor, target_space(actor), text.strip()[:MAX_LINE], week_start=week_start_of(actor))
    title, known = reading.draft.title[:200], [fact.text for fact in facts(actor, reading.draft)]
    known += [missing_words(each.kind, each.name) for each in reading.missing]
    if not known:
        return str(_("A task in your inbox: %(title)s", title=title))
    return str(_("Task: %(title)s · %(known)s", title=title, known=" · ".join(known)))


def add(actor: Actor, space_id: int, text: str) -> Found:
    try:
        task_id = service.add_line(actor, space_id, text.strip(), week_start=week_start_of(actor))
    except Invalid as error:
        raise Invalid(fields={"text": error.fields.get("title", [error.detail])}) from error
    return found(queries.hits(actor, [task_id])[task_id])


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
