"""Which rules a task can follow, and their normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackeep.tasks.recurrence import UnusableRule, checked


@pytest.mark.parametrize(
    ("given_text", "normal"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("rrule:freq=weekly;interval=1;byday=th,mo;", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("FREQ=MONTHLY;BYDAY=-1FR,+2MO", "FREQ=MONTHLY;BYDAY=2MO,-1FR"),
        ("BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR;FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        ("FREQ=DAILY;COUNT=5", "FREQ=DAILY;COUNT=5"),
        ("FREQ=DAILY;UNTIL=20261231T225959Z", "FREQ=DAILY;UNTIL=20261231T225959Z"),
        ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
        ("FREQ=WEEKLY;\r\n BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO"),
    ],
)
def test_a_rule_gets_its_normal_form(given_text: str, normal: str) -> None:
    assert checked(given_text) == normal
    assert checked(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        "", ";", "daily", "FREQ", "FREQ=", "FREQ=FORTNIGHTLY", "INTERVAL=2",
        "FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;BYMINUTE=0",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=1001", "FREQ=DAILY;INTERVAL=1,2",
        "FREQ=DAILY;INTERVAL=" + "9" * 400, "FREQ=DAILY;INTERVAL=٣", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=1000000",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;UNTIL=20270230", "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;X=1", "FREQ=YEARLY;BYWEEKNO=3", "FREQ=DAILY;DTSTART=20260101",
        "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=", "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=YEARLY;BYDAY=54MO", "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYSETPOS=1", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "FREQ=DAILY;WKST=1MO", "FREQ=DAILY;WKST=MO,TU",
        "FREQ=DAILY;" + "X" * 1_000,
    ],
)  # fmt: skip
def test_what_no_task_can_follow_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UnusableRule) as refused:
        checked(text)
    assert len(str(refused.value.reason)) > 20


@given(st.text(alphabet="FREQ=DAILYWKMONTHBYUS;,-+0123456789 \n\0é", max_size=600))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        normal = checked(text)
    except UnusableRule:
        return
    assert checked(normal) == normal
