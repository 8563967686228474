"""Writes notes as a zip file of Markdown while it is sent: folders for the notes above, front matter for the rest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from trackeep.notes.vault.matter import write_matter
from trackeep.notes.vault.names import Taken, file_stem

_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class NoteOut:
    """A note for the file; ``parent_id`` is the note above, which must have come before."""

    id: int
    parent_id: int | None
    title: str
    body: str
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    created: datetime | None = None
    updated: datetime | None = None
    is_draft: bool = False


class _Pipe:
    """Takes what the zip file writes, until it is fetched; cannot seek, so that nothing is written twice."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is kept back."""

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def write_vault(notes: Iterable[NoteOut]) -> Iterator[bytes]:
    """The pieces of the file. The same notes in the same order get the same names."""
    pipe = _Pipe()
    folders: dict[int, str] = {}
    taken: defaultdict[str, Taken] = defaultdict(Taken)
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # all that it needs is there
        for note in notes:
            above = folders.get(note.parent_id, "") if note.parent_id is not None else ""
            stem = taken[above].free(file_stem(note.title))
            folders[note.id] = f"{above}{stem}/"
            moment = (
                note.updated.timetuple()[:6] if note.updated and note.updated.year in range(1980, 2108) else _EARLIEST
            )
            info = ZipInfo(f"{above}{stem}.md", moment)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, _text(note, stem).encode("utf-8", "replace"))
            yield pipe.take()
    yield pipe.take()


def _text(note: NoteOut, stem: str) -> str:
    matter = write_matter(
        {
            "title": note.title if note.title != stem else None,
            "tags": note.tags,
            "aliases": note.aliases,
            "created": note.created,
            "updated": note.updated,
            "draft": note.is_draft,
        }
    )
    # A body that begins like front matter is kept from being taken for it by an empty block before.
    return (matter or ("---\n---\n" if note.body.startswith("---") else "")) + note.body
