"""Uploads that may be larger than other requests: only for people who are signed in, and only where they go."""

from typing import Any

from flask import Blueprint, request

from trackeep.core import ext
from trackeep.core.web.identity import current_actor

# What a form holds beside the file.
AROUND = 64 * 1024


def allow_imports(blueprint: Blueprint, *views: str) -> None:
    """Let these views of the blueprint receive files up to the import limit. The limit of the request is raised before
    anything of its body is read, and the check against forgery is the first to read it."""
    endpoints = {f"{blueprint.name}.{view}" for view in views}

    def raise_limit(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if endpoint in endpoints and current_actor().user_id is not None:
            request.max_content_length = ext.settings().max_import_size + AROUND

    blueprint.url_value_preprocessor(raise_limit)
