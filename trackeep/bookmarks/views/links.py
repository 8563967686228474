"""The report on links, and what is decided about each."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.queries import LinkCounts, LinkItem
from trackeep.bookmarks.schemas import LinksQuery
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.bookmarks.views.answers import by_script, told
from trackeep.bookmarks.views.details import detail_page
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.rows import letter_of
from trackeep.core import ext, templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor

PAGE_SIZE = 30


class LinkRow(NamedTuple):
    """A line of the report."""

    item: LinkItem
    title: str
    href: str
    favicon: str
    letter: str
    writable: bool


@blueprint.get("/links")
def list_links() -> Response:
    actor = current_actor()
    query = parse(
        LinksQuery, {name: value for name, value in request.args.items() if name in ("state", "cursor") and value}
    )
    space_id = chosen_space(actor)
    counts = queries.link_counts(actor, space_id)
    shown = query.state if "state" in request.args else _first_of(counts)
    page = queries.list_links(actor, shown, space_id=space_id, cursor=query.cursor, limit=PAGE_SIZE)
    here = url_for("bookmarks.list_links")
    return templating.page(
        "bookmarks/links.html",
        block="results",
        shown=shown,
        counts=counts,
        tabs=[(name, f"{here}?state={state}", state == shown, number) for state, name, number in _tabs(counts, shown)],
        rows=_rows(page.items),
        here=f"{here}?state={shown}",
        next_url=f"{here}?state={shown}&cursor={page.next_cursor}" if page.next_cursor else "",
        days=ext.settings().link_check_days,
    )


@blueprint.post("/<int:bookmark_id>/link/check")
def check_link(bookmark_id: int) -> AnyResponse:
    actor = current_actor()
    service.check_link_now(actor, bookmark_id)
    if by_script() and request.form.get("part") == "detail":
        return detail_page(actor, queries.get_bookmark(actor, bookmark_id))
    if by_script():
        return told(_("The page is being looked at; the list shows it in a moment."))
    return redirect(url_for("bookmarks.show", bookmark_id=bookmark_id), 303)


@blueprint.post("/<int:bookmark_id>/link/ignore")
def ignore_link(bookmark_id: int) -> AnyResponse:
    ignored = request.values.get("ignored", "1") == "1"
    service.ignore_links(current_actor(), [bookmark_id], ignored=ignored)
    undo_url = url_for("bookmarks.ignore_link", bookmark_id=bookmark_id, ignored="0" if ignored else "1")
    words = _("Marked as fine") if ignored else _("The checks count again")
    return _changed(bookmark_id, words, undo_url)


@blueprint.post("/<int:bookmark_id>/link/take")
def take_new_address(bookmark_id: int) -> AnyResponse:
    done = service.take_new_addresses(current_actor(), [bookmark_id])
    return _changed(bookmark_id, *_taken(done))


@blueprint.post("/links/take")
def take_new_addresses() -> AnyResponse:
    actor = current_actor()
    words, undo_url = _taken(service.take_new_addresses(actor, space_id=chosen_space(actor)))
    return _back(words, undo_url)


def _changed(bookmark_id: int, words: str, undo_url: str) -> AnyResponse:
    """The panel drawn again, or the report."""
    if by_script() and request.form.get("part") == "detail":
        actor = current_actor()
        item = queries.get_bookmark(actor, bookmark_id)
        return told(words, undo_url=undo_url, response=detail_page(actor, item, changed=True), redraw=False)
    return _back(words, undo_url)


def _back(words: str, undo_url: str) -> AnyResponse:
    if by_script():
        return told(words, undo_url=undo_url)
    return redirect(url_for("bookmarks.list_links", state=request.form.get("state") or None), 303)


def _taken(done: BulkDone) -> tuple[str, str]:
    if not done.changed:
        return _("Nothing was changed: another bookmark has that address already, or it is no page's own."), ""
    words = ngettext("%(num)d bookmark has its new address.", "%(num)d bookmarks have their new address.", done.changed)
    left = done.matched - done.changed
    if left:
        words += " " + ngettext("%(num)d was left as it is.", "%(num)d were left as they are.", left)
    return words, url_for("bookmarks.undo_change", undo_id=done.undo_id)


def _first_of(counts: LinkCounts) -> str:
    """What needs somebody most."""
    return next(
        (name for name in ("broken", "redirected", "unreachable", "blocked") if getattr(counts, name)), "broken"
    )


def _tabs(counts: LinkCounts, shown: str) -> list[tuple[str, str, int]]:
    names = (
        ("broken", _("Broken")),
        ("redirected", _("Moved")),
        ("unreachable", _("Not reached")),
        ("blocked", _("Closed to programs")),
        ("unknown", _("Not visited")),
        ("ok", _("Alive")),
        ("ignored", _("Marked as fine")),
    )
    kept = {"broken", "redirected", "ok", shown}
    return [(state, name, getattr(counts, state)) for state, name in names if state in kept or getattr(counts, state)]


def _rows(items: Sequence[LinkItem]) -> list[LinkRow]:
    actor, base = current_actor(), url_for("bookmarks.index")
    return [
        LinkRow(
            item,
            item.title or item.url[:300],
            f"{base}/{item.id}",
            f"{base}/{item.id}/favicon?v={item.favicon_key[:8]}" if item.favicon_key else "",
            letter_of(item),
            actor.can_write(item.space_id),
        )
        for item in items
    ]
