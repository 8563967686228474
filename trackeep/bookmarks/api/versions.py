"""The version that a client edited, as it is sent with a change."""

from flask import request

from trackeep.core.errors import Malformed


def expected_version() -> int | None:
    """From ``If-Match``: alone or as it stood in the ETag; None without."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"').partition(".")[0]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Malformed()
    return int(text)
