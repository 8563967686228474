"""Which space a person looks at: the one place that every list, form and count of the pages asks.

The switcher in the sidebar sets a cookie; an address with ``?space=7`` (or ``?space=all``) decides for itself, so that
a view can be bookmarked and shared. A list asks ``chosen_space(actor)`` and gives the answer to its query as
``space_id``: None means all spaces that the actor may read. Whatever makes a new thing asks ``target_space(actor)``."""

from flask import request
from werkzeug.wrappers import Response

from trackeep.core import ext
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, NotFound

COOKIE = "space"
PARAMETER = "space"
ALL = "all"
KEPT_SECONDS = 365 * 24 * 3600
LONGEST = 19


def chosen_space(actor: Actor) -> int | None:
    """The space that the address or else the switcher names; None for all. Raises NotFound when the address names one
    that the actor may not read; a switcher that does so (somebody has left the space) counts as all."""
    shown = shown_space(actor)
    if shown is None and request.args.get(PARAMETER, "") not in {"", ALL}:
        raise NotFound()
    return shown


def shown_space(actor: Actor) -> int | None:
    """The same without complaints, for the frame, which stands around error pages too."""
    named = request.args.get(PARAMETER, "") or request.cookies.get(COOKIE, "")
    space_id = int(named) if named.isascii() and named.isdigit() and len(named) < LONGEST else None
    return space_id if space_id is not None and actor.can_read(space_id) else None


def target_space(actor: Actor) -> int:
    """Where something new goes: the space that is looked at if the actor may write there, else the personal one."""
    chosen = chosen_space(actor)
    if chosen is not None and actor.can_write(chosen):
        return chosen
    if actor.personal_space_id is None:
        raise Forbidden()
    return actor.personal_space_id


def remember_space(response: Response, space_id: int | None) -> Response:
    """Let this answer set the switcher."""
    settings = ext.settings()
    response.set_cookie(
        COOKIE,
        ALL if space_id is None else str(space_id),
        max_age=KEPT_SECONDS,
        path=settings.base_path or "/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    return response
