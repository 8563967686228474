"""Our own table goes out and comes back."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tasks.formats.drawing import drafts
from trackeep.tasks.formats import kind_of, own
from trackeep.tasks.formats.cells import guarded, joined, parted, unguarded
from trackeep.tasks.formats.drafts import TaskDraft


def read(text: str) -> list[TaskDraft]:
    return list(own.read(io.BytesIO(text.encode())))


@settings(max_examples=60)
@given(drafts())
def test_what_goes_out_comes_back(task: TaskDraft) -> None:
    text = "".join(own.rows_of([task]))
    assert read(text) == [task]
    assert kind_of(io.BytesIO(text.encode())) == "own"


def test_formulas_are_text_to_a_spreadsheet() -> None:
    text = "".join(own.rows_of([TaskDraft(number=1, title='=HYPERLINK("x")', notes="@SUM(A1)")]))
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text
    assert read(text)[0].title == '=HYPERLINK("x")'


@given(st.text())
def test_guards_come_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.text(min_size=1).filter(lambda text: text == text.strip() and text)), st.sampled_from(",;|"))
def test_several_texts_in_one_cell(texts: list[str], sign: str) -> None:
    assert parted(joined(texts, sign), sign) == texts


def test_what_is_odd_is_told() -> None:
    head = ",".join(
        ["id", "parent", "title", "status", "priority", "due_on", "due_at", "repeats", "repeats_from", "progress"]
    )
    good, odd, empty = read(f"{head}\na,,T,,,2026-12-01,,,,\nb,,T,later,huge,soon,then,daily,,200\nc,,,,,,,,,\n")
    assert not good.remarks
    assert len(odd.remarks) == 6
    assert odd.broken is None
    assert empty.broken
