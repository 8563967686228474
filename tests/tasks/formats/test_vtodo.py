"""VTODO in and out."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from icalendar import Calendar

from tests.effort import at_most
from tests.tasks.formats.drawing import drafts
from trackeep.tasks.formats import calendar, vtodo
from trackeep.tasks.formats.drafts import TaskDraft, UnreadableFile

BERLIN, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def read(*lines: str, zone: ZoneInfo = BERLIN) -> list[TaskDraft]:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
    return list(vtodo.read(io.BytesIO(text.encode()), zone=zone))


def todo(*lines: str) -> TaskDraft:
    (found,) = read("BEGIN:VTODO", *lines, "END:VTODO")
    return found


def test_a_task_with_all_it_can_have() -> None:
    found = todo(
        "UID:a-1", "SUMMARY:Buy milk\\, two", "DESCRIPTION:First\\nsecond \\", " ; third", "STATUS:IN-PROCESS",
        "PRIORITY:2", "DUE;TZID=Europe/Berlin:20261201T090000", "DTSTART;VALUE=DATE:20261130", "PERCENT-COMPLETE:40",
        "CATEGORIES:home,to\\, buy", "CATEGORIES:Home,x", "RELATED-TO:root", "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "ESTIMATED-DURATION:PT45M", "COMMENT:said", "CREATED:20261101T100000Z",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER;RELATED=END:-PT30M", "END:VALARM",
    )  # fmt: skip
    assert found == TaskDraft(
        number=1,
        key="a-1",
        parent_key="root",
        title="Buy milk, two",
        notes="First\nsecond ; third",
        status="in_progress",
        priority=3,
        due_on=date(2026, 12, 1),
        due_at=datetime(2026, 12, 1, 8, tzinfo=UTC),
        start_on=date(2026, 11, 30),
        estimate_minutes=45,
        progress=40,
        tags=("Home", "to, buy", "x"),
        comments=("said",),
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        reminders=(30,),
        created_at=datetime(2026, 11, 1, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("DUE:20261201T090000", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("DUE:20261201T090000Z", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("DUE;TZID=America/New_York:20261201T090000", datetime(2026, 12, 1, 14, tzinfo=UTC)),
        ("DUE;TZID=W. Europe Standard Time:20260701T090000", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("DUE;TZID=/maker.example/20260101/Asia/Tokyo:20261201T090000", datetime(2026, 12, 1, 0, tzinfo=UTC)),
    ],
)
def test_zones(due: str, moment: datetime) -> None:
    found = todo("SUMMARY:x", due)
    assert (found.due_at, found.remarks) == (moment, ())


def test_a_duration_counts_from_the_start() -> None:
    assert todo("SUMMARY:x", "DTSTART:20261201T090000Z", "DURATION:PT2H").due_at == datetime(
        2026, 12, 1, 11, tzinfo=UTC
    )


def test_a_completed_task_needs_no_status() -> None:
    found = todo("SUMMARY:x", "COMPLETED:20261201T090000Z")
    assert (found.status, found.completed_at) == ("done", datetime(2026, 12, 1, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    "odd",
    ["DUE:soon", "DUE:20269999", "DUE;TZID=Nowhere/At all:20261201T090000", "PRIORITY:high", "PERCENT-COMPLETE:101",
     "RRULE:FREQ=HOURLY", "RRULE:x", "no line at all", "ESTIMATED-DURATION:-PT5M", "PRIORITY:²"],
)  # fmt: skip
def test_what_is_odd_is_told_and_the_task_stays(odd: str) -> None:
    found = todo("SUMMARY:x", odd)
    assert (found.title, found.broken, len(found.remarks)) == ("x", None, 1)


def test_a_changed_occurrence_is_no_task() -> None:
    first, second = read(
        "BEGIN:VTODO", "UID:a", "SUMMARY:x", "END:VTODO",
        "BEGIN:VTODO", "UID:a", "RECURRENCE-ID:20261201T090000Z", "SUMMARY:x", "END:VTODO",
    )  # fmt: skip
    assert first.broken is None
    assert second.broken


def test_other_things_of_a_calendar_are_passed_by() -> None:
    found = read("BEGIN:VEVENT", "SUMMARY:no", "END:VEVENT", "BEGIN:VTODO", "SUMMARY:yes", "END:VTODO")
    assert [task.title for task in found] == ["yes"]


@pytest.mark.parametrize("data", [b"", b"garbage", b"<html>", b"PK\x03\x04", b"TYPE,CONTENT\n"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        list(vtodo.read(io.BytesIO(data), zone=BERLIN))


@pytest.mark.parametrize(
    "lines",
    [
        ["BEGIN:VTODO"] * 20_000,
        ["END:VTODO"] * 20_000,
        ["BEGIN:X"] * 10_000 + ["END:X"] * 10_000,
        ["BEGIN:VTODO", "SUMMARY:" + "\\," * 50_000, "CATEGORIES:" + "," * 100_000, "END:VTODO"],
        ["BEGIN:VTODO", "SUMMARY" + ';a="' * 5_000 + ":x", "END:VTODO"],
        ["BEGIN:VTODO", "SUMMARY:x"] + ["COMMENT:x"] * 10_000 + ["END:VTODO"],
    ],
)
def test_hostile_files_are_read_in_bounded_time(lines: list[str]) -> None:
    with at_most(3):
        read(*lines)


def written(task: TaskDraft, zone: ZoneInfo) -> bytes:
    return b"".join(calendar.written([task], name="All, of it", zone=zone, now=NOW))


def test_what_goes_out_is_read_by_others() -> None:
    task = TaskDraft(number=1, key="a", title="x", due_at=datetime(2026, 7, 1, 7, tzinfo=UTC), recurrence="FREQ=DAILY")
    found = Calendar.from_ical(written(task, BERLIN))
    (theirs,) = found.walk("VTODO")
    assert theirs.get("due").dt.isoformat() == "2026-07-01T09:00:00+02:00"
    assert theirs.get("dtstart").dt == theirs.get("due").dt
    assert [zone.get("tzid") for zone in found.walk("VTIMEZONE")] == ["Europe/Berlin"]


@settings(max_examples=60)
@given(drafts())
def test_what_goes_out_comes_back(task: TaskDraft) -> None:
    (found,) = vtodo.read(io.BytesIO(written(task, UTC_ZONE)), zone=UTC_ZONE)
    is_same_time = (task.start_on, task.start_at) == (task.due_on, task.due_at)
    if task.recurrence and is_same_time:
        task = replace(task, start_on=None, start_at=None)
    assert found == task
