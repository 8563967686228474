"""A long text of one's own as HTML: an outline, coloured code, links between pages, boxes that can be ticked."""

import re
from dataclasses import dataclass

import nh3
from cmarkgfm import github_flavored_markdown_to_html  # type: ignore[import-untyped]  # it ships no types
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]  # it ships no types
from markupsafe import Markup

from trackeep.core.markdown.boxes import with_boxes
from trackeep.core.markdown.code import with_colours
from trackeep.core.markdown.headings import Heading, with_headings
from trackeep.core.markdown.rendering import (
    ATTRIBUTES,
    LINK_REL,
    SCHEMES,
    TAGS,
    is_absurd,
    own_pictures_only,
)
from trackeep.core.markdown.wikilinks import Kept, Wikilinks
from trackeep.core.tokeniser import cut

MAX_DOCUMENT_BYTES = 2_000_000
MAX_DOCUMENT_LINES = 50_000
"""Two megabytes of nothing but rows, items or boxes would take many seconds; prose has fewer lines."""

_TAGS = TAGS | {"input", "span", *(f"h{level}" for level in range(1, 7))}
_ATTRIBUTES = {
    **ATTRIBUTES,
    **{f"h{level}": {"id"} for level in range(1, 7)},
    "a": ATTRIBUTES["a"] | {"class"},
    "input": {"type", "checked", "disabled", "data-line", "aria-label"},
    "li": {"class"},
    "span": {"class", "data-title"},
}
# The sanitiser takes the square of the time for a run of entities; single signs in their place it passes by.
_ENTITIES = {"&amp;": "\ue002", "&lt;": "\ue003", "&gt;": "\ue004", "&quot;": "\ue005"}
_SIGNS = re.compile("[\x00\ue000-\ue005]")
_POSITION = re.compile(r' data-sourcepos="[^"]*"')


@dataclass(frozen=True, slots=True)
class Document:
    """The page's part, whether the text was too long to be shown whole, and its headings in order."""

    html: Markup
    truncated: bool
    outline: tuple[Heading, ...]


# Long lines are scrolled, which wants a place for the keyboard.
_REACHABLE = {"pre": {"tabindex": "0"}}


def render_document(
    text: str, *, boxes: bool = False, links: Wikilinks | None = None, max_bytes: int = MAX_DOCUMENT_BYTES
) -> Document:
    """Render at most ``max_bytes`` and MAX_DOCUMENT_LINES of the text. With ``boxes`` each task of a list has a box
    that names its line (from 1) in ``data-line``; without, it can be seen but not ticked. Without ``links`` [[Page]]
    stays as it was typed."""
    text, truncated = _bearable(text, max_bytes)
    kept = Kept(links)
    html: str = github_flavored_markdown_to_html(kept.taken_out(text), options=Options.CMARK_OPT_SOURCEPOS)
    if is_absurd(html, max_bytes + 40 * text.count("\n")):
        return Document(Markup("<pre>{}</pre>").format(text), truncated, ())
    html = with_boxes(html, text, enabled=boxes)
    html, headings = with_headings(with_colours(kept.put_back(_POSITION.sub("", html))))
    return Document(Markup(_sanitised(html)), truncated, headings)  # noqa: S704  the sanitiser's output is what is safe


def outline(text: str) -> tuple[Heading, ...]:
    """The headings alone, with the same ids as in the rendered document."""
    text, _truncated = _bearable(text, MAX_DOCUMENT_BYTES)
    kept = Kept(None)
    html: str = github_flavored_markdown_to_html(kept.taken_out(text), options=0)
    return with_headings(kept.put_back(html))[1]


def _bearable(text: str, max_bytes: int) -> tuple[str, bool]:
    text, truncated = cut(_SIGNS.sub("", text), max_bytes)
    lines = text.split("\n", MAX_DOCUMENT_LINES)
    if len(lines) <= MAX_DOCUMENT_LINES or not lines[-1]:
        return text, truncated
    return "\n".join(lines[:-1]), True


def _sanitised(html: str) -> str:
    for entity, sign in _ENTITIES.items():
        html = html.replace(entity, sign)
    html = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_ours,
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
        set_tag_attribute_values=_REACHABLE,
    )
    for entity, sign in _ENTITIES.items():
        html = html.replace(sign, entity)
    return html


def _only_ours(tag: str, attribute: str, value: str) -> str | None:
    if tag == "input" and attribute == "type" and value != "checkbox":
        return None
    return own_pictures_only(tag, attribute, value)
