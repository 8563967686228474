"""Palette and search."""

from collections.abc import Mapping, Sequence

from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, Found, PaletteSource, SearchSource
from trackeep.tasks import queries
from trackeep.tasks.filters import View
from trackeep.tasks.provides.names import DOMAIN_NAME, ICON, KIND
from trackeep.tasks.queries import TaskHit


def find(actor: Actor, text: str, limit: int) -> Sequence[Found]:
    return [found(hit) for hit in queries.find_tasks(actor, text, limit)]


def recent(actor: Actor, limit: int) -> Sequence[Found]:
    return [found(hit) for hit in queries.newest_tasks(actor, limit)]


def load(actor: Actor, ids: Sequence[int]) -> Mapping[int, Found]:
    return {hit.id: found(hit) for hit in queries.hits(actor, ids).values()}


def found(hit: TaskHit) -> Found:
    return Found(
        title=hit.title,
        url=url_for("tasks.show", task_id=hit.id),
        icon=ICON if hit.is_open else "circle-check",
        hint=hit.project,
        object_id=hit.id,
        kind=KIND,
        happened=hit.created_at,
    )


OFFERS = (
    PaletteSource(kind=KIND, domain=DOMAIN_NAME, title=_l("Task"), find=find, recent=recent),
    SearchSource(kind=KIND, title=_l("Tasks"), icon=ICON, load=load),
    Action(
        title=_l("Tasks of today"),
        icon="sun",
        endpoint="tasks.index",
        values={"view": View.TODAY.value},
        keywords=(_l("due"), _l("overdue")),
    ),
    Action(
        title=_l("Import tasks"), icon="file-import", endpoint="tasks.import_page", keywords=(_l("Todoist"), _l("CSV"))
    ),
    Action(title=_l("Export tasks"), icon="file-export", endpoint="tasks.export_page", keywords=(_l("CSV"),)),
    Action(title=_l("Inbox of tasks"), icon="inbox", endpoint="tasks.index", values={"view": View.INBOX.value}),
)
