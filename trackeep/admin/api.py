"""JSON for administrators; for a signed-in session only, tokens never administer."""

from apiflask import APIBlueprint

from trackeep.admin import queries, service
from trackeep.admin.schemas import (
    AuditOut,
    AuditQuery,
    ChangedOut,
    EventOut,
    FactOut,
    HistoryOut,
    HistoryQuery,
    JobIdsIn,
    JobsOut,
    JobsQuery,
    MomentOut,
    OverviewOut,
    PanelOut,
    SystemOut,
)
from trackeep.core import health
from trackeep.core.jobs.board import JobEntry
from trackeep.core.paging import Page
from trackeep.core.web.identity import current_actor

blueprint = APIBlueprint("admin_api", __name__, tag="Administration")


@blueprint.get("/overview")
@blueprint.output(OverviewOut)
def overview() -> OverviewOut:
    """Tell how the instance is doing"""
    return OverviewOut(
        panels=[
            PanelOut(
                name=loaded.panel.name,
                title=str(loaded.panel.title),
                facts=[FactOut(term=str(fact.term), value=str(fact.value), state=fact.state) for fact in loaded.facts],
            )
            for loaded in queries.panels(current_actor())
        ]
    )


@blueprint.get("/system")
@blueprint.output(SystemOut)
def show_system() -> SystemOut:
    """Tell what needs attention, and how nodes, Redis and caches are doing"""
    return SystemOut.of(queries.system(current_actor()), health.current_health())


@blueprint.get("/system/history")
@blueprint.input(HistoryQuery, location="query")
@blueprint.output(HistoryOut)
def show_system_history(query_data: HistoryQuery) -> HistoryOut:
    """Tell how the last hour or day went, in steps"""
    span = query_data.span
    moments = queries.system_history(current_actor(), span)
    return HistoryOut(
        span=span,
        step_seconds=int(span.step.total_seconds()),
        moments=[MomentOut.model_validate(moment) for moment in moments],
    )


@blueprint.get("/jobs")
@blueprint.input(JobsQuery, location="query")
@blueprint.output(JobsOut)
def list_jobs(query_data: JobsQuery) -> Page[JobEntry]:
    """List background jobs, newest first"""
    actor = current_actor()
    return queries.jobs(actor, state=query_data.state, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.post("/jobs/retry")
@blueprint.input(JobIdsIn)
@blueprint.output(ChangedOut)
def retry_jobs(json_data: JobIdsIn) -> ChangedOut:
    """Run failed jobs again"""
    return ChangedOut(changed=service.retry_jobs(current_actor(), ids=json_data.ids))


@blueprint.post("/jobs/discard")
@blueprint.input(JobIdsIn)
@blueprint.output(ChangedOut)
def discard_jobs(json_data: JobIdsIn) -> ChangedOut:
    """Let failed jobs go"""
    return ChangedOut(changed=service.discard_jobs(current_actor(), ids=json_data.ids))


@blueprint.get("/audit")
@blueprint.input(AuditQuery, location="query")
@blueprint.output(AuditOut)
def list_audit_log(query_data: AuditQuery) -> AuditOut:
    """List the audit log, newest first"""
    page = queries.audit_log(current_actor(), **dict(query_data))
    return AuditOut(items=[EventOut.of(named) for named in page.items], next_cursor=page.next_cursor)
