"""Projects and their sections."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import create_object, take_turn, take_turn_where, touch_objects, touch_spaces_of
from trackeep.core.titles import one_line
from trackeep.tags import service as tags
from trackeep.tasks import queries, signals
from trackeep.tasks.drafts import ProjectChanges, ProjectDraft, SectionChanges
from trackeep.tasks.errors import ProjectCircle, TooManyTasks
from trackeep.tasks.models import MAX_NAME, PROJECT_KIND, Project, Section
from trackeep.tasks.service.rows import check_project

COLOURS = tags.COLOURS
_PLACING = update(Project).where(Project.id == bindparam("row")).values(position=bindparam("place"))
_PLACING_SECTION = update(Section).where(Section.id == bindparam("row")).values(position=bindparam("place"))


def create_project(actor: Actor, space_id: int, draft: ProjectDraft) -> int:
    """Behind its siblings. Raises Invalid, and NotFound for a parent that is not in the space."""
    actor.require_write(space_id)
    name, colour = checked_name(draft.name), checked_colour(draft.colour)
    with db.unit_of_work() as session:
        take_turn(space_id)
        there = queries.project_tree(actor, space_id, archived=True)
        if len(there) >= queries.MAX_PROJECTS:
            raise TooManyTasks()
        if draft.parent_id is not None:
            check_project(space_id, draft.parent_id)
        project_id = create_object(PROJECT_KIND, space_id, actor)
        places = [each.position for each in there if each.parent_id == draft.parent_id]
        row = {
            "id": project_id,
            "space_id": space_id,
            "parent_id": draft.parent_id,
            "name": name,
            "colour": colour,
            "position": max(places, default=-1) + 1,
        }
        session.execute(insert(Project), [row])
        signals.projects_changed.announce(ids=[project_id], space_id=space_id)
    return project_id


def edit_project(actor: Actor, project_id: int, changes: ProjectChanges) -> None:
    """Rename, recolour, archive, nest, or move among the siblings. Raises ProjectCircle, Invalid, NotFound."""
    project = queries.get_project(actor, project_id)
    actor.require_write(project.space_id)
    values: dict[str, Any] = {}
    if "name" in changes:
        values["name"] = checked_name(changes["name"])
    if "colour" in changes:
        values["colour"] = checked_colour(changes["colour"])
    if "archived" in changes:
        values["archived_at"] = (project.archived_at or clock.now()) if changes["archived"] else None
    with db.unit_of_work() as session:
        take_turn_where(project.space_id, project_id)
        if "parent_id" in changes:
            values["parent_id"] = _checked_parent(actor, project, changes["parent_id"])
        if values:
            session.execute(update(Project).where(Project.id == project_id).values(**values))
        touch_objects([project_id])
        if "after_id" in changes:
            parent_id = values.get("parent_id", project.parent_id)
            _arrange(actor, project, parent_id, changes["after_id"])
        signals.projects_changed.announce(ids=[project_id], space_id=project.space_id)


def _checked_parent(actor: Actor, project: queries.ProjectItem, parent_id: int | None) -> int | None:
    if parent_id is not None:
        check_project(project.space_id, parent_id)
        if parent_id in queries.projects_below(actor, project.id):
            raise ProjectCircle()
    return parent_id


def _arrange(actor: Actor, project: queries.ProjectItem, parent_id: int | None, after_id: int | None) -> None:
    tree = queries.project_tree(actor, project.space_id, archived=True)
    ids = [each.id for each in tree if each.parent_id == parent_id and each.id != project.id]
    db.write(_PLACING, _places(_with(ids, project.id, after_id)))


def _with(ids: list[int], moved: int, after_id: int | None) -> list[int]:
    """The ids with the moved one behind the one that is named; raises NotFound when that is not among them."""
    if after_id is None:
        return [moved, *ids]
    if after_id not in ids:
        raise NotFound()
    at = ids.index(after_id) + 1
    return [*ids[:at], moved, *ids[at:]]


def _places(ids: Sequence[int]) -> list[dict[str, int]]:
    return [{"row": each, "place": place} for place, each in enumerate(ids)]


def create_section(actor: Actor, project_id: int, name: str) -> int:
    """Behind the others of the project."""
    project = queries.get_project(actor, project_id)
    actor.require_write(project.space_id)
    name = checked_name(name)
    with db.unit_of_work() as session:
        take_turn_where(project.space_id, project.id)
        there = queries.sections_of(actor, project_id)
        if len(there) >= queries.MAX_SECTIONS:
            raise TooManyTasks()
        place = max((each.position for each in there), default=-1) + 1
        row = {"space_id": project.space_id, "project_id": project_id, "name": name, "position": place}
        section_id = session.scalars(insert(Section).returning(Section.id), [row]).one()
        _section_changed(project)
    return section_id


def edit_section(actor: Actor, section_id: int, changes: SectionChanges) -> None:
    """Rename it, or move it among the sections of its project."""
    section = queries.get_section(actor, section_id)
    project = queries.get_project(actor, section.project_id)
    actor.require_write(project.space_id)
    with db.unit_of_work() as session:
        take_turn_where(project.space_id, project.id)
        if "name" in changes:
            named = update(Section).where(Section.id == section_id).values(name=checked_name(changes["name"]))
            session.execute(named)
        if "after_id" in changes:
            ids = [each.id for each in queries.sections_of(actor, section.project_id) if each.id != section_id]
            db.write(_PLACING_SECTION, _places(_with(ids, section_id, changes["after_id"])))
        _section_changed(project)


def delete_section(actor: Actor, section_id: int) -> None:
    """Its tasks stay in the project, without a section."""
    section = queries.get_section(actor, section_id)
    project = queries.get_project(actor, section.project_id)
    actor.require_write(project.space_id)
    with db.unit_of_work() as session:
        take_turn_where(project.space_id, project.id)
        session.execute(delete(Section).where(Section.id == section_id))
        _section_changed(project)


def _section_changed(project: queries.ProjectItem) -> None:
    touch_spaces_of([project.id])
    signals.projects_changed.announce(ids=[project.id], space_id=project.space_id)


def find_project(actor: Actor, space_id: int, name: str) -> int | None:
    """The first live project of the space that goes by this name, upper and lower case alike; for quick add."""
    sought = " ".join(name.split()).casefold()
    tree = queries.project_tree(actor, space_id)
    return next((project.id for project in tree if project.name.casefold() == sought), None)


def find_section(actor: Actor, project_id: int, name: str) -> int | None:
    sought = " ".join(name.split()).casefold()
    sections = queries.sections_of(actor, project_id)
    return next((section.id for section in sections if section.name.casefold() == sought), None)


def checked_name(text: str) -> str:
    name = one_line(text)
    if not name:
        raise Invalid(fields={"name": [_("Give it a name.")]})
    if len(name) > MAX_NAME:
        raise Invalid(fields={"name": [_("At most %(limit)s characters.", limit=MAX_NAME)]})
    return name


def checked_colour(colour: str) -> str:
    if colour not in COLOURS:
        raise Invalid(fields={"colour": [_("Choose one of the colours offered.")]})
    return colour
