"""How a form is sent, checked and shown again with its complaints."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, redirect, request, url_for
from pydantic import BaseModel
from werkzeug.wrappers import Response as Answer

from extensions.sessions import browser_session
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import PasswordNeeded, WrongCode, WrongCredentials
from trackeep.core import ext, security
from trackeep.core.errors import Conflict, Forbidden, Invalid, TooMany, TrackeepError
from trackeep.core.schemas import parse
from trackeep.core.templating import page
from trackeep.core.web.identity import forget_actor

Schema = TypeVar("Schema", bound=BaseModel)
SHOWN_IN_FORM = (Invalid, WrongCredentials, WrongCode, TooMany, Conflict, Forbidden)
_NOT_FIELDS = {security.TOKEN_FIELD, "next"}


def form(schema: type[Schema]) -> Schema:
    """The submitted form; raises Invalid."""
    return parse(schema, {name: value for name, value in request.form.items() if name not in _NOT_FIELDS})


class FormPage:
    """A page with a form: how it is shown at first, and again with what was typed and the complaints."""

    def __init__(self, template: str, back: str | None = None, **context: Any) -> None:
        """``back`` is the page to return to when the password is asked first; without it the form's own address."""
        self.template = template
        self.back = back
        self.context = {"errors": {}, "values": {}, **context}

    def show(self, **values: object) -> Response:
        return page(self.template, **{**self.context, "values": values})

    def answer(self, submit: Callable[[], Answer]) -> Answer:
        """Do what the form asks. When that is refused, show it again with the words of the error beside its fields,
        or ask for the password first."""
        try:
            return submit()
        except PasswordNeeded:
            return go(url_for("accounts.confirm_password", next=self.back or request.script_root + request.path))
        except SHOWN_IN_FORM as error:
            return self._refused(error)

    def _refused(self, error: TrackeepError) -> Response:
        told = {"errors": error.fields or {"": [error.detail]}, "values": _values()}
        response = page(self.template, status=error.status, **{**self.context, **told})
        if (wait := error.extra.get("retry_after")) is not None:
            response.headers["Retry-After"] = str(wait)
        return response


def way_on(default: str) -> str:
    """Where the visitor wanted to go: a path of this site, else the default."""
    wanted = request.values.get("next", "")
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if local else default


def home() -> str:
    return ext.settings().base_path + "/"


def go(target: str) -> Response:
    """Redirect after a change."""
    return redirect(target, 303, Response=Response)  # type: ignore[return-value]  # typed by its base class


def give_session(response: Response, started: accounts.Started) -> Response:
    """Put the new session's secret into the browser; from now on the request is of another actor."""
    browser_session().begin(started.token, started.max_age)
    forget_actor()
    return response


def give_sign_in(response: Response, signed_in: accounts.SignedIn) -> Response:
    if signed_in.device:
        lifetime = int(accounts.DEVICE_LIFETIME.total_seconds())
        browser_session().mark_device(signed_in.device, lifetime)
    return give_session(response, signed_in.started)


def enter(signed_in: accounts.SignedIn) -> Response:
    """On to the page that was wanted, or to the next stage."""
    pages = {"second_factor": "accounts.second_factor", "new_password": "accounts.new_password"}
    waiting = pages.get(signed_in.stage.value)
    target = url_for(waiting, next=way_on("") or None) if waiting else way_on(home())
    return give_sign_in(go(target), signed_in)


def signed_out() -> Response:
    """To the sign-in page, which takes out of the browser what the person wrote there."""
    response = go(url_for("accounts.sign_in", left=1))
    browser_session().end()
    forget_actor()
    return response


def _values() -> dict[str, str]:
    """What was typed, without the secrets."""
    return {name: value for name, value in request.form.items() if "password" not in name and name != "code"}
