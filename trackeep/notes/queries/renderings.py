"""What notes' texts become on a page, kept as long as somebody reads them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import zstandard
from markupsafe import Markup
from sqlalchemy import select

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.markdown import Document, Heading
from trackeep.notes.models import Note, NoteLink
from trackeep.notes.queries.access import is_shown, without_drafts

LEVEL = 3
SHORT = 2_000
"""So many signs are rendered sooner than a kept rendering is found."""
MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Rendering:
    """A document as it is kept: a long page fits only when it is compressed."""

    packed: bytes
    truncated: bool
    outline: tuple[Heading, ...]


RENDERED = cache.Resource("note_rendering", Rendering, ttl=300)


def link_targets(actor: Actor, note_id: int) -> dict[str, int]:
    """Where the names in a note's text lead, as far as they lead anywhere."""
    query = select(NoteLink.target_title, NoteLink.target_id).join(Note, Note.id == NoteLink.target_id).distinct()
    mine = (NoteLink.source_id == note_id, NoteLink.space_id.in_(actor.readable_spaces), is_shown("limited"))
    limited = list(without_drafts(actor, actor.readable_spaces))
    return {row.target_title: row.target_id for row in db.rows(query.where(*mine), {"limited": limited})}


def rendering(body: str, targets: Mapping[str, int], looks: object, render: Callable[[], Document]) -> Document:
    """What ``render`` makes of the text, or made of the same one. It depends on nothing but the text, the notes that
    its links lead to, and ``looks``: so the text itself is the key, and a change needs no version to be seen."""
    if len(body) <= SHORT:
        return render()
    text = hashlib.blake2b(body.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()
    named = hashlib.blake2b(repr(sorted(targets.items())).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()
    return _unpacked(cache.answer(RENDERED, (), (text, named, looks), lambda: _packed(render())))


def _packed(document: Document) -> Rendering:
    return Rendering(zstandard.compress(document.html.encode(), LEVEL), document.truncated, document.outline)


def _unpacked(kept: Rendering) -> Document:
    html = zstandard.ZstdDecompressor().decompress(kept.packed, max_output_size=MOST_BYTES).decode()
    return Document(Markup(html), kept.truncated, kept.outline)  # noqa: S704  # sanitised before it was kept
