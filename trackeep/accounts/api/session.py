"""Signing in and out, and the list of sessions, as JSON."""

from apiflask import APIBlueprint
from flask import Response, request

from extensions.sessions import DEVICE_COOKIE_NAME, browser_session
from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import CodeIn, PasswordIn, SessionsOut, SignInIn, SignInOut
from trackeep.core.openapi.document import BY_NOBODY
from trackeep.core.templating import json_response
from trackeep.core.web.identity import current_actor, forget_actor

blueprint = APIBlueprint("session", __name__, tag="Accounts")


@blueprint.post("/session")
@blueprint.input(SignInIn, arg_name="given")
@blueprint.output(SignInOut)
@blueprint.doc(summary="Sign in", extensions={BY_NOBODY: True})
def sign_in(given: SignInIn) -> Response:
    """The answer sets the session cookie and tells which proof is still missing."""
    return signed_in_answer(
        accounts.sign_in(
            current_actor(),
            login=given.login,
            password=given.password,
            remember=given.remember,
            device=_device(),
            replaces=_cookie(),
        )
    )


@blueprint.post("/session/second-factor")
@blueprint.input(CodeIn, arg_name="given")
@blueprint.output(SignInOut)
@blueprint.doc(summary="Give the code of the second factor", extensions={BY_NOBODY: True})
def second_factor(given: CodeIn) -> Response:
    return signed_in_answer(
        accounts.give_second_factor(current_actor(), token=_cookie(), code=given.code, device=_device())
    )


@blueprint.post("/session/new-password")
@blueprint.input(PasswordIn, arg_name="given")
@blueprint.output(SignInOut)
@blueprint.doc(summary="Replace a one-time password", extensions={BY_NOBODY: True})
def new_password(given: PasswordIn) -> Response:
    return signed_in_answer(
        accounts.give_new_password(current_actor(), token=_cookie(), password=given.password, device=_device())
    )


@blueprint.post("/session/password")
@blueprint.input(PasswordIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Confirm the password before a dangerous change")
def confirm_password(given: PasswordIn) -> str:
    accounts.confirm_password(current_actor(), password=given.password)
    return ""


@blueprint.delete("/session")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Sign out")
def sign_out() -> Response:
    accounts.sign_out(current_actor())
    return _signed_out()


@blueprint.get("/sessions")
@blueprint.output(SessionsOut)
@blueprint.doc(summary="List the browsers that are signed in")
def sessions() -> dict[str, object]:
    return {"items": accounts.own_sessions(current_actor())}


@blueprint.delete("/sessions")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Sign out everywhere")
def sign_out_everywhere() -> Response:
    accounts.sign_out_everywhere(current_actor())
    return _signed_out()


@blueprint.delete("/sessions/<int:session_id>")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="End one session")
def end_session(session_id: int) -> str:
    accounts.end_session(current_actor(), session_id)
    return ""


def signed_in_answer(signed_in: accounts.SignedIn, status: int = 200) -> Response:
    """Put the session's secret and the known-device mark into the browser, and tell what is missing."""
    session = browser_session()
    response = json_response({"stage": signed_in.stage.value}, status)
    session.begin(signed_in.started.token, signed_in.started.max_age)
    if signed_in.device:
        session.mark_device(signed_in.device, int(accounts.DEVICE_LIFETIME.total_seconds()))
    forget_actor()
    return response


def _signed_out() -> Response:
    browser_session().end()
    forget_actor()
    return Response(status=204)


def _cookie() -> str | None:
    return browser_session().sid


def _device() -> str | None:
    return request.cookies.get(DEVICE_COOKIE_NAME)
