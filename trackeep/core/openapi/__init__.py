"""The OpenAPI document of the whole API, generated from the schemas that validate, and a page to read it."""

from trackeep.core.openapi.document import SPEC_PATH
from trackeep.core.openapi.views import init_app

__all__ = ["SPEC_PATH", "init_app"]
