"""The administrator's pages: overview, jobs and audit log."""

from flask import Blueprint, Response, request, url_for
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.admin import queries, service
from trackeep.admin.schemas import AuditQuery, HistoryQuery, JobIdsIn, JobsQuery
from trackeep.core import templating
from trackeep.core.errors import Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor

blueprint = Blueprint("admin", __name__, template_folder="templates")


@blueprint.get("/admin")
def overview() -> Response:
    actor = current_actor()
    return templating.page(
        "admin/overview.html",
        block="admin",
        panels=queries.panels(actor),
        pages=queries.pages(actor),
        system=queries.system(actor),
        section="admin",
    )


@blueprint.get("/admin/system")
def show_system() -> Response:
    actor = current_actor()
    actor.require_admin()
    span = parse(HistoryQuery, request.args).span
    is_partial = templating.wants_partial()
    return templating.page(
        "admin/system.html",
        block="live",
        system=queries.system(actor),
        # The table beside the charts stands outside of what is renewed.
        lines=[] if is_partial else queries.system_lines(actor, span),
        span=span,
        is_partial=is_partial,
        section="admin",
    )


@blueprint.get("/admin/jobs")
def show_jobs() -> Response:
    actor = current_actor()
    actor.require_admin()
    query = parse(JobsQuery, request.args)
    page = queries.jobs(actor, state=query.state, cursor=query.cursor, limit=query.limit)
    state = queries.queue_state(actor)
    return templating.page(
        "admin/jobs.html", block="admin", page=page, queue=state, state=query.state or "", section="admin"
    )


@blueprint.post("/admin/jobs")
def change_jobs() -> AnyResponse:
    """Run again or let go: the jobs that the form names, or all that failed."""
    actor = current_actor()
    actor.require_admin()
    everything = bool(request.form.get("all"))
    ids = None if everything else parse(JobIdsIn, {"ids": request.form.getlist("ids")}).ids
    verb = request.form.get("verb")
    if verb == "retry":
        changed = service.retry_jobs(actor, ids=ids)
        words = ngettext("%(num)d job runs again.", "%(num)d jobs run again.", changed)
    elif verb == "discard":
        changed = service.discard_jobs(actor, ids=ids)
        words = ngettext("%(num)d job was let go.", "%(num)d jobs were let go.", changed)
    else:
        raise Invalid()
    if templating.wants_partial():
        return templating.toast(Response("", 204), words)
    return redirect(url_for("admin.show_jobs", state="failed"), 303)


@blueprint.get("/admin/audit")
def show_audit_log() -> Response:
    actor = current_actor()
    actor.require_admin()
    query = parse(AuditQuery, request.args)
    page = queries.audit_log(actor, **dict(query))
    chosen = {name: value for name, value in query.model_dump(exclude={"cursor", "limit"}).items() if value}
    return templating.page("admin/audit.html", block="admin", page=page, chosen=chosen, section="admin")
