"""The import of notes on one page: the file, what is in it, the saving, and the way back."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import ext, templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by
from trackeep.core.web.uploads import allow_imports
from trackeep.notes import queries, service
from trackeep.notes.imports import Outcome
from trackeep.notes.queries import ImportItem
from trackeep.notes.schemas import NoteImportRowsQuery
from trackeep.notes.views.door import blueprint, note_url

PAGE_SIZE = 50

allow_imports(blueprint, "upload_import")


@blueprint.get("/import")
def import_page() -> Response:
    actor = current_actor()
    return templating.page(
        "notes/import.html",
        imports=queries.list_imports(actor),
        largest=ext.settings().max_import_size // 2**20,
    )


@blueprint.post("/import")
@limited_by(UPLOAD)
def upload_import() -> AnyResponse:
    actor = current_actor()
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(fields={"file": [_("Choose a file first.")]})
    import_id = service.open_import(actor, target_space(actor), file_name=file.filename, stream=file.stream)
    return redirect(url_for("notes.show_import", import_id=import_id), 303)


@blueprint.get("/import/<int:import_id>")
def show_import(import_id: int) -> Response:
    actor = current_actor()
    item = queries.get_import(actor, import_id)
    query = _rows_query()
    return templating.page(
        "notes/import_one.html",
        block="import",
        item=item,
        show=query.outcome,
        chips=_chips(item, query.outcome),
        page=_report(actor, item, query),
        log=queries.last_saved(actor, import_id) if item.state == "running" else [],
        note_url=note_url,
        space_id=item.space_id,
    )


@blueprint.post("/import/<int:import_id>/run")
def run_import(import_id: int) -> AnyResponse:
    service.start_import(current_actor(), import_id)
    return redirect(url_for("notes.show_import", import_id=import_id), 303)


@blueprint.post("/import/<int:import_id>/undo")
def undo_import(import_id: int) -> AnyResponse:
    service.start_undo(current_actor(), import_id)
    return redirect(url_for("notes.show_import", import_id=import_id), 303)


@blueprint.post("/import/<int:import_id>/discard")
def discard_import(import_id: int) -> AnyResponse:
    service.discard_import(current_actor(), import_id)
    return redirect(url_for("notes.import_page"), 303)


def _rows_query() -> NoteImportRowsQuery:
    given = {name: value for name, value in request.args.items() if name in ("outcome", "cursor") and value}
    return parse(NoteImportRowsQuery, {**given, "limit": PAGE_SIZE})


def _report(actor: Actor, item: ImportItem, query: NoteImportRowsQuery) -> object:
    if item.is_working:
        return None
    return queries.import_rows(actor, item.id, outcome=query.outcome, cursor=query.cursor, limit=query.limit)


def _chips(item: ImportItem, shown: Outcome | None) -> list[tuple[str, str, bool, int | None]]:
    """The outcomes that occur, each a filter of the report."""
    names = {
        Outcome.NEW: _("New"),
        Outcome.SAVED: _("Was saved") if item.state == "undone" else _("Saved"),
        Outcome.SAME: _("Twice in the file"),
        Outcome.KNOWN: _("Among your notes already"),
        Outcome.SKIPPED: _("Left out"),
        Outcome.BROKEN: _("Damaged"),
    }
    url = url_for("notes.show_import", import_id=item.id)
    chips: list[tuple[str, str, bool, int | None]] = [(_("All"), url, shown is None, None)]
    for outcome, name in names.items():
        if item.counts.get(outcome):
            chips.append((name, f"{url}?outcome={outcome.value}", shown is outcome, item.counts[outcome]))
    return chips
