"""The people of the matrix of rights, each known by a real session or a real API token."""

from collections.abc import Mapping
from functools import cached_property

from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.factories.accounts import Person, make_person
from trackeep.accounts import service as accounts
from trackeep.accounts.login import Stage
from trackeep.accounts.service import sessions
from trackeep.core import db
from trackeep.core.actor import Actor, Role
from trackeep.core.security import TOKEN_HEADER, token_of
from trackeep.core.slots import Credentials
from trackeep.spaces import service as spaces

_REVOKED = "a token that was revoked"


class World:
    """Alice, who owns a shared space with a member and a viewer; a stranger; and the administrator, who is in neither
    of her spaces. Each visitor is known by a real session or a real API token."""

    def __init__(self, app: APIFlask) -> None:
        self.app = app
        self._headers: dict[tuple[int, frozenset[str]], Mapping[str, str]] = {}
        self._makers: dict[int, Actor] = {}
        self.admin = make_person(app, "admin", role="admin")
        self.alice, self.member = make_person(app, "alice"), make_person(app, "member")
        self.viewer, self.stranger = make_person(app, "viewer"), make_person(app, "stranger")
        self.team = spaces.create_team(self.alice.actor, name="Together")
        for person, role in ((self.member, Role.MEMBER), (self.viewer, Role.VIEWER)):
            spaces.add_member(self.alice.actor, self.team, user_id=person.id, role=role)

    def anonymous(self) -> FlaskClient:
        """Somebody with no more than a guest's cookie and its token against forgery."""
        client = self.app.test_client()
        client.set_cookie("trackeep_guest", "a-guest")
        client.environ_base[f"HTTP_{TOKEN_HEADER.upper().replace('-', '_')}"] = token_of("a-guest")
        return client

    def token_header(self, person: Person, scopes: list[str]) -> Mapping[str, str]:
        """One token for each set of scopes."""
        key = (person.id, frozenset(scopes))
        if key not in self._headers:
            made = accounts.create_token(self._makes_tokens(person), name="matrix", scopes=scopes)
            self._headers[key] = {"Authorization": f"Bearer {made.token}"}
        return self._headers[key]

    @cached_property
    def revoked_header(self) -> dict[str, str]:
        actor = self._makes_tokens(self.alice)
        made = accounts.create_token(actor, name=_REVOKED, scopes=accounts.known_scopes())
        accounts.revoke_token(actor, made.id)
        return {"Authorization": f"Bearer {made.token}"}

    def _makes_tokens(self, person: Person) -> Actor:
        """One session of a person makes all of the tokens."""
        if person.id not in self._makers:
            self._makers[person.id] = self.signed_in(person)
        return self._makers[person.id]

    def signed_in(self, person: Person) -> Actor:
        """The actor of a fresh session, whose password was given just now."""
        with db.unit_of_work():
            started = sessions.start(Actor(), person.id, stage=Stage.FULL, remember=False)
        return accounts.identify(Credentials(cookie=started.token, bearer=None, address="", user_agent=""))
