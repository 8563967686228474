"""The tree of projects with their sections and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import Object
from trackeep.tasks.models import Project, Section, Task
from trackeep.tasks.queries.tree import MAX_PROJECTS

MAX_SECTIONS = 200


@dataclass(frozen=True, slots=True)
class SectionItem:
    """A part of a project."""

    id: int
    project_id: int
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class ProjectItem:
    """A project in its tree. ``path`` is the names from the root, ``open_tasks`` those directly in it."""

    id: int
    space_id: int
    parent_id: int | None
    name: str
    colour: str
    position: int
    archived_at: datetime | None
    version: int
    open_tasks: int = 0
    depth: int = 0
    path: tuple[str, ...] = ()

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


TREE = cache.Resource("project_tree", list[ProjectItem], ttl=300)


def project_tree(actor: Actor, space_id: int | None = None, *, archived: bool = False) -> list[ProjectItem]:
    """All projects, each behind its parent, siblings in their order. Without ``archived`` an archived one is left out
    with everything below it."""
    spaces = actor.readable_spaces if space_id is None else frozenset({space_id})
    if space_id is not None:
        actor.require_read(space_id)
    tree = cache.answer(TREE, spaces, tuple(sorted(spaces)), lambda: _tree(spaces))
    return list(tree) if archived else _without_archived(tree)


def get_project(actor: Actor, project_id: int) -> ProjectItem:
    """Also an archived one; raises NotFound for what is in the trash or not to be seen by the actor."""
    found = get_projects(actor, [project_id])
    if project_id not in found:
        raise NotFound()
    return found[project_id]


def get_projects(actor: Actor, ids: Sequence[int]) -> Mapping[int, ProjectItem]:
    """Those of the ids that the actor may see, without their path."""
    asked = {"ids": list(ids), "spaces": list(actor.readable_spaces)}
    rows = db.rows(_some(db.dialect()), asked)
    numbers = _numbers([row.id for row in rows])
    return {row.id: replace(ProjectItem(*row), open_tasks=numbers.get(row.id, 0)) for row in rows}


def sections_of(actor: Actor, project_id: int) -> Sequence[SectionItem]:
    """In their order; raises NotFound."""
    get_project(actor, project_id)
    return _sections(project_id)


def get_section(actor: Actor, section_id: int) -> SectionItem:
    query = select(Section.id, Section.project_id, Section.name, Section.position)
    rows = db.rows(query.where(Section.id == section_id, Section.space_id.in_(actor.readable_spaces)))
    if not rows:
        raise NotFound()
    section = SectionItem(*rows[0])
    get_project(actor, section.project_id)
    return section


def trashed_names(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The names of projects that lie in the trash."""
    mine = (Project.id.in_(ids), Project.space_id.in_(actor.readable_spaces))
    return {row.id: row.name for row in db.rows(select(Project.id, Project.name).where(*mine))}


def find_projects(actor: Actor, text: str, limit: int) -> Sequence[ProjectItem]:
    """Projects whose name holds the text, however it is spelt, in the order of the tree."""
    sought = text.strip().casefold()
    found = [project for project in project_tree(actor) if sought in project.name.casefold()]
    return found[:limit]


def _sections(project_id: int) -> Sequence[SectionItem]:
    query = select(Section.id, Section.project_id, Section.name, Section.position)
    query = query.where(Section.project_id == project_id).order_by(Section.position, Section.id).limit(MAX_SECTIONS)
    return [SectionItem(*row) for row in db.rows(query)]


_COLUMNS = (
    Project.id,
    Project.space_id,
    Project.parent_id,
    Project.name,
    Project.colour,
    Project.position,
    Project.archived_at,
    Object.content_version.label("version"),
)


@lru_cache
def _some(_dialect: str) -> db.AnySelect:
    query: db.AnySelect = select(*_COLUMNS).join(Object, Object.id == Project.id)
    mine = db.is_one_of(Project.space_id, "spaces")
    return query.where(db.is_one_of(Project.id, "ids"), mine, Project.deleted_at.is_(None))


@lru_cache
def _all_in(_dialect: str) -> db.AnySelect:
    query: db.AnySelect = select(*_COLUMNS).join(Object, Object.id == Project.id)
    query = query.where(db.is_one_of(Project.space_id, "spaces"), Project.deleted_at.is_(None))
    return query.order_by(Project.position, Project.id).limit(MAX_PROJECTS)


def _numbers(ids: Sequence[int]) -> Mapping[int, int]:
    if not ids:
        return {}
    return {row.project_id: row.number for row in db.rows(_counting(db.dialect()), {"ids": ids})}


@lru_cache
def _counting(_dialect: str) -> db.AnySelect:
    query: db.AnySelect = select(Task.project_id, func.count().label("number"))
    mine = db.is_one_of(Task.project_id, "ids")
    top = (Task.deleted_at.is_(None), Task.completed_at.is_(None), Task.parent_id.is_(None))
    return query.where(mine, *top).group_by(Task.project_id)


def _tree(spaces: frozenset[int]) -> list[ProjectItem]:
    rows = db.rows(_all_in(db.dialect()), {"spaces": list(spaces)})
    numbers = _numbers([row.id for row in rows])
    nodes = {row.id: replace(ProjectItem(*row), open_tasks=numbers.get(row.id, 0)) for row in rows}
    below: dict[int | None, list[ProjectItem]] = {}
    for node in nodes.values():
        below.setdefault(node.parent_id if node.parent_id in nodes else None, []).append(node)
    return _walked(below)


def _walked(below: Mapping[int | None, Sequence[ProjectItem]]) -> list[ProjectItem]:
    """A circle, which the verbs refuse, would only hide its members."""
    found: list[ProjectItem] = []
    waiting: list[tuple[ProjectItem, tuple[str, ...]]] = [(node, ()) for node in reversed(below.get(None, ()))]
    while waiting:
        node, above = waiting.pop()
        found.append(replace(node, path=(*above, node.name), depth=len(above)))
        waiting.extend((child, found[-1].path) for child in reversed(below.get(node.id, ())))
    return found


def _without_archived(tree: Sequence[ProjectItem]) -> list[ProjectItem]:
    hidden: set[int] = set()
    found: list[ProjectItem] = []
    for node in tree:
        if node.is_archived or node.parent_id in hidden:
            hidden.add(node.id)
        else:
            found.append(node)
    return found
