"""The pages and the panel that administration itself has."""

from collections.abc import Sequence

from flask_babel import format_timedelta
from flask_babel import gettext as _

from trackeep.admin import queries
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, AdminPage, AdminPanel, Fact


def _queue_facts(actor: Actor) -> Sequence[Fact]:
    queue = queries.queue_state(actor)
    facts = [
        Fact(term=_("Waiting"), value=str(queue.waiting)),
        Fact(term=_("Running"), value=str(queue.running)),
        Fact(term=_("Failed"), value=str(queue.failed), state="bad" if queue.failed else "good"),
    ]
    if queue.due_since is not None:
        late = clock.now() - queue.due_since
        state = "warn" if late.total_seconds() > LATE_SECONDS else ""
        facts.append(Fact(term=_("Longest wait"), value=format_timedelta(late), state=state))
    return facts


LATE_SECONDS = 300
OFFERS = (
    AdminPage(title=_l("Overview"), icon="shield", endpoint="admin.overview", order=0),
    AdminPage(
        title=_l("Jobs"),
        icon="settings-automation",
        endpoint="admin.show_jobs",
        order=60,
        text=_l("Work in the background: what waits, what failed and why."),
    ),
    AdminPage(
        title=_l("Audit log"),
        icon="history",
        endpoint="admin.show_audit_log",
        order=70,
        text=_l("Who did what, when and from where."),
    ),
    AdminPanel(
        name="jobs",
        title=_l("Jobs"),
        icon="settings-automation",
        load=_queue_facts,
        endpoint="admin.show_jobs",
        order=60,
    ),
    Action(
        title=_l("Administration"),
        icon="shield",
        endpoint="admin.overview",
        admin_only=True,
        keywords=(_l("system"), _l("status")),
    ),
)
