"""Writes the members of an archive into one zip file, holding no member in memory as a whole."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FORMAT, VERSION = "trackeep-archive", 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: its path inside, what it holds, and its bytes as they come."""

    file_name: str
    title: str
    chunks: Iterable[bytes]


def pack(target: IO[bytes], members: Sequence[Member], *, made_at: datetime, number: int) -> None:
    """The manifest comes first, so that whoever takes the archive in knows what follows."""
    for member in members:
        _check(member.file_name)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _write(archive, MANIFEST, [_manifest(members, made_at, number)], made_at)
        for member in members:
            _write(archive, member.file_name, member.chunks, made_at)


def _manifest(members: Sequence[Member], made_at: datetime, number: int) -> bytes:
    files = [{"file": member.file_name, "title": member.title} for member in members]
    told = {"format": FORMAT, "version": VERSION, "number": number, "made_at": made_at.isoformat(), "files": files}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _write(archive: ZipFile, name: str, chunks: Iterable[bytes], moment: datetime) -> None:
    info = ZipInfo(name, moment.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as file:
        for chunk in chunks:
            file.write(chunk)


def _check(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or name == MANIFEST:
        raise ValueError(f"{name!r} cannot be a file of an archive")
