"""What has happened to tasks."""

from trackeep.core.events import Fact

task_created = Fact("task_created")
"""ids, space_id"""

tasks_changed = Fact("tasks_changed")
"""ids"""

tasks_moved = Fact("tasks_moved")
"""ids, from_space, to_space; to another space"""

tasks_finished = Fact("tasks_finished")
"""ids; done or cancelled"""

projects_changed = Fact("projects_changed")
"""ids, space_id"""

comment_written = Fact("comment_written")
"""id, task_id, author_id, mentions (the people who were not mentioned before)"""

task_assigned = Fact("task_assigned")
"""id, assignee_id, by_id"""

reminder_due = Fact("reminder_due")
"""id, task_id, user_id"""

tasks_imported = Fact("tasks_imported")
"""import_id, space_id"""
