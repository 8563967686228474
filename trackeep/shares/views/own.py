"""All links of a person, whatever they show, among the settings."""

from flask import Response

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.shell import settings_menu
from trackeep.shares import queries
from trackeep.shares.schemas import ShareListQuery
from trackeep.shares.views.answers import asked
from trackeep.shares.views.door import blueprint, person


@blueprint.get("/settings/shares")
def own() -> Response:
    actor = person()
    query = parse(ShareListQuery, asked("cursor"))
    page = queries.list_shares(actor, cursor=query.cursor, limit=query.limit)
    return templating.page(
        "shares/own.html",
        block="settings",
        page=page,
        things=queries.things(actor, page.items),
        settings_menu=settings_menu,
    )
