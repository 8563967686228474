"""People, with ids far from 1 so that no test passes by a lucky number, and their signed-in browsers."""

import itertools
from dataclasses import dataclass

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import insert

from extensions.sessions import COOKIE_NAME
from trackeep.accounts.login import Stage
from trackeep.accounts.models import User
from trackeep.accounts.service import sessions
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.security import TOKEN_HEADER, token_of
from trackeep.spaces import service as spaces
from trackeep.spaces.models import Space

_user_ids = itertools.count(7_001, 13)
_spare_spaces = itertools.count(90_001, 17)


@dataclass(frozen=True)
class Person:
    """Somebody with a personal space. ``actor`` has the roles of the moment: ask again after they change."""

    app: APIFlask
    id: int
    name: str
    space_id: int

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"

    @property
    def actor(self) -> Actor:
        roles = dict(spaces.roles_of(self.id))
        return Actor(user_id=self.id, roles=roles, personal_space_id=self.space_id, is_admin=self.name == "admin")

    def client(self) -> FlaskClient:
        """A browser that is signed in and sends the header that our scripts send."""
        with db.unit_of_work():
            token = sessions.start(Actor(), self.id, stage=Stage.FULL, remember=False).token
        client = self.app.test_client()
        client.set_cookie(COOKIE_NAME, token)
        client.environ_base[f"HTTP_{TOKEN_HEADER.upper().replace('-', '_')}"] = token_of(token)
        return client


def make_person(app: APIFlask, name: str, *, role: str = "user") -> Person:
    user_id = next(_user_ids)
    with db.unit_of_work() as session:
        # Each person's space comes behind a spare one, so that a user's id never equals a space's.
        spare = {"id": next(_spare_spaces), "kind": "team", "name": "spare", "created_at": clock.now()}
        session.execute(insert(Space), [spare])
        session.execute(insert(User), [_user_row(user_id, name, role)])
        space_id = spaces.create_personal_space(user_id, name=name)
    return Person(app, user_id, name, space_id)


def _user_row(user_id: int, name: str, role: str) -> dict[str, object]:
    return {
        "id": user_id,
        "username": name,
        "username_key": name,
        "email": f"{name}@example.org",
        "email_key": f"{name}@example.org",
        "name": name.title(),
        "role": role,
        "created_at": clock.now(),
        "password_hash": "!",
    }
