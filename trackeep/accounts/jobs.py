"""Background work of accounts: letters with links, and forgetting what is over."""

from trackeep.accounts import service as accounts
from trackeep.core.jobs import job

HOUR = 3600.0


@job("accounts.send_reset_link")
def send_reset_link(login: str) -> None:
    accounts.send_reset_link(login)


@job("accounts.send_registration_link")
def send_registration_link(email: str) -> None:
    accounts.send_registration_link(email)


@job(accounts.WARMING, attempts=1)
def warm_up(user_id: int) -> None:
    """What a person's first pages need is computed before they ask."""
    accounts.warm_up(user_id)


@job("accounts.clean_up", every=HOUR)
def clean_up() -> None:
    """Forget expired sessions and links, old counters and invitations."""
    accounts.forget_expired()
    accounts.forget_old_counts()
    accounts.forget_expired_links()
    accounts.forget_old_invitations()
