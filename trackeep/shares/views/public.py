"""What a visitor with a link sees: without a session or a script, and told nothing but what was shared."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from flask import Response, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.accounts import service as accounts
from trackeep.core import ext
from trackeep.core.errors import Invalid, NotFound, TooMany
from trackeep.core.i18n import Text
from trackeep.core.sharing import Visit
from trackeep.core.web.downloads import streamed
from trackeep.shares import service
from trackeep.shares.service import Followed
from trackeep.shares.views.answers import asked
from trackeep.shares.views.door import blueprint

COOKIE = "trackeep_share"
COOKIE_AGE = 12 * 3600
MAX_ID = 2**63 - 1
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
View = Callable[..., AnyResponse]


def public(view: View) -> View:
    """Whatever is wrong with a link, its page says the same; each answer is guarded alike."""

    @wraps(view)
    def guarded(token: str, **values: int) -> AnyResponse:
        followed = service.follow(token)
        try:
            response = _gone() if followed is None else view(followed, token, **values)
        except (NotFound, Invalid):
            response = _gone()
        response.headers.update(HEADERS)
        return response

    return guarded


@blueprint.get("/s/<token>")
@public
def read(followed: Followed, token: str) -> AnyResponse:
    return _page(followed, token, followed.link.object_id)


@blueprint.get("/s/<token>/<int:page_id>")
@public
def read_inside(followed: Followed, token: str, page_id: int) -> AnyResponse:
    """Another part of what was shared along with the thing."""
    if page_id > MAX_ID:
        raise NotFound()
    return _page(followed, token, page_id)


@blueprint.post("/s/<token>")
@public
def unlock(followed: Followed, token: str) -> AnyResponse:
    """The password of the link; a mark in this browser says for some hours that it was right."""
    here = url_for("shares.read", token=token)
    try:
        mark = service.unlock(
            followed.link, request.form.get("password", "")[:1_000], address=request.remote_addr or ""
        )
    except Invalid as error:
        return _door(token, status=422, errors=error.fields)
    except TooMany as error:
        door = _door(token, status=429, errors={"password": [error.detail]})
        door.headers["Retry-After"] = str(error.extra.get("retry_after", 60))
        return door
    response = redirect(here, 303)
    if mark:
        https = ext.settings().is_https
        response.set_cookie(COOKIE, mark, max_age=COOKIE_AGE, path=here, secure=https, httponly=True, samesite="Lax")
    return response


@blueprint.get("/s/<token>/file")
@public
def download(followed: Followed, token: str) -> AnyResponse:
    """All that was shared, as a file, where whoever made the link allows that."""
    if not followed.link.allow_download or followed.offer.file is None:
        raise NotFound()
    if not _is_unlocked(followed):
        return redirect(url_for("shares.read", token=token), 303)
    file = followed.offer.file(followed.owner, _visit(followed, token, followed.link.object_id))
    response = streamed(file.pieces, file_name="file", content_type=file.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    if request.method == "GET":
        service.note_download(followed.link)
    return response


def _page(followed: Followed, token: str, page_id: int) -> AnyResponse:
    if not _is_unlocked(followed):
        return _door(token)
    page = followed.offer.show(followed.owner, _visit(followed, token, page_id))
    html = render_template(
        "shares/public.html",
        title=page.title,
        body=page.template,
        by=accounts.public_name(followed.link.created_by),
        download=url_for("shares.download", token=token) if _can_download(followed) else "",
        **page.context,
    )
    if request.method == "GET":
        service.note_view(followed.link)
    return Response(html, mimetype="text/html")


def _visit(followed: Followed, token: str, page_id: int) -> Visit:
    link = followed.link

    def address(wanted: int) -> str:
        if wanted == link.object_id:
            return url_for("shares.read", token=token)
        return url_for("shares.read_inside", token=token, page_id=wanted)

    return Visit(
        object_id=link.object_id,
        page_id=page_id,
        with_children=link.include_children,
        address=address,
        cursor=asked("after").get("after"),
    )


def _can_download(followed: Followed) -> bool:
    return followed.link.allow_download and followed.offer.file is not None


def _is_unlocked(followed: Followed) -> bool:
    return service.is_unlocked(followed.link, request.cookies.get(COOKIE, ""))


def _door(token: str, *, status: int = 200, errors: Mapping[str, Sequence[Text]] | None = None) -> Response:
    """It asks for the password and tells nothing of what is behind it."""
    html = render_template("shares/door.html", action=url_for("shares.read", token=token), errors=errors or {})
    return Response(html, status, mimetype="text/html")


def _gone() -> Response:
    return Response(render_template("shares/gone.html"), 404, mimetype="text/html")
