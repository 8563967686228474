"""JSON of feeds and their entries."""

from flask import url_for

from trackeep.core.paging import Page
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by
from trackeep.feeds import queries, service
from trackeep.feeds.api.door import blueprint, own_space
from trackeep.feeds.previews import preview_shape
from trackeep.feeds.queries import EntryItem, FeedItem
from trackeep.feeds.schemas import (
    EntriesOut,
    FeedIn,
    FeedOut,
    FeedPatch,
    FeedPreviewOut,
    FeedsOut,
    FeedsQuery,
    PageQuery,
    PreviewIn,
)

Answer = tuple[FeedItem, int, dict[str, str]]


@blueprint.get("")
@blueprint.input(FeedsQuery, location="query")
@blueprint.output(FeedsOut)
def list_feeds(query_data: FeedsQuery) -> Page[FeedItem]:
    """List feeds

    Those that need attention first, then the newest subscription first.
    """
    return queries.list_feeds(
        current_actor(), query_data.space, state=query_data.state, cursor=query_data.cursor, limit=query_data.limit
    )


@blueprint.post("/preview")
@limited_by(SEARCH)
@blueprint.input(PreviewIn)
@blueprint.output(FeedPreviewOut)
def preview_feed(json_data: PreviewIn) -> dict[str, object]:
    """Look at a feed before subscribing

    The address may be that of the feed or of its site, whose page is looked through for the feeds that it names.
    """
    return preview_shape(json_data.url, service.look_ahead(current_actor(), json_data.url))


@blueprint.post("")
@idempotent
@blueprint.input(FeedIn)
@blueprint.output(FeedOut, status_code=201)
def subscribe(json_data: FeedIn) -> Answer:
    """Subscribe to a feed

    The address may be that of its site: the first look, which follows in the background, finds the feed. A feed that
    the space has already answers 409 with ``existing_id``. A token needs the scope ``bookmarks:write`` too.
    """
    actor = current_actor()
    feed_id = service.subscribe(actor, json_data.space_id or own_space(actor), json_data.subscription())
    location = url_for("feeds_api.show_feed", feed_id=feed_id)
    return queries.get_feed(actor, feed_id), 201, {"Location": location}


@blueprint.get("/<int:feed_id>")
@blueprint.output(FeedOut)
def show_feed(feed_id: int) -> FeedItem:
    """Show a feed"""
    return queries.get_feed(current_actor(), feed_id)


@blueprint.patch("/<int:feed_id>")
@blueprint.input(FeedPatch)
@blueprint.output(FeedOut)
def edit_feed(feed_id: int, json_data: FeedPatch) -> FeedItem:
    """Change what becomes of a feed's entries

    What was saved stays as it is. A token needs the scope ``bookmarks:write`` too.
    """
    service.edit_feed(current_actor(), feed_id, json_data.changes())
    return queries.get_feed(current_actor(), feed_id)


@blueprint.delete("/<int:feed_id>")
@blueprint.output({}, status_code=204)
def unsubscribe(feed_id: int) -> str:
    """Unsubscribe: move a feed to the trash

    The bookmarks that it brought stay.
    """
    service.unsubscribe(current_actor(), feed_id)
    return ""


@blueprint.get("/<int:feed_id>/entries")
@blueprint.input(PageQuery, location="query")
@blueprint.output(EntriesOut)
def list_entries(feed_id: int, query_data: PageQuery) -> Page[EntryItem]:
    """List the entries of a feed that were seen, newest first"""
    return queries.feed_entries(current_actor(), feed_id, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.post("/<int:feed_id>/check")
@blueprint.output(FeedOut, status_code=202)
def check_feed(feed_id: int) -> FeedItem:
    """Look at a feed now

    In the background, as soon as it is its turn. One that is paused or has ended is resumed, which a token needs the
    scope ``bookmarks:write`` for too.
    """
    service.check_now(current_actor(), feed_id)
    return queries.get_feed(current_actor(), feed_id)


@blueprint.post("/<int:feed_id>/pause")
@blueprint.output(FeedOut)
def pause_feed(feed_id: int) -> FeedItem:
    """Stop looking at a feed"""
    service.pause_feed(current_actor(), feed_id)
    return queries.get_feed(current_actor(), feed_id)


@blueprint.post("/<int:feed_id>/resume")
@blueprint.output(FeedOut)
def resume_feed(feed_id: int) -> FeedItem:
    """Look at a feed again

    From now on in your name. A token needs the scope ``bookmarks:write`` too.
    """
    service.resume_feed(current_actor(), feed_id)
    return queries.get_feed(current_actor(), feed_id)
