"""JSON of who can be mentioned in a comment."""

from typing import Any

from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.tasks import queries
from trackeep.tasks.api.door import blueprint
from trackeep.tasks.schemas import MentionableQuery, MentionablesOut


@blueprint.get("/<int:task_id>/mentionable")
@limited_by(SEARCH, searched("text"))
@blueprint.input(MentionableQuery, location="query")
@blueprint.output(MentionablesOut)
def list_mentionable(task_id: int, query_data: MentionableQuery) -> dict[str, Any]:
    """Find whom a comment on a task can mention

    Who sees the task and has the text in the user name or the shown name: the best fit first, oneself last. Nobody in a
    personal space.
    """
    found = queries.mentionable(current_actor(), task_id, text=query_data.text, limit=query_data.limit)
    return {"items": found}
