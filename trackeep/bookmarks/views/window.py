"""The small window that saves a page from elsewhere: the bookmarklet opens it, and so does what a phone shares.

Nothing is saved by opening it: that takes the form, with its token against forgery, and no other site may frame it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.errors import AlreadySaved
from trackeep.bookmarks.incoming import first_address, incoming_page
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.schemas import BookmarkIn
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating
from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.tags import service as tags

TEXTS = ("url", "title", "description", "notes")
MARKS = ("unread", "favourite")
NO_ERRORS: Mapping[str, Sequence[Text]] = {}


@blueprint.get("/window")
def window() -> Response:
    """The form with what the address says; or the bookmark, when this page is saved already."""
    actor = current_actor()
    values = {name: request.args.get(name, "") for name in (*TEXTS, "tags")}
    address = first_address(values["url"][:10_000])
    existing = queries.find_by_url(actor, target_space(actor), address) if address else None
    if existing is not None:
        return _page(outcome="there", item=existing)
    return _form(values)


@blueprint.get("/receive")
def receive() -> AnyResponse:
    """Where the installed app is sent by what another one shares."""
    given = request.args
    page = incoming_page(title=given.get("title", ""), text=given.get("text", ""), url=given.get("url", ""))
    found = {"url": page.url, "title": page.title[:1_000], "description": page.description[:2_000]}
    here = {name: text for name, text in found.items() if text}
    return redirect(url_for("bookmarks.window", stay="1", **here), 303)  # type: ignore[arg-type]  # texts only


@blueprint.post("/window")
def save_from_window() -> Response:
    actor = current_actor()
    form = request.form
    given: dict[str, object] = {name: form.get(name, "") for name in TEXTS}
    given |= {name: name in form for name in MARKS}
    given |= {"tags": tags.listed_names(form.get("tags", "")), "collection_ids": form.getlist("collection_ids")}
    try:
        draft = parse(BookmarkIn, given).draft()
        bookmark_id = service.save_bookmark(actor, space_id=target_space(actor), draft=draft)
    except AlreadySaved as error:
        found = queries.get_bookmarks(actor, [int(str(error.extra["existing_id"]))])
        return _form(_typed(), status=409, existing=next(iter(found.values()), None))
    except Invalid as error:
        return _form(_typed(), status=422, errors=error.fields)
    return _page(outcome="saved", item=queries.get_bookmark(actor, bookmark_id), status=201)


def _typed() -> dict[str, object]:
    """What stood in the form, to be shown again."""
    texts: dict[str, object] = {name: request.form.get(name, "") for name in (*TEXTS, "tags")}
    ids = {int(text) for text in request.form.getlist("collection_ids") if text.isascii() and text.isdigit()}
    return texts | {name: name in request.form for name in MARKS} | {"collection_ids": ids}


def _form(
    values: Mapping[str, object],
    *,
    errors: Mapping[str, Sequence[Text]] = NO_ERRORS,
    status: int = 200,
    existing: BookmarkItem | None = None,
) -> Response:
    actor = current_actor()
    space_id = target_space(actor)
    return _page(
        status=422 if status == 409 and templating.wants_partial() else status,
        values={"collection_ids": (), **values},
        errors=errors,
        existing=existing,
        space_id=space_id,
        collections=queries.collection_tree(actor, space_id, counted=False),
    )


def _page(*, outcome: str = "", status: int = 200, **context: object) -> Response:
    facts: dict[str, Any] = {"outcome": outcome, "stays": "stay" in request.values, **context}
    return templating.page("bookmarks/window.html", block="window", status=status, **facts)
