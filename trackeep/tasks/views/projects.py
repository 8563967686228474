"""The tree of projects: making, renaming, colouring, nesting, ordering, putting away and throwing away."""

from collections.abc import Mapping, Sequence

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space, target_space
from trackeep.core.web.identity import current_actor
from trackeep.tags import service as tags
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ProjectChanges
from trackeep.tasks.errors import ProjectCircle
from trackeep.tasks.queries import ProjectItem
from trackeep.tasks.schemas import ProjectIn, ProjectPatch
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.door import blueprint

Errors = Mapping[str, Sequence[Text]]
NO_ERRORS: Errors = {}


@blueprint.get("/projects")
def projects() -> Response:
    actor = current_actor()
    archived = request.args.get("archived") == "1"
    tree = queries.project_tree(actor, chosen_space(actor), archived=True)
    shown = (
        [each for each in tree if each.is_archived] if archived else queries.project_tree(actor, chosen_space(actor))
    )
    return templating.page(
        "tasks/projects.html",
        block="tree",
        projects=shown,
        archived=archived,
        archived_count=sum(each.is_archived for each in tree),
        may_write={each.space_id: actor.can_write(each.space_id) for each in tree},
    )


@blueprint.get("/projects/new")
def new_project() -> Response:
    return _form(None, {"parent_id": request.args.get("inside", ""), "colour": "grey"})


@blueprint.post("/projects")
def create_project() -> AnyResponse:
    actor = current_actor()
    try:
        draft = parse(ProjectIn, _given()).draft()
        space_id = target_space(actor) if draft.parent_id is None else _space_of(actor, draft.parent_id)
        made = service.create_project(actor, space_id, draft)
    except Invalid as error:
        return _form(None, request.form, error)
    return redirect(url_for("tasks.board", project_id=made), 303)


@blueprint.get("/projects/<int:project_id>/edit")
def edit_project(project_id: int) -> Response:
    project = queries.get_project(current_actor(), project_id)
    current_actor().require_write(project.space_id)
    return _form(project, {"name": project.name, "colour": project.colour, "parent_id": project.parent_id})


@blueprint.post("/projects/<int:project_id>")
def change_project(project_id: int) -> AnyResponse:
    actor = current_actor()
    project = queries.get_project(actor, project_id)
    try:
        given = parse(ProjectIn, _given())
        changes: ProjectChanges = {"name": given.name, "colour": given.colour}
        if given.parent_id != project.parent_id:
            changes["parent_id"] = given.parent_id
        service.edit_project(actor, project_id, changes)
    except Invalid as error:
        return _form(project, request.form, error)
    return redirect(url_for("tasks.board", project_id=project_id), 303)


@blueprint.post("/projects/<int:project_id>/place")
def place_project(project_id: int) -> AnyResponse:
    """Behind a sibling, or at the first place, inside another project or at the top."""
    names = ("parent_id", "after_id")
    given = {name: request.form[name] or None for name in names if name in request.form}
    service.edit_project(current_actor(), project_id, parse(ProjectPatch, given).changes())
    return told(back=url_for("tasks.projects"))


@blueprint.post("/projects/<int:project_id>/archive")
def archive_project(project_id: int) -> AnyResponse:
    archived = request.form.get("archived", request.args.get("archived", "1")) == "1"
    service.edit_project(current_actor(), project_id, {"archived": archived})
    undo_url = url_for("tasks.archive_project", project_id=project_id, archived="0" if archived else "1")
    words = _("The project is archived: lists leave its tasks out.") if archived else _("The project is back in use.")
    return told(words, undo_url=undo_url, back=url_for("tasks.projects"))


@blueprint.post("/projects/<int:project_id>/trash")
def trash_project(project_id: int) -> AnyResponse:
    actor = current_actor()
    queries.get_project(actor, project_id)
    service.trash_project(actor, project_id)
    undo_url = url_for("tasks.restore_project", project_id=project_id)
    words = _("The project is in the trash, with all that is in it.")
    return told(words, undo_url=undo_url, back=url_for("tasks.projects"))


@blueprint.post("/projects/<int:project_id>/restore")
def restore_project(project_id: int) -> AnyResponse:
    if not service.restore_projects(current_actor(), [project_id]):
        raise NotFound()
    return told(_("It is back"), back=url_for("tasks.projects"))


def _given() -> dict[str, object]:
    form = request.form
    return {
        "name": form.get("name", ""),
        "colour": form.get("colour", "grey"),
        "parent_id": form.get("parent_id") or None,
    }


def _space_of(actor: Actor, project_id: int) -> int:
    return queries.get_project(actor, project_id).space_id


def _form(project: ProjectItem | None, values: Mapping[str, object], error: Invalid | None = None) -> Response:
    errors = NO_ERRORS
    if error is not None:
        errors = {"parent_id": [error.detail]} if isinstance(error, ProjectCircle) else error.fields
    return templating.page(
        "tasks/project_form.html",
        block="form",
        status=error.status if error else 200,
        project=project,
        values=values,
        errors=errors,
        parents=_parents(project),
        colours=tags.COLOURS,
    )


def _parents(project: ProjectItem | None) -> list[tuple[str, str]]:
    """The places where it may stand: the top, and every project but itself and those below it."""
    actor = current_actor()
    space_id = project.space_id if project else target_space(actor)
    below = set(queries.projects_below(actor, project.id)) if project else set()
    tree = queries.project_tree(actor, space_id)
    choices = [(str(node.id), " / ".join(node.path)) for node in tree if node.id not in below]
    return [("", _("Nothing: at the top")), *choices]
