"""Any table, by the columns that a person chooses."""

import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from trackeep.tasks.formats import columns, kind_of
from trackeep.tasks.formats.drafts import TaskDraft, UnreadableFile

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 12, tzinfo=BERLIN)


def read(text: str, *, day_first: bool = True) -> list[TaskDraft]:
    shown = columns.preview(io.BytesIO(text.encode()), now=NOW, zone=BERLIN, day_first=day_first)
    found = list(columns.read(io.BytesIO(text.encode()), shown.mapped, now=NOW, zone=BERLIN, day_first=day_first))
    assert list(shown.drafts) == found[: columns.PREVIEW_ROWS]
    return found


def dues(*values: str, day_first: bool = True) -> list[date | None]:
    found = read("Title;Due\n" + "".join(f"T;{value}\n" for value in values), day_first=day_first)
    return [task.due_on for task in found]


def test_columns_are_known_by_their_names() -> None:
    names = ["Task Name", "Due Date", "List", "Labels", "PRIORITY", "Completed", "Completed_At", "Notes", "Assigned to"]
    assert columns.suggested(names) == {
        "title": 0, "due": 1, "project": 2, "tags": 3, "priority": 4, "status": 5, "completed": 6, "notes": 7,
        "assignee": 8,
    }  # fmt: skip


def test_no_column_is_suggested_twice() -> None:
    found = columns.suggested(["Title", "Title", "Date", "Name"])
    assert found == {"title": 0, "due": 2}


def test_a_row_with_all_it_can_have() -> None:
    (task,) = read(
        "id,title,notes,status,priority,due,start,completed,created,repeat,project,section,tags,owner,estimate,progress,"
        'parent\n7,Buy milk,"two\nlines",Doing,High,2026-12-01 09:00,1.12.2026,,2026-11-01T10:00:00Z,every 2 weeks,'
        'House,Kitchen,"#home, to buy",Ann,30,50%,3\n'
    )
    assert task == TaskDraft(
        number=1,
        key="7",
        parent_key="3",
        title="Buy milk",
        notes="two\nlines",
        status="in_progress",
        priority=3,
        due_on=date(2026, 12, 1),
        due_at=datetime(2026, 12, 1, 8, tzinfo=UTC),
        start_on=date(2026, 12, 1),
        created_at=datetime(2026, 11, 1, 10, tzinfo=UTC),
        recurrence="FREQ=WEEKLY;INTERVAL=2",
        project="House",
        section="Kitchen",
        tags=("home", "to buy"),
        assignee="Ann",
        estimate_minutes=30,
        progress=50,
    )


def test_the_whole_column_tells_the_order() -> None:
    assert dues("3/4/2027", "25/4/2027", day_first=False) == [date(2027, 4, 3), date(2027, 4, 25)]
    assert dues("3/4/2027", "4/25/2027", day_first=True) == [date(2027, 3, 4), date(2027, 4, 25)]
    assert dues("3/4/2027", day_first=False) == [date(2027, 3, 4)]
    assert dues("3/4/2027", day_first=True) == [date(2027, 4, 3)]
    assert dues("3.4.27", day_first=False) == [date(2027, 4, 3)]
    assert dues("2027-04-03", "2027/4/3", day_first=False) == [date(2027, 4, 3)] * 2
    assert dues("Jan 3, 2027", "tomorrow", "next monday") == [date(2027, 1, 3), date(2026, 11, 28), date(2026, 11, 30)]


def test_what_does_not_fit_the_order_is_told() -> None:
    good, odd = read("Title,Due\nA,25/4/2027\nB,4/25/2027\n")
    assert (good.due_on, odd.due_on) == (date(2027, 4, 25), None)
    assert len(odd.remarks) == 1


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-12-01T09:00:00+02:00", datetime(2026, 12, 1, 7, tzinfo=UTC)),
        ("2026-12-01 09:00:00.123Z", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("1.12.2026 9:00", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("1/12/2026, 9:00 PM", datetime(2026, 12, 1, 20, tzinfo=UTC)),
        ("2026-12-01 -0500", None),
        ("2026-12-01 25:00", None),
        ("tomorrow 9am", datetime(2026, 11, 28, 8, tzinfo=UTC)),
    ],
)
def test_moments(value: str, moment: datetime | None) -> None:
    (task,) = read(f"Title;Due\nT;{value}\n")
    assert task.due_at == moment


@pytest.mark.parametrize(
    ("word", "status"),
    [("x", "done"), ("TRUE", "done"), ("Won't do", "cancelled"), ("todo", "open"), ("hm", "open"), ("", "open")],
)
def test_statuses(word: str, status: str) -> None:
    (task,) = read(f"Title,Status\nT,{word}\n")
    assert task.status == status
    assert bool(task.remarks) == (word == "hm")


def test_what_has_a_day_of_completion_is_done() -> None:
    (task,) = read("Title,Completed at\nT,2026-11-01\n")
    assert (task.status, task.completed_at) == ("done", datetime(2026, 11, 1, 12, tzinfo=BERLIN))


def test_a_table_without_titles_shows_its_rows() -> None:
    shown = columns.preview(io.BytesIO(b"foo,bar\n1,2\n"), now=NOW, zone=BERLIN)
    assert (shown.columns, shown.mapped, list(shown.rows), list(shown.drafts)) == (("foo", "bar"), {}, [["1", "2"]], [])
    with pytest.raises(UnreadableFile):
        list(columns.read(io.BytesIO(b"foo,bar\n1,2\n"), {"due": 0}, now=NOW, zone=BERLIN))
    with pytest.raises(UnreadableFile):
        list(columns.read(io.BytesIO(b"foo,bar\n1,2\n"), {"title": 9}, now=NOW, zone=BERLIN))
    (task,) = columns.read(io.BytesIO(b"foo,bar\n1,2\n"), {"title": 1}, now=NOW, zone=BERLIN)
    assert task.title == "2"


def test_kinds_are_told_apart() -> None:
    assert kind_of(io.BytesIO(b"Title,Due\nA,\n")) == "table"
    assert kind_of(io.BytesIO(b"TYPE,CONTENT,PRIORITY,INDENT\n")) == "todoist"
    assert kind_of(io.BytesIO(b"\xef\xbb\xbf\r\nBEGIN:VCALENDAR\r\n")) == "calendar"
    with pytest.raises(UnreadableFile):
        kind_of(io.BytesIO(b" \n"))
