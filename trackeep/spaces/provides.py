"""What spaces offer: the switcher in the pages' frame."""

from collections.abc import Mapping
from dataclasses import dataclass

from trackeep.core.actor import Actor
from trackeep.core.slots import ShellContext
from trackeep.core.web.chosen_space import shown_space
from trackeep.spaces import service


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the switcher."""

    id: int
    name: str
    kind: str
    active: bool


def frame(actor: Actor) -> Mapping[str, object]:
    """A person with one space sees it as chosen; with more, none is active while all are shown."""
    found = service.spaces_of(actor)
    chosen = shown_space(actor) if len(found) > 1 else actor.personal_space_id
    return {"spaces": [Choice(space.id, space.name, space.kind, space.id == chosen) for space in found]}


OFFERS = (ShellContext(load=frame),)
