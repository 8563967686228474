"""The versions of a note: what each save changed, what has changed since, and the way back to one."""

from collections.abc import Mapping, Sequence

from flask import request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.slots import slots
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries, service
from trackeep.notes.queries import VersionItem, VersionText
from trackeep.notes.schemas import Against, VersionsQuery
from trackeep.notes.views.compared import compared
from trackeep.notes.views.door import blueprint, note_url
from trackeep.notes.views.sealing import versions_place

PAGE_SIZE = 30


@blueprint.get("/<int:note_id>/versions")
def list_versions(note_id: int) -> AnyResponse:
    """Without a number the newest one; those of an encrypted note are opened where it is."""
    actor = current_actor()
    query = _query()
    note = queries.get_note(actor, note_id)
    if note.encrypted:
        return redirect(versions_place(note_id), 303)
    page = queries.list_versions(actor, note_id, cursor=query.cursor, limit=PAGE_SIZE)
    shown = _shown(actor, note_id, query.number, page.items)
    other = _other(actor, note_id, shown, query.against) if shown else None
    return templating.page(
        "notes/versions.html",
        block="versions",
        note=note,
        note_url=note_url(note_id),
        versions=page.items,
        next_url=_next_url(note_id, query, page.next_cursor),
        names=_names(page.items, shown),
        shown=shown,
        other=other,
        against=query.against,
        comparison=_comparison(shown, other, query.against),
        is_newest=shown is not None and shown.number == _newest(actor, note_id),
        may_write=actor.can_write(note.space_id),
        restored=query.restored,
        space_id=note.space_id,
    )


@blueprint.post("/<int:note_id>/versions/<int:number>/restore")
def restore_version(note_id: int, number: int) -> AnyResponse:
    """The page that follows offers the way back, which is the version that the note had until now."""
    actor = current_actor()
    before = _newest(actor, note_id)
    service.restore_version(actor, note_id, number, version=request.form.get("version", type=int))
    place = url_for("notes.list_versions", note_id=note_id, restored=before if before != number else None)
    return redirect(place, 303)


def _query() -> VersionsQuery:
    names = VersionsQuery.model_fields
    return parse(VersionsQuery, {name: value for name, value in request.args.items() if name in names and value})


def _shown(actor: Actor, note_id: int, number: int | None, versions: Sequence[VersionItem]) -> VersionText | None:
    if number is not None:
        return queries.get_version(actor, note_id, number)
    return queries.get_version(actor, note_id, versions[0].number) if versions else None


def _other(actor: Actor, note_id: int, shown: VersionText, against: Against) -> VersionText | None:
    """What the shown version is compared with: the one before it, or the newest."""
    number = queries.number_before(actor, note_id, shown.number)
    if against is Against.NOW:
        number = _newest(actor, note_id)
    return queries.get_version(actor, note_id, number) if number is not None else None


def _comparison(shown: VersionText | None, other: VersionText | None, against: Against) -> object:
    if shown is None:
        return None
    if against is Against.NOW:
        return compared(shown.body, other.body if other else shown.body)
    return compared(other.body if other else "", shown.body)


def _newest(actor: Actor, note_id: int) -> int | None:
    newest = queries.list_versions(actor, note_id, limit=1).items
    return newest[0].number if newest else None


def _next_url(note_id: int, query: VersionsQuery, cursor: str | None) -> str:
    if cursor is None:
        return ""
    return url_for("notes.list_versions", note_id=note_id, cursor=cursor, number=query.number)


def _names(versions: Sequence[VersionItem], shown: VersionText | None) -> Mapping[int, str]:
    ids = {each.author_id for each in (*versions, *([shown] if shown else ())) if each.author_id is not None}
    return slots.names_of(sorted(ids))
