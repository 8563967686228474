"""Projects and sections."""

from datetime import datetime

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.tasks.drafts import ProjectChanges, ProjectDraft, SectionChanges
from trackeep.tasks.schemas.fields import Cursor, Id, Limit, Name


class ProjectIn(InputSchema):
    name: Name
    colour: Name = "grey"
    parent_id: Id | None = None
    space_id: Id | None = None

    def draft(self) -> ProjectDraft:
        return ProjectDraft(name=self.name, colour=self.colour, parent_id=self.parent_id)


class ProjectPatch(InputSchema):
    """Only what is present changes. ``parent_id`` null is the top, ``after_id`` null the first place."""

    name: Name = ""
    colour: Name = ""
    parent_id: Id | None = None
    after_id: Id | None = None
    archived: bool = False

    def changes(self) -> ProjectChanges:
        changes: ProjectChanges = {}
        changes.update(self.model_dump(exclude_unset=True))  # type: ignore[typeddict-item]  # the same fields
        return changes


class ProjectToSpaceIn(InputSchema):
    space_id: Id


class ToSpaceOut(OutputSchema):
    """``changed`` tasks moved; ``undo_id`` takes the move back, and is null when it was in that space already.
    ``untied`` dependencies on tasks that stay were removed, ``unassigned`` tasks were given to people who are not
    there."""

    changed: int
    undo_id: int | None
    untied: int
    unassigned: int


class ProjectsQuery(InputSchema):
    space: Id | None = None
    archived: bool = False


class ProjectOut(OutputSchema):
    """``path`` is the names from the top, ``open_tasks`` those directly in it and not below another task."""

    id: int
    space_id: int
    parent_id: int | None
    name: str
    colour: str
    position: int
    archived_at: datetime | None
    path: list[str]
    depth: int
    open_tasks: int


class ProjectsOut(OutputSchema):
    items: list[ProjectOut]


class SectionIn(InputSchema):
    name: Name


class SectionPatch(InputSchema):
    """``after_id`` null is the first place."""

    name: Name = ""
    after_id: Id | None = None

    def changes(self) -> SectionChanges:
        changes: SectionChanges = {}
        changes.update(self.model_dump(exclude_unset=True))  # type: ignore[typeddict-item]  # the same fields
        return changes


class SectionOut(OutputSchema):
    id: int
    project_id: int
    name: str
    position: int


class SectionsOut(OutputSchema):
    items: list[SectionOut]


class PageQuery(InputSchema):
    cursor: Cursor = None
    limit: Limit = 50
