"""Serves the built assets: hashed names, kept for a year, compressed beforehand."""

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from trackeep.core.templating import STATIC_FOLDER

YEAR = 31_536_000
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


def init_app(app: Flask) -> None:
    app.add_url_rule("/static/<path:name>", "static", _serve)


def _serve(name: str) -> Response:
    try:
        return _file(name)
    except NotFound:
        # No page for it: these addresses are not counted, so nothing behind them may cost much.
        return Response(status=404)


def _file(name: str) -> Response:
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings.quality(encoding) > 0 and (STATIC_FOLDER / (name + suffix)).is_file():
            response = send_from_directory(STATIC_FOLDER, name + suffix, max_age=YEAR, mimetype=_mimetype(name))
            response.headers["Content-Encoding"] = encoding
            break
    else:
        response = send_from_directory(STATIC_FOLDER, name, max_age=YEAR)
    response.vary.add("Accept-Encoding")
    response.cache_control.immutable = True
    return response


def _mimetype(name: str) -> str:
    return {
        "js": "text/javascript",
        "css": "text/css",
        "svg": "image/svg+xml",
        "json": "application/json",
        "webmanifest": "application/manifest+json",
    }.get(name.rpartition(".")[2], "application/octet-stream")
