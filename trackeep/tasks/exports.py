"""Tasks going out as a file, piece by piece: our own table, or a calendar."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.tasks import formats, queries
from trackeep.tasks.filters import Filters
from trackeep.tasks.zones import day_in, zone_of

FILE_TYPES: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8"}


def export(actor: Actor, filters: Filters, form: str) -> Iterator[bytes]:
    """Raises NotFound at once for a space or a project that the actor may not see."""
    ids = queries.outgoing_ids(actor, filters)
    return _WRITERS[form](actor, ids)


def file_name(actor: Actor, form: str) -> str:
    return f"tasks-{day_in(actor.time_zone, clock.now()):%Y-%m-%d}.{form}"


def _csv(actor: Actor, ids: Sequence[int]) -> Iterator[bytes]:
    # With its mark, spreadsheets read the file as the Unicode that it is.
    yield "\ufeff".encode()
    for line in formats.own.rows_of(queries.outgoing(actor, ids)):
        yield line.encode()


def _calendar(actor: Actor, ids: Sequence[int]) -> Iterator[bytes]:
    zone = zone_of(actor.time_zone)
    tasks = queries.outgoing(actor, ids)
    return formats.calendar.written(tasks, name=_("Tasks"), zone=zone, now=clock.now())


_WRITERS: Mapping[str, Callable[[Actor, Sequence[int]], Iterator[bytes]]] = {"csv": _csv, "ics": _calendar}
