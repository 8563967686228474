"""Who comes, with what in hand, and what each of them must be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.authorization.cases import Access, Case, Gathers
from tests.authorization.world import World
from tests.factories.accounts import Person
from trackeep.accounts import service as accounts
from trackeep.core import ext

API_PREFIX = "/api/"
API = f"{API_PREFIX}v1/"
FREE = ("/static/", "/health/", "/api/v1/openapi.json")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Visitor(StrEnum):
    ANONYMOUS = auto()
    ALICE = auto()
    MEMBER = auto()
    VIEWER = auto()
    STRANGER = auto()
    ADMIN = auto()
    TOKEN_OF_ALICE = auto()
    TOKEN_OF_STRANGER = auto()
    TOKEN_OF_ADMIN = auto()
    TOKEN_OF_ONE_DOMAIN = auto()
    TOKEN_WITHOUT_SCOPE = auto()
    TOKEN_THAT_READS = auto()
    REVOKED_TOKEN = auto()
    REVOKED_TOKEN_WITH_COOKIE = auto()


class Answer(StrEnum):
    WELCOME = "let through"
    SIGN_IN = "asked to sign in"
    WRONG_TOKEN = "told that the token is wrong"
    FORBIDDEN = "forbidden"
    MISSING = "told that there is nothing"


@dataclass(frozen=True)
class Route:
    """One method of one rule."""

    method: str
    rule: Rule

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule.endpoint}"

    @property
    def is_api(self) -> bool:
        return self.rule.rule.startswith(API_PREFIX)

    @property
    def is_free(self) -> bool:
        return self.rule.rule.startswith(FREE)

    @property
    def domain(self) -> str:
        return self.rule.rule.removeprefix(API).partition("/")[0]


_EDITORS = {Visitor.ALICE: Answer.WELCOME, Visitor.MEMBER: Answer.WELCOME}
_IN_SPACE: Mapping[Access, Mapping[Visitor, Answer]] = {
    Access.READ: {**_EDITORS, Visitor.VIEWER: Answer.WELCOME},
    Access.WRITE: {**_EDITORS, Visitor.VIEWER: Answer.FORBIDDEN},
    Access.EDITORS: _EDITORS,
    Access.AUTHOR: {
        Visitor.ALICE: Answer.WELCOME,
        Visitor.MEMBER: Answer.FORBIDDEN,
        Visitor.VIEWER: Answer.FORBIDDEN,
    },
}
_TOKENS = {
    Visitor.TOKEN_OF_ALICE: Visitor.ALICE,
    Visitor.TOKEN_OF_STRANGER: Visitor.STRANGER,
    Visitor.TOKEN_OF_ADMIN: Visitor.ADMIN,
    Visitor.TOKEN_OF_ONE_DOMAIN: Visitor.ALICE,
    Visitor.TOKEN_WITHOUT_SCOPE: Visitor.ALICE,
    Visitor.TOKEN_THAT_READS: Visitor.ALICE,
}


def expected(route: Route, case: Case, visitor: Visitor, *, is_shared: bool) -> Answer:
    if visitor in (Visitor.REVOKED_TOKEN, Visitor.REVOKED_TOKEN_WITH_COOKIE):
        if route.is_free:
            return Answer.WELCOME
        return Answer.WRONG_TOKEN if route.is_api else Answer.SIGN_IN
    if visitor in _TOKENS:
        return _for_token(route, case, visitor, is_shared=is_shared)
    return _for_person(case, visitor, is_shared=is_shared)


def _for_person(case: Case, visitor: Visitor, *, is_shared: bool) -> Answer:
    if case.access is Access.OPEN:
        return Answer.WELCOME
    if visitor is Visitor.ANONYMOUS:
        return Answer.SIGN_IN
    if case.access is Access.PERSON:
        return Answer.WELCOME
    if case.access is Access.ADMIN:
        return Answer.WELCOME if visitor is Visitor.ADMIN else Answer.MISSING
    if case.access is Access.OWNER or not is_shared:
        return Answer.WELCOME if visitor is Visitor.ALICE else Answer.MISSING
    return _IN_SPACE[case.access].get(visitor, Answer.MISSING)


def _for_token(route: Route, case: Case, visitor: Visitor, *, is_shared: bool) -> Answer:
    if route.is_free:
        return Answer.WELCOME
    if not route.is_api or visitor is Visitor.TOKEN_WITHOUT_SCOPE:
        return Answer.FORBIDDEN
    if visitor is Visitor.TOKEN_THAT_READS and route.method not in SAFE:
        return Answer.FORBIDDEN
    if case.access is Access.ADMIN:
        # Of a domain that is for administrators alone, the door tells that a token is not enough.
        return Answer.MISSING if route.domain in ext.token_domains() else Answer.FORBIDDEN
    if not case.takes_tokens:
        return Answer.FORBIDDEN
    if visitor is Visitor.TOKEN_OF_ONE_DOMAIN and case.gathers is not Gathers.NOTHING:
        return Answer.MISSING if case.gathers is Gathers.PARTS else Answer.FORBIDDEN
    return _for_person(case, _TOKENS[visitor], is_shared=is_shared)


def given(response: TestResponse) -> Answer | str:
    """What the visitor was told; the status where it is none of the known answers."""
    status = response.status_code
    if status == 303 and "/sign-in?next=" in response.headers["Location"]:
        return Answer.SIGN_IN
    if status < 400:
        return Answer.WELCOME
    if status == 401:
        return Answer.WRONG_TOKEN if "Authorization" in response.request.headers else Answer.SIGN_IN
    return {403: Answer.FORBIDDEN, 404: Answer.MISSING}.get(status, f"{status} {response.get_data(as_text=True)[:300]}")


def browser(world: World, visitor: Visitor, route: Route) -> tuple[FlaskClient, Mapping[str, str]]:
    """A client that is this visitor, and the headers that it sends along."""
    people: Mapping[Visitor, Person] = {
        Visitor.ALICE: world.alice,
        Visitor.MEMBER: world.member,
        Visitor.VIEWER: world.viewer,
        Visitor.STRANGER: world.stranger,
        Visitor.ADMIN: world.admin,
    }
    if visitor in people:
        return people[visitor].client(), {}
    if visitor is Visitor.ANONYMOUS:
        return world.anonymous(), {}
    if visitor is Visitor.REVOKED_TOKEN_WITH_COOKIE:
        return world.alice.client(), world.revoked_header
    return world.app.test_client(), _header(world, visitor, route)


def _header(world: World, visitor: Visitor, route: Route) -> Mapping[str, str]:
    if visitor is Visitor.REVOKED_TOKEN:
        return world.revoked_header
    scopes = list(accounts.known_scopes())
    if visitor is Visitor.TOKEN_WITHOUT_SCOPE:
        scopes = [scope for scope in scopes if not scope.startswith(f"{route.domain}:")]
    if visitor is Visitor.TOKEN_THAT_READS:
        scopes = [scope for scope in scopes if scope.endswith(":read")]
    if visitor is Visitor.TOKEN_OF_ONE_DOMAIN:
        scopes = [scope for scope in scopes if scope.startswith(f"{route.domain}:")] or ["home:read"]
    owners = {Visitor.TOKEN_OF_STRANGER: world.stranger, Visitor.TOKEN_OF_ADMIN: world.admin}
    return world.token_header(owners.get(visitor, world.alice), scopes)
