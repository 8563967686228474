"""Downloads that are made while they are sent, and pages of others that are shown without being trusted."""

from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context

from trackeep.core import ext
from trackeep.core.errors import NotFound

PIECE = 64 * 1024
MAX_AGE = 7 * 86_400
SANDBOX = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; "
    "frame-ancestors 'self'"
)


def sandboxed(blob_key: str | None, *, download_as: str = "") -> Response:
    """A kept page of somebody else's, which the browser treats as a stranger's: it runs nothing, asks for nothing, and
    sees no cookie. Raises NotFound where there is no such file."""
    path = ext.blobs().path(blob_key) if blob_key else None
    if path is None or not path.is_file():
        raise NotFound()
    response = Response(path.read_bytes(), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = f"private, max-age={MAX_AGE}"
    if download_as:
        response.headers["Content-Disposition"] = f'attachment; filename="{download_as}"'
    return response


def streamed(pieces: Iterable[bytes], *, file_name: str, content_type: str) -> Response:
    """A file for the disk, in constant memory. ``file_name`` is ours and plain ASCII."""
    response = Response(stream_with_context(_in_larger_pieces(pieces)), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _in_larger_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A row is a few hundred bytes, and each piece costs a system call."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
