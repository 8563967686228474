"""Markdown to HTML that is safe to show: short texts as they are, and documents with an outline, links and boxes."""

from trackeep.core.markdown.documents import Document, outline, render_document
from trackeep.core.markdown.headings import Heading
from trackeep.core.markdown.rendering import MAX_BYTES, MAX_DEPTH, Rendered, render
from trackeep.core.markdown.wikilinks import Wikilinks

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Document",
    "Heading",
    "Rendered",
    "Wikilinks",
    "outline",
    "render",
    "render_document",
]
