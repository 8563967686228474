"""JSON of links: which are alive, and what is done about those that are not."""

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.queries import LinkCounts, LinkItem
from trackeep.bookmarks.schemas import (
    BulkOut,
    IgnoredOut,
    IgnoreLinksIn,
    LinkCountsOut,
    LinkCountsQuery,
    LinkOut,
    LinksOut,
    LinksQuery,
    NewAddressesIn,
)
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.core.errors import NotFound
from trackeep.core.paging import Page
from trackeep.core.web.identity import current_actor


@blueprint.get("/links")
@blueprint.input(LinksQuery, location="query")
@blueprint.output(LinksOut)
def list_links(query_data: LinksQuery) -> Page[LinkItem]:
    """List links by what their check has found

    A page is ``broken`` after several failures on different days; ``unreachable`` may pass, and ``blocked`` pages are
    only closed to programs.
    """
    return queries.list_links(
        current_actor(),
        query_data.state,
        space_id=query_data.space,
        cursor=query_data.cursor,
        limit=query_data.limit,
    )


@blueprint.get("/links/counts")
@blueprint.input(LinkCountsQuery, location="query")
@blueprint.output(LinkCountsOut)
def count_links(query_data: LinkCountsQuery) -> LinkCounts:
    """Count links by what their check has found"""
    return queries.link_counts(current_actor(), query_data.space)


@blueprint.get("/<int:bookmark_id>/link")
@blueprint.output(LinkOut)
def show_link(bookmark_id: int) -> LinkItem:
    """Show what is known of a bookmark's link

    404 until its first check is planned, within the hour.
    """
    return _find(bookmark_id)


@blueprint.post("/<int:bookmark_id>/link/check")
@blueprint.output(LinkOut, status_code=202)
def check_link(bookmark_id: int) -> LinkItem:
    """Check a link now

    It is visited before all others; ``asked`` is true until then.
    """
    service.check_link_now(current_actor(), bookmark_id)
    return _find(bookmark_id)


@blueprint.post("/links/ignore")
@blueprint.input(IgnoreLinksIn)
@blueprint.output(IgnoredOut)
def ignore_links(json_data: IgnoreLinksIn) -> IgnoredOut:
    """Mark links as fine

    Whatever the checks say, until the page was alive again.
    """
    return IgnoredOut(changed=service.ignore_links(current_actor(), json_data.ids, ignored=json_data.ignored))


@blueprint.post("/links/take")
@blueprint.input(NewAddressesIn)
@blueprint.output(BulkOut)
def take_new_addresses(json_data: NewAddressesIn) -> BulkDone:
    """Take the addresses that redirects lead to

    What another bookmark has already is left. ``undo_id`` takes it back.
    """
    return service.take_new_addresses(current_actor(), json_data.ids, space_id=json_data.space_id)


def _find(bookmark_id: int) -> LinkItem:
    found = queries.link_of(queries.get_bookmark(current_actor(), bookmark_id).id)
    if found is None:
        raise NotFound()
    return found
