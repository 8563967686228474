"""Quick add: a line becomes a task."""

from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Found, QuickAdd
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import TaskDraft
from trackeep.tasks.provides.finding import found
from trackeep.tasks.provides.names import DOMAIN_NAME, ICON, KIND

LIKELY = 0.5
"""Any line may be a task; whoever is surer, such as of an address, comes first."""


def looks_like_task(text: str) -> float:
    line = text.strip()
    is_one_line = bool(line) and "\n" not in line
    return LIKELY if is_one_line and not line.lower().startswith(("http://", "https://")) else 0.0


def preview(_actor: Actor, text: str) -> str:
    return str(_("A task in your inbox: %(title)s", title=text.strip()[:200]))


def add(actor: Actor, space_id: int, text: str) -> Found:
    try:
        task_id = service.create_task(actor, space_id, TaskDraft(title=text))
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
