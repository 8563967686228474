"""Ways into an account by a link that was sent, as JSON; the answers never tell whether an account exists."""

from apiflask import APIBlueprint
from flask import Response

from trackeep.accounts import service as accounts
from trackeep.accounts.api.session import signed_in_answer
from trackeep.accounts.schemas import EmailIn, InvitedPersonIn, LoginIn, PasswordIn, PersonIn, SignInOut
from trackeep.core.openapi.document import BY_NOBODY
from trackeep.core.web.identity import current_actor

blueprint = APIBlueprint("links", __name__, tag="Accounts")


@blueprint.post("/registrations")
@blueprint.input(PersonIn, arg_name="given")
@blueprint.output(SignInOut, status_code=201)
@blueprint.doc(summary="Make an account while registration is open and no mail is sent", extensions={BY_NOBODY: True})
def register(given: PersonIn) -> Response:
    return signed_in_answer(accounts.register(current_actor(), accounts.NewPerson(**given.model_dump())), 201)


@blueprint.post("/registrations/by-mail")
@blueprint.input(EmailIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Ask for a link that makes an account", extensions={BY_NOBODY: True})
def request_registration(given: EmailIn) -> str:
    accounts.request_registration(current_actor(), email=given.email)
    return ""


@blueprint.post("/password-resets")
@blueprint.input(LoginIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Ask for a link to a new password", extensions={BY_NOBODY: True})
def request_reset(given: LoginIn) -> str:
    accounts.request_reset(current_actor(), login=given.login)
    return ""


@blueprint.post("/password-resets/<secret>")
@blueprint.input(PasswordIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Set a new password with the secret of the link; all sessions end", extensions={BY_NOBODY: True})
def reset_password(secret: str, given: PasswordIn) -> str:
    accounts.reset_password(current_actor(), secret=secret, password=given.password)
    return ""


@blueprint.post("/email-confirmations/<secret>")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Confirm an e-mail address with the secret of the link", extensions={BY_NOBODY: True})
def confirm_email(secret: str) -> str:
    accounts.confirm_email(current_actor(), secret=secret)
    return ""


@blueprint.post("/invitations/<secret>/accept")
@blueprint.input(InvitedPersonIn, arg_name="given")
@blueprint.output(SignInOut, status_code=201)
@blueprint.doc(summary="Accept an invitation: make the account of the invited address", extensions={BY_NOBODY: True})
def accept_invitation(secret: str, given: InvitedPersonIn) -> Response:
    person = accounts.NewPerson(**given.model_dump(), email="")
    return signed_in_answer(accounts.accept_invitation(current_actor(), secret=secret, person=person), 201)


@blueprint.post("/invitations/<secret>/decline")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Decline an invitation", extensions={BY_NOBODY: True})
def decline_invitation(secret: str) -> str:
    accounts.decline_invitation(current_actor(), secret=secret)
    return ""
