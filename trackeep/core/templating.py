"""Pages and partials: a whole page for a visit, only the named block for htmx."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import structlog
from babel.dates import format_timedelta
from flask import Flask, Response, current_app, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import get_locale
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from jinja2_fragments.flask import render_block

from config.settings import Settings
from trackeep.core import clock, security, template_words
from trackeep.core.i18n import gettext
from trackeep.core.slots import ObjectSection, slots

log = structlog.get_logger(__name__)
FRAME = "trackeep.frame"
STATIC_FOLDER = Path(__file__).parent.parent / "static"
TEMPLATE_FOLDER = Path(__file__).parent.parent / "templates"
NEARLY_NOW = timedelta(minutes=1)


class OrjsonProvider(DefaultJSONProvider):
    """JSON by orjson: faster, and dates as ISO 8601."""

    def dumps(self, obj: Any, **_options: Any) -> str:
        return orjson.dumps(obj, default=str, option=orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        return orjson.loads(s)


def page(
    template: str,
    *,
    block: str = "content",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> Response:
    """Render the template, or only ``block`` of it when htmx asks; the whole where there is no such block."""
    if wants_partial() and _has_block(template, block):
        body = render_block(template, block, **context)
    else:
        body = render_template(template, **{**current_app.extensions[FRAME](), **context})
    response = Response(body, status, headers=dict(headers or {}), mimetype="text/html")
    response.vary.add("HX-Request")
    return response


def _has_block(template: str, block: str) -> bool:
    return block in current_app.jinja_env.get_template(template).blocks


def wants_partial() -> bool:
    """htmx asks for a block, unless it restores a whole page from its history or swaps the body."""
    wanted = request.headers.get("HX-Request") == "true"
    return wanted and not {"HX-Boosted", "HX-History-Restore-Request"} & set(request.headers.keys())


def json_response(data: object, status: int = 200) -> Response:
    return json_bytes(as_json(data), status)


def as_json(data: object) -> bytes:
    return orjson.dumps(data, default=str)


def json_bytes(body: bytes, status: int = 200) -> Response:
    return Response(body, status, mimetype="application/json")


def hx_redirect(url: str) -> Response:
    """Send an htmx request's whole page to another address."""
    return Response("", 200, headers={"HX-Redirect": url})


def toast(response: Response, text: object, *, undo_url: str | None = None, kind: str = "done") -> Response:
    """Let the page show a short message, with an undo button when there is a way back."""
    message = {
        "text": str(text),
        "kind": kind,
        **({"undo_url": undo_url} if undo_url else {}),
    }
    response.headers["HX-Trigger"] = json.dumps({"toast": message})
    return response


def init_app(app: Flask, settings: Settings, frame: Callable[[], Mapping[str, object]]) -> None:
    """Prepare pages; ``frame`` gives what the frame around a whole page shows in this request."""
    app.extensions[FRAME] = frame
    app.json = OrjsonProvider(app)
    app.jinja_env.bytecode_cache = compiled_templates(settings.data_dir)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset,
        csrf_token=security.csrf_token,
        offered_sections=offered_sections,
        csp_nonce=security.csp_nonce,
        public_url=settings.public_url,
        root=settings.base_path,
    )
    app.jinja_env.filters["ago"] = ago
    template_words.init_app(app)
    offer_macros(app)


def offered_sections(kind: str = "") -> list[ObjectSection]:
    """The parts of an object's details; without its kind only those that all objects have."""
    return [part for part in slots.ordered(ObjectSection) if part.kinds is None or kind in part.kinds()]


def compiled_templates(data_dir: Path) -> BytecodeCache:
    """Templates as compiled by an earlier start: compiling them again would take a third of every start."""
    folder = data_dir / "cache" / f"jinja-{version('jinja2')}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return CompiledTemplates(str(folder))


class CompiledTemplates(FileSystemBytecodeCache):
    """A page is shown also where what was compiled cannot be kept, as on a full disk."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError as error:
            log.warning("compiled_template_not_kept", reason=str(error))


def offer_macros(app: Flask) -> None:
    """Make every shared macro a global, so that a block rendered alone has them too and no page needs an import."""
    # Icons are drawn by the hundred, a few dozen different ones. As `draw` they are there where `icon` is a parameter.
    icon = lru_cache(maxsize=1_000)(_macros(app, "icon.html")["icon"])
    app.jinja_env.globals.update(icon=icon, draw=icon)
    for path in sorted((TEMPLATE_FOLDER / "macros").glob("*.html")):
        if path.name != "icon.html":
            app.jinja_env.globals.update(_macros(app, path.name))


def _macros(app: Flask, name: str) -> Mapping[str, Macro]:
    module = app.jinja_env.get_template(f"macros/{name}").module
    return {key: value for key, value in vars(module).items() if isinstance(value, Macro) and value.name == key}


def ago(moment: datetime) -> str:
    """How long ago a moment was (or how far ahead it is), in few letters: '3d ago'."""
    distance = moment - clock.now()
    if abs(distance) < NEARLY_NOW:
        return str(gettext("now"))
    return str(format_timedelta(distance, add_direction=True, format="narrow", locale=get_locale() or "en"))


@lru_cache(maxsize=1)
def asset_names() -> Mapping[str, str]:
    """Logical names of the built assets to their hashed file names; empty before ``npm run build``."""
    path = STATIC_FOLDER / "manifest.json"
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return names


def asset(name: str) -> str:
    """The address of a built asset."""
    return f"{current_app.config['APPLICATION_ROOT'].rstrip('/')}/static/{asset_names().get(name, name)}"
