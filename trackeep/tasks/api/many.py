"""JSON of one action on many tasks, of taking it back, and of the lists that a person keeps."""

from typing import Any

from trackeep.core.undo import Undone
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, service
from trackeep.tasks.api.door import blueprint
from trackeep.tasks.filters import to_plain
from trackeep.tasks.queries import KeptFilter
from trackeep.tasks.schemas import (
    BulkIn,
    BulkOut,
    KeptFilterIn,
    KeptFilterOut,
    KeptFilterPatch,
    KeptFiltersOut,
    UndoneOut,
    kept_shape,
)
from trackeep.tasks.service import BulkDone


@blueprint.post("/bulk")
@blueprint.input(BulkIn)
@blueprint.output(BulkOut)
def change_many(json_data: BulkIn) -> BulkDone:
    """Do one thing to many tasks

    Name ``ids``, or a ``filter`` for everything that it lets through. ``undo_id`` takes the change back.
    """
    return service.change_many(current_actor(), json_data.selection(), json_data.action())


@blueprint.post("/undo/<int:undo_id>")
@blueprint.output(UndoneOut)
def undo_change(undo_id: int) -> Undone:
    """Take a bulk change back

    What was edited since stays as it is.
    """
    return service.undo_change(current_actor(), undo_id)


@blueprint.get("/filters")
@blueprint.output(KeptFiltersOut)
def list_filters() -> dict[str, Any]:
    """List the lists that one has kept"""
    return {"items": [_shape(kept) for kept in queries.kept_filters(current_actor())]}


@blueprint.post("/filters")
@idempotent
@blueprint.input(KeptFilterIn)
@blueprint.output(KeptFilterOut, status_code=201)
def keep_filter(json_data: KeptFilterIn) -> tuple[dict[str, Any], int]:
    """Keep a list"""
    actor = current_actor()
    filter_id = service.keep_filter(actor, json_data.name, json_data.filter.filters())
    return _shape(queries.get_filter(actor, filter_id)), 201


@blueprint.patch("/filters/<int:filter_id>")
@blueprint.input(KeptFilterPatch)
@blueprint.output(KeptFilterOut)
def change_filter(filter_id: int, json_data: KeptFilterPatch) -> dict[str, Any]:
    """Rename or change a kept list"""
    actor = current_actor()
    filters = json_data.filter.filters() if json_data.filter else None
    service.change_filter(actor, filter_id, name=json_data.new_name, filters=filters)
    return _shape(queries.get_filter(actor, filter_id))


@blueprint.delete("/filters/<int:filter_id>")
@blueprint.output({}, status_code=204)
def forget_filter(filter_id: int) -> str:
    """Forget a kept list

    The tasks stay.
    """
    service.forget_filter(current_actor(), filter_id)
    return ""


def _shape(kept: KeptFilter) -> dict[str, Any]:
    return kept_shape(kept, to_plain(kept.filters))
