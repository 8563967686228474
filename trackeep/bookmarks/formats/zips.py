"""Archives: looked into with bounds on members, size and ratio; nothing is ever unpacked to the disk."""

import io
import re
import struct
import zlib
from dataclasses import dataclass
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from trackeep.bookmarks.formats.rows import Fault, UnreadableFile

MAX_MEMBERS = 50_000
MAX_UNPACKED = 2 * 1024 * 1024 * 1024
MAX_RATIO = 250
_SMALL = 4 * 1024 * 1024
"""A member up to this size may be packed as tightly as it likes: an empty-looking text is."""
_MAX_DIRECTORY = 16 * 1024 * 1024
_SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_END, _END_SIZE = b"PK\x05\x06", 22
_WIDE_END, _WIDE_SIZE, _LOCATOR_SIZE = re.compile(rb"PK\x06\x06.{44}", re.DOTALL), 56, 20
_COMMENT = 65_536
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")

# RuntimeError is what a password is asked with, ValueError what odd names and offsets end in.
DAMAGE = (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError)


def is_archive(head: bytes) -> bool:
    return head.startswith(_SIGNS)


@dataclass(frozen=True, slots=True)
class Archive:
    """The members worth looking at, in the order of the archive."""

    file: ZipFile
    members: tuple[ZipInfo, ...]

    def open(self, member: ZipInfo) -> IO[bytes]:
        return self.file.open(member)

    def read(self, member: ZipInfo, longest: int) -> bytes:
        with self.open(member) as stream:
            return stream.read(longest)


def open_archive(stream: IO[bytes]) -> Archive:
    """Raises UnreadableFile for what is damaged, encrypted, or larger than any export, before anything is unpacked."""
    _check_directory(stream)
    try:
        file = ZipFile(stream)
    except (*DAMAGE, OSError, OverflowError) as error:
        raise UnreadableFile(Fault.BROKEN_ARCHIVE) from error
    members = tuple(info for info in file.infolist() if not info.is_dir() and not _LITTER.search(info.filename))
    if any(info.flag_bits & 0x1 for info in members):
        raise UnreadableFile(Fault.ENCRYPTED)
    if sum(info.file_size for info in members) > MAX_UNPACKED or any(map(_is_bomb, members)):
        raise UnreadableFile(Fault.TOO_LARGE)
    return Archive(file, members)


def _is_bomb(info: ZipInfo) -> bool:
    return info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)


def _check_directory(stream: IO[bytes]) -> None:
    """The number of members stands at the end of the file; a million of them are not even listed."""
    size = stream.seek(0, io.SEEK_END)
    start = max(0, size - _COMMENT - _END_SIZE - _WIDE_SIZE - _LOCATOR_SIZE)
    stream.seek(start)
    tail = stream.read(size - start)
    stream.seek(0)
    place = tail.rfind(_END)
    if place < 0 or place + _END_SIZE > len(tail):
        raise UnreadableFile(Fault.BROKEN_ARCHIVE)
    told = [struct.unpack_from("<HI", tail, place + 10)]
    told += [struct.unpack_from("<QQ", tail, wide.start() + 32) for wide in _WIDE_END.finditer(tail, 0, place)]
    if any(members > MAX_MEMBERS or directory > _MAX_DIRECTORY for members, directory in told):
        raise UnreadableFile(Fault.MANY_MEMBERS)
