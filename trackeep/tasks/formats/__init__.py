"""Files of tasks that come in and go out: which kind one is, and the readers and writers."""

from typing import IO, Literal

from trackeep.tasks.formats import calendar, columns, own, todoist, vtodo
from trackeep.tasks.formats.drafts import TaskDraft, UnreadableFile
from trackeep.tasks.formats.tables import table_of, text_of

Kind = Literal["own", "todoist", "table", "calendar"]

__all__ = ["Kind", "TaskDraft", "UnreadableFile", "calendar", "columns", "kind_of", "own", "todoist", "vtodo"]


def kind_of(stream: IO[bytes]) -> Kind:
    """By its content; the stream stands at its beginning again. Raises UnreadableFile."""
    stream.seek(0)
    is_calendar = vtodo.is_calendar(text_of(stream))
    stream.seek(0)
    if is_calendar:
        return "calendar"
    table = table_of(stream)
    stream.seek(0)
    if own.is_ours(table):
        return "own"
    return "todoist" if todoist.is_todoist(table) else "table"
