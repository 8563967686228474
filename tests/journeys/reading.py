"""A page with an article, for journeys about what the reader holds: served by the application of the test itself."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from apiflask import APIFlask
from flask import make_response, render_template_string
from markupsafe import Markup
from werkzeug.serving import make_server

from tests.bookmarks.articles import article_texts
from trackeep.core.templating import FRAME

PATH = "/stand-in"
TEMPLATE = """{% extends "shell.html" %}{% set narrow = true %}
{% block content %}<article id="article" class="prose" dir="auto">{{ article }}</article>
{% include "bookmarks/highlight_panel.html" %}{% endblock %}"""
Environment = Mapping[str, Any]
Start = Callable[..., Any]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


@dataclass
class Articles:
    """The articles by bookmark; a test may change one while its page is open."""

    url: str = ""
    html: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def put(self, bookmark_id: int, html: str) -> str:
        """The address of the article's page."""
        self.html[bookmark_id] = html
        self.texts[bookmark_id] = _text_of(html)
        return f"{self.url}{PATH}?id={bookmark_id}"


@contextmanager
def reader_of(app: APIFlask) -> Iterator[Articles]:
    """Serves the application, and beside it a page for each article."""
    articles = Articles()

    def serve(environment: Environment, start: Start) -> Iterable[bytes]:
        if environment["PATH_INFO"] != PATH:
            return app(dict(environment), start)
        bookmark_id = int(parse_qs(environment["QUERY_STRING"])["id"][0])
        with app.request_context(dict(environment)):
            early = app.preprocess_request()
            response = make_response(early or _page(app, bookmark_id, articles.html[bookmark_id]))
            response = app.process_response(response)
            return response(dict(environment), start)

    server = make_server("127.0.0.1", 0, serve, threaded=True)
    articles.url = f"http://localhost:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with article_texts(articles.texts):
            yield articles
    finally:
        server.shutdown()
        thread.join()


def _page(app: APIFlask, bookmark_id: int, html: str) -> tuple[str, int]:
    context = {**app.extensions[FRAME](), "highlights_of": bookmark_id, "article": Markup(html)}  # the test's own
    return render_template_string(TEMPLATE, **context), HTTPStatus.OK
