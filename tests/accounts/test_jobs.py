"""Background work of accounts."""

from datetime import timedelta

from sqlalchemy import select

from tests.accounts.visitors import NOBODY, Account
from trackeep.accounts import jobs
from trackeep.accounts import service as accounts
from trackeep.accounts.models import GuessCount, Invitation, MailedLink, SignIn
from trackeep.core import clock, db, outbox


def test_clean_up_forgets_what_is_over(ada: Account, bob: Account) -> None:
    accounts.invite(ada.actor, email="eve@example.org")
    jobs.send_reset_link(login="bob")
    accounts.count_bad_token(NOBODY)
    jobs.clean_up()
    assert all(db.session().scalars(select(table)).all() for table in (SignIn, MailedLink, Invitation, GuessCount))
    with clock.freeze(clock.now() + timedelta(days=120)):
        jobs.clean_up()
    db.release()
    assert not any(db.session().scalars(select(table)).all() for table in (SignIn, MailedLink, Invitation, GuessCount))


def test_reset_link_goes_to_the_account(ada: Account, bob: Account) -> None:
    jobs.send_reset_link(login="bob")
    jobs.send_reset_link(login="nobody")
    jobs.send_registration_link(email="eve@example.org")
    assert [letter.recipient for letter in outbox.letters(ada.actor).items] == ["eve@example.org", "bob@example.org"]
