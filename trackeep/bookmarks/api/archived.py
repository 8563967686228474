"""JSON of copies at the web archive."""

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.queries import ArchivedItem
from trackeep.bookmarks.schemas import ArchivedOut, BulkOut
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.core.errors import NotFound
from trackeep.core.web.identity import current_actor


@blueprint.get("/<int:bookmark_id>/archived")
@blueprint.output(ArchivedOut)
def show_archived(bookmark_id: int) -> ArchivedItem:
    """Show the copy of a page at the web archive

    404 until somebody has asked for one.
    """
    return _find(bookmark_id)


@blueprint.post("/<int:bookmark_id>/archived/find")
@blueprint.output(ArchivedOut, status_code=202)
def find_archived(bookmark_id: int) -> ArchivedItem:
    """Look for a copy of a page at the web archive

    The archive is told the address. The answer comes in the background.
    """
    service.find_archived(current_actor(), bookmark_id)
    return _find(bookmark_id)


@blueprint.post("/<int:bookmark_id>/archived/save")
@blueprint.output(ArchivedOut, status_code=202)
def keep_at_archive(bookmark_id: int) -> ArchivedItem:
    """Have the web archive take a copy of a page

    The archive is told the address, and its copy is public. It is made in the background.
    """
    service.keep_at_archive(current_actor(), bookmark_id)
    return _find(bookmark_id)


@blueprint.post("/<int:bookmark_id>/archived/use")
@blueprint.output(BulkOut)
def use_archived(bookmark_id: int) -> BulkDone:
    """Make the archived copy a bookmark's address

    The old address is kept in the notes. ``undo_id`` takes it back.
    """
    return service.use_archived(current_actor(), bookmark_id)


def _find(bookmark_id: int) -> ArchivedItem:
    found = queries.archived_of(queries.get_bookmark(current_actor(), bookmark_id).id)
    if found is None:
        raise NotFound()
    return found
