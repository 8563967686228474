"""JSON of duplicates: find them, see what merging makes of them, merge or keep them apart."""

from flask import Response

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.api.shapes import bookmark_shapes
from trackeep.bookmarks.queries import DuplicateCounts
from trackeep.bookmarks.schemas import (
    BulkOut,
    DuplicateCountsOut,
    DuplicatesIn,
    DuplicatesOut,
    DuplicatesQuery,
    JoinedOut,
    LinkCountsQuery,
    MergeIn,
    MergeSureIn,
)
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.core.templating import json_response
from trackeep.core.web.identity import current_actor


@blueprint.get("/duplicates")
@blueprint.input(DuplicatesQuery, location="query")
@blueprint.output(DuplicatesOut)
def list_duplicates(query_data: DuplicatesQuery) -> Response:
    """List bookmarks of the same page

    ``sure`` ones go by one address by the page's own word or by where their addresses lead; ``likely`` ones only have
    addresses that look alike.
    """
    page = queries.list_duplicates(
        current_actor(),
        query_data.kind,
        space_id=query_data.space,
        cursor=query_data.cursor,
        limit=query_data.limit,
    )
    groups = [
        {"space_id": each.space_id, "size": each.size, "items": bookmark_shapes(each.items)} for each in page.items
    ]
    return json_response({"items": groups, "next_cursor": page.next_cursor})


@blueprint.get("/duplicates/counts")
@blueprint.input(LinkCountsQuery, location="query")
@blueprint.output(DuplicateCountsOut)
def count_duplicates(query_data: LinkCountsQuery) -> DuplicateCounts:
    """Count the groups of bookmarks of the same page"""
    return queries.duplicate_counts(current_actor(), query_data.space)


@blueprint.post("/duplicates/preview")
@blueprint.input(MergeIn)
@blueprint.output(JoinedOut)
def preview_merge(json_data: MergeIn) -> JoinedOut:
    """See what merging would make

    Nothing changes.
    """
    result = service.preview_merge(current_actor(), json_data.ids, into=json_data.into)
    own = {name: getattr(result, name) for name in JoinedOut.model_fields if hasattr(result, name)}
    return JoinedOut(into=result.stays.id, trashed=[each.id for each in result.others], url=result.stays.url, **own)


@blueprint.post("/duplicates/merge")
@blueprint.input(MergeIn)
@blueprint.output(BulkOut)
def merge_bookmarks(json_data: MergeIn) -> BulkDone:
    """Merge bookmarks of the same page

    One stays and gains what the others have; these go to the trash. ``undo_id`` takes it back.
    """
    return service.merge_bookmarks(current_actor(), json_data.ids, into=json_data.into)


@blueprint.post("/duplicates/merge-sure")
@blueprint.input(MergeSureIn)
@blueprint.output(BulkOut)
def merge_sure(json_data: MergeSureIn) -> BulkDone:
    """Merge all groups that surely are one page

    At most 200 at once; ``matched`` and ``changed`` count groups. ``undo_id`` takes it back.
    """
    return service.merge_sure(current_actor(), json_data.space_id)


@blueprint.post("/duplicates/apart")
@blueprint.input(DuplicatesIn)
@blueprint.output(BulkOut)
def keep_apart(json_data: DuplicatesIn) -> BulkDone:
    """Say that bookmarks are not the same page

    They are not listed as duplicates again.
    """
    return service.keep_apart(current_actor(), json_data.ids)
