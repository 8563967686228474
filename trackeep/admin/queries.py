"""Reads for administrators: panels, jobs and the audit log with the names of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.redis_settings import URL_VARIABLES
from trackeep.admin.system import LOOKING_BACK, Span, SystemState, system_state
from trackeep.core import clock, ext
from trackeep.core.actor import Actor
from trackeep.core.audit import AuditEntry, AuditFilter, audit_page
from trackeep.core.jobs.board import JobEntry, job_counts, job_page, oldest_due
from trackeep.core.jobs.claims import State
from trackeep.core.measures import nodes
from trackeep.core.measures.nodes import Moment
from trackeep.core.paging import Page
from trackeep.core.slots import AdminPage, AdminPanel, Fact, slots


@dataclass(frozen=True, slots=True)
class LoadedPanel:
    """A panel of the overview and what it says now."""

    panel: AdminPanel
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An event of the log with the name of who caused it, empty for nobody and for people who are gone."""

    entry: AuditEntry
    who: str


@dataclass(frozen=True, slots=True)
class QueueState:
    """How the queue is doing; ``due_since`` is None while nothing waits longer than it should."""

    waiting: int
    running: int
    failed: int
    due_since: datetime | None


def panels(actor: Actor) -> list[LoadedPanel]:
    actor.require_admin()
    return [LoadedPanel(panel, panel.load(actor)) for panel in slots.ordered(AdminPanel)]


def pages(actor: Actor) -> list[AdminPage]:
    actor.require_admin()
    return slots.ordered(AdminPage)


def jobs(actor: Actor, *, state: State | None, cursor: str | None = None, limit: int = 50) -> Page[JobEntry]:
    actor.require_admin()
    return job_page(state, cursor=cursor, limit=limit)


def queue_state(actor: Actor) -> QueueState:
    actor.require_admin()
    counts = job_counts()
    return QueueState(counts[State.WAITING], counts[State.RUNNING], counts[State.FAILED], oldest_due())


def system(actor: Actor) -> SystemState:
    actor.require_admin()
    clients = {client.name: client.link.address.shown() for client in ext.redis().all()}
    addresses = {use: clients.get(use, "") for use in URL_VARIABLES}
    return system_state(nodes.recent(LOOKING_BACK), addresses, clock.now())


def system_history(actor: Actor, span: Span) -> Sequence[Moment]:
    actor.require_admin()
    return nodes.history(span.duration, span.step)


def system_lines(actor: Actor, span: Span) -> Sequence[Moment]:
    """The same in twelve steps, to be read."""
    actor.require_admin()
    return nodes.history(span.duration, span.line_step)


def audit_log(
    actor: Actor,
    *,
    name: str = "",
    user_id: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[NamedEntry]:
    """Events, newest first; the days are those of the actor's time zone, both included."""
    actor.require_admin()
    since = _midnight(first_day, actor.time_zone)
    until = _midnight(last_day + timedelta(days=1), actor.time_zone) if last_day else None
    wanted = AuditFilter(name=name, user_id=user_id, since=since, until=until)
    page = audit_page(wanted, cursor=cursor, limit=limit)
    names = slots.names_of(sorted({entry.user_id for entry in page.items if entry.user_id is not None}))
    return Page([NamedEntry(entry, names.get(entry.user_id or 0, "")) for entry in page.items], page.next_cursor)


def _midnight(day: date | None, time_zone: str) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(time_zone)) if day else None
