"""The list of feeds."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.feeds import queries
from trackeep.feeds.schemas import FeedsQuery
from trackeep.feeds.states import State
from trackeep.feeds.views.door import blueprint

PAGE_SIZE = 50


@blueprint.get("")
def index() -> Response:
    actor = current_actor()
    given = {name: value for name, value in request.args.items() if name in ("state", "cursor") and value.strip()}
    query = parse(FeedsQuery, given)
    page = queries.list_feeds(actor, chosen_space(actor), state=query.state, cursor=query.cursor, limit=PAGE_SIZE)
    left = request.args.get("left", type=int)
    return templating.page(
        "feeds/list.html",
        block="results",
        feeds=page.items,
        next_url=_url(query.state, page.next_cursor) if page.next_cursor else "",
        here=_url(query.state, None),
        tabs=_tabs(query.state),
        state=query.state,
        left=queries.trashed_titles(actor, [left]).get(left, "") if left and 0 < left < 2**63 else "",
        left_id=left,
        can_write={space_id for space_id in actor.readable_spaces if actor.can_write(space_id)},
    )


def _url(state: State | None, cursor: str | None) -> str:
    return url_for("feeds.index", state=state.value if state else None, cursor=cursor)


def _tabs(shown: State | None) -> list[tuple[str, str, bool, None]]:
    names = {None: _("All"), State.FAILING: _("Failing"), State.PAUSED: _("Paused"), State.GONE: _("Ended")}
    return [(name, _url(state, None), state is shown, None) for state, name in names.items()]
