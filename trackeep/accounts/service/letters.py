"""The letters of accounts, in plain words; each is put into the outbox inside the open unit of work."""

from trackeep.core import ext, outbox
from trackeep.core.i18n import gettext as _


def send_reset(email: str, secret: str) -> None:
    outbox.send(
        to=email,
        subject=_("Choose a new password"),
        text=_(
            "Somebody, probably you, asked for a new password for your Trackeep account.\n\n"
            "Open this link within 30 minutes to choose one:\n%(link)s\n\n"
            "If it was not you, nothing needs to be done: your password stays as it is.",
            link=reset_url(secret),
        ),
    )


def send_confirmation(email: str, secret: str) -> None:
    outbox.send(
        to=email,
        subject=_("Confirm your e-mail address"),
        text=_(
            "Open this link within a day to confirm that this address is yours:\n%(link)s\n\n"
            "If you do not know what this is about, please ignore this letter.",
            link=_url("confirm-email", secret),
        ),
    )


def send_email_changed(email: str) -> None:
    outbox.send(
        to=email,
        subject=_("Your e-mail address was changed"),
        text=_(
            "The e-mail address of your Trackeep account was changed to another one.\n\n"
            "If this was not you, please ask your administrator at once."
        ),
    )


def send_invitation(email: str, secret: str) -> None:
    outbox.send(
        to=email,
        subject=_("You are invited to Trackeep"),
        text=_(
            "You may create an account on this Trackeep:\n%(link)s\n\nThe link works once, within seven days.",
            link=invitation_url(secret),
        ),
    )


def send_have_account(email: str) -> None:
    outbox.send(
        to=email,
        subject=_("You have an account already"),
        text=_(
            "Somebody, probably you, wanted to create a Trackeep account with this address, which has one already.\n\n"
            "Sign in here:\n%(link)s\n\nIf it was not you, nothing needs to be done.",
            link=ext.settings().public_url + "/sign-in",
        ),
    )


def reset_url(secret: str) -> str:
    return _url("reset", secret)


def invitation_url(secret: str) -> str:
    return _url("invitation", secret)


def _url(path: str, secret: str) -> str:
    return f"{ext.settings().public_url}/{path}/{secret}"
