"""Feeds that go out: making and revoking them."""

from collections.abc import Mapping, Sequence

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.feeds import queries, service
from trackeep.feeds.schemas import OutletIn
from trackeep.feeds.states import OutletKind
from trackeep.feeds.views.door import blueprint
from trackeep.feeds.views.forms import collection_choices

FIELDS = ("name", "kind", "tag", "collection_id")
NO_ERRORS: Mapping[str, Sequence[Text]] = {}


@blueprint.get("/out")
def outlets_page() -> Response:
    return _page({"kind": OutletKind.ALL.value})


@blueprint.post("/out")
def create_outlet() -> Response:
    """The addresses are shown in the answer and never again."""
    actor = current_actor()
    given = {name: request.form[name] for name in FIELDS if request.form.get(name)}
    try:
        made = service.create_outlet(actor, target_space(actor), parse(OutletIn, {"name": "", **given}).draft())
    except Invalid as error:
        return _page(given, errors=error.fields, status=422)
    addresses = {
        "atom": url_for("feeds.read_atom", secret=made.secret, _external=True),
        "json": url_for("feeds.read_json", secret=made.secret, _external=True),
    }
    return _page({"kind": OutletKind.ALL.value}, made=addresses)


@blueprint.post("/out/<int:outlet_id>/revoke")
def revoke_outlet(outlet_id: int) -> AnyResponse:
    service.revoke_outlet(current_actor(), outlet_id)
    return redirect(url_for("feeds.outlets_page"), 303)


def _page(
    values: Mapping[str, object],
    *,
    errors: Mapping[str, Sequence[Text]] = NO_ERRORS,
    made: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    actor = current_actor()
    space_id = target_space(actor)
    return templating.page(
        "feeds/outlets.html",
        outlets=queries.list_outlets(actor),
        kinds=kind_names(),
        collections=collection_choices(actor, space_id),
        space_id=space_id,
        values=values,
        errors=errors,
        made=made,
        status=status,
    )


def kind_names() -> dict[str, str]:
    return {
        OutletKind.ALL.value: _("All bookmarks"),
        OutletKind.UNREAD.value: _("Unread bookmarks"),
        OutletKind.FAVOURITE.value: _("Favourites"),
        OutletKind.TAG.value: _("A tag"),
        OutletKind.COLLECTION.value: _("A collection"),
        OutletKind.SHARED.value: _("Shared bookmarks"),
    }
