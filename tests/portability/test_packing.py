"""The zip file of an archive."""

import io
import json
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from trackeep.portability.packing import Member, pack

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def packed(*members: Member) -> ZipFile:
    target = io.BytesIO()
    pack(target, members, made_at=NOW, number=7)
    return ZipFile(target)


def test_the_manifest_tells_what_follows() -> None:
    archive = packed(Member("notes/a.md", "Notes", [b"one ", b"two"]), Member("empty.json", "Nothing", []))
    assert archive.namelist() == ["manifest.json", "notes/a.md", "empty.json"]
    assert archive.read("notes/a.md") == b"one two"
    assert json.loads(archive.read("manifest.json")) == {
        "format": "trackeep-archive", "version": 1, "number": 7, "made_at": "2026-11-23T12:00:00+00:00",
        "files": [{"file": "notes/a.md", "title": "Notes"}, {"file": "empty.json", "title": "Nothing"}],
    }  # fmt: skip
    assert archive.testzip() is None


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "a\\b", "manifest.json"])
def test_a_member_cannot_leave_the_archive(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be a file"):
        packed(Member(name, "x", [b""]))
