"""Where imported tasks go: projects and sections found by their names, or made."""

from collections.abc import Mapping

from trackeep.core.actor import Actor
from trackeep.tasks import queries
from trackeep.tasks.drafts import ProjectDraft
from trackeep.tasks.errors import TooManyTasks
from trackeep.tasks.service.projects import create_project, create_section

BETWEEN = " / "


class Places:
    """For one batch; within its unit of work nobody else changes the projects."""

    def __init__(self, actor: Actor, space_id: int) -> None:
        self._actor = actor
        self._space_id = space_id
        self._projects: dict[str, int | None] = {}
        self._sections: dict[int, dict[str, int | None]] = {}
        self.made: list[int] = []
        tree = queries.project_tree(actor, space_id, archived=True)
        for project in tree:
            self._projects.setdefault(project.name.casefold(), project.id)
        for project in tree:
            self._projects[BETWEEN.join(project.path).casefold()] = project.id

    def of(self, project: str, section: str) -> Mapping[str, int | None]:
        """The inbox without a name, and where there is no room for one more project."""
        project_id = self._project(project.split(BETWEEN)) if project else None
        section_id = self._section(project_id, section) if project_id is not None and section else None
        return {"project_id": project_id, "section_id": section_id}

    def _project(self, path: list[str]) -> int | None:
        above: int | None = None
        whole = BETWEEN.join(path).casefold()
        if whole in self._projects:
            return self._projects[whole]
        for depth in range(1, len(path) + 1):
            name = BETWEEN.join(path[:depth]).casefold()
            if name not in self._projects:
                self._projects[name] = self._made_project(path[depth - 1], above)
            above = self._projects[name]
        return above

    def _made_project(self, name: str, parent_id: int | None) -> int | None:
        if not name.strip():
            return parent_id
        try:
            made = create_project(self._actor, self._space_id, ProjectDraft(name=name, parent_id=parent_id))
        except TooManyTasks:
            return None
        self.made.append(made)
        return made

    def _section(self, project_id: int, name: str) -> int | None:
        if project_id not in self._sections:
            there = queries.sections_of(self._actor, project_id)
            self._sections[project_id] = {each.name.casefold(): each.id for each in there}
        known = self._sections[project_id]
        if name.casefold() not in known:
            try:
                known[name.casefold()] = create_section(self._actor, project_id, name)
            except TooManyTasks:
                known[name.casefold()] = None
        return known[name.casefold()]
