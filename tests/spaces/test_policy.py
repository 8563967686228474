"""Who may add members and change their roles: every pair of roles."""

import pytest

from trackeep.core.actor import Actor, Role
from trackeep.spaces import policy

SPACE = 50
STRANGER = Actor(user_id=7, roles={60: Role.OWNER})


def _actor(role: Role) -> Actor:
    return Actor(user_id=7, roles={SPACE: role})


@pytest.mark.parametrize(
    ("own", "given"),
    [
        (Role.ADMIN, {Role.VIEWER, Role.MEMBER, Role.ADMIN}),
        (Role.OWNER, set(Role)),
        (Role.MEMBER, set()),
        (Role.VIEWER, set()),
    ],
)
def test_people_are_added_up_to_the_own_role(own: Role, given: set[Role]) -> None:
    assert {role for role in Role if policy.can_add_members(_actor(own), SPACE, role)} == given


@pytest.mark.parametrize("own", list(Role))
@pytest.mark.parametrize("before", list(Role))
@pytest.mark.parametrize("after", list(Role))
def test_nobody_touches_or_makes_somebody_above(own: Role, before: Role, after: Role) -> None:
    allowed = own in {Role.ADMIN, Role.OWNER} and own.rank >= before.rank and own.rank >= after.rank
    assert policy.can_change_member(_actor(own), SPACE, before, after) is allowed


def test_a_stranger_may_nothing() -> None:
    for role in Role:
        assert not policy.can_add_members(STRANGER, SPACE, role)
        assert not policy.can_change_member(STRANGER, SPACE, role, role)
