"""What can go wrong with tasks."""

from trackeep.core.errors import Conflict, Invalid, TooMany
from trackeep.core.i18n import lazy_gettext as _l


class TaskCircle(Invalid):
    code = "task-circle"
    title = _l("A task cannot be below itself")
    default_detail = _l("Choose another task for it to be a part of.")


class DependencyCircle(Invalid):
    code = "dependency-circle"
    title = _l("These tasks would wait for each other")
    default_detail = _l("The other task waits for this one already, so this one cannot wait for it, too.")


class ProjectCircle(Invalid):
    code = "project-circle"
    title = _l("A project cannot be inside itself")
    default_detail = _l("Choose another place for it.")


class OpenSubtasks(Conflict):
    """``extra["open_subtasks"]`` tells how many."""

    code = "open-subtasks"
    title = _l("There are open tasks below this one")
    default_detail = _l("Say what becomes of them: finish them with it, or keep them open.")


class TooManyTasks(TooMany):
    code = "too-many"
    title = _l("This is full")
    default_detail = _l("Remove some that you no longer need, then add the next.")
