"""Pages with articles, for journeys in the reader: served by the application of the test itself."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from apiflask import APIFlask
from werkzeug.serving import make_server

from tests.bookmarks.reading import put_article


@dataclass(frozen=True)
class Articles:
    """The articles by bookmark; a test may change one while its page is open."""

    app: APIFlask
    url: str

    def put(self, bookmark_id: int, html: str) -> str:
        """The address of the article's page."""
        with self.app.app_context():
            put_article(bookmark_id, html)
        return f"{self.url}/bookmarks/{bookmark_id}/read"


@contextmanager
def reader_of(app: APIFlask) -> Iterator[Articles]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Articles(app, f"http://localhost:{server.port}")
    finally:
        server.shutdown()
        thread.join()
