"""The page of duplicates: groups with what merging would make of each, merging and keeping apart."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.joining import Joined, best, joined
from trackeep.bookmarks.queries import BookmarkItem, Likeness
from trackeep.bookmarks.schemas import DuplicatesIn, DuplicatesQuery, MergeIn
from trackeep.bookmarks.views.answers import by_script, told
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.lists import shown_count
from trackeep.bookmarks.views.rows import Row, rows_of
from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor

PAGE_SIZE = 10


class GroupCard(NamedTuple):
    """A group as it is shown: its rows, the one that would stay, and what it would be then."""

    rows: Sequence[Row]
    result: Joined
    paths: Sequence[str]
    hidden: int
    writable: bool


@blueprint.get("/duplicates")
def list_duplicates() -> Response:
    actor = current_actor()
    given = {name: value for name, value in request.args.items() if name in ("kind", "cursor") and value}
    query, space_id = parse(DuplicatesQuery, given), chosen_space(actor)
    counts = queries.duplicate_counts(actor, space_id)
    kind = query.kind if "kind" in given or counts.sure or not counts.likely else Likeness.LIKELY
    page = queries.list_duplicates(actor, kind, space_id=space_id, cursor=query.cursor, limit=PAGE_SIZE)
    here = url_for("bookmarks.list_duplicates")
    names = {Likeness.SURE: (_("Surely the same"), counts.sure), Likeness.LIKELY: (_("Likely the same"), counts.likely)}
    return templating.page(
        "bookmarks/duplicates.html",
        block="results",
        kind=kind.value,
        sure=counts.sure,
        tabs=[
            (name, f"{here}?kind={each}", each is kind, shown_count(n) if n else None)
            for each, (name, n) in names.items()
        ],
        groups=[_card(actor, group.items, group.size - len(group.items)) for group in page.items],
        here=f"{here}?kind={kind}",
        next_url=f"{here}?kind={kind}&cursor={page.next_cursor}" if page.next_cursor else "",
    )


@blueprint.get("/duplicates/preview")
def preview_merge() -> Response:
    """One group with what merging would make of it, when another one is to stay."""
    actor = current_actor()
    wanted = parse(MergeIn, _given(request.args.getlist("ids"), request.args.get("into")))
    result = service.preview_merge(actor, wanted.ids, into=wanted.into)
    group = _shown(actor, sorted([result.stays, *result.others], key=lambda item: -item.id), result, 0)
    return templating.page("bookmarks/duplicate.html", block="group", group=group, kind=request.args.get("kind", ""))


@blueprint.post("/duplicates/merge")
def merge_bookmarks() -> AnyResponse:
    wanted = parse(MergeIn, _given(request.form.getlist("ids"), request.form.get("into")))
    done = service.merge_bookmarks(current_actor(), wanted.ids, into=wanted.into)
    return _told(_("Merged; the others are in the trash."), done.undo_id)


@blueprint.post("/duplicates/merge-sure")
def merge_sure() -> AnyResponse:
    actor = current_actor()
    done = service.merge_sure(actor, chosen_space(actor))
    words = ngettext("%(num)d group was merged.", "%(num)d groups were merged.", done.changed)
    if done.matched > done.changed:
        words += " " + ngettext("%(num)d could not be.", "%(num)d could not be.", done.matched - done.changed)
    return _told(words, done.undo_id)


@blueprint.post("/duplicates/apart")
def keep_apart() -> AnyResponse:
    wanted = parse(DuplicatesIn, {"ids": request.form.getlist("ids")})
    done = service.keep_apart(current_actor(), wanted.ids)
    return _told(_("They are kept apart from now on."), done.undo_id)


def _told(words: str, undo_id: int | None) -> AnyResponse:
    if by_script():
        return told(words, undo_url=url_for("bookmarks.undo_change", undo_id=undo_id) if undo_id else "")
    return redirect(url_for("bookmarks.list_duplicates", kind=request.form.get("kind") or None), 303)


def _given(ids: Sequence[str], into: str | None) -> Mapping[str, object]:
    return {"ids": ids, **({"into": into} if into else {})}


def _card(actor: Actor, items: Sequence[BookmarkItem], hidden: int) -> GroupCard:
    stays = best(items)
    return _shown(actor, items, joined(stays, [item for item in items if item is not stays]), hidden)


def _shown(actor: Actor, items: Sequence[BookmarkItem], result: Joined, hidden: int) -> GroupCard:
    wanted = set(result.collection_ids)
    tree = queries.collection_tree(actor, counted=False) if wanted else []
    paths = [" / ".join(node.path) for node in tree if node.id in wanted]
    return GroupCard(rows_of(actor, items), result, paths, hidden, actor.can_write(result.stays.space_id))
