"""The imports of tasks, and which tasks a file brings that are there already."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.imports import Imports
from trackeep.tasks.imports import OWN_UID
from trackeep.tasks.models import Task, TaskImport, TaskImportRow, TaskOrigin
from trackeep.tasks.queries import own_uids

BATCH = 500

IMPORTS = Imports(
    domain="tasks",
    records=TaskImport,
    lines=TaskImportRow,
    refusal=_l("You may no longer add tasks to this space."),
)


def known_tasks(space_id: int, named: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Of these entries (key and uid) those that are tasks of the space already, by their keys. What lies in the trash
    or has moved to another space is not there."""
    wanted = dict(named)
    found = _by_origin(space_id, wanted.keys())
    ours = {key: match for key, uid in wanted.items() if key not in found and (match := OWN_UID.fullmatch(uid))}
    if ours:
        uids = own_uids(space_id, [int(match[1]) for match in ours.values()])
        found |= {key: uids[match[0]] for key, match in ours.items() if match[0] in uids}
    return found


def _by_origin(space_id: int, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), BATCH):
        some = (TaskOrigin.space_id == space_id, TaskOrigin.key.in_(wanted[start : start + BATCH]))
        query = select(TaskOrigin.key, TaskOrigin.task_id).join(Task, Task.id == TaskOrigin.task_id)
        found |= dict(
            db.session().execute(query.where(*some, Task.space_id == space_id, Task.deleted_at.is_(None))).all()
        )
    return found
