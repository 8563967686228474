"""What a request with an API token may do at all: the API, and there what its scopes say."""

from flask import request

from trackeep.accounts import service as accounts
from trackeep.accounts.errors import SessionNeeded
from trackeep.core import ext, security
from trackeep.core.errors import Forbidden, Unauthenticated
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.web.identity import current_actor

API = "/api/v1/"
_FREE = ("/static/", "/health/", "/api/v1/openapi.json")


def check_bearer() -> None:
    """Raises Unauthenticated or TooMany for a wrong token, Forbidden outside of what the token is for, and
    SessionNeeded where no token is enough."""
    if security.bearer_token(request) is None or request.path.startswith(_FREE):
        return
    actor = current_actor()
    if actor.user_id is None:
        accounts.count_bad_token(actor)
        raise Unauthenticated(_l("This token is wrong, has expired or was revoked."))
    if not request.path.startswith(API):
        raise Forbidden(_l("An API token opens the API only."))
    domain = request.path.removeprefix(API).partition("/")[0]
    if domain not in ext.token_domains():
        raise SessionNeeded()
    actor.require_scope(f"{domain}:{'read' if request.method in security.SAFE_METHODS else 'write'}")
