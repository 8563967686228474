"""What lies in the trash."""

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import TrashBin
from trackeep.tasks import queries, service
from trackeep.tasks.provides.names import DOMAIN_NAME, ICON, KIND, PROJECT_ICON, PROJECT_KIND

OFFERS = (
    TrashBin(
        kind=PROJECT_KIND,
        domain=DOMAIN_NAME,
        title=_l("Projects"),
        icon=PROJECT_ICON,
        titles=queries.trashed_names,
        restore=service.restore_projects,
        purge=service.purge_projects,
    ),
    TrashBin(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Tasks"),
        icon=ICON,
        titles=queries.trashed_titles,
        restore=service.restore_tasks,
        purge=service.purge_tasks,
    ),
)
