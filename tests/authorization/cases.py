"""What a route expects of its visitors: one case for each method of each route."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from tests.authorization.things import Things

Values = Mapping[str, object]
Body = Values | Callable[[Things], Values]
PathValues = Mapping[str, str | Callable[[Things], object]]


class Access(Enum):
    """Who gets through."""

    OPEN = auto()  # everybody
    PERSON = auto()  # whoever is signed in, for themselves
    OWNER = auto()  # the one person whose thing it is
    READ = auto()  # who may read the space that the thing is in
    WRITE = auto()  # who may write there
    AUTHOR = auto()  # who made it; others who may read the space see that it is another's
    EDITORS = auto()  # the same, but for others the thing does not exist
    ADMIN = auto()  # administrators of the instance


class Gathers(Enum):
    """Whether a route gives things of other domains, which a token needs the scopes of those for."""

    NOTHING = auto()
    PARTS = auto()  # what the token may not see is not there
    ALL = auto()  # it is everything or nothing


@dataclass(frozen=True)
class Case:
    """``takes_tokens`` is False where only a signed-in browser may act; ``refusals`` are statuses that those who get
    through may see because the request itself is not good enough (a wrong code, a link that is gone)."""

    access: Access
    takes_tokens: bool = True
    path: PathValues = field(default_factory=dict)
    json: Body | None = None
    form: Body | None = None
    query: Body | None = None
    headers: Body | None = None
    refusals: Sequence[int] = ()
    gathers: Gathers = Gathers.NOTHING

    def at(self, **values: str | Callable[[Things], object]) -> "Case":
        """Values for the path; what is not named here is a thing of that name."""
        return replace(self, path=values)

    def sends(self, body: Body) -> "Case":
        return replace(self, json=body)

    def posts(self, body: Body) -> "Case":
        return replace(self, form=body)

    def asks(self, query: Body) -> "Case":
        return replace(self, query=query)

    def heads(self, headers: Body) -> "Case":
        return replace(self, headers=headers)

    def gathering(self, what: Gathers) -> "Case":
        return replace(self, gathers=what)

    def may_answer(self, *statuses: int) -> "Case":
        return replace(self, refusals=statuses)


OPEN = Case(Access.OPEN)
OPEN_TO_BROWSERS = Case(Access.OPEN, takes_tokens=False)
PERSON = Case(Access.PERSON)
PERSON_BY_BROWSER = Case(Access.PERSON, takes_tokens=False)
OWNER = Case(Access.OWNER)
OWNER_BY_BROWSER = Case(Access.OWNER, takes_tokens=False)
READ = Case(Access.READ)
WRITE = Case(Access.WRITE)
AUTHOR = Case(Access.AUTHOR)
EDITORS = Case(Access.EDITORS)
ADMIN = Case(Access.ADMIN)


def filled(body: Body | None, things: Things) -> Values | None:
    return body(things) if callable(body) else body
