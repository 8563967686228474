"""Adding a bookmark and changing one, by forms that draw themselves again with what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.errors import AlreadySaved
from trackeep.bookmarks.queries import BookmarkItem, CollectionItemView
from trackeep.bookmarks.schemas import BookmarkIn, BookmarkPatch
from trackeep.bookmarks.views.details import detail_page
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.tags import service as tags

NO_ERRORS: Mapping[str, Sequence[Text]] = {}
TEXTS = ("url", "title", "description", "notes")


@dataclass(frozen=True, slots=True)
class Clash:
    """Both versions after two people, or two tabs, wrote at once."""

    yours: str
    theirs: str
    version: int


@blueprint.get("/new")
def new() -> Response:
    given = request.args
    return _add_form({name: given.get(name, "") for name in (*TEXTS, "tags")})


@blueprint.post("")
def save() -> AnyResponse:
    actor = current_actor()
    try:
        draft = parse(BookmarkIn, _given(description=False) | {"unread": "unread" in request.form}).draft()
        bookmark_id = service.save_bookmark(actor, space_id=target_space(actor), draft=draft)
    except AlreadySaved as error:
        existing = queries.get_bookmarks(actor, [int(str(error.extra["existing_id"]))])
        return _add_form(_typed(), status=409, existing=next(iter(existing.values()), None))
    except Invalid as error:
        return _add_form(_typed(), errors=error.fields, status=422)
    here = url_for("bookmarks.show", bookmark_id=bookmark_id)
    if templating.wants_partial():
        return templating.hx_redirect(url_for("bookmarks.index", open=here))
    return redirect(here, 303)


@blueprint.get("/<int:bookmark_id>/edit")
def edit(bookmark_id: int) -> Response:
    actor = current_actor()
    item = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(item.space_id)
    return _edit_form(actor, item, _values(item), version=item.version)


@blueprint.post("/<int:bookmark_id>")
def change(bookmark_id: int) -> AnyResponse:
    actor = current_actor()
    item = queries.get_bookmark(actor, bookmark_id)
    version = request.form.get("version", type=int)
    try:
        changes = parse(BookmarkPatch, _given(description=True)).changes()
        service.edit_bookmark(actor, bookmark_id, changes, version=version)
    except AlreadySaved as error:
        existing = queries.get_bookmarks(actor, [int(str(error.extra["existing_id"]))])
        return _edit_form(
            actor, item, _typed(), version=version, status=409, existing=next(iter(existing.values()), None)
        )
    except Conflict:
        return _edit_form(actor, item, _typed(), version=version, status=409, clash=_clash(item))
    except Invalid as error:
        return _edit_form(actor, item, _typed(), version=version, errors=error.fields, status=422)
    if templating.wants_partial():
        return detail_page(actor, queries.get_bookmark(actor, bookmark_id), changed=True)
    return redirect(url_for("bookmarks.show", bookmark_id=bookmark_id), 303)


def _given(*, description: bool) -> dict[str, object]:
    """The form in the shape that the API takes."""
    texts = {name: request.form.get(name, "") for name in TEXTS if description or name != "description"}
    ids = request.form.getlist("collection_ids")
    return {**texts, "tags": tags.listed_names(request.form.get("tags", "")), "collection_ids": ids}


def _typed() -> dict[str, object]:
    """What stood in the form, to be shown again."""
    ids = {int(text) for text in request.form.getlist("collection_ids") if text.isascii() and text.isdigit()}
    texts = {name: request.form.get(name, "") for name in (*TEXTS, "tags")}
    return {**texts, "collection_ids": ids, "unread": "unread" in request.form}


def _values(item: BookmarkItem) -> dict[str, object]:
    texts: dict[str, object] = {name: getattr(item, name) for name in TEXTS}
    return texts | {"tags": ", ".join(tag.name for tag in item.tags), "collection_ids": item.collection_ids}


def _add_form(
    values: Mapping[str, object],
    *,
    errors: Mapping[str, Sequence[Text]] = NO_ERRORS,
    status: int = 200,
    existing: BookmarkItem | None = None,
) -> Response:
    return templating.page(
        "bookmarks/add.html",
        block="form",
        status=_shown_status(status),
        values={"collection_ids": (), **values},
        errors=errors,
        existing=existing,
        space_id=target_space(current_actor()),
        collections=_choices(current_actor(), target_space(current_actor())),
    )


def _edit_form(
    actor: Actor,
    item: BookmarkItem,
    values: Mapping[str, object],
    *,
    version: int | None,
    errors: Mapping[str, Sequence[Text]] = NO_ERRORS,
    status: int = 200,
    clash: Clash | None = None,
    existing: BookmarkItem | None = None,
) -> Response:
    return templating.page(
        "bookmarks/edit.html",
        block="form",
        status=_shown_status(status),
        item_id=item.id,
        space_id=item.space_id,
        values=values,
        errors=errors,
        version=version,
        clash=clash,
        existing=existing,
        collections=_choices(actor, item.space_id),
    )


def _shown_status(status: int) -> int:
    """A form that is drawn again by a script is swapped in with 422 only."""
    return 422 if status == 409 and templating.wants_partial() else status


def _choices(actor: Actor, space_id: int) -> list[CollectionItemView]:
    return queries.collection_tree(actor, space_id, counted=False)


def _clash(item: BookmarkItem) -> Clash:
    """The texts that differ, one below the other."""
    differing = [name for name in TEXTS if _same_lines(request.form.get(name, "")) != _same_lines(getattr(item, name))]
    yours = "\n\n".join(request.form.get(name, "") for name in differing)
    return Clash(yours, "\n\n".join(getattr(item, name) for name in differing), item.version)


def _same_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines())
