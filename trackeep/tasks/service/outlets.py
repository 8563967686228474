"""Calendars that go out: made, revoked, and read by programs that know the address."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from trackeep.core import audit, clock, db, keyring
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.slots import slots
from trackeep.core.titles import one_line
from trackeep.tasks import queries
from trackeep.tasks.formats import TaskDraft as Entry
from trackeep.tasks.formats import calendar, events
from trackeep.tasks.models import MAX_OUTLET_NAME, TaskOutlet
from trackeep.tasks.queries import OutletItem
from trackeep.tasks.zones import zone_of

MAX_OUTLETS = 50
USED = timedelta(minutes=5)


class Shape(StrEnum):
    """``EVENTS`` are shown by every calendar program, ``TASKS`` by those that know tasks."""

    EVENTS = "events"
    TASKS = "tasks"


_WRITERS: Mapping[str, Callable[..., Iterator[bytes]]] = {
    Shape.EVENTS: events.written,
    Shape.TASKS: calendar.written,
}


@dataclass(frozen=True, slots=True)
class OutletDraft:
    """Without a space it shows all that its person may read; a project decides the space."""

    name: str
    shape: Shape = Shape.EVENTS
    space_id: int | None = None
    project_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewOutlet:
    """The only moment at which the secret is known."""

    id: int
    secret: str


@dataclass(frozen=True, slots=True)
class Published:
    """What an address shows at this moment, and since when it has been like this."""

    content: bytes
    content_hash: str
    changed_at: datetime


def create_outlet(actor: Actor, draft: OutletDraft) -> NewOutlet:
    """Whoever has the address reads what the actor may read, so a token must be one that reads tasks. Raises Invalid,
    and NotFound for a space or project that is not the actor's to see."""
    actor.require_scope("tasks:read")
    user_id, secret, now = actor.require_user(), keyring.new_token(), clock.now()
    values = _columns(actor, draft)
    with db.unit_of_work() as session:
        mine = select(func.count()).select_from(TaskOutlet).where(TaskOutlet.user_id == user_id)
        if (session.scalar(mine) or 0) >= MAX_OUTLETS:
            raise Invalid(fields={"name": [_("There are too many calendars. Please revoke some that nobody reads.")]})
        row = {
            **values,
            "user_id": user_id,
            "secret_hash": keyring.hash_token(secret),
            "created_at": now,
            "changed_at": now,
        }
        outlet_id = session.scalars(insert(TaskOutlet).returning(TaskOutlet.id), [row]).one()
        audit.record(actor, "tasks.outlet_created", outlet_id=outlet_id, outlet_name=values["name"])
    return NewOutlet(outlet_id, secret)


def revoke_outlet(actor: Actor, outlet_id: int) -> None:
    """From now on its address leads nowhere. Raises NotFound for another person's, too."""
    user_id = actor.require_user()
    with db.unit_of_work() as session:
        mine = delete(TaskOutlet).where(TaskOutlet.id == outlet_id, TaskOutlet.user_id == user_id)
        if session.execute(mine.returning(TaskOutlet.id)).first() is None:
            raise NotFound()
        audit.record(actor, "tasks.outlet_revoked", outlet_id=outlet_id)


def published(secret: str) -> Published | None:
    """None for a wrong secret, for one that was revoked, and for one whose person may not read this any more: nobody
    learns which."""
    outlet = queries.outlet_of(keyring.hash_token(secret))
    actor = slots.actor_of(outlet.user_id) if outlet is not None else None
    if outlet is None or actor is None:
        return None
    try:
        found = queries.dated(actor, space_id=outlet.space_id, project_id=outlet.project_id)
    except NotFound:
        return None
    tasks = [_shown(task) for task in found.entries]
    # The stamp of the newest change, not of this moment: what has not changed reads the same.
    pieces = _WRITERS[outlet.shape](
        tasks, name=outlet.name, zone=zone_of(actor.time_zone), now=max(found.changed_at, outlet.created_at)
    )
    content = b"".join(pieces)
    content_hash = hashlib.sha256(content).hexdigest()
    return Published(content, content_hash, _note_use(outlet, content_hash))


def _shown(task: Entry) -> Entry:
    """What is done does not come again: the next one is a task of its own. Comments stay inside."""
    return replace(task, comments=(), recurrence="" if task.completed_at else task.recurrence)


def _note_use(outlet: OutletItem, content_hash: str) -> datetime:
    """Since when the content is like this. Written when it has changed, and otherwise at most every few minutes:
    programs ask often."""
    now = clock.now()
    is_new = outlet.content_hash != content_hash
    if not is_new and outlet.last_used_at is not None and outlet.last_used_at > now - USED:
        return outlet.changed_at
    values: dict[str, Any] = {"last_used_at": now}
    if is_new:
        values |= {"content_hash": content_hash, "changed_at": now}
    late = or_(
        TaskOutlet.content_hash != content_hash, TaskOutlet.last_used_at.is_(None), TaskOutlet.last_used_at < now
    )
    with db.unit_of_work() as session:
        used = update(TaskOutlet).where(TaskOutlet.id == outlet.id, late).values(**values)
        session.execute(used.execution_options(synchronize_session=False))
    return now if is_new else outlet.changed_at


def _columns(actor: Actor, draft: OutletDraft) -> dict[str, Any]:
    name = one_line(draft.name)
    if not name:
        raise Invalid(fields={"name": [_("A calendar needs a name.")]})
    if len(name) > MAX_OUTLET_NAME:
        raise Invalid(fields={"name": [_("At most %(limit)s characters.", limit=MAX_OUTLET_NAME)]})
    space_id = draft.space_id
    if draft.project_id is not None:
        space_id = queries.get_project(actor, draft.project_id).space_id
    elif space_id is not None:
        actor.require_read(space_id)
    return {"name": name, "shape": draft.shape.value, "space_id": space_id, "project_id": draft.project_id}
