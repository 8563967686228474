"""How many requests anybody may send: against which limit a request counts, in whose name, and what is answered to one
too many."""

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any, TypeVar, cast

from flask import Flask, g, request
from flask_limiter import RateLimitExceeded
from werkzeug.wrappers import Response

from config.settings import Settings
from extensions.rate_limits import Algorithm, Limit, Limiter, Permits, Verdict
from trackeep.core import allowance, security
from trackeep.core.addresses import network_of
from trackeep.core.allowance import Allowance
from trackeep.core.errors import TooMany
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.web import errors, scripted_forms
from trackeep.core.web.identity import current_actor

API, PAGE, SEARCH, CHAT, UPLOAD = "api", "page", "search", "chat", "upload"
MINUTE, TEN_MINUTES = 60.0, 600.0
API_PREFIX = "/api/v1/"
# What browsers and supervisors ask for by themselves, and what costs nothing.
UNCOUNTED = ("/static/", "/health/")
# What our scripts send. A browser tells it in Sec-Fetch-Site too, but only over HTTPS or on the machine itself.
OUR_HEADERS = frozenset(
    f"HTTP_{name.upper().replace('-', '_')}"
    for name in (security.TOKEN_HEADER, scripted_forms.FORM_HEADER, "HX-Request")
)

View = TypeVar("View", bound=Callable[..., object])


def rules(settings: Settings) -> list[Limit]:
    return [
        Limit(API, settings.api_limit, MINUTE, Algorithm.SLIDING_WINDOW),
        Limit(PAGE, settings.page_limit, MINUTE, Algorithm.SLIDING_WINDOW),
        Limit(SEARCH, settings.search_limit, MINUTE, Algorithm.FIXED_WINDOW),
        Limit(CHAT, settings.chat_limit, MINUTE, Algorithm.TOKEN_BUCKET),
        Limit(UPLOAD, settings.upload_limit, TEN_MINUTES, Algorithm.SLIDING_WINDOW),
    ]


def subject() -> str:
    """The person, whatever device or token they use; else the address that the last trusted proxy reports."""
    user_id = current_actor().user_id
    if user_id is not None:
        return f"user:{user_id}"
    return f"address:{network_of(request.remote_addr or 'local')}"


def from_our_page() -> bool:
    """Whether a page of ours sends this for its signed-in person. A program can pretend to be one: that is why it gains
    the pages' limit by that, and not none."""
    actor = current_actor()
    if actor.user_id is None or actor.scopes is not None:
        return False
    environ = request.environ
    return environ.get("HTTP_SEC_FETCH_SITE") == "same-origin" or not OUR_HEADERS.isdisjoint(environ)


def searched(*fields: str) -> Callable[[], bool]:
    """For ``limited_by(SEARCH)``: this request looks for words in one of these fields, and no page of ours sends it
    while somebody types."""
    names = tuple(f"{field}=" for field in fields)

    def is_search() -> bool:
        query = request.environ.get("QUERY_STRING", "")
        # Most requests look for nothing, and that is plain to see unless a name is written in another way.
        if "%" not in query and not any(name in query for name in names):
            return False
        return any(request.args.get(field) for field in fields) and not from_our_page()

    return is_search


def limited_by(name: str, when: Callable[[], bool] | None = None) -> Callable[[View], View]:
    """A decorator for views: each request counts against the limit of this name too, which all views with it share.
    With ``when``, only those for which it is true; the others pay nothing. Goes directly below the route."""

    def decorate(view: View) -> View:
        limited = limiter.named(name)(view)
        if when is None:
            return limited

        @wraps(view)
        def chosen(*arguments: Any, **named: Any) -> object:
            return (limited if when() else view)(*arguments, **named)

        return cast(View, chosen)

    return decorate


def bind(settings: Settings, permits: Permits) -> None:
    """Begin to count."""
    limiter.bind(rules(settings), permits)


def init_app(app: Flask) -> None:
    limiter.init_app(app)
    app.before_request(count_request)
    app.register_error_handler(RateLimitExceeded, _show_excess)


def count_request() -> None:
    """Before anything is looked at, also what will not be found or is forged."""
    path = request.path
    if path.startswith(UNCOUNTED) and request.endpoint is not None:
        return
    verdict = limiter.take(API if path.startswith(API_PREFIX) and not from_our_page() else PAGE)
    if not verdict.allowed:
        raise _too_many(verdict)


def _tell(verdict: Verdict) -> None:
    left = verdict.remaining if verdict.allowed else -1
    allowance.tell_requests(Allowance(verdict.limit.amount, left, ceil(verdict.reset)))
    if not verdict.allowed:
        g.refusal = verdict


def _show_excess(_error: RateLimitExceeded) -> Response:
    return errors.show_error(_too_many(g.refusal))


def _too_many(verdict: Verdict) -> TooMany:
    words = _l("More was asked for than one may ask for in this time. Please wait a moment and try again.")
    return TooMany(words, retry_after=max(1, ceil(verdict.retry_after)), limit=verdict.limit.name)


limiter = Limiter(subject, _tell)
