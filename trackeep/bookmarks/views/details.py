"""One bookmark: in the panel beside the list, or as a page of its own."""

from flask import Response, request
from flask_babel import gettext as _

from trackeep.bookmarks import queries
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.passages import highlights_shown
from trackeep.bookmarks.views.patterns import rows_html
from trackeep.bookmarks.views.rows import rows_of
from trackeep.core import ext, markdown, templating
from trackeep.core.actor import Actor
from trackeep.core.web.identity import current_actor

LONGEST_WAIT = 120


@blueprint.get("/<int:bookmark_id>")
def show(bookmark_id: int) -> Response:
    actor = current_actor()
    return detail_page(actor, queries.get_bookmark(actor, bookmark_id))


def detail_page(actor: Actor, item: BookmarkItem, *, changed: bool = False) -> Response:
    """``changed`` sends the list's row along, so that both show the same."""
    row = rows_of(actor, [item])[0]
    return templating.page(
        "bookmarks/detail.html",
        block="detail",
        item=item,
        row=row,
        twin=rows_html([row], oob=True) if changed else "",
        notes=markdown.render(item.notes) if item.notes else None,
        collections=[node for node in queries.collection_tree(actor, counted=False) if node.id in item.collection_ids],
        reading=_reading(item),
        highlights=highlights_shown(actor, item),
        in_own_space=actor.can_read(item.space_id),
        link=queries.link_of(item.id),
        archived=queries.archived_of(item.id),
        copies=queries.copies_of(item.id),
        web_archive=bool(ext.settings().web_archive_url),
        wait=_next_look(),
        title=row.title,
    )


def _next_look() -> int:
    """Seconds until the panel looks again whether the page was fetched: longer each time, so that a tab left open asks
    ever more rarely."""
    waited = request.args.get("waited", type=int) or 2
    return min(max(waited, 2) * 2, LONGEST_WAIT)


def _reading(item: BookmarkItem) -> str:
    return _("%(minutes)s min read", minutes=item.reading_minutes) if item.reading_minutes else ""
