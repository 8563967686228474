"""The audit log as an administrator reads it."""

from datetime import UTC, date, datetime

import pytest

from tests.people import People
from tests.statements import counted
from trackeep.admin import queries
from trackeep.core import audit, clock, db
from trackeep.core.actor import Actor
from trackeep.core.slots import AdminPanel, Fact, PersonNames


@pytest.fixture
def admin(people: People) -> Actor:
    people.only_offer(PersonNames(load=lambda ids: {user_id: f"Person {user_id}" for user_id in ids}))
    people.add("somebody")
    return people.add("admin", is_admin=True, time_zone="Pacific/Auckland")


def write(actor: Actor, name: str, moment: datetime) -> None:
    with clock.freeze(moment), db.unit_of_work():
        audit.record(actor, name)


def test_events_carry_names_of_people(admin: Actor) -> None:
    write(admin, "a.one", datetime(2026, 11, 23, tzinfo=UTC))
    write(Actor(), "a.two", datetime(2026, 11, 23, tzinfo=UTC))
    assert [named.who for named in queries.audit_log(admin).items] == ["", f"Person {admin.user_id}"]


def test_days_are_those_of_the_reader(admin: Actor) -> None:
    write(admin, "a.late_on_the_22nd_in_utc", datetime(2026, 11, 22, 23, 0, tzinfo=UTC))
    write(admin, "a.late_on_the_23rd_in_utc", datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    day = date(2026, 11, 23)
    found = queries.audit_log(admin, first_day=day, last_day=day).items
    assert [named.entry.name for named in found] == ["a.late_on_the_22nd_in_utc"]


def test_the_number_of_statements_does_not_grow(admin: Actor, people: People) -> None:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    write(admin, "a.one", moment)
    with counted() as few:
        queries.audit_log(admin)
    for number in range(20):
        write(people.add(f"person{number}"), "a.one", moment)
    with counted() as many:
        assert len(queries.audit_log(admin).items) == 21
    assert len(many) == len(few)


def test_panels_stand_in_their_order(admin: Actor, people: People) -> None:
    for name, order in (("second", 20), ("first", 10)):
        people.offer(
            AdminPanel(name=name, title=name, icon="x", load=lambda _actor: [Fact(term="t", value="v")], order=order)
        )
    assert [loaded.panel.name for loaded in queries.panels(admin)] == ["first", "second"]
