"""Text without marks: an article's words for search and highlights, and a plain file as paragraphs."""

import re
from collections.abc import Iterator
from html import escape

from lxml import etree, html

BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section summary table tbody td th thead tr ul".split()
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_GAP = re.compile(r"\r?\n[ \t]*(?:\r?\n[ \t]*)+")


def plain_text(markup: str) -> str:
    """The words, a block on a line of its own."""
    if not markup.strip():
        return ""
    lines = "".join(_pieces(parsed(markup))).split("\n")
    return "\n".join(filter(None, (line.strip() for line in lines)))


def parsed(markup: str) -> html.HtmlElement:
    """The tree, below one element."""
    tree = html.document_fromstring(f"<div>{markup}</div>")
    return tree if (top := tree.find(".//div")) is None else top


def paragraphs(text: str) -> str:
    """A plain file as HTML: an empty line ends a paragraph, lines stay as they are."""
    parts = (part.strip() for part in _GAP.split(text))
    return "\n".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in parts if part.strip())


def _pieces(root: html.HtmlElement) -> Iterator[str]:
    kept = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_block, is_start = element.tag in BLOCKS, event == "start"
        kept += (1 if is_start else -1) if element.tag == "pre" else 0
        if is_block:
            yield "\n"
        text = element.text if is_start else element.tail if element is not root else None
        if text:
            yield text if kept else _SPACE.sub(" ", text)
