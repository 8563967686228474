"""What guards every answer and every change: headers with a nonce, and protection against forged requests."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, current_app, g, request

from extensions.sessions import browser_session
from trackeep.core import ext
from trackeep.core.errors import Forbidden, UnsupportedMedia
from trackeep.core.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
GUEST_COOKIE = "trackeep_guest"
TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105  # the name of a header
TOKEN_FIELD = "csrf_token"  # noqa: S105  # the name of a field
API_PREFIX = "/api/"
JSON = "application/json"

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}


def csp_nonce() -> str:
    """The nonce of this answer, made when a template first asks for it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def csrf_token() -> str:
    """The token that a form or script of ours must send back; bound to the session, or to a guest's own cookie."""
    return token_of(_browser_secret(create=True) or "")


def bearer_token(incoming: Request) -> str | None:
    """The API token of the Authorization header; an empty one is a wrong token, not none. Other schemes are not ours: a
    proxy in front may ask for a password of its own, and its header does not open anything here."""
    given = incoming.environ.get("HTTP_AUTHORIZATION", "")
    if not given:
        return None
    scheme, *rest = given.split(maxsplit=1)[:2] or [""]
    return "".join(rest).strip() if scheme.lower() == "bearer" else None


def refuse_forged() -> None:
    """Refuse an unsafe request that another site could have caused. A bearer request carries no cookie's rights."""
    if request.method in SAFE_METHODS or bearer_token(request) is not None:
        _demand_json()
        return
    if not _same_origin() or not _token_matches():
        raise Forbidden(
            _l("This form has expired or was sent from another site. Please reload the page and try again."),
            reason="csrf",
        )
    _demand_json()


class Shielded:
    """Adds the headers that every answer has, behind everything that works on single headers: there it would cost a
    small request a tenth."""

    def __init__(self, application: "WSGIApplication", *, https: bool) -> None:
        self._application = application
        self._headers = [*HEADERS.items(), *(HTTPS_HEADERS.items() if https else ())]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told = {name for name, _value in headers}  # a page may be stricter
            return start_response(status, headers + [one for one in self._headers if one[0] not in told], exc_info)

        return self._application(environ, start)


def protect(response: Response) -> Response:
    """Add what pages need, and the guest's cookie when a token was made for one."""
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
        response.headers.setdefault("Cache-Control", "no-store")
    if "new_guest_secret" in g:
        https = ext.settings().is_https
        response.set_cookie(
            GUEST_COOKIE,
            g.new_guest_secret,
            secure=https,
            httponly=True,
            samesite="Lax",
        )
    return response


def init_app(app: Flask) -> None:
    app.wsgi_app = Shielded(app.wsgi_app, https=ext.settings().is_https)  # type: ignore[method-assign]  # how Flask documents it
    app.before_request(refuse_forged)
    app.after_request(protect)


def _demand_json() -> None:
    if request.method in SAFE_METHODS or not request.path.startswith(API_PREFIX):
        return
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    accepted = {JSON} if _declares_json() else {JSON, "multipart/form-data"}
    if has_body and request.mimetype not in accepted:
        raise UnsupportedMedia()


def _declares_json() -> bool:
    """Whether the route says that it takes JSON: the framework would read its body as that, whatever it is called."""
    view = current_app.view_functions.get(request.endpoint or "")
    declared: Mapping[str, object] = getattr(view, "_spec", {})
    return declared.get("content_type") == JSON


def _same_origin() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")


def _token_matches() -> bool:
    browser = _browser_secret(create=False)
    sent = request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN_FIELD) or ""
    return browser is not None and hmac.compare_digest(sent.encode(), token_of(browser).encode())


def _browser_secret(*, create: bool) -> str | None:
    held = browser_session().sid or request.cookies.get(GUEST_COOKIE)
    if held or not create:
        return held
    if "new_guest_secret" not in g:
        g.new_guest_secret = secrets.token_urlsafe(32)
    return str(g.new_guest_secret)


def token_of(browser_secret: str) -> str:
    """The token that belongs to a session cookie or a guest cookie."""
    key = ext.settings().secret_key.encode()
    return hmac.new(key, b"csrf:" + browser_secret.encode(), hashlib.sha256).hexdigest()
