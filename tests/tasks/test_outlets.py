"""Calendars that go out: what they show, to whom, and how programs learn that nothing is new."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from apiflask import APIFlask
from icalendar import Calendar

from tests.people import Browser, People
from tests.tasks.conftest import Team
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.spaces import service as spaces
from trackeep.tasks import formats, queries, service
from trackeep.tasks.drafts import ProjectDraft, ReminderDraft, TaskDraft
from trackeep.tasks.service import OutletDraft, Shape
from trackeep.tasks.zones import zone_of

NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


class Hands:
    """The clock's, for tests that move them."""

    now = NOW


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.now)
    return hands


@pytest.fixture
def alice(people: People, hands: Hands) -> Actor:
    return people.add("alice")


@pytest.fixture
def program(people: People, alice: Actor) -> Browser:
    return people.browser(None)


def make(actor: Actor, title: str, **parts: object) -> int:
    return service.create_task(actor, actor.personal_space_id or 0, TaskDraft(title=title, **parts))  # type: ignore[arg-type]


def address(actor: Actor, **parts: object) -> str:
    made = service.create_outlet(actor, OutletDraft(name="Mine", **parts))  # type: ignore[arg-type]
    return f"/tasks/calendars/{made.secret}.ics"


def events(content: bytes) -> dict[str, object]:
    return {str(each["SUMMARY"]): each for each in Calendar.from_ical(content).walk("VEVENT")}


def test_due_tasks_are_events_for_whoever_has_the_address(alice: Actor, program: Browser) -> None:
    make(alice, "A day", due_on=date(2026, 12, 1), notes="Words")
    at = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
    make(alice, "An hour", due_at=at, estimate_minutes=60, reminders=[ReminderDraft(minutes_before=15)])
    make(alice, "Weekly", due_on=date(2026, 12, 3), recurrence="FREQ=WEEKLY")
    for title, day in (("Without a day", None), ("Long ago", date(2026, 1, 1)), ("Far", date(2029, 1, 1))):
        make(alice, title, due_on=day)

    answer = program.get(address(alice))

    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    found = events(answer.data)
    assert set(found) == {"A day", "An hour", "Weekly"}
    text = answer.text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261201" in text
    assert "DTSTART:20261202T093000Z" in text
    assert "DTEND:20261202T103000Z" in text
    assert "RRULE:FREQ=WEEKLY" in text
    assert "TRIGGER:-PT15M" in text


def test_as_tasks_they_come_back_by_the_import(alice: Actor, program: Browser) -> None:
    make(alice, "Weekly", due_on=date(2026, 12, 3), recurrence="FREQ=WEEKLY")
    answer = program.get(address(alice, shape=Shape.TASKS))
    read = list(formats.vtodo.read(BytesIO(answer.data), zone=zone_of("UTC")))
    assert [(each.title, each.recurrence) for each in read] == [("Weekly", "FREQ=WEEKLY")]


def test_what_has_not_changed_is_not_sent_again(alice: Actor, program: Browser, hands: Hands) -> None:
    task_id = make(alice, "A day", due_on=date(2026, 12, 1))
    url = address(alice)
    first = program.get(url)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]

    hands.now += timedelta(hours=1)
    assert program.get(url, headers={"If-None-Match": etag}).status_code == 304
    assert program.get(url, headers={"If-Modified-Since": modified}).status_code == 304

    service.trash_tasks(alice, [task_id])
    again = program.get(url, headers={"If-Modified-Since": modified})
    assert (again.status_code, events(again.data)) == (200, {})
    assert queries.list_outlets(alice)[0].last_used_at == hands.now


def test_a_revoked_or_wrong_address_leads_nowhere(alice: Actor, people: People, program: Browser) -> None:
    url = address(alice)
    outlet = queries.list_outlets(alice)[0]
    with pytest.raises(NotFound):
        service.revoke_outlet(people.add("bob"), outlet.id)
    assert program.get(url).status_code == 200

    service.revoke_outlet(alice, outlet.id)

    for gone in (url, "/tasks/calendars/wrong.ics"):
        answer = program.get(gone)
        assert (answer.status_code, answer.text) == (404, "There is no such calendar.")
        assert "Set-Cookie" not in answer.headers


def test_only_what_its_person_may_still_read_is_shown(app: APIFlask, team: Team, hands: Hands) -> None:
    owner, member, program = team.owner.actor, team.member.actor, app.test_client()
    project_id = service.create_project(owner, team.id, ProjectDraft(name="Garden"))
    due = date(2026, 12, 1)
    service.create_task(owner, team.id, TaskDraft(title="Dig", due_on=due, project_id=project_id))
    service.create_task(owner, team.id, TaskDraft(title="Hers", due_on=due, assignee_id=team.owner.id))
    urls = [address(member), address(member, space_id=team.id), address(member, project_id=project_id)]
    assert [set(events(program.get(url).data)) for url in urls] == [{"Dig"}] * 3

    spaces.remove_member(owner, team.id, user_id=team.member.id)

    assert [program.get(url).status_code for url in urls] == [200, 404, 404]
    assert events(program.get(urls[0]).data) == {}


def test_what_is_asked_for_is_checked(alice: Actor, people: People) -> None:
    with pytest.raises(Invalid):
        service.create_outlet(alice, OutletDraft(name=" "))
    with pytest.raises(NotFound):
        service.create_outlet(alice, OutletDraft(name="Theirs", space_id=people.add("bob").personal_space_id))


def test_the_page_makes_shows_once_and_revokes(alice: Actor, people: People, program: Browser) -> None:
    browser = people.browser("alice")
    made = browser.post("/tasks/calendars", {"name": "Phone", "shows": f"space-{alice.personal_space_id}"})
    url = made.text.partition("<code>")[2].partition("</code>")[0]
    assert program.get(url.partition("localhost")[2]).status_code == 200
    page = browser.get("/tasks/calendars").text
    assert "Phone" in page
    assert url not in page
    assert browser.post("/tasks/calendars", {"name": ""}).status_code == 422
    outlet = queries.list_outlets(alice)[0]
    assert browser.post(f"/tasks/calendars/{outlet.id}/revoke").status_code == 303
    assert queries.list_outlets(alice) == []
