"""One's own account as JSON: profile, preferences, password, second factor, tokens, deletion."""

from apiflask import APIBlueprint
from flask import Response

from extensions.sessions import browser_session
from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import (
    BackupCodesOut,
    CodeIn,
    EmailIn,
    NewTokenOut,
    PasswordChangeIn,
    PreferencesIn,
    PreferencesOut,
    ProfileIn,
    ProfileOut,
    SetUpOut,
    TokenIn,
    TokensOut,
    UsernameIn,
)
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor, forget_actor

blueprint = APIBlueprint("me", __name__, tag="Accounts")


@blueprint.get("/me")
@blueprint.output(ProfileOut)
@blueprint.doc(summary="Read the own profile")
def read_me() -> accounts.Profile:
    return accounts.own_profile(current_actor())


@blueprint.patch("/me")
@blueprint.input(ProfileIn, arg_name="given")
@blueprint.output(ProfileOut)
@blueprint.doc(summary="Change the own profile")
def change_me(given: ProfileIn) -> accounts.Profile:
    accounts.change_profile(current_actor(), given.model_dump(exclude_unset=True))
    return accounts.own_profile(current_actor())


@blueprint.delete("/me")
@blueprint.input(UsernameIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Delete the own account and everything in the personal space")
def delete_me(given: UsernameIn) -> Response:
    accounts.delete_account(current_actor(), username=given.username)
    response = Response(status=204)
    browser_session().end()
    forget_actor()
    return response


@blueprint.patch("/me/preferences")
@blueprint.input(PreferencesIn, arg_name="given")
@blueprint.output(PreferencesOut)
@blueprint.doc(summary="Change preferences")
def change_preferences(given: PreferencesIn) -> object:
    return accounts.change_preferences(current_actor(), given.model_dump(exclude_unset=True))


@blueprint.post("/me/email")
@blueprint.input(EmailIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Ask to change the e-mail address; a link is sent to the new one")
def change_email(given: EmailIn) -> str:
    accounts.request_email_change(current_actor(), email=given.email)
    return ""


@blueprint.post("/me/password")
@blueprint.input(PasswordChangeIn, arg_name="given")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Change the password; all other sessions end")
def change_password(given: PasswordChangeIn) -> Response:
    started = accounts.change_password(current_actor(), current=given.current_password, new=given.new_password)
    response = Response(status=204)
    browser_session().begin(started.token, started.max_age)
    forget_actor()
    return response


@blueprint.post("/me/totp")
@blueprint.output(SetUpOut)
@blueprint.doc(summary="Begin to set up the second factor")
def begin_second_factor() -> accounts.SetUp:
    return accounts.begin_second_factor(current_actor())


@blueprint.post("/me/totp/confirm")
@blueprint.input(CodeIn, arg_name="given")
@blueprint.output(BackupCodesOut)
@blueprint.doc(summary="Turn the second factor on with a first code")
def confirm_second_factor(given: CodeIn) -> dict[str, object]:
    return {"backup_codes": accounts.confirm_second_factor(current_actor(), code=given.code)}


@blueprint.post("/me/totp/backup-codes")
@blueprint.output(BackupCodesOut)
@blueprint.doc(summary="Make new backup codes; the old ones are worth nothing any more")
def renew_backup_codes() -> dict[str, object]:
    return {"backup_codes": accounts.renew_backup_codes(current_actor())}


@blueprint.delete("/me/totp")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Turn the second factor off")
def turn_off_second_factor() -> str:
    accounts.turn_off_second_factor(current_actor())
    return ""


@blueprint.get("/tokens")
@blueprint.output(TokensOut)
@blueprint.doc(summary="List the own API tokens, and the scopes that there are")
def tokens() -> dict[str, object]:
    return {"items": accounts.own_tokens(current_actor()), "scopes": accounts.known_scopes()}


@blueprint.post("/tokens")
@idempotent
@blueprint.input(TokenIn, arg_name="given")
@blueprint.output(NewTokenOut, status_code=201)
@blueprint.doc(summary="Make an API token; it is shown this once")
def create_token(given: TokenIn) -> accounts.NewToken:
    return accounts.create_token(current_actor(), name=given.name, scopes=given.scopes, days=given.days)


@blueprint.delete("/tokens/<int:token_id>")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Revoke an API token")
def revoke_token(token_id: int) -> str:
    accounts.revoke_token(current_actor(), token_id)
    return ""
