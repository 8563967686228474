"""Downloads that are made while they are sent."""

from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context

PIECE = 64 * 1024


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
