"""Pages and partials of tags."""

from flask import Blueprint, Response, request

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.tags import queries, service
from trackeep.tags.schemas import SuggestionsIn

blueprint = Blueprint("tags", __name__, template_folder="templates")


@blueprint.get("/tags/suggestions")
def suggestions() -> Response:
    """The options of the tag field while one types, with an offer to make a tag of this name."""
    actor = _actor("tags:read")
    query = parse(SuggestionsIn, request.args)
    space_id = query.space if query.space is not None else actor.personal_space_id
    found = queries.suggest(actor, space_id=space_id, text=query.text, limit=query.limit)
    typed = service.clean_name(query.text)
    taken = {service.folded_name(tag.name) for tag in found}
    return templating.page(
        "tags/suggestions.html",
        block="options",
        found=found,
        text=query.text,
        new_name=typed if service.folded_name(typed) not in taken else "",
    )


def _actor(scope: str) -> Actor:
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
