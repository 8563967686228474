"""JSON of projects, their sections and boards."""

from typing import Any

from flask import Response

from trackeep.core.templating import json_response
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, service
from trackeep.tasks.api.door import blueprint, own_space
from trackeep.tasks.api.shapes import task_shapes
from trackeep.tasks.queries import ProjectItem, SectionItem
from trackeep.tasks.schemas import (
    BoardOut,
    BoardQuery,
    ProjectIn,
    ProjectOut,
    ProjectPatch,
    ProjectsOut,
    ProjectsQuery,
    ProjectToSpaceIn,
    SectionIn,
    SectionOut,
    SectionPatch,
    SectionsOut,
    ToSpaceOut,
)
from trackeep.tasks.service import Relocated


@blueprint.get("/projects")
@blueprint.input(ProjectsQuery, location="query")
@blueprint.output(ProjectsOut)
def list_projects(query_data: ProjectsQuery) -> dict[str, Any]:
    """List projects as a tree

    Each stands behind its parent, with its path.
    """
    return {"items": queries.project_tree(current_actor(), query_data.space, archived=query_data.archived)}


@blueprint.post("/projects")
@idempotent
@blueprint.input(ProjectIn)
@blueprint.output(ProjectOut, status_code=201)
def create_project(json_data: ProjectIn) -> tuple[ProjectItem, int]:
    """Make a project"""
    actor = current_actor()
    project_id = service.create_project(actor, json_data.space_id or own_space(actor), json_data.draft())
    return queries.get_project(actor, project_id), 201


@blueprint.get("/projects/<int:project_id>")
@blueprint.output(ProjectOut)
def show_project(project_id: int) -> ProjectItem:
    """Show a project

    ``path`` and ``depth`` are those of the list of projects only.
    """
    return queries.get_project(current_actor(), project_id)


@blueprint.patch("/projects/<int:project_id>")
@blueprint.input(ProjectPatch)
@blueprint.output(ProjectOut)
def edit_project(project_id: int, json_data: ProjectPatch) -> ProjectItem:
    """Rename, recolour, archive, nest or move a project"""
    actor = current_actor()
    service.edit_project(actor, project_id, json_data.changes())
    return queries.get_project(actor, project_id)


@blueprint.delete("/projects/<int:project_id>")
@blueprint.output({}, status_code=204)
def trash_project(project_id: int) -> str:
    """Move a project to the trash

    With the projects below it and the tasks in all of them.
    """
    service.trash_project(current_actor(), project_id)
    return ""


@blueprint.post("/projects/<int:project_id>/to-space")
@idempotent
@blueprint.input(ProjectToSpaceIn)
@blueprint.output(ToSpaceOut)
def move_project(project_id: int, json_data: ProjectToSpaceIn) -> Relocated:
    """Move a project to another space

    With the projects below it, their sections and the tasks in all of them. Tags follow by their names; dependencies on
    tasks that stay are removed, and so are people and reminders of people who are not in that space. The way back is
    that of changes to many tasks.
    """
    return service.move_project(current_actor(), project_id, json_data.space_id)


@blueprint.get("/projects/<int:project_id>/board")
@blueprint.input(BoardQuery, location="query")
@blueprint.output(BoardOut)
def show_board(project_id: int, query_data: BoardQuery) -> Response:
    """Show a project in columns

    By section or by status, each with its first cards. Go on with the ``next_cursor`` of a column in the list of tasks,
    by ``project``, ``only_here``, ``top_only``, ``sort=manual`` and the column's ``section`` or ``status``.
    """
    columns = queries.project_columns(current_actor(), project_id, by=query_data.by, limit=query_data.limit)
    shapes = [
        {
            "key": column.key,
            "name": column.name,
            "cards": task_shapes(column.cards),
            "next_cursor": column.next_cursor,
            "total": column.total,
        }
        for column in columns
    ]
    return json_response({"columns": shapes})


@blueprint.get("/projects/<int:project_id>/sections")
@blueprint.output(SectionsOut)
def list_sections(project_id: int) -> dict[str, Any]:
    """List the sections of a project"""
    return {"items": queries.sections_of(current_actor(), project_id)}


@blueprint.post("/projects/<int:project_id>/sections")
@idempotent
@blueprint.input(SectionIn)
@blueprint.output(SectionOut, status_code=201)
def create_section(project_id: int, json_data: SectionIn) -> tuple[SectionItem, int]:
    """Make a section"""
    actor = current_actor()
    section_id = service.create_section(actor, project_id, json_data.name)
    return queries.get_section(actor, section_id), 201


@blueprint.patch("/sections/<int:section_id>")
@blueprint.input(SectionPatch)
@blueprint.output(SectionOut)
def edit_section(section_id: int, json_data: SectionPatch) -> SectionItem:
    """Rename or move a section"""
    actor = current_actor()
    service.edit_section(actor, section_id, json_data.changes())
    return queries.get_section(actor, section_id)


@blueprint.delete("/sections/<int:section_id>")
@blueprint.output({}, status_code=204)
def delete_section(section_id: int) -> str:
    """Delete a section

    Its tasks stay in the project.
    """
    service.delete_section(current_actor(), section_id)
    return ""
