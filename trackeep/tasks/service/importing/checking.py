"""The dry run: the file is read once, each entry gets its line in the report, nothing is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import opened
from trackeep.core.slots import slots
from trackeep.spaces import service as spaces
from trackeep.tasks import imports
from trackeep.tasks.formats import UnreadableFile
from trackeep.tasks.imports import Finding, Options, Outcome
from trackeep.tasks.models import TaskImport, TaskImportRow
from trackeep.tasks.service.importing.records import BATCH, IMPORTS, known_tasks
from trackeep.tasks.service.lines import member_named
from trackeep.tasks.zones import zone_of

MAX_MEMBERS = 500
MAX_NAMES = 200
_INSERT = insert(TaskImportRow.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table


def check_import(import_id: int) -> None:
    """Called by the job. After an interruption the report is written anew."""
    record = IMPORTS.find(import_id, "checking")
    actor = IMPORTS.person_of(record) if record is not None else None
    if record is None or actor is None:
        return
    try:
        _check(actor, record)
    except FileNotFoundError:
        IMPORTS.fail(import_id, _("The file is no longer there. Please bring it once more."))
    except UnreadableFile as error:
        IMPORTS.fail(import_id, str(error.reason))
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


def _check(actor: Actor, record: TaskImport) -> None:
    """Who chose other options meanwhile has the file looked through once more: this report is then not shown."""
    import_id, options = record.id, record.options
    lines = _judged(actor, record, _read(actor, record))
    with db.unit_of_work() as session:
        session.execute(delete(TaskImportRow).where(TaskImportRow.import_id == import_id))
        IMPORTS.change(import_id, total=0)
    for start in range(0, len(lines), BATCH):
        with db.unit_of_work():
            if not _is_current(import_id, options):
                return
            db.write(_INSERT, [_columns(import_id, line) for line in lines[start : start + BATCH]])
            IMPORTS.change(import_id, total=min(start + BATCH, len(lines)))
    with db.unit_of_work():
        if _is_current(import_id, options):
            IMPORTS.change(import_id, state="checked", counts=IMPORTS.counted(import_id), error=None)


def _is_current(import_id: int, options: Mapping[str, Any]) -> bool:
    record = IMPORTS.find(import_id, "checking", lock=True)
    return record is not None and record.options == options


def _read(actor: Actor, record: TaskImport) -> list[Finding]:
    zone = zone_of(actor.time_zone)
    options = Options.of(record.options)
    with opened(record.blob_key or "") as file:
        now = record.created_at.astimezone(zone)
        kind = imports.kind_named(record.kind)
        return imports.findings(imports.entries_of(file, kind, options, now=now, zone=zone), kind, options)


def _judged(actor: Actor, record: TaskImport, lines: Sequence[Finding]) -> list[Finding]:
    """What the space has is left alone; whom a name means is found out."""
    named = ((line.key, line.payload.get("uid", "")) for line in lines if line.key)
    known = known_tasks(record.space_id, named)
    people = _people(record.space_id, {line.payload["assignee"] for line in lines if line.payload.get("assignee")})
    return [_with_person(_known(line, known), people) for line in lines]


def _known(line: Finding, known: Mapping[str, int]) -> Finding:
    if line.key not in known or line.outcome is not Outcome.NEW:
        return line
    return replace(line, outcome=Outcome.KNOWN, payload={**line.payload, "task_id": known[line.key or ""]})


def _with_person(line: Finding, people: Mapping[str, int]) -> Finding:
    name = line.payload.get("assignee", "")
    if not name:
        return line
    if name.casefold() in people:
        return replace(line, payload={**line.payload, "assignee_id": people[name.casefold()]})
    said = _("Nobody in this space is called “%(name)s”.", name=name)
    return replace(line, payload={**line.payload, "said": [*line.payload.get("said", ()), said]})


def _people(space_id: int, names: set[str]) -> dict[str, int]:
    """Members by the names that they show, by user names and by addresses."""
    if not names:
        return {}
    members = spaces.memberships()
    query = select(members.c.user_id).where(members.c.space_id == space_id).order_by(members.c.user_id)
    shown = slots.names_of(list(db.session().scalars(query.limit(MAX_MEMBERS))))
    found = {name.casefold(): user_id for user_id, name in shown.items()}
    for name in sorted(names - found.keys())[:MAX_NAMES]:
        user_id = member_named(space_id, name) if name.casefold() not in found else None
        if user_id is not None:
            found[name.casefold()] = user_id
    return found


def _columns(import_id: int, line: Finding) -> dict[str, object]:
    payload = dict(line.payload)
    return {
        "import_id": import_id,
        "number": line.number,
        "level": line.level,
        "parent": line.parent,
        "same_as": line.same_as,
        "key": line.key,
        "outcome": line.outcome.value,
        "title": line.title,
        "task_id": payload.pop("task_id", None),
        "payload": payload,
    }
