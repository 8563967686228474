"""What administrators do with accounts, as JSON."""

from apiflask import APIBlueprint

from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import (
    AccountOut,
    AccountsOut,
    InvitationIn,
    InvitationsOut,
    InvitedOut,
    LettersOut,
    LinkOut,
    MadeOut,
    ModeIn,
    NewAccountIn,
    PageQuery,
    PeopleQuery,
    RegistrationOut,
    RoleIn,
)
from trackeep.core import outbox
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched

blueprint = APIBlueprint("admin", __name__, url_prefix="/admin", tag="Administration of accounts")


@blueprint.get("/users")
@limited_by(SEARCH, searched("q"))
@blueprint.input(PeopleQuery, location="query", arg_name="wanted")
@blueprint.output(AccountsOut)
@blueprint.doc(summary="List accounts")
def users(wanted: PeopleQuery) -> object:
    return accounts.list_people(current_actor(), text=wanted.q, cursor=wanted.cursor, limit=wanted.limit)


@blueprint.post("/users")
@idempotent
@blueprint.input(NewAccountIn, arg_name="given")
@blueprint.output(MadeOut, status_code=201)
@blueprint.doc(summary="Make an account with a one-time password, which is shown this once")
def create_user(given: NewAccountIn) -> accounts.Made:
    return accounts.create_person(current_actor(), **given.model_dump())


@blueprint.get("/users/<int:user_id>")
@blueprint.output(AccountOut)
@blueprint.doc(summary="Read one account")
def user(user_id: int) -> object:
    return accounts.one_person(current_actor(), user_id)


@blueprint.post("/users/<int:user_id>/disable")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Disable an account; it is signed out at once")
def disable_user(user_id: int) -> str:
    accounts.disable_person(current_actor(), user_id)
    return ""


@blueprint.post("/users/<int:user_id>/enable")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Enable an account again")
def enable_user(user_id: int) -> str:
    accounts.enable_person(current_actor(), user_id)
    return ""


@blueprint.put("/users/<int:user_id>/role")
@blueprint.input(RoleIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Change the role of an account; its sessions end")
def change_role(user_id: int, given: RoleIn) -> str:
    accounts.change_person_role(current_actor(), user_id, role=given.role)
    return ""


@blueprint.post("/users/<int:user_id>/reset-link")
@blueprint.output(LinkOut)
@blueprint.doc(summary="Make a link to a new password")
def reset_link(user_id: int) -> dict[str, str]:
    return {"link": accounts.make_reset_link(current_actor(), user_id)}


@blueprint.delete("/users/<int:user_id>/totp")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Remove the second factor of somebody who has lost it")
def remove_second_factor(user_id: int) -> str:
    accounts.remove_second_factor(current_actor(), user_id)
    return ""


@blueprint.delete("/users/<int:user_id>/sessions")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Sign somebody out everywhere")
def end_sessions(user_id: int) -> str:
    accounts.end_person_sessions(current_actor(), user_id)
    return ""


@blueprint.get("/invitations")
@blueprint.input(PageQuery, location="query", arg_name="wanted")
@blueprint.output(InvitationsOut)
@blueprint.doc(summary="List invitations")
def invitations(wanted: PageQuery) -> object:
    return accounts.invitations(current_actor(), cursor=wanted.cursor, limit=wanted.limit)


@blueprint.post("/invitations")
@idempotent
@blueprint.input(InvitationIn, arg_name="given")
@blueprint.output(InvitedOut, status_code=201)
@blueprint.doc(summary="Invite somebody by address")
def invite(given: InvitationIn) -> accounts.Invited:
    return accounts.invite(current_actor(), email=given.email, role=given.role)


@blueprint.delete("/invitations/<int:invitation_id>")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Revoke an open invitation")
def revoke_invitation(invitation_id: int) -> str:
    accounts.revoke_invitation(current_actor(), invitation_id)
    return ""


@blueprint.get("/registration")
@blueprint.output(RegistrationOut)
@blueprint.doc(summary="Who may make an account")
def registration() -> dict[str, str]:
    current_actor().require_admin()
    return {"mode": accounts.registration_mode()}


@blueprint.put("/registration")
@blueprint.input(ModeIn, arg_name="given")
@blueprint.output(RegistrationOut)
@blueprint.doc(summary="Open or close registration")
def switch_registration(given: ModeIn) -> dict[str, str]:
    accounts.switch_registration(current_actor(), mode=given.mode)
    return {"mode": accounts.registration_mode()}


@blueprint.get("/outbox")
@blueprint.input(PageQuery, location="query", arg_name="wanted")
@blueprint.output(LettersOut)
@blueprint.doc(summary="List letters, among them those that wait for an SMTP server")
def letters(wanted: PageQuery) -> object:
    return outbox.letters(current_actor(), cursor=wanted.cursor, limit=wanted.limit)
