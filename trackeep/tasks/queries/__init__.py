"""Reads of tasks: lists, boards, months, details, projects. Every one filters by the actor."""

from trackeep.tasks.queries.boards import BoardBy, Column, calendar_days, project_columns
from trackeep.tasks.queries.details import (
    CommentItem,
    Dependencies,
    ReminderItem,
    ancestors,
    comments,
    dependencies,
    get_comment,
    reminders,
    subtasks,
    subtasks_of,
)
from trackeep.tasks.queries.exports import exported_projects, exported_tasks
from trackeep.tasks.queries.finding import TaskHit, find_tasks, hits, newest_tasks, trashed_titles
from trackeep.tasks.queries.items import TaskItem, get_task, get_tasks
from trackeep.tasks.queries.kept import MAX_FILTERS, KeptFilter, get_filter, kept_filters
from trackeep.tasks.queries.lists import count_view, counts, default_sort, list_tasks, matching_ids
from trackeep.tasks.queries.people import members
from trackeep.tasks.queries.projects import (
    MAX_SECTIONS,
    ProjectItem,
    SectionItem,
    find_projects,
    get_project,
    get_projects,
    get_section,
    project_tree,
    sections_of,
    trashed_names,
)
from trackeep.tasks.queries.tree import MAX_PROJECTS, is_below_itself, projects_below, tasks_below, waits_for

__all__ = [
    "MAX_FILTERS",
    "MAX_PROJECTS",
    "MAX_SECTIONS",
    "BoardBy",
    "Column",
    "CommentItem",
    "Dependencies",
    "KeptFilter",
    "ProjectItem",
    "ReminderItem",
    "SectionItem",
    "TaskHit",
    "TaskItem",
    "ancestors",
    "calendar_days",
    "comments",
    "count_view",
    "counts",
    "default_sort",
    "dependencies",
    "exported_projects",
    "exported_tasks",
    "find_projects",
    "find_tasks",
    "get_comment",
    "get_filter",
    "get_project",
    "get_projects",
    "get_section",
    "get_task",
    "get_tasks",
    "hits",
    "is_below_itself",
    "kept_filters",
    "list_tasks",
    "matching_ids",
    "members",
    "newest_tasks",
    "project_columns",
    "project_tree",
    "projects_below",
    "reminders",
    "sections_of",
    "subtasks",
    "subtasks_of",
    "tasks_below",
    "trashed_names",
    "trashed_titles",
    "waits_for",
]
