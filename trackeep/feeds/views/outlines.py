"""Lists of feeds: a file is brought, looked through, taken in; one's own is taken out."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.errors import Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by
from trackeep.core.web.uploads import allow_imports
from trackeep.feeds import queries, service
from trackeep.feeds.drafts import PER_CHECK, PER_DAY
from trackeep.feeds.opml import Verdict
from trackeep.feeds.schemas import TakeIn
from trackeep.feeds.views.door import blueprint
from trackeep.feeds.views.forms import collection_choices, given_treatment

SHOWN = 500

allow_imports(blueprint, "upload_opml")


@blueprint.get("/opml")
def opml_page() -> Response:
    actor = current_actor()
    size = len(queries.all_feeds(actor, target_space(actor)))
    return templating.page("feeds/opml.html", outlines=queries.list_outlines(actor), size=size)


@blueprint.get("/opml/file")
def opml_file() -> Response:
    actor = current_actor()
    pieces = service.export_outline(actor, target_space(actor))
    return streamed(pieces, file_name="feeds.opml", content_type="text/x-opml; charset=utf-8")


@blueprint.post("/opml")
@limited_by(UPLOAD)
def upload_opml() -> AnyResponse:
    actor = current_actor()
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(fields={"file": [_("Choose a file first.")]})
    outline_id = service.open_outline(actor, target_space(actor), file_name=file.filename, stream=file.stream)
    return redirect(url_for("feeds.show_opml", outline_id=outline_id), 303)


@blueprint.get("/opml/<int:outline_id>")
def show_opml(outline_id: int) -> Response:
    actor = current_actor()
    outline = queries.get_outline(actor, outline_id)
    shown = request.args.get("verdict", "")
    rows = [row for row in outline.rows if not shown or row.verdict.value == shown]
    return templating.page(
        "feeds/outline.html",
        outline=outline,
        rows=rows[:SHOWN],
        left_out=max(0, len(rows) - SHOWN),
        chips=_chips(outline, shown),
        new=outline.counts.get(Verdict.NEW.value, 0),
        values={"unread": True, "backlog": "none", "per_check": PER_CHECK, "per_day": PER_DAY},
        collections=collection_choices(actor, outline.space_id),
        space_id=outline.space_id,
        errors={},
    )


@blueprint.post("/opml/<int:outline_id>/take")
def take_opml(outline_id: int) -> AnyResponse:
    given = {**given_treatment(), "folders": request.form.get("folders", "collections")}
    wanted = parse(TakeIn, given)
    service.take_outline(current_actor(), outline_id, folders=wanted.folders, wanted=wanted.treatment())
    return redirect(url_for("feeds.show_opml", outline_id=outline_id), 303)


@blueprint.post("/opml/<int:outline_id>/discard")
def discard_opml(outline_id: int) -> AnyResponse:
    service.discard_outline(current_actor(), outline_id)
    return redirect(url_for("feeds.opml_page"), 303)


def _chips(outline: queries.OutlineItem, shown: str) -> list[tuple[str, str, bool, int]]:
    """The verdicts that occur, each a filter of the report."""
    names = {
        Verdict.NEW: _("New"),
        Verdict.KNOWN: _("Subscribed already"),
        Verdict.SAME: _("Twice in the file"),
        Verdict.BROKEN: _("Broken"),
    }
    here = url_for("feeds.show_opml", outline_id=outline.id)
    chips = [(_("All"), here, not shown, len(outline.rows))]
    for verdict, name in names.items():
        if outline.counts.get(verdict.value):
            address = f"{here}?verdict={verdict.value}"
            chips.append((name, address, shown == verdict.value, outline.counts[verdict.value]))
    return chips
