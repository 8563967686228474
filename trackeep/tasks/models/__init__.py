"""The tables of tasks."""

from trackeep.tasks.models.filters import MAX_FILTER_NAME, TaskFilter
from trackeep.tasks.models.imports import IMPORT_STATES, MAX_UID, TaskImport, TaskImportRow, TaskOrigin
from trackeep.tasks.models.outlets import MAX_OUTLET_NAME, TaskOutlet
from trackeep.tasks.models.projects import MAX_NAME, PROJECT_KIND, Project, Section
from trackeep.tasks.models.talk import MAX_COMMENT, TaskComment, TaskMention, TaskReminder
from trackeep.tasks.models.task import (
    DUE_OR_NEVER,
    KIND,
    MAX_NOTES,
    MAX_RECURRENCE,
    MAX_TITLE,
    NEVER,
    NO_TIME,
    Task,
    TaskDependency,
)

__all__ = [
    "DUE_OR_NEVER",
    "IMPORT_STATES",
    "KIND",
    "MAX_COMMENT",
    "MAX_FILTER_NAME",
    "MAX_NAME",
    "MAX_NOTES",
    "MAX_OUTLET_NAME",
    "MAX_RECURRENCE",
    "MAX_TITLE",
    "MAX_UID",
    "NEVER",
    "NO_TIME",
    "PROJECT_KIND",
    "Project",
    "Section",
    "Task",
    "TaskComment",
    "TaskDependency",
    "TaskFilter",
    "TaskImport",
    "TaskImportRow",
    "TaskMention",
    "TaskOrigin",
    "TaskOutlet",
    "TaskReminder",
]
