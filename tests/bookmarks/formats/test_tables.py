"""Tables in any state: quotes that are lost, cells of megabytes, lines without an end."""

import io
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from tests.bookmarks.formats.reading import entries, rows, told
from trackeep.bookmarks.formats import What
from trackeep.bookmarks.formats.limits import MAX_ENTRY
from trackeep.bookmarks.formats.tables import ends_open, header_of, records

HEAD = b"url,title,time_added,note\n"


def test_a_cell_may_have_megabytes() -> None:
    text = "wörd " * 400_000
    (row,) = rows(f'url,title,excerpt,note\nhttps://a.example/,"{"t" * 5_000}",,"{text}"\n'.encode())

    assert len(row.title) == 1_000
    assert len(row.notes) == 200_000


def test_a_cell_that_is_larger_than_any_entry_harms_no_other() -> None:
    huge = b"https://a.example/," + b"x" * (MAX_ENTRY + 10)

    found = [row.url for row in rows(HEAD + huge + b"\nhttps://b.example/,B,1378902234,\n")]
    assert found[-1] == "https://b.example/"


def test_each_lost_quote_costs_one_line() -> None:
    quotes = ['"' if number % 3 == 0 else "" for number in range(9)]
    lines = [f"https://a.example/{number},{quote}T,1378902234,\n" for number, quote in enumerate(quotes)]
    # The quotes of lines 0 and 3 make a pair; where one closes, the cell ends, and the rest is read as it stands.
    assert len(entries(HEAD + "".join(lines).encode())) >= 5
    alone = HEAD + b'https://a.example/,"T,1378902234,\n' + b"https://b.example/,T,1378902234,\n" * 3
    assert told(alone)[0] == (1, What.BROKEN)
    assert len(rows(alone)) == 3


def test_quotes_inside_plain_cells_open_nothing() -> None:
    content = HEAD + b'https://a.example/,5" pipe,1378902234,\nhttps://b.example/,6" "pipe",1378902234,\n'

    assert [row.title for row in rows(content)] == ['5" pipe', '6" "pipe"']


def test_millions_of_quotes_take_linear_time() -> None:
    content = HEAD + b'"\n' * 1 + b'""\n,"a\n' * 20_000

    assert entries(content)


def test_the_memory_does_not_grow_with_the_file() -> None:
    class Endless(io.RawIOBase):
        """Forty megabytes of lines that are made while they are read."""

        def __init__(self) -> None:
            self.left = 40 * 2**20
            self.line = b"https://a.example/,Title,1378902234," + b"x" * 988 + b"\n"

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, _place: int, _whence: int = 0) -> int:
            return 0

        def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
            size = min(len(self.line), len(target), max(self.left, 0))
            target[:size] = self.line[:size]
            self.left -= size
            return size

    header = header_of(io.BytesIO(HEAD))
    assert header is not None
    tracemalloc.start()
    numbers = [record.number for record in records(io.BufferedReader(Endless()), header)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert numbers[-1] > 30_000
    assert peak < 4 * 2**20


@given(
    st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters='"\r\n,'), max_size=5), max_size=6)
)
def test_whole_lines_never_end_open(cells: list[str]) -> None:
    assert not ends_open(",".join(f'"{cell}"' for cell in cells) + "\n", ",", is_open=False)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    numbers = [each.number for each in entries(HEAD + data)]

    assert numbers == sorted(numbers)
