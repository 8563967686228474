"""Files of tasks to be imported, and the steps of an import, for tests."""

import io
from collections.abc import Mapping

from apiflask import APIFlask

from trackeep.core import jobs
from trackeep.core.actor import Actor
from trackeep.tasks import exports, queries, service
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.formats import TaskDraft
from trackeep.tasks.imports import Options, Outcome
from trackeep.tasks.queries import ImportItem, ImportRowItem

TODOIST = (
    "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n"
    "section,Ground floor,,,,,,,,\n"
    "task,Paint the hall @paint,Two coats,1,1,,,2026-12-01,en,Europe/Berlin\n"
    "task,Buy paint,,4,2,,,every week,en,Europe/Berlin\n"
    "note,Ask for the old colour,,,,,,,,\n"
    "task,Mask the doors,,3,2,,,,en,\n"
    "section,Roof,,,,,,,,\n"
    "task,Call the roofer,,2,1,,,2026-12-03 10:00,en,Europe/Berlin\n"
)
TABLE = (
    "What,When it is due,Where,Labels\n"
    "Pay the rent,01/12/2026,Home,money\n"
    "Water the plants,13/12/2026,Home,\n"
    ",14/12/2026,,\n"
    "Pay the rent,01/12/2026,Home,money\n"
)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Somebody//EN\r\n"
    "BEGIN:VTODO\r\nUID:child@elsewhere\r\nSUMMARY:Cut the hedge\r\nRELATED-TO:parent@elsewhere\r\nEND:VTODO\r\n"
    "BEGIN:VTODO\r\nUID:parent@elsewhere\r\nSUMMARY:Garden\r\nDUE;VALUE=DATE:20261201\r\n"
    "RRULE:FREQ=MONTHLY\r\nPRIORITY:1\r\nEND:VTODO\r\n"
    "BEGIN:VTODO\r\nUID:done@elsewhere\r\nSUMMARY:Sow\r\nSTATUS:COMPLETED\r\nCOMPLETED:20261101T100000Z\r\nEND:VTODO\r\n"
    "END:VCALENDAR\r\n"
)


def bring(app: APIFlask, actor: Actor, content: str | bytes, *, name: str = "tasks.csv") -> ImportItem:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    import_id = service.open_import(actor, actor.personal_space_id or 0, file_name=name, stream=stream)
    jobs.work_off(app)
    return queries.get_import(actor, import_id)


def choose(app: APIFlask, actor: Actor, item: ImportItem, columns: Mapping[str, int], project: str = "") -> ImportItem:
    service.choose_options(actor, item.id, Options(columns, project=project))
    jobs.work_off(app)
    return queries.get_import(actor, item.id)


def run(app: APIFlask, actor: Actor, item: ImportItem) -> ImportItem:
    service.start_import(actor, item.id)
    jobs.work_off(app)
    return queries.get_import(actor, item.id)


def undo(app: APIFlask, actor: Actor, item: ImportItem) -> ImportItem:
    service.start_undo(actor, item.id)
    jobs.work_off(app)
    return queries.get_import(actor, item.id)


def report(actor: Actor, item: ImportItem, outcome: Outcome | None = None) -> list[ImportRowItem]:
    return list(queries.import_rows(actor, item.id, outcome=outcome, limit=100).items)


def everything(actor: Actor) -> Filters:
    return Filters(view=View.ALL, space_id=actor.personal_space_id)


def library(actor: Actor) -> dict[str, TaskDraft]:
    found = queries.outgoing(actor, queries.outgoing_ids(actor, everything(actor)))
    return {task.title: task for task in found}


def written(actor: Actor, form: str) -> bytes:
    return b"".join(exports.export(actor, everything(actor), form))
