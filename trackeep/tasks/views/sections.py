"""The sections of a project: making, renaming, ordering and deleting them."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, service
from trackeep.tasks.schemas import SectionIn, SectionPatch
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.door import blueprint


@blueprint.post("/projects/<int:project_id>/sections")
def create_section(project_id: int) -> AnyResponse:
    given = parse(SectionIn, {"name": request.form.get("name", "")})
    service.create_section(current_actor(), project_id, given.name)
    return told(back=_board(project_id))


@blueprint.get("/sections/<int:section_id>/edit")
def edit_section(section_id: int) -> Response:
    actor = current_actor()
    section = queries.get_section(actor, section_id)
    project = queries.get_project(actor, section.project_id)
    actor.require_write(project.space_id)
    return templating.page("tasks/section_form.html", block="form", section=section, project=project)


@blueprint.post("/sections/<int:section_id>")
def change_section(section_id: int) -> AnyResponse:
    """A new name, or a place behind another section (none: the first)."""
    section = queries.get_section(current_actor(), section_id)
    form = request.form
    given: dict[str, object] = {"name": form["name"]} if "name" in form else {}
    if "after_id" in form:
        given["after_id"] = form["after_id"] or None
    service.edit_section(current_actor(), section_id, parse(SectionPatch, given).changes())
    return told(back=_board(section.project_id))


@blueprint.post("/sections/<int:section_id>/delete")
def delete_section(section_id: int) -> AnyResponse:
    section = queries.get_section(current_actor(), section_id)
    service.delete_section(current_actor(), section_id)
    return told(_("The section is gone, its tasks stay in the project."), back=_board(section.project_id))


def _board(project_id: int) -> str:
    return url_for("tasks.board", project_id=project_id)
