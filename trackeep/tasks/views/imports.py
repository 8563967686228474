"""The import on one page: the file, its columns, what is in it, the saving, and the way back."""

from collections.abc import Mapping, Sequence

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import ext, templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by
from trackeep.core.web.uploads import allow_imports
from trackeep.tasks import queries, service
from trackeep.tasks.formats.columns import FIELD_WORDS, Preview
from trackeep.tasks.formats.drafts import MAX_FILE
from trackeep.tasks.imports import Outcome
from trackeep.tasks.queries import ImportItem
from trackeep.tasks.schemas import TaskImportOptionsIn, TaskImportRowsQuery
from trackeep.tasks.views.door import blueprint

PAGE_SIZE = 50
MAX_COLUMNS = 200
NO_ERRORS: Mapping[str, Sequence[Text]] = {}

allow_imports(blueprint, "upload_import")


@blueprint.get("/import")
def import_page() -> Response:
    actor = current_actor()
    largest = min(ext.settings().max_import_size, MAX_FILE) // 2**20
    return templating.page("tasks/import.html", imports=queries.list_imports(actor), largest=largest)


@blueprint.post("/import")
@limited_by(UPLOAD)
def upload_import() -> AnyResponse:
    actor = current_actor()
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(fields={"file": [_("Choose a file first.")]})
    import_id = service.open_import(actor, target_space(actor), file_name=file.filename, stream=file.stream)
    return redirect(url_for("tasks.show_import", import_id=import_id), 303)


@blueprint.get("/import/<int:import_id>")
def show_import(import_id: int) -> Response:
    return _page(current_actor(), import_id)


@blueprint.post("/import/<int:import_id>/options")
def choose_options(import_id: int) -> AnyResponse:
    """The form names for each column what it holds, since that is how a person looks at a table."""
    actor = current_actor()
    columns: dict[str, int] = {}
    for number in range(MAX_COLUMNS):
        name = request.form.get(f"column_{number}", "")
        if name:
            columns.setdefault(name, number)
    given = {
        "columns": columns,
        "day_first": request.form.get("day_first", "1") == "1",
        "project": request.form.get("project", ""),
    }
    try:
        service.choose_options(actor, import_id, parse(TaskImportOptionsIn, given).options())
    except Invalid as error:
        if "X-Form" in request.headers:
            raise
        return _page(actor, import_id, errors=error.fields, status=422)
    return redirect(url_for("tasks.show_import", import_id=import_id), 303)


@blueprint.post("/import/<int:import_id>/run")
def run_import(import_id: int) -> AnyResponse:
    service.start_import(current_actor(), import_id)
    return redirect(url_for("tasks.show_import", import_id=import_id), 303)


@blueprint.post("/import/<int:import_id>/undo")
def undo_import(import_id: int) -> AnyResponse:
    service.start_undo(current_actor(), import_id)
    return redirect(url_for("tasks.show_import", import_id=import_id), 303)


@blueprint.post("/import/<int:import_id>/discard")
def discard_import(import_id: int) -> AnyResponse:
    service.discard_import(current_actor(), import_id)
    return redirect(url_for("tasks.import_page"), 303)


def _page(
    actor: Actor, import_id: int, *, errors: Mapping[str, Sequence[Text]] = NO_ERRORS, status: int = 200
) -> Response:
    item = queries.get_import(actor, import_id)
    query = _rows_query()
    chooses = item.state == "choosing" or (item.state == "checked" and request.args.get("choose") == "1")
    preview = queries.preview_columns(actor, import_id) if chooses and item.kind == "table" else None
    return templating.page(
        "tasks/import_one.html",
        block="import",
        status=status,
        item=item,
        chooses=chooses,
        preview=preview,
        chosen=_chosen(preview),
        fields=[("", _("Leave out")), *((name, str(words)) for name, words in FIELD_WORDS.items())],
        show=query.outcome,
        chips=_chips(item, query.outcome),
        page=None if item.is_working or chooses else _report(actor, item, query),
        log=queries.last_saved(actor, import_id) if item.state == "running" else [],
        errors=errors,
    )


def _chosen(preview: Preview | None) -> Mapping[int, str]:
    """What each column is read as."""
    return {} if preview is None else {number: str(name) for name, number in preview.mapped.items()}


def _rows_query() -> TaskImportRowsQuery:
    given = {name: value for name, value in request.args.items() if name in ("outcome", "cursor") and value}
    return parse(TaskImportRowsQuery, {**given, "limit": PAGE_SIZE})


def _report(actor: Actor, item: ImportItem, query: TaskImportRowsQuery) -> object:
    return queries.import_rows(actor, item.id, outcome=query.outcome, cursor=query.cursor, limit=query.limit)


def _chips(item: ImportItem, shown: Outcome | None) -> list[tuple[str, str, bool, int | None]]:
    """The outcomes that occur, each a filter of the report."""
    names = {
        Outcome.NEW: _("New"),
        Outcome.SAVED: _("Was saved") if item.state == "undone" else _("Saved"),
        Outcome.SAME: _("Twice in the file"),
        Outcome.KNOWN: _("Here already"),
        Outcome.BROKEN: _("Damaged"),
    }
    url = url_for("tasks.show_import", import_id=item.id)
    chips: list[tuple[str, str, bool, int | None]] = [(_("All"), url, shown is None, None)]
    for outcome, name in names.items():
        if item.counts.get(outcome):
            chips.append((name, f"{url}?outcome={outcome.value}", shown is outcome, item.counts[outcome]))
    return chips
