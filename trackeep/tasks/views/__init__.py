"""Pages of tasks: lists, boards, months, details, the field above each list, many at once, coming in and going out."""

from trackeep.tasks.views import (
    board,
    bulk,
    calendar,
    calendars,
    details,
    editing,
    exports,
    imports,
    kept,
    lines,
    lists,
    marks,
    moments,
    parts,
    projects,
    relocating,
    sections,
)
from trackeep.tasks.views.door import blueprint

__all__ = [
    "blueprint",
    "board",
    "bulk",
    "calendar",
    "calendars",
    "details",
    "editing",
    "exports",
    "imports",
    "kept",
    "lines",
    "lists",
    "marks",
    "moments",
    "parts",
    "projects",
    "relocating",
    "sections",
]
