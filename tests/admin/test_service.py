"""Only administrators, and what they do is recorded."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from tests.people import People
from trackeep.admin import queries, service
from trackeep.core import db, jobs
from trackeep.core.actor import Actor
from trackeep.core.audit import AuditEvent
from trackeep.core.errors import NotFound, Unauthenticated
from trackeep.core.jobs import JobRow
from trackeep.core.jobs.claims import State

CALLS: list[Callable[[Actor], object]] = [
    queries.panels,
    queries.pages,
    queries.queue_state,
    queries.audit_log,
    lambda actor: queries.jobs(actor, state=None),
    lambda actor: service.retry_jobs(actor, ids=None),
    lambda actor: service.discard_jobs(actor, ids=[1]),
]


@pytest.fixture
def admin(people: People) -> Actor:
    people.add("somebody")
    return people.add("admin", is_admin=True)


def fail_job() -> int:
    with db.unit_of_work() as session:
        jobs.enqueue("a.one", {})
        session.execute(update(JobRow).values(state=State.FAILED, error="It broke."))
        return session.scalars(select(JobRow.id)).one()


@pytest.mark.parametrize("call", CALLS)
def test_nobody_else_gets_in(call: Callable[[Actor], object], people: People, admin: Actor) -> None:
    with pytest.raises(NotFound):
        call(people.add("alice"))
    with pytest.raises(NotFound):
        call(replace(admin, scopes=frozenset({"admin:read", "admin:write"})))
    with pytest.raises(Unauthenticated):
        call(Actor())
    call(admin)


@pytest.mark.parametrize(("verb", "name"), [(service.retry_jobs, "retried"), (service.discard_jobs, "discarded")])
def test_what_is_done_with_jobs_is_recorded(verb: Callable[..., int], name: str, admin: Actor) -> None:
    job_id = fail_job()
    assert verb(admin, ids=[job_id]) == 1
    event = db.session().scalars(select(AuditEvent)).one()
    assert (event.name, event.user_id, event.facts) == (f"admin.jobs_{name}", admin.user_id, {"number": 1})
