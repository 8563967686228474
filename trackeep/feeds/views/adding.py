"""Subscribing: an address is pasted, what is there is shown, and then one decides."""

from collections.abc import Mapping, Sequence

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by
from trackeep.feeds import queries, service
from trackeep.feeds.drafts import PER_CHECK, PER_DAY
from trackeep.feeds.errors import AlreadySubscribed, TooManyLooks
from trackeep.feeds.previews import preview_shape
from trackeep.feeds.schemas import FeedIn, PreviewIn
from trackeep.feeds.views.door import blueprint
from trackeep.feeds.views.forms import collection_choices, given_treatment, typed

Errors = Mapping[str, Sequence[Text]]
NO_ERRORS: Errors = {}
UNTOUCHED: Mapping[str, object] = {"unread": True, "backlog": "newest", "per_check": PER_CHECK, "per_day": PER_DAY}


@blueprint.get("/new")
def new() -> Response:
    return _page({**UNTOUCHED, "url": request.args.get("url", "")[:8_000]})


@blueprint.post("/preview")
@limited_by(SEARCH)
def preview() -> Response:
    """What is at the address; a form that names a feed of several shows that one."""
    actor = current_actor()
    try:
        url = parse(PreviewIn, {"url": request.form.get("url", "")}).url
        shown = preview_shape(url, service.look_ahead(actor, url))
    except Invalid as error:
        return _page({**UNTOUCHED, **typed()}, errors=error.fields, status=422)
    except TooManyLooks as error:
        return _page({**UNTOUCHED, **typed()}, errors={"url": [error.detail]}, status=error.status)
    return _page({**UNTOUCHED, "url": shown["url"], "asked": url}, shown=shown)


@blueprint.post("")
def subscribe() -> AnyResponse:
    actor = current_actor()
    try:
        given = {"url": request.form.get("url", ""), "title": request.form.get("title", ""), **given_treatment()}
        feed_id = service.subscribe(actor, target_space(actor), parse(FeedIn, given).subscription())
    except AlreadySubscribed as error:
        existing = queries.get_feed(actor, int(str(error.extra["existing_id"])))
        return _page({**UNTOUCHED, **typed()}, existing=existing, status=409)
    except Invalid as error:
        return _page({**UNTOUCHED, **typed()}, errors=error.fields, status=422)
    return redirect(url_for("feeds.show", feed_id=feed_id), 303)


def _page(
    values: Mapping[str, object],
    *,
    errors: Errors = NO_ERRORS,
    shown: Mapping[str, object] | None = None,
    existing: queries.FeedItem | None = None,
    status: int = 200,
) -> Response:
    actor = current_actor()
    space_id = target_space(actor)
    return templating.page(
        "feeds/add.html",
        values=values,
        errors=errors,
        shown=shown,
        existing=existing,
        status=status,
        space_id=space_id,
        collections=collection_choices(actor, space_id),
    )
