"""The audit log is written with the change and read by pages."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import People
from trackeep.core import audit, clock, db
from trackeep.core.actor import Actor
from trackeep.core.audit import AuditFilter, audit_page
from trackeep.core.errors import Invalid

TODAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def alice(people: People) -> Actor:
    people.add("somebody")
    return people.add("alice")


def write(actor: Actor, name: str, moment: datetime = TODAY, number: int = 0) -> None:
    with clock.freeze(moment), db.unit_of_work():
        audit.record(actor, name, number=number)


def names(**wanted: object) -> list[str]:
    return [entry.name for entry in audit_page(AuditFilter(**wanted)).items]  # type: ignore[arg-type]  # as the tests say


def test_an_event_that_is_rolled_back_never_happened(alice: Actor) -> None:
    with pytest.raises(RuntimeError), db.unit_of_work():
        audit.record(alice, "a.b")
        raise RuntimeError
    assert names() == []


def test_events_come_newest_first_in_pages(alice: Actor) -> None:
    for number in range(5):
        write(alice, f"a.event_{number}", number=number)
    first = audit_page(AuditFilter(), limit=3)
    rest = audit_page(AuditFilter(), cursor=first.next_cursor, limit=3)
    assert [entry.facts["number"] for entry in (*first.items, *rest.items)] == [4, 3, 2, 1, 0]
    assert rest.next_cursor is None


def test_events_are_filtered(alice: Actor) -> None:
    write(alice, "accounts.signed_in", TODAY - timedelta(days=1))
    write(Actor(), "accounts.sign_in_failed")
    write(alice, "trash.emptied")
    assert names(name="accounts.") == ["accounts.sign_in_failed", "accounts.signed_in"]
    assert names(name="accounts.signed_in") == ["accounts.signed_in"]
    assert names(user_id=alice.user_id) == ["trash.emptied", "accounts.signed_in"]
    assert names(since=TODAY) == ["trash.emptied", "accounts.sign_in_failed"]
    assert names(until=TODAY) == ["accounts.signed_in"]
    assert names(name="%") == []
    assert names(name="accounts_") == []


def test_a_foreign_cursor_is_refused(people: People) -> None:
    with pytest.raises(Invalid):
        audit_page(AuditFilter(), cursor="WyJ4Il0")
