"""How pages are saved from everywhere: browser extension, bookmarklet, phone, address bar."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Response, request, send_file, url_for

from trackeep.bookmarks.bookmarklet import bookmarklet
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating
from trackeep.core.errors import NotFound

PACKED = Path(__file__).resolve().parents[3] / "build" / "trackeep-extension.zip"
"""What `make extension` packs."""
SCOPES = ("bookmarks:write", "tags:read", "spaces:read")
NEAR = ("localhost", "127.0.0.1", "::1")


@blueprint.get("/everywhere")
def everywhere() -> Response:
    start = url_for("home.show_home", _external=True)
    return templating.page(
        "bookmarks/everywhere.html",
        packed=PACKED.is_file(),
        server=start.rstrip("/"),
        scopes=SCOPES,
        bookmarklet=bookmarklet(url_for("bookmarks.window", _external=True)),
        search=url_for("bookmarks.index", view="everything", text="%s", _external=True).replace("%25s", "%s"),
        installable=request.is_secure or urlsplit(request.host_url).hostname in NEAR,
    )


@blueprint.get("/everywhere/extension")
def extension() -> Response:
    if not PACKED.is_file():
        raise NotFound()
    return send_file(PACKED, mimetype="application/zip", as_attachment=True, max_age=0)
