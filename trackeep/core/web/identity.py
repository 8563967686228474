"""Who is asking in this request, worked out once, when first needed."""

from dataclasses import replace

from flask import Request, g, request

from extensions.sessions import browser_session
from trackeep.core import security
from trackeep.core.actor import ANONYMOUS, Actor
from trackeep.core.slots import Authenticator, Credentials, slots
from trackeep.core.web import own_writes


def current_actor() -> Actor:
    actor = known_actor()
    if actor is None:
        actor = g.actor = _identify()
    return actor


def known_actor() -> Actor | None:
    """The actor if this request has asked for it already."""
    actor: Actor | None = g.get("actor")
    return actor


def forget_actor() -> None:
    """Ask again next time: the request has just signed somebody in or out."""
    g.pop("actor", None)


def do_without_actor() -> None:
    """While the database is away nobody can be found out, nor a frame be made for them; the language stays if it is
    known."""
    known = known_actor() or ANONYMOUS
    g.actor = replace(ANONYMOUS, locale=known.locale, time_zone=known.time_zone)


def request_credentials() -> Credentials:
    asked: Request = request._get_current_object()  # type: ignore[attr-defined]  # once, as each look costs
    return Credentials(
        cookie=browser_session().sid,
        bearer=security.bearer_token(asked),
        address=asked.remote_addr or "",
        user_agent=asked.environ.get("HTTP_USER_AGENT", "")[:300],
        exact=own_writes.wants_exact(),
    )


def _identify() -> Actor:
    for authenticator in slots.each(Authenticator):
        return authenticator.identify(request_credentials())
    return ANONYMOUS
