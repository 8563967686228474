"""A note to be read: its text in the middle, what it has to do with others at the side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.markdown.wikilinks import WIKILINK, parse_wikilink
from trackeep.core.slots import slots
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries
from trackeep.notes.queries import Backlink, NoteItem, Outgoing
from trackeep.notes.views.days import day_frame
from trackeep.notes.views.door import blueprint
from trackeep.notes.views.frame import note_frame
from trackeep.notes.views.rendering import shown
from trackeep.notes.wikilinks import MAX_LINKS, has_more

BACKLINKS, LINKS = 50, 100


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that mentions this one, with the lines that do."""

    note_id: int
    title: str
    lines: Sequence[str]


@blueprint.get("/<int:note_id>")
def detail(note_id: int) -> Response:
    actor = current_actor()
    note, text = queries.read_note(actor, note_id)
    document = None if note.encrypted else shown(actor, note, text.body, boxes=True)
    return templating.page(
        "notes/detail.html",
        note=note,
        text=text,
        document=document,
        has_text=bool(text.body.strip()),
        known_links=MAX_LINKS if has_more(text.body) else None,
        **side(actor, note),
        **note_frame(actor, note),
        **day_frame(actor, note),
    )


def side(actor: Actor, note: NoteItem) -> dict[str, Any]:
    """What stands beside the text."""
    backlinks = queries.list_backlinks(actor, note.id, limit=BACKLINKS)
    outgoing = queries.list_outgoing(actor, note.id, limit=LINKS).items
    return {
        "mentions": _mentions(backlinks.items),
        "further_mentions": backlinks.next_cursor is not None,
        "links": _targets(outgoing),
        "missing": list(dict.fromkeys(link.title for link in outgoing if link.target_id is None and not link.embedded)),
        "author": slots.names_of([note.created_by]).get(note.created_by, "") if note.created_by else "",
        "is_writable": actor.can_write(note.space_id),
    }


def _mentions(backlinks: Iterable[Backlink]) -> list[Mention]:
    found: dict[int, tuple[str, list[str]]] = {}
    for link in backlinks:
        found.setdefault(link.note_id, (link.title, []))[1].append(_read(link.context))
    return [Mention(note_id, title, list(dict.fromkeys(lines))) for note_id, (title, lines) in found.items()]


def _read(context: str) -> str:
    """A line with its links as they are read."""

    def words(found: re.Match[str]) -> str:
        written = parse_wikilink(found[2])
        return written.words if written else found[0]

    return WIKILINK.sub(words, context)


def _targets(outgoing: Iterable[Outgoing]) -> list[tuple[int, str]]:
    """The notes that this one leads to, each once."""
    return list(
        {
            link.target_id: (link.target_id, link.target_title or link.title) for link in outgoing if link.target_id
        }.values()
    )
