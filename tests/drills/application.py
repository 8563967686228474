"""The application under gunicorn, with an administrator and people who have sessions and API tokens."""

import re
import secrets
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.servers.gunicorn import ROOT, Gunicorn
from trackeep.core.web import own_writes

PASSWORD = "a long walk in the rain 7"
SETTINGS = {
    "SECRET_KEY": "a secret of the drills, long enough for all of them",
    "SIGN_IN_LIMIT": "1000",
    "SIGN_IN_TOTAL_LIMIT": "10000",
    # Nobody meets a limit that is not what the drill is about.
    **dict.fromkeys(("API_LIMIT", "PAGE_LIMIT", "SEARCH_LIMIT", "UPLOAD_LIMIT"), "1000000"),
    "LOG_LEVEL": "warning",
}
SCOPES = ["bookmarks:read", "bookmarks:write", "tags:read", "tags:write"]
PATIENCE_SECONDS = 20.0
SWEEP = """
from trackeep import create_app
from trackeep.core import upkeep
with create_app().app_context():
    upkeep.forget_unused_blobs()
"""


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in. ``session`` holds the headers of the browser, ``token`` those of a program."""

    name: str
    session: dict[str, str]
    token: dict[str, str]


class Application(Gunicorn):
    """The server; its database is in the environment. After ``set_up`` it has an administrator."""

    admin: Person

    def set_up(self) -> None:
        """Migrate, start, and make the administrator as the first visitor does."""
        self.migrate()
        self.start()
        with self.browser() as client:
            form = {"csrf_token": _forgery_token(client, "/setup"), **_card("admin")}
            _expect(client.post("/setup", data=form), 303)
            self.admin = _person(client, "admin")

    def add_person(self) -> Person:
        """Somebody new with an own space."""
        name = f"person{secrets.token_hex(4)}"
        with self.browser() as client:
            headers = {"X-CSRF-Token": _forgery_token(client, "/sign-in")}
            _expect(client.post("/api/v1/accounts/registrations", json=_card(name), headers=headers), 201)
            return _person(client, name)

    def sign_in(self, person: Person) -> dict[str, str]:
        """The headers of another browser of theirs."""
        with self.browser() as client:
            headers = {"X-CSRF-Token": _forgery_token(client, "/sign-in")}
            wanted = {"login": person.name, "password": PASSWORD}
            _expect(client.post("/api/v1/accounts/session", json=wanted, headers=headers), 200)
            return _session(client)

    def browser(self, person: Person | None = None) -> httpx.Client:
        """A client of this server, with the token of the person or as nobody."""
        return httpx.Client(base_url=self.url, timeout=PATIENCE_SECONDS, headers=person.token if person else None)

    def restart(self) -> None:
        """Kill whatever runs, and start again."""
        self.kill()
        self.start()

    def surprises(self) -> list[str]:
        """What the log tells of errors that nobody had foreseen."""
        return [line[-3_000:] for line in self.log.splitlines() if "unexpected_error" in line]

    def sweep_blobs(self) -> None:
        """What the daily job does with files that no row refers to."""
        subprocess.run([sys.executable, "-c", SWEEP], cwd=ROOT, env=self.environment, check=True, timeout=60)


@contextmanager
def application(folder: Path, **settings: str) -> Iterator[Application]:
    """Migrated, started, with its administrator; gone at the end. Without a DATABASE_URL it uses SQLite."""
    server = Application(folder, {**SETTINGS, **settings})
    try:
        server.set_up()
        yield server
    finally:
        server.stop()


def new_key() -> dict[str, str]:
    """The header that makes a request repeatable."""
    return {"Idempotency-Key": uuid.uuid4().hex}


def _person(client: httpx.Client, name: str) -> Person:
    session = _session(client)
    headers = {"X-CSRF-Token": session["X-CSRF-Token"]}
    made = client.post("/api/v1/accounts/tokens", json={"name": "drill", "scopes": SCOPES}, headers=headers)
    return Person(name, session, {"Authorization": f"Bearer {_expect(made, 201)['token']}"})


def _session(client: httpx.Client) -> dict[str, str]:
    token = _forgery_token(client, "/bookmarks")
    # Who sends the mark of a recent write for ever always gets what SQL says.
    jar = [cookie for cookie in client.cookies.jar if cookie.name != own_writes.COOKIE]
    return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar), "X-CSRF-Token": token}


def _card(name: str) -> dict[str, str]:
    return {"username": name, "email": f"{name}@example.org", "name": name.title(), "password": PASSWORD}


def _forgery_token(client: httpx.Client, path: str) -> str:
    page = client.get(path)
    found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
    if page.status_code != httpx.codes.OK or found is None:
        raise RuntimeError(f"{path} answered {page.status_code}: {page.text[:300]}")
    return found[1]


def _expect(response: httpx.Response, status: int) -> Any:
    if response.status_code != status:
        raise RuntimeError(f"{response.request.url} answered {response.status_code}: {response.text[:300]}")
    return response.json() if "json" in response.headers.get("Content-Type", "") else None
