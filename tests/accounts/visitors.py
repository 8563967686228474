"""Real accounts, made by the product's own verbs, and browsers that sign in with them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from extensions.sessions import COOKIE_NAME
from trackeep.accounts import service as accounts
from trackeep.core import db, security
from trackeep.core.actor import Actor
from trackeep.core.errors import TrackeepError
from trackeep.core.slots import Credentials

PASSWORD = "seven quiet otters paint"
FAR_FROM_ONE = 6_400
HOME_ADDRESS, OTHER_ADDRESS = "192.0.2.7", "198.51.100.9"
NOBODY = Actor(address=HOME_ADDRESS, user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
STRANGER = replace(NOBODY, address=OTHER_ADDRESS)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Account:
    """Somebody who has an account and is signed in with it."""

    username: str
    actor: Actor
    token: str
    device: str | None

    @property
    def id(self) -> int:
        return self.actor.require_user()

    @property
    def email(self) -> str:
        return f"{self.username}@example.org"


def found(username: str = "ada") -> Account:
    """The first account, an administrator's, with an id that nobody gets by luck."""
    number_from(FAR_FROM_ONE)
    return account(username, accounts.set_up(NOBODY, person(username)))


def registered(username: str) -> Account:
    return account(username, accounts.register(NOBODY, person(username)))


def account(username: str, signed_in: accounts.SignedIn) -> Account:
    return Account(username, actor_of(signed_in.started.token), signed_in.started.token, signed_in.device)


def signed_in(username: str, **options: Any) -> Account:
    return account(username, accounts.sign_in(NOBODY, login=username, password=PASSWORD, **options))


def person(name: str, /, **values: str) -> accounts.NewPerson:
    known = {"username": name, "email": f"{name}@example.org", "password": PASSWORD}
    return accounts.NewPerson(**{**known, **values})


def actor_of(token: str | None, *, bearer: str | None = None, address: str = HOME_ADDRESS) -> Actor:
    """Who a request with this cookie or token is."""
    db.release()
    given = Credentials(cookie=token, bearer=bearer, address=address, user_agent=NOBODY.user_agent)
    return accounts.identify(given)


def number_from(number: int) -> None:
    """Let the next person get an id behind this number."""
    with db.unit_of_work() as session:
        if db.dialect() == "postgresql":
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('users', 'id'), {number})"))
        else:
            session.execute(text(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('users', {number})"))


def at_once(count: int, work: Callable[[int], Result]) -> list[Result | TrackeepError]:
    """What many threads got that did the same at the same time: results, or the errors for the user."""

    def run(number: int) -> Result | TrackeepError:
        try:
            return work(number)
        except TrackeepError as error:
            return error
        finally:
            db.release()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


class Browser:
    """A browser with its cookies, which sends the forgery token with each change."""

    def __init__(self, app: APIFlask, token: str | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        if token:
            self.client.set_cookie(COOKIE_NAME, token)
        else:
            self.client.set_cookie(security.GUEST_COOKIE, "a-guest")

    def get(self, url: str, **options: Any) -> TestResponse:
        return self.client.get(url, **options)

    def post(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        return self.change("POST", url, data=data, **options)

    def change(self, method: str, url: str, **options: Any) -> TestResponse:
        return self.client.open(url, method=method, headers={security.TOKEN_HEADER: self._forgery_token()}, **options)

    def cookie(self) -> str | None:
        held = self.client.get_cookie(COOKIE_NAME)
        return held.value if held else None

    def _forgery_token(self) -> str:
        held = {name: self.client.get_cookie(name) for name in (COOKIE_NAME, security.GUEST_COOKIE)}
        cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in held.items() if cookie)
        with self.app.test_request_context(headers={"Cookie": cookies}):
            return security.csrf_token()
