"""The page that offers the export, and the file."""

from urllib.parse import urlencode

from flask import Response, request
from flask_babel import gettext as _

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor
from trackeep.tasks import exports, queries
from trackeep.tasks.filters import View
from trackeep.tasks.schemas import TaskExportQuery
from trackeep.tasks.views.door import blueprint

Offer = tuple[str, int, str]
LISTED = 200
NO_PART = frozenset({"format", "cursor"})


@blueprint.get("/export")
def export_page() -> Response:
    """Everything in the space that is looked at, what the list shows that the visitor comes from, and each project."""
    actor = current_actor()
    space_id = chosen_space(actor)
    space = {"space": space_id} if space_id else {}
    given = {name: value for name, value in request.args.items() if name in TaskExportQuery.model_fields and value}
    offers = [_offer(actor, _("What the list shows"), {**space, **given})] if given.keys() - NO_PART - {"space"} else []
    offers.append(_offer(actor, _("Everything"), {"view": View.ALL.value, **space}))
    projects = queries.project_tree(actor, space_id)[:LISTED]
    return templating.page("tasks/export.html", offers=offers, projects=projects)


@blueprint.get("/export/file")
def export_file() -> Response:
    actor = current_actor()
    query = parse(TaskExportQuery, {name: value for name, value in request.args.items() if value})
    pieces = exports.export(actor, query.filters(), query.format)
    name = exports.file_name(actor, query.format)
    return streamed(pieces, file_name=name, content_type=exports.FILE_TYPES[query.format])


def _offer(actor: Actor, title: str, given: dict[str, object]) -> Offer:
    query = parse(TaskExportQuery, {name: value for name, value in given.items() if name not in NO_PART})
    return title, len(queries.outgoing_ids(actor, query.filters())), urlencode(given)
