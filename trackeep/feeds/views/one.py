"""One feed: its entries, what becomes of them, and what is wrong with it."""

from datetime import timedelta

from babel.dates import format_timedelta
from flask import Response, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.feeds import queries, service
from trackeep.feeds.schemas import FeedPatch, PageQuery
from trackeep.feeds.views.answers import told
from trackeep.feeds.views.door import blueprint
from trackeep.feeds.views.forms import collection_choices, given_treatment

PAGE_SIZE = 30
LONGEST_WAIT, PATIENCE = 60, 8


@blueprint.get("/<int:feed_id>")
def show(feed_id: int) -> Response:
    actor = current_actor()
    feed = queries.get_feed(actor, feed_id)
    if "first" in request.args and templating.wants_partial() and not feed.is_new:
        # Its title and all else of the page is known now.
        return templating.hx_redirect(url_for("feeds.show", feed_id=feed_id))
    given = {name: value for name, value in request.args.items() if name == "cursor" and value}
    query = parse(PageQuery, {**given, "limit": PAGE_SIZE})
    page = queries.feed_entries(actor, feed_id, cursor=query.cursor, limit=query.limit)
    return templating.page(
        "feeds/feed.html",
        block="now",
        feed=feed,
        entries=page.items,
        next_url=url_for("feeds.show", feed_id=feed_id, cursor=page.next_cursor) if page.next_cursor else "",
        can_write=actor.can_write(feed.space_id),
        collections=collection_choices(actor, feed.space_id),
        wait=_next_look(feed),
        pace=format_timedelta(timedelta(seconds=feed.interval), locale=get_locale() or "en"),
    )


@blueprint.post("/<int:feed_id>")
def change(feed_id: int) -> AnyResponse:
    given = {name: value for name, value in given_treatment().items() if name != "backlog"}
    patch = parse(FeedPatch, {**given, "title": request.form.get("title", "")})
    service.edit_feed(current_actor(), feed_id, patch.changes())
    return redirect(url_for("feeds.show", feed_id=feed_id), 303)


@blueprint.post("/<int:feed_id>/check")
def check(feed_id: int) -> AnyResponse:
    service.check_now(current_actor(), feed_id)
    if _is_from_page():
        return redirect(_way_on(feed_id), 303)
    return told(_("It is being looked at"), way_on=_way_on(feed_id))


@blueprint.post("/<int:feed_id>/pause")
def pause(feed_id: int) -> AnyResponse:
    service.pause_feed(current_actor(), feed_id)
    way_on = url_for("feeds.show", feed_id=feed_id)
    if _is_from_page():
        return redirect(way_on, 303)
    return told(_("Paused"), way_on=way_on, undo_url=url_for("feeds.resume", feed_id=feed_id))


@blueprint.post("/<int:feed_id>/resume")
def resume(feed_id: int) -> AnyResponse:
    service.resume_feed(current_actor(), feed_id)
    return told(_("It is looked at again"), way_on=_way_on(feed_id))


@blueprint.post("/<int:feed_id>/unsubscribe")
def unsubscribe(feed_id: int) -> AnyResponse:
    """From its own page one goes back to the list, which offers the way back too."""
    service.unsubscribe(current_actor(), feed_id)
    way_on = url_for("feeds.index", left=feed_id)
    if _is_from_page():
        return redirect(way_on, 303)
    return told(_("Unsubscribed"), way_on=way_on, undo_url=url_for("feeds.restore", feed_id=feed_id))


@blueprint.post("/<int:feed_id>/restore")
def restore(feed_id: int) -> AnyResponse:
    back = service.restore_feeds(current_actor(), [feed_id])
    words = _("It is back") if back else _("This space is subscribed to that feed again already")
    return told(words, way_on=url_for("feeds.index"))


def _next_look(feed: queries.FeedItem) -> int:
    """Seconds until the page looks again whether a look is done: longer each time, and not for ever; 0 for no more."""
    waited = min(max(request.args.get("waited", type=int) or 0, 0), LONGEST_WAIT)
    return min(waited * 2 or 1, LONGEST_WAIT) if feed.is_new or 0 < waited <= PATIENCE else 0


def _way_on(feed_id: int) -> str:
    return url_for("feeds.show", feed_id=feed_id, waited=1)


def _is_from_page() -> bool:
    """Whether the button stands on the feed's own page, which is shown again."""
    return request.form.get("from") == "page"
