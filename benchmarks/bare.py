"""The least that a request can cost here: a bare Flask application that answers each address with a file's bytes."""

import os
from pathlib import Path

from flask import Flask, Response

BODY = Path(os.environ["BARE_BODY"]).read_bytes()


class NoJobs:
    """What the server's configuration starts and stops beside the application."""

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""


app = Flask("bare", static_folder=None)
app.extensions["trackeep.jobs"] = NoJobs()


@app.get("/")
@app.get("/<path:_place>")
def answer(_place: str = "") -> Response:
    return Response(BODY, mimetype="text/html")
