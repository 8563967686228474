"""Exports."""

from typing import Literal

from trackeep.bookmarks.filters import View
from trackeep.bookmarks.schemas.selections import FilterIn


class ExportQuery(FilterIn):
    view: View = View.EVERYTHING
    format: Literal["html", "csv", "json", "jsonl", "md"] = "html"
