"""Serves the document (by the framework) and the page that shows it to people."""

from typing import cast

from apiflask import APIFlask
from flask import Response, current_app

from trackeep.core import ext, templating
from trackeep.core.openapi.document import SECURITY_SCHEMES, Document, complete
from trackeep.core.openapi.reference import groups

DOCS_PATH = "/api/docs"


def init_app(app: APIFlask) -> None:
    app.config.update(SECURITY_SCHEMES=dict(SECURITY_SCHEMES), SERVERS=[{"url": ext.settings().base_path or "/"}])
    app.spec_processor(complete)
    app.add_url_rule(DOCS_PATH, "api_reference", show_reference)


def show_reference() -> Response:
    document = cast(Document, cast(APIFlask, current_app).spec)
    return templating.page("api_reference.html", block="reference", document=document, groups=groups(document))
