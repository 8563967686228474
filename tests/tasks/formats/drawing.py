"""Tasks drawn at random, as they may stand in a file of ours."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from trackeep.core.titles import one_line
from trackeep.tasks.formats.drafts import TaskDraft

_letters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"))
_word = st.text(_letters, min_size=1, max_size=12)
line = st.lists(_word, min_size=1, max_size=4).map(" ".join).filter(one_line)
texts = st.one_of(
    line, st.lists(line, min_size=1, max_size=4).map("\n".join), st.sampled_from(["=1+1", "'x", "@x", "-"])
)
moments = st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
    lambda each: each.replace(microsecond=0, tzinfo=UTC)
)
_rules = st.sampled_from(["", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=3"])


@st.composite
def drafts(draw: st.DrawFn) -> TaskDraft:
    due_at, start_at = draw(st.none() | moments), draw(st.none() | moments)
    due_on = due_at.date() if due_at else draw(st.none() | st.dates(date(1970, 1, 1), date(2100, 1, 1)))
    return TaskDraft(
        number=1,
        title=draw(line),
        key=draw(_word),
        parent_key=draw(st.just("") | _word),
        notes=draw(st.just("") | texts),
        status=draw(st.sampled_from(["open", "in_progress", "done", "cancelled"])),
        priority=draw(st.integers(0, 4)),
        due_on=due_on,
        due_at=due_at,
        start_on=start_at.date() if start_at else None,
        start_at=start_at,
        estimate_minutes=draw(st.none() | st.integers(0, 10_000)),
        progress=draw(st.integers(0, 100)),
        assignee=draw(st.just("") | line),
        project=draw(st.just("") | line),
        section=draw(st.just("") | line),
        tags=tuple({name.casefold(): name for name in draw(st.lists(line, max_size=4))}.values()),
        comments=tuple(draw(st.lists(texts, max_size=3))),
        recurrence=draw(_rules),
        recurs_from=draw(st.sampled_from(["due", "completion"])),
        reminders=tuple(sorted(draw(st.sets(st.integers(0, 10_000), max_size=3)))),
        created_at=draw(st.none() | moments),
        completed_at=draw(st.none() | moments),
    )
