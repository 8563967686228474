"""The part of a thing's details that shows its links, and the forms in it."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.errors import Forbidden, NotFound
from trackeep.core.schemas import parse
from trackeep.core.slots import slots
from trackeep.shares import queries, service
from trackeep.shares.schemas import ShareForm, ShareSectionQuery
from trackeep.shares.views.answers import asked, told
from trackeep.shares.views.door import blueprint, person

FIELDS = ("include_children", "allow_download", "password", "no_password", "ends")
SHOWN = 20


@blueprint.get("/objects/<int:object_id>/shares")
def show(object_id: int) -> Response:
    """The section alone for a script, a page of its own without one."""
    actor = person()
    query = parse(ShareSectionQuery, {"object": object_id, **asked("cursor")})
    try:
        target = queries.get_target(actor, query.object)
        if not actor.can_write(target.space_id):
            raise Forbidden()
    except (NotFound, Forbidden):
        if not templating.wants_partial():
            raise
        return Response(status=204)  # it stays away where there is nothing to be done
    page = queries.list_shares(actor, object_id=target.object_id, cursor=query.cursor, limit=SHOWN)
    others = {item.created_by for item in page.items} - {actor.user_id}
    return templating.page(
        "shares/section.html",
        block="shares",
        actor=actor,
        target=target,
        page=page,
        thing=queries.things(actor, page.items).get(object_id),
        objection=target.offer.objection(actor, object_id),
        names=slots.names_of(sorted(filter(None, others))) if others else {},
    )


@blueprint.post("/objects/<int:object_id>/shares")
def create(object_id: int) -> AnyResponse:
    actor = person()
    query = parse(ShareSectionQuery, {"object": object_id})
    service.create_share(actor, _form().draft(query.object))
    return told(object_id, _("The link is made. Whoever has it can see this."))


@blueprint.post("/shares/<int:share_id>")
def change(share_id: int) -> AnyResponse:
    actor = person()
    query = parse(ShareSectionQuery, {"object": share_id})
    service.change_share(actor, query.object, _form().changes())
    return told(queries.get_share(actor, share_id).object_id, _("The link is changed."))


@blueprint.post("/shares/<int:share_id>/revoke")
def revoke(share_id: int) -> AnyResponse:
    actor = person()
    query = parse(ShareSectionQuery, {"object": share_id})
    item = service.revoke_share(actor, query.object)
    if "own" in request.form:
        return redirect(url_for("shares.own"), 303)
    return told(item.object_id, _("The link leads nowhere now."))


def _form() -> ShareForm:
    return parse(ShareForm, {name: request.form[name] for name in FIELDS if name in request.form})
