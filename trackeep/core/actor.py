"""Who is asking: the frozen first argument of every verb and query, and the one access question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from trackeep.core.errors import Forbidden, NotFound, Unauthenticated


class Role(StrEnum):
    """A member's role in a space, each one allowing what the ones before it allow."""

    VIEWER = "viewer"
    MEMBER = "member"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {role: rank for rank, role in enumerate(Role)}
_NO_ROLES: Mapping[int, Role] = MappingProxyType({})


@dataclass(frozen=True)
class Actor:
    """A person, a token or the system, with the roles already loaded. ``scopes`` is None for a signed-in session
    (everything its person may do), else what the API token was given."""

    user_id: int | None = None
    is_admin: bool = False
    roles: Mapping[int, Role] = field(default_factory=lambda: _NO_ROLES)
    personal_space_id: int | None = None
    scopes: frozenset[str] | None = None
    session_id: int | None = None
    locale: str = "en"
    time_zone: str = "UTC"
    address: str = ""
    user_agent: str = ""
    is_system: bool = False

    @cached_property
    def readable_spaces(self) -> frozenset[int]:
        return frozenset(self.roles)

    def role_in(self, space_id: int) -> Role | None:
        return self.roles.get(space_id)

    def can_read(self, space_id: int) -> bool:
        return self.is_system or space_id in self.roles

    def can_write(self, space_id: int) -> bool:
        return self._has(space_id, Role.MEMBER)

    def can_manage(self, space_id: int) -> bool:
        return self._has(space_id, Role.ADMIN)

    def require_read(self, space_id: int) -> None:
        """Raises NotFound: a stranger must not learn that the space exists."""
        if not self.can_read(space_id):
            raise NotFound()

    def require_write(self, space_id: int) -> None:
        """Raises NotFound for a stranger and Forbidden for a viewer."""
        self.require_read(space_id)
        if not self.can_write(space_id):
            raise Forbidden()

    def require_manage(self, space_id: int) -> None:
        self.require_read(space_id)
        if not self.can_manage(space_id):
            raise Forbidden()

    def require_user(self) -> int:
        """The person's id; raises Unauthenticated when nobody is signed in."""
        if self.user_id is None:
            raise Unauthenticated()
        return self.user_id

    def require_admin(self) -> None:
        """Raises NotFound: the administrator's pages do not exist for others. A token never administers."""
        self.require_user()
        if not self.is_admin or self.scopes is not None:
            raise NotFound()

    def may_read(self, domain: str) -> bool:
        """Whether this is a session, or a token for the domain's things."""
        return self.has_scope(f"{domain}:read")

    def may_write(self, domain: str) -> bool:
        return self.has_scope(f"{domain}:write")

    def has_scope(self, scope: str) -> bool:
        """Who may write may read: every change answers with the thing as it then is."""
        domain, _, right = scope.partition(":")
        return self.scopes is None or scope in self.scopes or (right == "read" and f"{domain}:write" in self.scopes)

    def require_scope(self, scope: str) -> None:
        if not self.has_scope(scope):
            raise Forbidden(f"This token lacks the scope {scope}.", scope=scope)

    def _has(self, space_id: int, least: Role) -> bool:
        role = self.roles.get(space_id)
        return self.is_system or (role is not None and role.rank >= least.rank)


ANONYMOUS = Actor()
SYSTEM = Actor(is_system=True)
