"""Settings around signing in: password, e-mail address, second factor, API tokens."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import CodeIn, EmailIn, PasswordChangeIn, PasswordIn, TokenIn
from trackeep.accounts.views.forms import FormPage, form, give_session, go, home, way_on
from trackeep.core.schemas import parse
from trackeep.core.templating import page
from trackeep.core.web.identity import current_actor


def register(blueprint: Blueprint) -> None:
    for path, function, methods in (
        ("/confirm-password", confirm_password, ["GET", "POST"]),
        ("/settings/security", security, ["GET"]),
        ("/settings/security/password", change_password, ["POST"]),
        ("/settings/security/email", change_email, ["POST"]),
        ("/settings/security/totp", second_factor_settings, ["GET", "POST"]),
        ("/settings/security/totp/begin", begin_second_factor, ["POST"]),
        ("/settings/security/totp/off", turn_off_second_factor, ["POST"]),
        ("/settings/security/backup-codes", backup_codes, ["POST"]),
        ("/settings/tokens", tokens, ["GET", "POST"]),
        ("/settings/tokens/<int:token_id>/revoke", revoke_token, ["POST"]),
    ):
        blueprint.add_url_rule(path, view_func=function, methods=methods)


def confirm_password() -> Answer:
    """Asked before dangerous changes; afterwards the person repeats the change."""
    current_actor().require_user()
    shown = FormPage("accounts/confirm_password.html", next=way_on(""))
    return shown.show() if request.method == "GET" else shown.answer(_confirm_password)


def security() -> Answer:
    return _security_page().show()


def change_password() -> Answer:
    return _security_page().answer(_change_password)


def change_email() -> Answer:
    return _security_page().answer(_change_email)


def begin_second_factor() -> Answer:
    return _security_page().answer(_begin_second_factor)


def second_factor_settings() -> Answer:
    """Shows the secret that waits for its first code; this code turns the second factor on."""
    return _security_page().answer(_second_factor_settings)


def turn_off_second_factor() -> Answer:
    return _security_page().answer(_turn_off_second_factor)


def backup_codes() -> Answer:
    return _security_page().answer(lambda: _show_codes(accounts.renew_backup_codes(current_actor())))


def tokens() -> Answer:
    shown = _tokens_page()
    return shown.show() if request.method == "GET" else shown.answer(_create_token)


def revoke_token(token_id: int) -> Answer:
    accounts.revoke_token(current_actor(), token_id)
    return go(url_for("accounts.tokens"))


def _security_page() -> FormPage:
    actor = current_actor()
    profile = accounts.own_profile(actor)
    left = accounts.unused_backup_codes(actor) if profile.has_second_factor else 0
    return FormPage("accounts/security.html", back=url_for("accounts.security"), profile=profile, codes_left=left)


def _tokens_page() -> FormPage:
    return FormPage("accounts/tokens.html", tokens=accounts.own_tokens(current_actor()), scopes=accounts.known_scopes())


def _confirm_password() -> Answer:
    accounts.confirm_password(current_actor(), password=form(PasswordIn).password)
    return go(way_on(home()))


def _change_password() -> Answer:
    given = form(PasswordChangeIn)
    started = accounts.change_password(current_actor(), current=given.current_password, new=given.new_password)
    return give_session(go(url_for("accounts.security")), started)


def _change_email() -> Answer:
    accounts.request_email_change(current_actor(), email=form(EmailIn).email)
    return page(
        "accounts/told.html",
        heading=_("Look into your mail"),
        text=_("A letter is on its way to the new address. The change counts once its link is opened."),
        way_on=url_for("accounts.security"),
    )


def _begin_second_factor() -> Answer:
    accounts.begin_second_factor(current_actor())
    return go(url_for("accounts.second_factor_settings"))


def _second_factor_settings() -> Answer:
    set_up = accounts.pending_second_factor(current_actor())
    picture = Markup(set_up.picture)  # noqa: S704  # drawn by ourselves
    shown = FormPage("accounts/totp.html", back=url_for("accounts.security"), set_up=set_up, picture=picture)
    return shown.show() if request.method == "GET" else shown.answer(_confirm_second_factor)


def _confirm_second_factor() -> Answer:
    return _show_codes(accounts.confirm_second_factor(current_actor(), code=form(CodeIn).code))


def _turn_off_second_factor() -> Answer:
    accounts.turn_off_second_factor(current_actor())
    return go(url_for("accounts.security"))


def _show_codes(codes: list[str]) -> Answer:
    return page("accounts/backup_codes.html", codes=codes)


def _create_token() -> Answer:
    days = request.form.get("days") or None
    given = parse(
        TokenIn, {"name": request.form.get("name", ""), "scopes": request.form.getlist("scopes"), "days": days}
    )
    made = accounts.create_token(current_actor(), name=given.name, scopes=given.scopes, days=given.days)
    return FormPage("accounts/tokens.html", **{**_tokens_page().context, "made": made}).show()
