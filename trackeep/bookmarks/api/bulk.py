"""JSON of one action on many bookmarks, and of taking it back."""

from trackeep.bookmarks import service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.schemas import BulkIn, BulkOut, UndoneOut
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.core.undo import Undone
from trackeep.core.web.identity import current_actor


@blueprint.post("/bulk")
@blueprint.input(BulkIn)
@blueprint.output(BulkOut)
def change_many(json_data: BulkIn) -> BulkDone:
    """Do one thing to many bookmarks

    Name ``ids``, or a ``filter`` for everything that it lets through. ``undo_id`` takes the change back.
    """
    return service.change_many(current_actor(), json_data.selection(), json_data.action())


@blueprint.post("/undo/<int:undo_id>")
@blueprint.output(UndoneOut)
def undo_change(undo_id: int) -> Undone:
    """Take a bulk change or an import back

    What was edited since stays as it is.
    """
    return service.undo_change(current_actor(), undo_id)
