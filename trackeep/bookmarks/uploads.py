"""Bookmark files may be larger than other requests; only for people who are signed in, and only where they go."""

from typing import Any

from flask import request

from trackeep.core import ext
from trackeep.core.web.identity import current_actor

# What a form holds beside the file.
AROUND = 64 * 1024
ENDPOINTS = frozenset({"bookmarks.upload_import", "bookmarks_api.upload_import"})


def allow_import_size(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limit of this request before anything of its body is read."""
    if endpoint in ENDPOINTS and current_actor().user_id is not None:
        request.max_content_length = ext.settings().max_import_size + AROUND
