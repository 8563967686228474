"""Reads samples and made-up files of any format for tests."""

import io
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from trackeep.bookmarks import formats
from trackeep.bookmarks.formats import Format, Problem, Row, What

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent.parent / "samples"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def entries(data: bytes, **options: int) -> list[Row | Problem]:
    return list(formats.read(io.BytesIO(data), now=NOW, **options))


def rows(data: bytes) -> list[Row]:
    return [each for each in entries(data) if isinstance(each, Row)]


def told(data: bytes) -> list[tuple[int, What]]:
    return [(each.number, each.what) for each in entries(data) if isinstance(each, Problem)]


def form(data: bytes) -> Format:
    return formats.recognise(io.BytesIO(data))


def archive(members: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return target.getvalue()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
