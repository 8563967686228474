"""What can go wrong with accounts, in plain words that never tell whether an account exists."""

from trackeep.core.errors import Conflict, Forbidden, Gone, Unauthenticated
from trackeep.core.i18n import lazy_gettext as _l


class WrongCredentials(Unauthenticated):
    code = "wrong-credentials"
    title = _l("Sign-in failed")
    default_detail = _l("The name, the e-mail address or the password is not right. Please try again.")


class WrongCode(Unauthenticated):
    code = "wrong-code"
    title = _l("Sign-in failed")
    default_detail = _l(
        "This code is not right or was used before. Please wait for the next one, or use a backup code."
    )


class SignInExpired(Unauthenticated):
    code = "sign-in-expired"
    title = _l("This took too long")
    default_detail = _l("Please start again with your password.")


class AccountDisabled(Forbidden):
    code = "account-disabled"
    title = _l("This account is disabled")
    default_detail = _l("An administrator has disabled this account. Please ask them to enable it again.")


class PasswordNeeded(Forbidden):
    """The change is dangerous and the password was not given within the last minutes."""

    code = "password-needed"
    title = _l("Please confirm your password")
    default_detail = _l("This change needs your password again. Confirm it and repeat the change.")


class SessionNeeded(Forbidden):
    """An API token may not do what only the person themselves may do."""

    code = "session-needed"
    title = _l("A token cannot do this")
    default_detail = _l("Please sign in with your password to do this; an API token is not enough.")


class RegistrationClosed(Forbidden):
    code = "registration-closed"
    title = _l("Registration is closed")
    default_detail = _l("New accounts are made by an administrator or by invitation.")


class AlreadySetUp(Conflict):
    code = "already-set-up"
    title = _l("Trackeep is set up already")
    default_detail = _l("Somebody has created the first account. Please sign in, or ask them for an account.")


class LastAdministrator(Conflict):
    code = "last-administrator"
    title = _l("Trackeep needs an administrator")
    default_detail = _l("This is the last administrator. Make somebody else an administrator first.")


class LinkGone(Gone):
    code = "link-gone"
    title = _l("This link is no longer good")
    default_detail = _l("It was used already or has expired. Please ask for a new one.")
