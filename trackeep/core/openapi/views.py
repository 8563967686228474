"""Serves the document, and the page that shows it to people."""

from typing import cast

from apiflask import APIFlask
from flask import Response, current_app

from trackeep.core import ext, templating
from trackeep.core.openapi.document import SECURITY_SCHEMES, SPEC_PATH, Document, complete
from trackeep.core.openapi.reference import groups

DOCS_PATH = "/api/docs"
DOCUMENT = "trackeep.openapi"


def init_app(app: APIFlask) -> None:
    app.config.update(SECURITY_SCHEMES=dict(SECURITY_SCHEMES), SERVERS=[{"url": ext.settings().base_path or "/"}])
    app.spec_processor(complete)
    app.add_url_rule(SPEC_PATH, "api_document", show_document)
    app.add_url_rule(DOCS_PATH, "api_reference", show_reference)


def show_document() -> Response:
    return templating.json_response(document_of(cast(APIFlask, current_app)))


def show_reference() -> Response:
    document = document_of(cast(APIFlask, current_app))
    return templating.page("api_reference.html", block="reference", document=document, groups=groups(document))


def document_of(app: APIFlask) -> Document:
    """The document of all routes, generated when it is first asked for and kept by the application."""
    if DOCUMENT not in app.extensions:
        for blueprint in app.blueprints.values():
            # The generator asks this of every blueprint that has a before_request, also of pages.
            if not hasattr(blueprint, "enable_openapi"):
                setattr(blueprint, "enable_openapi", False)  # noqa: B010  # no attribute of Flask's own class
        app.extensions[DOCUMENT] = app.spec
    return cast(Document, app.extensions[DOCUMENT])
