"""Alice's tasks and projects."""

import io
from functools import cached_property

from tests.authorization.belongings import Belongings, numbers
from trackeep.core import clock
from trackeep.tasks import service as tasks


class TaskThings(Belongings):
    @cached_property
    def task_id(self) -> int:
        return self.new_task()

    def new_task(self) -> int:
        return tasks.create_task(self.actor, self.space_id, tasks.TaskDraft(title=f"Task {next(numbers)}"))

    @cached_property
    def other_task_id(self) -> int:
        return self.new_task()

    @cached_property
    def trashed_task_id(self) -> int:
        task_id = self.new_task()
        tasks.trash_tasks(self.actor, [task_id])
        return task_id

    @cached_property
    def blocker_id(self) -> int:
        """What the task waits for."""
        blocker_id = self.new_task()
        tasks.add_dependency(self.actor, self.task_id, blocker_id)
        return blocker_id

    @cached_property
    def comment_id(self) -> int:
        return tasks.write_comment(self.actor, self.task_id, "A word")

    @cached_property
    def reminder_id(self) -> int:
        return tasks.add_reminder(self.actor, self.task_id, tasks.ReminderDraft(at=clock.now()))

    @cached_property
    def task_undo_id(self) -> int:
        action = tasks.BulkAction(verb=tasks.BulkVerb.COMPLETE)
        return tasks.change_many(self.actor, tasks.Selection(ids=[self.task_id]), action).undo_id or 0

    @cached_property
    def project_id(self) -> int:
        return tasks.create_project(self.actor, self.space_id, tasks.ProjectDraft(name=f"Project {self.number}"))

    @cached_property
    def trashed_project_id(self) -> int:
        project_id = tasks.create_project(self.actor, self.space_id, tasks.ProjectDraft(name=f"Gone {self.number}"))
        tasks.trash_project(self.actor, project_id)
        return project_id

    @cached_property
    def section_id(self) -> int:
        return tasks.create_section(self.actor, self.project_id, f"Section {self.number}")

    @property
    def task_file(self) -> tuple[io.BytesIO, str]:
        """A calendar with a task, to be uploaded."""
        todo = f"BEGIN:VTODO\r\nUID:imported-{self.number}\r\nSUMMARY:A task\r\nEND:VTODO\r\n"
        return io.BytesIO(f"BEGIN:VCALENDAR\r\n{todo}END:VCALENDAR\r\n".encode()), "tasks.ics"

    @cached_property
    def task_import_id(self) -> int:
        """One that has been looked through and waits to be saved."""
        stream, name = self.task_file
        import_id = tasks.open_import(self.actor, self.space_id, file_name=name, stream=stream)
        tasks.check_import(import_id)
        return import_id

    @cached_property
    def table_import_id(self) -> int:
        """A table whose columns are still to be chosen."""
        stream = io.BytesIO(b"Title,Where\nA task,Home\n")
        return tasks.open_import(self.actor, self.space_id, file_name="tasks.csv", stream=stream)

    @cached_property
    def _task_outlet(self) -> tasks.NewOutlet:
        return tasks.create_outlet(self.actor, tasks.OutletDraft(name="Mine", space_id=self.space_id))

    @cached_property
    def task_outlet_id(self) -> int:
        return self._task_outlet.id

    @cached_property
    def task_outlet_secret(self) -> str:
        return self._task_outlet.secret

    @cached_property
    def filter_id(self) -> int:
        return tasks.keep_filter(self.actor, f"List {self.number}", tasks.Filters())
