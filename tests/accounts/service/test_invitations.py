"""Invitations: for one address, once, within seven days."""

from datetime import timedelta

import pytest

from tests.accounts import visitors
from tests.accounts.visitors import NOBODY, Account, actor_of, at_once, person
from trackeep.accounts import service as accounts
from trackeep.accounts.errors import LinkGone, RegistrationClosed
from trackeep.core import clock, outbox
from trackeep.core.errors import Invalid, NotFound


@pytest.fixture
def secret(ada: Account) -> str:
    return secret_of(accounts.invite(ada.actor, email="eve@example.org"))


def secret_of(invited: accounts.Invited) -> str:
    return invited.link.rsplit("/", 1)[1]


def states(ada: Account) -> dict[str, str]:
    return {invitation.email: invitation.state for invitation in accounts.invitations(ada.actor).items}


def test_the_letter_holds_the_link(ada: Account, secret: str) -> None:
    (letter,) = outbox.letters(ada.actor).items
    assert (letter.recipient, letter.state) == ("eve@example.org", "kept")
    assert f"/invitation/{secret}" in letter.text


def test_accepting_makes_the_account_of_the_invited_address(ada: Account, secret: str) -> None:
    accounts.switch_registration(ada.actor, mode="closed")
    given = person("eve", email="mallory@example.org")
    signed_in = accounts.accept_invitation(NOBODY, secret=secret, person=given)
    profile = accounts.own_profile(actor_of(signed_in.started.token))
    assert (profile.email, profile.role) == ("eve@example.org", "user")
    assert profile.email_confirmed_at is not None
    assert states(ada) == {"eve@example.org": "accepted"}


def test_the_role_is_the_invitations(ada: Account) -> None:
    secret = secret_of(accounts.invite(ada.actor, email="eve@example.org", role="admin"))
    signed_in = accounts.accept_invitation(NOBODY, secret=secret, person=person("eve"))
    assert actor_of(signed_in.started.token).is_admin


def test_an_invitation_works_once(ada: Account, secret: str) -> None:
    outcomes = at_once(
        4, lambda number: accounts.accept_invitation(NOBODY, secret=secret, person=person(f"eve{number}"))
    )
    assert sum(isinstance(outcome, accounts.SignedIn) for outcome in outcomes) == 1


def test_bad_input_does_not_use_it_up(ada: Account, secret: str) -> None:
    with pytest.raises(Invalid):
        accounts.accept_invitation(NOBODY, secret=secret, person=person("ada"))
    with pytest.raises(Invalid):
        accounts.accept_invitation(NOBODY, secret=secret, person=person("eve", password="short"))
    accounts.accept_invitation(NOBODY, secret=secret, person=person("eve"))


def test_it_expires_after_seven_days(ada: Account, secret: str) -> None:
    with clock.freeze(clock.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(LinkGone):
            accounts.accept_invitation(NOBODY, secret=secret, person=person("eve"))
        assert states(ada) == {"eve@example.org": "expired"}


def test_a_newer_invitation_replaces_the_older(ada: Account, secret: str) -> None:
    accounts.invite(ada.actor, email="EVE@example.org")
    with pytest.raises(LinkGone):
        accounts.invited_address(secret)


def test_it_can_be_declined_or_revoked(ada: Account, secret: str) -> None:
    accounts.decline_invitation(NOBODY, secret=secret)
    assert states(ada) == {"eve@example.org": "declined"}
    invited = accounts.invite(ada.actor, email="eve@example.org")
    accounts.revoke_invitation(ada.actor, invited.id)
    for gone in (secret, secret_of(invited)):
        with pytest.raises(LinkGone):
            accounts.accept_invitation(NOBODY, secret=gone, person=person("eve"))
    with pytest.raises(NotFound):
        accounts.revoke_invitation(ada.actor, invited.id)


@pytest.mark.parametrize("email", ["no address", "ada@example.org", "ADA@example.org"])
def test_who_cannot_be_invited(ada: Account, email: str) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.invite(ada.actor, email=email)
    assert set(caught.value.fields) == {"email"}


def test_only_administrators_invite(ada: Account, bob: Account) -> None:
    for verb in (
        lambda: accounts.invite(bob.actor, email="eve@example.org"),
        lambda: accounts.invitations(bob.actor),
        lambda: accounts.revoke_invitation(bob.actor, 1),
    ):
        with pytest.raises(NotFound):
            verb()


def test_old_invitations_are_forgotten(ada: Account, secret: str) -> None:
    with clock.freeze(clock.now() + timedelta(days=100)):
        accounts.forget_old_invitations()
    assert states(ada) == {}


@pytest.mark.parametrize("role", ["user", "admin"])
@pytest.mark.parametrize("end", ["demoted", "disabled"])
def test_what_somebody_offered_who_administers_no_more_is_worth_nothing(ada: Account, role: str, end: str) -> None:
    """Else they could come back by it as an administrator."""
    accounts.switch_registration(ada.actor, mode="closed")
    made = visitors.account("eve", _accepted(ada, "eve", "admin"))
    offered = secret_of(accounts.invite(made.actor, email="mallory@example.org", role=role))
    assert accounts.invited_address(offered) == "mallory@example.org"

    if end == "demoted":
        accounts.change_person_role(ada.actor, made.id, role="user")
    else:
        accounts.disable_person(ada.actor, made.id)
    with pytest.raises((LinkGone, RegistrationClosed)):
        accounts.accept_invitation(NOBODY, secret=offered, person=person("mallory"))


def _accepted(ada: Account, name: str, role: str) -> accounts.SignedIn:
    secret = secret_of(accounts.invite(ada.actor, email=f"{name}@example.org", role=role))
    return accounts.accept_invitation(NOBODY, secret=secret, person=person(name))
