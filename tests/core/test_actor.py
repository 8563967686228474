"""The one access question: what each role may do in a space, and what a stranger learns."""

import pytest

from trackeep.core.actor import ANONYMOUS, SYSTEM, Actor, Role
from trackeep.core.errors import Forbidden, NotFound, Unauthenticated

SPACE, OTHER = 4_301, 4_302


def _with(role: Role) -> Actor:
    return Actor(user_id=77, roles={SPACE: role})


@pytest.mark.parametrize(
    ("role", "writes", "manages"),
    [(Role.VIEWER, False, False), (Role.MEMBER, True, False), (Role.ADMIN, True, True), (Role.OWNER, True, True)],
)
def test_each_role_allows_what_the_ones_before_it_allow(role: Role, writes: bool, manages: bool) -> None:
    actor = _with(role)

    assert (actor.can_read(SPACE), actor.can_write(SPACE), actor.can_manage(SPACE)) == (True, writes, manages)
    assert actor.readable_spaces == {SPACE}


def test_a_stranger_does_not_learn_that_the_space_exists() -> None:
    for actor in (_with(Role.OWNER), ANONYMOUS):
        for question in (actor.require_read, actor.require_write, actor.require_manage):
            with pytest.raises(NotFound):
                question(OTHER)


def test_a_viewer_is_told_that_the_role_is_too_low() -> None:
    with pytest.raises(Forbidden):
        _with(Role.VIEWER).require_write(SPACE)
    with pytest.raises(Forbidden):
        _with(Role.MEMBER).require_manage(SPACE)


def test_the_system_may_everywhere() -> None:
    SYSTEM.require_manage(OTHER)


def test_somebody_must_be_signed_in() -> None:
    with pytest.raises(Unauthenticated):
        ANONYMOUS.require_user()
    assert _with(Role.MEMBER).require_user() == 77


def test_a_token_has_its_scopes_and_never_administers() -> None:
    token = Actor(user_id=77, is_admin=True, scopes=frozenset({"bookmarks:read"}))

    token.require_scope("bookmarks:read")
    with pytest.raises(Forbidden) as caught:
        token.require_scope("bookmarks:write")
    with pytest.raises(NotFound):
        token.require_admin()

    assert caught.value.extra["scope"] == "bookmarks:write"
    assert Actor(user_id=77).has_scope("anything")
    Actor(user_id=77, is_admin=True).require_admin()
    with pytest.raises(NotFound):
        Actor(user_id=77).require_admin()


def test_who_may_write_with_a_token_may_read_too() -> None:
    """Each change answers with the thing as it then is, so a token that writes could read in any case."""
    writer = Actor(user_id=77, scopes=frozenset({"bookmarks:write"}))

    writer.require_scope("bookmarks:read")
    assert writer.may_read("bookmarks")
    assert writer.may_write("bookmarks")
    assert not writer.may_read("tags")
    reader = Actor(user_id=77, scopes=frozenset({"bookmarks:read"}))
    assert reader.may_read("bookmarks")
    assert not reader.may_write("bookmarks")
