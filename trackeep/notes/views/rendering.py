"""A note's text as a page shows it: links by name lead somewhere, boxes know what their line says."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from flask import url_for
from markupsafe import Markup

from trackeep.core.actor import Actor
from trackeep.core.markdown import Document, Wikilinks, render_document
from trackeep.core.markdown.headings import heading_id
from trackeep.notes import queries
from trackeep.notes.queries import NoteItem
from trackeep.notes.wikilinks import MAX_LINKS, parse

_BOX = re.compile(r'(<input\b[^>]* data-line="(\d{1,9})")')


def rendered(actor: Actor, space_id: int, body: str, *, boxes: bool = False) -> Document:
    """Names without a note lead to where it can be made, for those who may."""
    is_writable = actor.can_write(space_id)
    titles = list({link.title for link in parse(body, MAX_LINKS)})
    found = queries.resolve_titles(actor, space_id, titles) if titles else {}
    return _rendered(space_id, body, found, boxes=boxes and is_writable, is_writable=is_writable)


def shown(actor: Actor, note: NoteItem, body: str, *, boxes: bool = False) -> Document:
    """The same for the saved text of a note: its links are known, and what was rendered lately is kept."""
    is_writable = actor.can_write(note.space_id)
    targets = queries.link_targets(actor, note.id)
    looks = (note.space_id, boxes and is_writable, is_writable, url_for("notes.index"))
    return queries.rendering(
        body,
        targets,
        looks,
        lambda: _rendered(note.space_id, body, targets, boxes=boxes and is_writable, is_writable=is_writable),
    )


def _rendered(space_id: int, body: str, found: Mapping[str, int], *, boxes: bool, is_writable: bool) -> Document:
    document = render_document(body, boxes=boxes, links=_links(space_id, found, is_writable))
    return replace(document, html=_with_lines(document.html, body)) if boxes else document


def _links(space_id: int, found: Mapping[str, int], is_writable: bool) -> Wikilinks:
    base, named = url_for("notes.index"), url_for("notes.named", space=space_id)

    def resolve(title: str, heading: str) -> str | None:
        if title not in found:
            return None
        return f"{base}/{found[title]}" + (f"#{heading_id(heading)}" if heading else "")

    def create(title: str) -> str:
        return url_for("notes.named", space=space_id, title=title) if title else named

    return Wikilinks(resolve, create if is_writable else None)


def _with_lines(html: Markup, body: str) -> Markup:
    """Each box with the line that it stands for: a tick is only made where that line still says the same. No browser
    brings an earlier state back, so a box that says something else than its line was ticked by somebody."""
    lines = body.split("\n")

    def box(found: re.Match[str]) -> str:
        number = int(found[2])
        if not 0 < number <= len(lines):
            return found[1]
        return f'{found[1]} autocomplete="off" data-expected="{escape(lines[number - 1])}"'

    return Markup(_BOX.sub(box, html))  # noqa: S704  the sanitiser's output with attributes that are escaped here
