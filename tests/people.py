"""People for tests that are not about signing in: rows for the foreign keys, actors, and browsers that are them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import Table, insert
from werkzeug.test import TestResponse

from extensions.sessions import COOKIE_NAME
from trackeep.core import db, security
from trackeep.core.actor import ANONYMOUS, Actor, Role
from trackeep.core.slots import ActorSource, Authenticator, Credentials, slots
from trackeep.spaces import service as spaces

BEGINNING = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
# Never only the first person: whoever compares an id with 1 by mistake is found out.
FIRST_ID = 4_211


class Browser:
    """A browser of one person, or of nobody, that sends the forgery token with each change."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self._client, self._token = client, token

    def keep_cookie(self, name: str, value: str) -> None:
        """As a script of the page would."""
        self._client.set_cookie(name, value)

    def get(self, url: str, *, partial: bool = False, **options: Any) -> TestResponse:
        headers = {**({"HX-Request": "true"} if partial else {}), **options.pop("headers", {})}
        return self._client.get(url, headers=headers, **options)

    def post(self, url: str, data: Mapping[str, object] | None = None, **options: Any) -> TestResponse:
        return self._change("POST", url, data=data, **options)

    def put(self, url: str, **options: Any) -> TestResponse:
        return self._change("PUT", url, **options)

    def patch(self, url: str, **options: Any) -> TestResponse:
        return self._change("PATCH", url, **options)

    def delete(self, url: str, **options: Any) -> TestResponse:
        return self._change("DELETE", url, **options)

    def _change(self, method: str, url: str, *, partial: bool = False, **options: Any) -> TestResponse:
        headers = {security.TOKEN_HEADER: self._token, **({"HX-Request": "true"} if partial else {})}
        headers |= options.pop("headers", {})
        return self._client.open(url, method=method, headers=headers, **options)


class People:
    """Makes people; each gets a row, a personal space, an actor and a browser."""

    def __init__(self, app: APIFlask) -> None:
        self._app = app
        self._actors: dict[str, Actor] = {}
        self._loaded = [offer for offer in slots.each(object) if not isinstance(offer, Authenticator | ActorSource)]
        self.offer()

    def offer(self, *offers: object) -> None:
        """Add offers to those of the loaded domains."""
        self._loaded += offers
        slots.fill([*self._loaded, Authenticator(identify=self._identify), ActorSource(load=self._load)])

    def only_offer(self, *offers: object) -> None:
        """Replace the offers of all domains."""
        self._loaded = []
        self.offer(*offers)

    def add(self, name: str, *, is_admin: bool = False, time_zone: str = "UTC") -> Actor:
        user_id = FIRST_ID + 97 * len(self._actors)
        with db.unit_of_work() as session:
            session.execute(insert(_users()).values(_row(user_id, name, is_admin=is_admin)))
            space_id = spaces.create_personal_space(user_id, name=name)
        roles = {space_id: Role.OWNER}
        actor = Actor(user_id, is_admin, roles, personal_space_id=space_id, session_id=user_id, time_zone=time_zone)
        self._actors[name] = actor
        return actor

    def join(self, name: str, space_id: int, role: Role) -> Actor:
        """The same person with one more role; only the actor knows of it."""
        actor = self._actors[name]
        self._actors[name] = replace(actor, roles={**actor.roles, space_id: role})
        return self._actors[name]

    def browser(self, name: str | None = None) -> Browser:
        """A browser of this person, or of somebody who is not signed in."""
        client = self._app.test_client()
        value = f"cookie-of-{name}" if name else ""
        if not value:
            client.set_cookie(security.GUEST_COOKIE, "a-guest")
            return Browser(client, _token(self._app, f"{security.GUEST_COOKIE}=a-guest"))
        cookie = COOKIE_NAME
        client.set_cookie(cookie, value)
        return Browser(client, _token(self._app, f"{cookie}={value}"))

    def holder(self, name: str, *scopes: str) -> dict[str, str]:
        """The header of a token of this person with these scopes only."""
        token = f"token-of-{name}-{'-'.join(scopes)}"
        self._actors[token] = replace(self._actors[name], scopes=frozenset(scopes), session_id=None)
        return {"Authorization": f"Bearer {token}"}

    def _identify(self, credentials: Credentials) -> Actor:
        if credentials.bearer is not None:
            return self._actors.get(credentials.bearer, ANONYMOUS)
        return self._actors.get((credentials.cookie or "").removeprefix("cookie-of-"), ANONYMOUS)

    def _load(self, user_id: int) -> Actor | None:
        return next((actor for actor in self._actors.values() if actor.user_id == user_id), None)


def _token(app: APIFlask, cookie: str) -> str:
    with app.test_request_context(headers={"Cookie": cookie}):
        return security.csrf_token()


def _users() -> Table:
    return db.Base.metadata.tables["users"]


def _row(user_id: int, name: str, *, is_admin: bool) -> dict[str, object]:
    return {
        "id": user_id,
        "username": name,
        "username_key": name,
        "email": f"{name}@example.org",
        "email_key": f"{name}@example.org",
        "name": name.title(),
        "role": "admin" if is_admin else "user",
        "created_at": BEGINNING,
        "password_hash": "",
    }
