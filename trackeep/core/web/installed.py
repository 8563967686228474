"""What browsers ask of a site that is installed or searched: manifest, service worker, offline page, OpenSearch."""

import hashlib
from typing import Any

from flask import Flask, Response, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from trackeep.core import ext, templating
from trackeep.core.errors import NotFound
from trackeep.core.slots import AppShortcut, BrowserSearch, ShareTarget, slots
from trackeep.core.templating import asset

CANVAS = {"light": "#f5f6f8", "dark": "#0e1115"}
"""The colour behind everything, as tokens.css has it: these files cannot read that one."""
HOUR, DAY = 3_600, 86_400
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
SHELL = ("app.css", "mark.svg")
"""What the offline page is drawn with; nothing of anybody."""
WORKER_POLICY = "default-src 'none'; connect-src 'self'"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["canvas"] = CANVAS
    app.add_url_rule("/manifest.webmanifest", "app_manifest", manifest)
    app.add_url_rule("/service-worker.js", "service_worker", service_worker)
    app.add_url_rule("/offline", "offline", offline)
    app.add_url_rule("/opensearch.xml", "opensearch", opensearch)


def manifest() -> Response:
    root = ext.settings().base_path
    document: dict[str, Any] = {
        "id": f"{root}/",
        "name": "Trackeep",
        "short_name": "Trackeep",
        "description": _("Your bookmarks and what you know, on a server of your own."),
        "start_url": f"{root}/",
        "scope": f"{root}/",
        "display": "standalone",
        "background_color": CANVAS["light"],
        "theme_color": CANVAS["light"],
        "categories": ["productivity"],
        "icons": [
            {"src": asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
        "shortcuts": [_shortcut(offer) for offer in slots.ordered(AppShortcut)],
    }
    for target in slots.each(ShareTarget):
        fields = {name: name for name in ("title", "text", "url")}
        document["share_target"] = {
            "action": url_for(target.endpoint),
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": fields,
        }
    response = templating.json_response(document)
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = f"private, max-age={HOUR}"
    return response


def _shortcut(offer: AppShortcut) -> dict[str, object]:
    icon = {"src": asset("icon-192.png"), "sizes": "192x192", "type": "image/png"}
    return {
        "name": str(offer.title),
        "url": url_for(offer.endpoint, **dict[str, Any](offer.values)),
        "icons": [icon],
    }


def service_worker() -> Response:
    """Another build has other names of files, so its worker is another one, which browsers take at the next visit."""
    kept = [f"{asset(name)}?offline" for name in SHELL]
    page = url_for("offline")
    version = hashlib.sha256("\n".join([page, *kept, _offline_page()]).encode()).hexdigest()[:16]
    script = render_template("service_worker.js", version=version, offline=page, kept=kept)
    response = Response(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = WORKER_POLICY
    return response


def offline() -> Response:
    """Kept by the worker, so it is the same for everybody: nothing of a person, no token, no script."""
    response = Response(_offline_page(), mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def _offline_page() -> str:
    return render_template("offline.html", language=str(get_locale() or "en"))


def opensearch() -> Response:
    """The description that browsers take the search of the address bar from."""
    found = next(slots.each(BrowserSearch), None)
    if found is None:
        raise NotFound()
    # The marks stay as they are: the browser looks for them.
    place = url_for(found.endpoint, **dict[str, Any](found.values), _external=True)
    separator = "&" if "?" in place else "?"
    body = render_template(
        "opensearch.xml",
        found=found,
        search=f"{place}{separator}{found.parameter}={{searchTerms}}",
        icon=request.host_url.rstrip("/") + asset("icon-192.png"),
        own=url_for("opensearch", _external=True),
    )
    response = Response(body, mimetype="application/opensearchdescription+xml")
    response.headers["Cache-Control"] = f"private, max-age={DAY}"
    return response
