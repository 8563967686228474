"""A rule in parts: conditions joined by all or any, and what is done to a bookmark that meets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_RULES = 200
MAX_CONDITIONS = 20
MAX_VALUE = 1_000
MAX_NAMES = 20


class Field(StrEnum):
    """``TEXT`` is all the words of a bookmark: title, description, notes and what is kept of the page."""

    URL = "url"
    SITE = "site"
    TITLE = "title"
    DESCRIPTION = "description"
    TEXT = "text"


class How(StrEnum):
    CONTAINS = "contains"
    STARTS = "starts"
    ENDS = "ends"
    EQUALS = "equals"
    GLOB = "glob"
    REGEX = "regex"


class Join(StrEnum):
    ALL = "all"
    ANY = "any"


class Stage(StrEnum):
    """When rules act by themselves: as a bookmark is saved, as the fetch has filled it, as its article has come."""

    SAVED = "saved"
    FETCHED = "fetched"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Condition:
    field: Field
    how: How
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """``unread`` None leaves the mark as it is; ``private`` takes the sharing back."""

    tags: tuple[str, ...] = ()
    collection_ids: tuple[int, ...] = ()
    unread: bool | None = None
    favourite: bool = False
    archive: bool = False
    private: bool = False

    def marks(self) -> dict[str, bool]:
        """The marks that are set, by the names of the bookmark's columns."""
        wanted = {"favourite": self.favourite, "archived": self.archive}
        marks = {name: True for name, value in wanted.items() if value}
        if self.unread is not None:
            marks["unread"] = self.unread
        return marks | ({"shared": False} if self.private else {})

    def __bool__(self) -> bool:
        return bool(self.tags or self.collection_ids or self.marks())


@dataclass(frozen=True, slots=True)
class Definition:
    """What a rule means, without its place, its name and its history."""

    join: Join
    conditions: tuple[Condition, ...]
    actions: Actions

    def stored(self) -> dict[str, dict[str, Any]]:
        """The two columns of the table."""
        tests = [
            {"field": each.field.value, "how": each.how.value, "value": each.value, "not": each.negated}
            for each in self.conditions
        ]
        acts = self.actions
        actions: dict[str, Any] = {
            "tags": list(acts.tags),
            "collection_ids": list(acts.collection_ids),
            "unread": acts.unread,
            "favourite": acts.favourite,
            "archive": acts.archive,
            "private": acts.private,
        }
        return {"conditions": {"join": self.join.value, "tests": tests}, "actions": actions}


def read_definition(conditions: Mapping[str, Any], actions: Mapping[str, Any]) -> Definition:
    """What ``stored`` has written."""
    tests = tuple(
        Condition(Field(each["field"]), How(each["how"]), each["value"], bool(each.get("not")))
        for each in conditions["tests"]
    )
    acts = Actions(
        tags=tuple(actions.get("tags", ())),
        collection_ids=tuple(actions.get("collection_ids", ())),
        unread=actions.get("unread"),
        favourite=bool(actions.get("favourite")),
        archive=bool(actions.get("archive")),
        private=bool(actions.get("private")),
    )
    return Definition(Join(conditions["join"]), tests, acts)
