"""The part of the archive of everything a person owns."""

from collections.abc import Iterable, Iterator

import orjson

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Exporter
from trackeep.tasks import queries
from trackeep.tasks.provides.names import DOMAIN_NAME


def export_tasks(actor: Actor) -> Iterable[bytes]:
    """A task a line, with its comments and reminders; finished ones too. Nothing of what others own."""
    for record in queries.exported_tasks(actor, actor.personal_space_id or 0):
        yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def export_projects(actor: Actor) -> Iterator[bytes]:
    for record in queries.exported_projects(actor, actor.personal_space_id or 0):
        yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


OFFERS = (
    Exporter(
        name="tasks",
        domain=DOMAIN_NAME,
        file_name="tasks.jsonl",
        write=export_tasks,
        title=_l("Tasks with all their details, one a line"),
    ),
    Exporter(
        name="projects",
        domain=DOMAIN_NAME,
        file_name="projects.jsonl",
        write=export_projects,
        title=_l("Projects with their sections, one a line"),
    ),
)
