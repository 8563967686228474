"""People behind an @: offered while somebody writes a comment, and marked in the comments on show."""

from collections.abc import Iterable, Mapping

from flask import Response, request

from trackeep.core import markdown, templating
from trackeep.core.slots import slots
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.tasks import queries
from trackeep.tasks.mentions import with_mentions
from trackeep.tasks.queries import CommentItem
from trackeep.tasks.views.door import blueprint

OFFERED = 8
MAX_TEXT = 100


@blueprint.get("/<int:task_id>/mentionable")
@limited_by(SEARCH, searched("text"))
def find_mentionable(task_id: int) -> Response:
    actor = current_actor()
    task = queries.get_task(actor, task_id)
    text = request.args.get("text", "")[:MAX_TEXT]
    found = queries.mentionable(actor, task_id, text=text, limit=OFFERED)
    return templating.page("tasks/mentionable.html", block="options", task=task, text=text, found=found)


def texts_of(comments: Iterable[CommentItem]) -> Mapping[int, markdown.Rendered]:
    """The comments as HTML by their ids, with who is mentioned marked in them."""
    shown = list(comments)
    people = sorted({user_id for each in shown for user_id in each.mentions})
    handles = slots.handles_of(people) if people else {}
    texts: dict[int, markdown.Rendered] = {}
    for each in shown:
        mentioned = [handles[user_id] for user_id in each.mentions if user_id in handles]
        text = markdown.render(each.body)
        names = {handle.username: handle.name for handle in mentioned}
        texts[each.id] = text._replace(html=with_mentions(text.html, names))
    return texts
