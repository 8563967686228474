"""Reads bookmark files for the tests of the reader."""

import io
from datetime import UTC, datetime

from trackeep.bookmarks.formats import Problem, Row, What, netscape

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEAD = b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"


def read(data: bytes, **options: int) -> tuple[list[Row], list[Problem]]:
    found = list(netscape.read(io.BytesIO(data), now=NOW, **options))
    return [each for each in found if isinstance(each, Row)], [each for each in found if isinstance(each, Problem)]


def read_body(body: str | bytes, **options: int) -> tuple[list[Row], list[Problem]]:
    return read(HEAD + (body.encode() if isinstance(body, str) else body) + b"</DL><p>\n", **options)


def told(problems: list[Problem]) -> list[tuple[int, What, str]]:
    return [(problem.number, problem.what, problem.subject) for problem in problems]


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
