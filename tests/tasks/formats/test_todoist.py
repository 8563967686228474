"""Todoist's CSV."""

import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from trackeep.tasks.formats import todoist
from trackeep.tasks.formats.drafts import TaskDraft
from trackeep.tasks.formats.tables import table_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 12, tzinfo=BERLIN)
HEADER = (
    "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT\r\n"
)


def read(text: str) -> list[TaskDraft]:
    return list(todoist.read(io.BytesIO(text.encode()), now=NOW, zone=BERLIN))


def test_a_task_with_all_it_can_have() -> None:
    (task,) = read(
        "\ufeff" + HEADER + 'task,Buy milk @errands @home,"Two, please",1,1,Ann (123),Bob Lee (456),tomorrow at 5pm,en,'
        "America/New_York,30,minute\r\n"
    )
    assert task == TaskDraft(
        number=1,
        key="1",
        title="Buy milk",
        notes="Two, please",
        priority=4,
        due_on=date(2026, 11, 28),
        due_at=datetime(2026, 11, 28, 22, tzinfo=UTC),
        estimate_minutes=30,
        assignee="Bob Lee",
        tags=("errands", "home"),
    )


def test_sections_comments_and_the_tree() -> None:
    tasks = read(
        HEADER
        + "meta,view_style=list,,,,,,,,,,\r\ntask,A,,4,1,,,,,,,\r\nnote,said of A,,,,,,,,,,\r\ntask,B,,2,2,,,,,,,\r\n"
        "task,C,,3,3,,,,,,,\r\ntask,D,,,2,,,,,,,\r\n,,,,,,,,,,,\r\nsection,Later,,,,,,,,,,\r\ntask,E,,4,2,,,,,,,\r\n"
    )
    assert [(task.title, task.parent_key, task.section, task.priority) for task in tasks] == [
        ("A", "", "", 0),
        ("B", "2", "", 3),
        ("C", "4", "", 2),
        ("D", "2", "", 0),
        ("E", "", "Later", 0),
    ]
    assert tasks[0].comments == ("said of A",)


def test_dates_are_phrases() -> None:
    phrases = ["every weekday", "Jan 3", "2026-12-24", "every! 2 weeks", "3 Jan 2027 14:00", "när som helst", ""]
    tasks = read(HEADER + "".join(f"task,T,,4,1,,,{phrase},en,,,\r\n" for phrase in phrases))
    assert [task.due_on for task in tasks] == [
        date(2026, 11, 27), date(2027, 1, 3), date(2026, 12, 24), date(2026, 11, 27), date(2027, 1, 3), None, None,
    ]  # fmt: skip
    assert tasks[0].recurrence == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert tasks[3].recurs_from == "completion"
    assert [bool(task.remarks) for task in tasks] == [False, False, False, False, False, True, False]


def test_older_files_have_fewer_columns() -> None:
    (task,) = read("TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DUE_DATE\ntask,T,2,1,,,tomorrow\n")
    assert (task.title, task.priority, task.due_on) == ("T", 3, date(2026, 11, 28))


def test_what_is_broken_is_told_and_harms_no_other() -> None:
    tasks = read(HEADER + 'task,"never closed,,1\ntask,Good,,4,1\nwhat,Odd,,,\ntask,,,4,1\ntask,@only,,4,x\n')
    assert [(task.title, task.broken is None) for task in tasks] == [
        ("", False), ("Good", True), ("Odd", False), ("", False), ("@only", True),
    ]  # fmt: skip
    assert tasks[-1].remarks


def test_it_is_known_by_its_columns() -> None:
    assert todoist.is_todoist(table_of(io.BytesIO(HEADER.encode())))
    assert not todoist.is_todoist(table_of(io.BytesIO(b"Title,Due\n")))
