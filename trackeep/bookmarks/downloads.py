"""Exports as downloads that are made while they are sent."""

from collections.abc import Iterator

from flask import Response, stream_with_context
from flask_babel import gettext as _

from trackeep.bookmarks import exports, queries
from trackeep.bookmarks.filters import Filters
from trackeep.core import clock
from trackeep.core.actor import Actor

FILE_TYPES = {"html": "text/html; charset=utf-8", "jsonl": "application/jsonl"}
PIECE = 64 * 1024


def download(actor: Actor, filters: Filters, form: str) -> Response:
    """The bookmarks that the filters let through, in constant memory whatever their number."""
    # What cannot be read is told before the first byte of the file has gone out.
    queries.export_size(actor, filters)
    pieces = (
        exports.netscape_file(queries.exported(actor, filters), _("Bookmarks"))
        if form == "html"
        else exports.json_lines(queries.exported_once(actor, filters))
    )
    response = Response(stream_with_context(_in_larger_pieces(pieces)), content_type=FILE_TYPES[form])
    name = f"bookmarks-{clock.now():%Y-%m-%d}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _in_larger_pieces(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A bookmark is a few hundred bytes, and each piece costs a system call."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
