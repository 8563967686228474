"""Rules, their trials and their runs."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from trackeep.bookmarks import rules
from trackeep.bookmarks.rules import How, Join
from trackeep.bookmarks.schemas.fields import CollectionIds, Id, TagNames
from trackeep.bookmarks.service import RuleChanges, RuleDraft
from trackeep.core.schemas import InputSchema, OutputSchema

LONGEST = 10_000
Subject = rules.Field


class ConditionIn(InputSchema):
    """``glob`` knows ``*`` for anything and ``?`` for one character, and means the whole value; ``regex`` is looked for
    anywhere. Case and accents make no difference, but accents do to ``regex``. ``not`` turns the condition round."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True, populate_by_name=True)

    field: Subject
    how: How
    value: Annotated[str, Field(max_length=LONGEST)]
    negated: Annotated[bool, Field(alias="not")] = False

    def condition(self) -> rules.Condition:
        return rules.Condition(self.field, self.how, self.value, self.negated)


class ActionsIn(InputSchema):
    """``tags`` and ``collection_ids`` are added; ``unread`` true or false sets the mark, null leaves it; ``private``
    takes the sharing back."""

    tags: TagNames = []
    collection_ids: CollectionIds = []
    unread: bool | None = None
    favourite: bool = False
    archive: bool = False
    private: bool = False

    def actions(self) -> rules.Actions:
        return rules.Actions(
            tags=tuple(self.tags),
            collection_ids=tuple(dict.fromkeys(self.collection_ids)),
            unread=self.unread,
            favourite=self.favourite,
            archive=self.archive,
            private=self.private,
        )


class DefinitionIn(InputSchema):
    join: Join = Join.ALL
    conditions: Annotated[list[ConditionIn], Field(max_length=100)]
    actions: ActionsIn

    def definition(self) -> rules.Definition:
        tests = tuple(each.condition() for each in self.conditions)
        return rules.Definition(self.join, tests, self.actions.actions())


class RuleIn(DefinitionIn):
    """A rule to be made; without ``space_id`` it belongs to the personal space."""

    name: Annotated[str, Field(max_length=1_000)] = ""
    enabled: bool = True
    space_id: Id | None = None

    def draft(self) -> RuleDraft:
        return RuleDraft(definition=self.definition(), name=self.name, enabled=self.enabled)


class RulePatch(InputSchema):
    """Only what is sent changes; ``join``, ``conditions`` and ``actions`` are sent together."""

    name: Annotated[str, Field(max_length=1_000)] | None = None
    enabled: bool | None = None
    definition: DefinitionIn | None = None

    def changes(self) -> RuleChanges:
        definition = self.definition.definition() if self.definition else None
        return RuleChanges(name=self.name, enabled=self.enabled, definition=definition)


class RuleTrialIn(DefinitionIn):
    space_id: Id | None = None


class RuleOrderIn(InputSchema):
    """All rules of a space in their new order; those that are not named follow."""

    ids: Annotated[list[Id], Field(max_length=1_000)]
    space_id: Id | None = None


class RulesQuery(InputSchema):
    space: Id | None = None


class ConditionOut(OutputSchema):
    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    field: Subject
    how: How
    value: str
    negated: Annotated[bool, Field(alias="not")]


class ActionsOut(OutputSchema):
    tags: list[str]
    collection_ids: list[int]
    unread: bool | None
    favourite: bool
    archive: bool
    private: bool


class RuleOut(OutputSchema):
    """``sentence`` says in words what the rule does, ``stopped`` why it was switched off by itself, ``missing`` names
    collections that are gone; ``hits`` counts the bookmarks on which it acted."""

    id: int
    space_id: int
    name: str
    position: int
    enabled: bool
    join: Join
    conditions: list[ConditionOut]
    actions: ActionsOut
    sentence: str
    stopped: str
    missing: list[int]
    hits: int
    last_hit_at: datetime | None
    created_at: datetime
    updated_at: datetime


class RulesOut(OutputSchema):
    items: list[RuleOut]


class ExampleOut(OutputSchema):
    """A bookmark that the rule means; the rest is what would be new on it."""

    id: int
    title: str
    url: str
    site: str
    tags: list[str]
    collections: list[str]
    marks: dict[str, bool]


class TrialOut(OutputSchema):
    """``matched`` of the ``looked_at`` newest bookmarks; ``is_capped``: there are more. ``is_whole``: the library has
    no others. ``stopped`` says why the pattern could not be tried to the end."""

    looked_at: int
    matched: int
    is_whole: bool
    is_capped: bool
    stopped: str
    examples: list[ExampleOut]


class RuleRunOut(OutputSchema):
    """``looked_at`` of ``total`` bookmarks; ``undo_id`` takes back what was changed."""

    id: int
    rule_id: int
    state: Literal["running", "done", "failed"]
    total: int
    looked_at: int
    matched: int
    changed: int
    error: str | None
    undo_id: int | None
    is_undone: bool
    created_at: datetime
    finished_at: datetime | None


class RuleRunsOut(OutputSchema):
    items: list[RuleRunOut]
