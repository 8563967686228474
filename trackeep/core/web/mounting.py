"""Where the application hangs: below the path that the public address ends in, whether a proxy cuts it off or not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Mounted:
    """All addresses that are built begin with ``path``; requests are understood with and without it."""

    def __init__(self, application: "WSGIApplication", path: str) -> None:
        self._application = application
        self._path = path

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if asked == self._path or asked.startswith(f"{self._path}/"):
            environ["PATH_INFO"] = asked[len(self._path) :] or "/"
        environ["SCRIPT_NAME"] = self._path
        return self._application(environ, start_response)
