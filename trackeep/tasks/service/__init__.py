"""The verbs of tasks: the front door for pages, API, jobs and other domains."""

from trackeep.tasks.drafts import (
    Move,
    ProjectChanges,
    ProjectDraft,
    ReminderDraft,
    SectionChanges,
    TaskChanges,
    TaskDraft,
)
from trackeep.tasks.filters import (
    Filters,
    View,
)
from trackeep.tasks.queries import (
    TaskItem,
)
from trackeep.tasks.service.bulk import (
    BulkAction,
    BulkDone,
    BulkVerb,
    Selection,
    change_many,
    undo_change,
)
from trackeep.tasks.service.commenting import (
    delete_comment,
    edit_comment,
    write_comment,
)
from trackeep.tasks.service.creating import (
    create_task,
    create_tasks,
)
from trackeep.tasks.service.dating import (
    set_due,
    set_due_back,
)
from trackeep.tasks.service.editing import (
    edit_task,
)
from trackeep.tasks.service.finishing import (
    cancel_task,
    complete_task,
    reopen_task,
)
from trackeep.tasks.service.importing import (
    check_import,
    choose_options,
    discard_import,
    forget_imports,
    open_import,
    run_import,
    start_import,
    start_undo,
    undo_import,
)
from trackeep.tasks.service.keeping import (
    change_filter,
    forget_filter,
    keep_filter,
)
from trackeep.tasks.service.lines import (
    Missing,
    Place,
    Reading,
    add_line,
    make_named_project,
    read_line,
)
from trackeep.tasks.service.moving import (
    add_dependency,
    move_task,
    remove_dependency,
)
from trackeep.tasks.service.outlets import (
    NewOutlet,
    OutletDraft,
    Published,
    Shape,
    create_outlet,
    published,
    revoke_outlet,
)
from trackeep.tasks.service.project_trash import (
    purge_projects,
    restore_projects,
    trash_project,
)
from trackeep.tasks.service.projects import (
    create_project,
    create_section,
    delete_section,
    edit_project,
    edit_section,
    find_project,
    find_section,
)
from trackeep.tasks.service.relocating import (
    Relocated,
    move_project,
)
from trackeep.tasks.service.reminding import (
    add_reminder,
    fire_due,
    remove_reminder,
)
from trackeep.tasks.service.trashing import (
    purge_tasks,
    restore_tasks,
    trash_tasks,
)
from trackeep.tasks.states import (
    Children,
    Priority,
    RecursFrom,
    Status,
)

__all__ = [
    "BulkAction",
    "BulkDone",
    "BulkVerb",
    "Children",
    "Filters",
    "Missing",
    "Move",
    "NewOutlet",
    "OutletDraft",
    "Place",
    "Priority",
    "ProjectChanges",
    "ProjectDraft",
    "Published",
    "Reading",
    "RecursFrom",
    "Relocated",
    "ReminderDraft",
    "SectionChanges",
    "Selection",
    "Shape",
    "Status",
    "TaskChanges",
    "TaskDraft",
    "TaskItem",
    "View",
    "add_dependency",
    "add_line",
    "add_reminder",
    "cancel_task",
    "change_filter",
    "change_many",
    "check_import",
    "choose_options",
    "complete_task",
    "create_outlet",
    "create_project",
    "create_section",
    "create_task",
    "create_tasks",
    "delete_comment",
    "delete_section",
    "discard_import",
    "edit_comment",
    "edit_project",
    "edit_section",
    "edit_task",
    "find_project",
    "find_section",
    "fire_due",
    "forget_filter",
    "forget_imports",
    "keep_filter",
    "make_named_project",
    "move_project",
    "move_task",
    "open_import",
    "published",
    "purge_projects",
    "purge_tasks",
    "read_line",
    "remove_dependency",
    "remove_reminder",
    "reopen_task",
    "restore_projects",
    "restore_tasks",
    "revoke_outlet",
    "run_import",
    "set_due",
    "set_due_back",
    "start_import",
    "start_undo",
    "trash_project",
    "trash_tasks",
    "undo_change",
    "undo_import",
    "write_comment",
]
