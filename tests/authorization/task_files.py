"""Alice's files of tasks that come in, and her calendars that go out."""

import io
from functools import cached_property

from trackeep.core.actor import Actor
from trackeep.tasks import service as tasks


class TaskFiles:
    """Each property makes a thing, at most once, in the given one of her spaces."""

    actor: Actor
    space_id: int
    number: int

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
