"""Pages behind links that were sent: a new password, a confirmed address, an invitation."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import EmailIn, InvitedPersonIn, LoginIn, PasswordIn
from trackeep.accounts.views.forms import FormPage, enter, form
from trackeep.core.templating import page
from trackeep.core.web.identity import current_actor


def register(blueprint: Blueprint) -> None:
    for path, function in (
        ("/forgot", forgot),
        ("/reset/<secret>", reset),
        ("/invitation/<secret>", invitation),
        ("/confirm-email/<secret>", confirm_email),
        ("/register/by-mail", register_by_mail),
    ):
        blueprint.add_url_rule(path, view_func=function, methods=["GET", "POST"])
    blueprint.add_url_rule("/invitation/<secret>/decline", view_func=decline, methods=["POST"])


def forgot() -> Answer:
    shown = FormPage("accounts/forgot.html")
    return shown.show() if request.method == "GET" else shown.answer(_forgot)


def reset(secret: str) -> Answer:
    accounts.check_reset_link(secret)
    shown = FormPage("accounts/reset.html", secret=secret)
    return shown.show() if request.method == "GET" else shown.answer(lambda: _reset(secret))


def confirm_email(secret: str) -> Answer:
    """The page asks for a press of a button: programs that look at the links of letters must not use them up."""
    shown = FormPage("accounts/confirm_email.html", secret=secret)
    return shown.show() if request.method == "GET" else shown.answer(lambda: _confirm_email(secret))


def invitation(secret: str) -> Answer:
    shown = FormPage("accounts/invitation.html", secret=secret, email=accounts.invited_address(secret))
    return shown.show() if request.method == "GET" else shown.answer(lambda: _accept(secret))


def decline(secret: str) -> Answer:
    accounts.decline_invitation(current_actor(), secret=secret)
    return _told(_("You have declined"), _("The invitation is no longer open. Nothing about you was kept."))


def register_by_mail() -> Answer:
    shown = FormPage("accounts/register_by_mail.html", mode=accounts.registration_mode())
    return shown.show() if request.method == "GET" else shown.answer(_register_by_mail)


def _forgot() -> Answer:
    accounts.request_reset(current_actor(), login=form(LoginIn).login)
    return _told(
        _("Look into your mail"),
        _("If there is such an account, a letter with a link is on its way. The link works for 30 minutes."),
    )


def _reset(secret: str) -> Answer:
    accounts.reset_password(current_actor(), secret=secret, password=form(PasswordIn).password)
    return _told(_("Your password was changed"), _("All your devices were signed out. Please sign in again."))


def _confirm_email(secret: str) -> Answer:
    accounts.confirm_email(current_actor(), secret=secret)
    return _told(_("Your address is confirmed"), _("From now on letters go to this address."))


def _accept(secret: str) -> Answer:
    person = accounts.NewPerson(**form(InvitedPersonIn).model_dump(), email="")
    return enter(accounts.accept_invitation(current_actor(), secret=secret, person=person))


def _register_by_mail() -> Answer:
    accounts.request_registration(current_actor(), email=form(EmailIn).email)
    return _told(
        _("Look into your mail"),
        _("A letter is on its way to this address. Its link leads on and works for seven days."),
    )


def _told(heading: str, text: str) -> Answer:
    """A page that says what has happened; reloading it asks before anything is done twice."""
    return page("accounts/told.html", heading=heading, text=text, way_on=url_for("accounts.sign_in"))
