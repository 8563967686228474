"""The pages and the panel that administration itself has."""

from collections.abc import Sequence

from flask_babel import format_decimal, format_timedelta, ngettext
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


def _system_facts(actor: Actor) -> Sequence[Fact]:
    system = queries.system(actor)
    if not system.nodes:
        return [Fact(term=_("State"), value=_("Not measured yet"))]
    totals, worries = system.totals, len(system.alerts)
    worry = ngettext("%(num)d thing to look at", "%(num)d things to look at", worries)
    facts = [
        Fact(term=_("State"), value=worry if worries else _("Everything is well"), state=system.level),
        Fact(term=_("Requests a second"), value=format_decimal(round(totals.requests, 1))),
    ]
    if totals.p95_ms is not None:
        facts.append(Fact(term=_("19 of 20 answered within"), value=f"{format_decimal(round(totals.p95_ms))} ms"))
    used = [use for use in system.uses if use.is_on]
    if used:
        is_away = any(use.is_open or use.is_silent for use in used)
        facts.append(
            Fact(
                term=_("Redis"),
                value=_("does not answer") if is_away else _("in use"),
                state="warn" if is_away else "good",
            )
        )
    return facts


LATE_SECONDS = 300
OFFERS = (
    AdminPage(title=_l("Overview"), icon="shield", endpoint="admin.overview", order=0),
    AdminPage(
        title=_l("System"),
        icon="activity",
        endpoint="admin.show_system",
        order=5,
        text=_l("How quick the pages are, how the nodes, Redis and the caches are doing, and what needs attention."),
    ),
    AdminPanel(
        name="system",
        title=_l("System"),
        icon="activity",
        load=_system_facts,
        endpoint="admin.show_system",
        order=5,
    ),
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
