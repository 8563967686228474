"""Tables of all sorts: encodings, separators, damaged and hostile ones."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.tasks.formats import tables
from trackeep.tasks.formats.drafts import MAX_FILE, UnreadableFile
from trackeep.tasks.formats.tables import table_of, written


def rows(data: bytes) -> list[list[str] | None]:
    return [None if row.cells is None else list(row.cells) for row in table_of(io.BytesIO(data)).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding: str) -> None:
    table = table_of(io.BytesIO("Title,Due\nBrötchen,x\n".encode(encoding)))
    assert (table.names, [row.cells for row in table.rows()]) == (("title", "due"), [["Brötchen", "x"]])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_ends_of_lines(separator: str, end: str) -> None:
    lines = [separator.join(cells) for cells in (["a", "b"], ["1", "2"], [" ", ""], ['"x\ny"', "3"])]
    assert rows(end.join(lines).encode()) == [["1", "2"], ["x\ny", "3"]]


def test_a_quote_that_is_never_closed_harms_no_other_row() -> None:
    assert rows(b'a,b\n1,"2\n3,4\n') == [None, ["3", "4"]]


@pytest.mark.parametrize("data", [b"", b" \n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        table_of(io.BytesIO(data))


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        table_of(io.BytesIO(b"a" * (MAX_FILE + 1)))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    with pytest.raises(UnreadableFile):
        rows(b"a\n1\n2\n3\n")


@pytest.mark.parametrize(
    "data",
    [b'x,"\n' + b"a,b\n" * 200_000, b'a\n"b"c\n' * 2_000, b"," * 1_000_000, b'"' * 1_000_001, b"\0" * 1_000_000,
     b"a\n" + b'"' + b"x" * 3_000_000],
)  # fmt: skip
def test_hostile_tables_are_read_in_bounded_time(data: bytes) -> None:
    with at_most(5):
        try:
            rows(data)
        except UnreadableFile as error:
            assert str(error.reason)


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_what_is_written_is_read(cells: list[list[str]]) -> None:
    data = "".join(written([["a", "b"], *cells])).encode()
    assert rows(data) == [row for row in cells if any(cell.strip() for cell in row)]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    try:
        rows(data)
    except UnreadableFile as error:
        assert str(error.reason)
