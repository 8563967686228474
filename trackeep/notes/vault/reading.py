"""Reads a zip file of Markdown: one draft after the other, within bounds, and nothing is ever unpacked to the disk."""

import re
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from trackeep.core.markdown.wikilinks import WIKILINK
from trackeep.notes.vault.drafts import NoteDraft, Remark
from trackeep.notes.vault.matter import BadMatter, is_true, moment_of, read_matter, split_matter, texts_of
from trackeep.notes.vault.names import folded, safe_parts

MAX_MEMBERS = 50_000
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_NOTE_BYTES = 2_000_000
_ENDINGS = (".md", ".markdown", ".txt")
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|\.obsidian/|\.trash/|\.git/)")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
# RuntimeError is what a password is asked with, ValueError what odd names and offsets end in.
_DAMAGE = (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class UnreadableVault(Exception):
    """The file is no zip file, is damaged or encrypted, or is larger than any vault."""


def read_vault(stream: IO[bytes]) -> Iterator[NoteDraft]:
    """The drafts, folder by folder from the top down, else in the order of the file, so that a note comes before those
    below it; what cannot be a note is one without a body that says why. Raises UnreadableVault at the first step."""
    try:
        archive = ZipFile(stream)
    except (*_DAMAGE, OSError, OverflowError) as error:
        raise UnreadableVault from error
    members = [info for info in archive.infolist() if not info.is_dir() and not _LITTER.search(info.filename)]
    too_large = len(members) > MAX_MEMBERS or sum(info.file_size for info in members) > MAX_UNPACKED
    if too_large or any(info.flag_bits & _ENCRYPTED for info in members):
        raise UnreadableVault
    members.sort(key=lambda info: info.filename.replace("\\", "/").strip("/").count("/"))
    seen: set[str] = set()
    for info in members:
        yield _draft(archive, info, seen)


def _draft(archive: ZipFile, info: ZipInfo, seen: set[str]) -> NoteDraft:
    name = _name(info)
    parts = safe_parts(name)
    if parts is None:
        return NoteDraft((), name[-200:], remarks=(Remark.BAD_PATH,), is_note=False)
    *above, last = parts
    stem, dot, ending = last.rpartition(".")
    if not stem or f"{dot}{ending}".lower() not in _ENDINGS:
        return NoteDraft(tuple(above), last, remarks=(Remark.ATTACHMENT,), is_note=False)
    if info.file_size > MAX_NOTE_BYTES:
        return NoteDraft(tuple(above), stem, remarks=(Remark.TOO_LARGE,), is_note=False)
    try:
        with archive.open(info) as stream:
            data = stream.read(MAX_NOTE_BYTES + 1)
    except _DAMAGE:
        return NoteDraft(tuple(above), stem, remarks=(Remark.UNREADABLE,), is_note=False)
    key = folded("/".join(parts))
    twice = (Remark.SAME_NAME,) if key in seen else ()
    seen.add(key)
    return _note(tuple(above), stem, data, twice)


def _note(above: tuple[str, ...], stem: str, data: bytes, remarks: tuple[Remark, ...]) -> NoteDraft:
    text, clean = _decoded(data)
    if not clean:
        remarks += (Remark.ENCODING,)
    source, body = split_matter(text)
    try:
        facts = read_matter(source)
    except BadMatter:
        facts, body, remarks = {}, text, (*remarks, Remark.FRONT_MATTER)
    title = facts.get("title")
    return NoteDraft(
        path=above,
        title=title.strip() if isinstance(title, str) and title.strip() else stem,
        stem=stem,
        body=_without_paths(body),
        tags=texts_of(facts.get("tags", facts.get("tag")), separators=", "),
        aliases=texts_of(facts.get("aliases", facts.get("alias"))),
        created=moment_of(facts.get("created", facts.get("date"))),
        updated=moment_of(facts.get("updated", facts.get("modified"))),
        is_draft=is_true(facts.get("draft")),
        remarks=remarks,
    )


def _name(info: ZipInfo) -> str:
    """Names without the sign for UTF-8 are mostly UTF-8 all the same, since macOS and Linux leave the sign out."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text with plain line ends, and whether each byte of it was understood."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = data.decode(encoding, "replace")
    clean = "\ufffd" not in text
    return text.replace("\r\n", "\n").replace("\0", ""), clean


def _without_paths(body: str) -> str:
    """[[folder/Note]] names the note alone, as our links do; the folder would be shown as part of its title."""
    return WIKILINK.sub(_last_part, body)


def _last_part(found: re.Match[str]) -> str:
    target, rest = re.match(r"([^#|]*)(.*)", found[2]).groups()  # type: ignore[union-attr]  # it always matches
    name = target.rsplit("/", 1)[-1].removesuffix(".md").rstrip("\\")
    if found[1] or "/" not in target or not name.strip():
        return found[0]
    return f"[[{name}{rest}]]"
