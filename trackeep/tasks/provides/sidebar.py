"""The projects and the kept lists in the sidebar."""

from collections.abc import Mapping

from flask import request, url_for

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import SidebarSection
from trackeep.core.web.chosen_space import shown_space
from trackeep.tasks import queries

MOST_PROJECTS = 30


def sidebar(actor: Actor) -> Mapping[str, object]:
    """The first projects of the space that is shown, and the one that is open."""
    tree, current = queries.project_tree(actor, shown_space(actor)), _named("project_id")
    if current is None and request.endpoint == "tasks.calendar":
        current = request.args.get("project", type=int)
    projects = [project for at, project in enumerate(tree) if at < MOST_PROJECTS or project.id == current]
    return {
        "projects": projects,
        "more": len(tree) > len(projects),
        "project": current,
        "calendar": request.endpoint == "tasks.calendar" and current is None,
        "kept": queries.kept_filters(actor),
        "filter": _named("filter_id"),
        "base": url_for("tasks.index"),
    }


def _named(name: str) -> int | None:
    """What the address of this page of tasks names."""
    of_tasks = (request.endpoint or "").startswith("tasks.")
    return (request.view_args or {}).get(name) if of_tasks else None


OFFERS = (SidebarSection(name="projects", title=_l("Projects"), template="tasks/sidebar.html", load=sidebar, order=10),)
