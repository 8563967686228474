"""Rules in words."""

import pytest

from trackeep.tasks.recurrence import described


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Mon and Thu"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every week on Mon, Wed and Fri"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "every month on the 1st"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,13,22,-1", "every month on the 2nd, the 13th, the 22nd and the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "every month on the 3rd last day"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Fri"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "every month on the 1st Mon or Tue"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on Fri that is the 13th"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "every year on the 24th in December"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2,3", "every 4 years in February and March"),
        ("FREQ=DAILY;COUNT=1", "every day, once"),
        ("FREQ=DAILY;COUNT=5", "every day, 5 times"),
        ("FREQ=DAILY;UNTIL=20261231T120000Z", "every day until 2026-12-31"),
    ],
)
def test_words(rule: str, words: str) -> None:
    assert described(rule) == words
