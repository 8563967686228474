"""The tree beside every page of notes: what is open in it is a cookie, so that the server draws it right at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.paging import Page
from trackeep.core.web.chosen_space import chosen_space
from trackeep.notes import queries
from trackeep.notes.queries import Branch, NoteItem

COOKIE = "note_branches"
MOST_OPEN = 24
LONGEST_ID = 19


@dataclass(frozen=True, slots=True)
class Node:
    """A note in the tree. ``inside`` is None while it is closed; ``more`` is the cursor of what is not shown of it."""

    branch: Branch
    inside: "Sequence[Node] | None" = None
    more: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The top of a space. ``current`` is the note on show."""

    space_id: int
    nodes: Sequence[Node]
    more: str
    current: int | None
    is_writable: bool


def tree_space(actor: Actor) -> int:
    """The space whose tree is shown where no note decides it."""
    space_id = chosen_space(actor) or actor.personal_space_id
    if space_id is None:
        raise NotFound()
    return space_id


def tree_of(actor: Actor, space_id: int, path: Sequence[Branch] = ()) -> Tree:
    """With the branches that are open, and those above the note at the end of the path."""
    above = {branch.parent_id: branch for branch in path}
    parents = [None, *_open_ids(), *(branch.id for branch in path[:-1])]
    pages = queries.list_inside(actor, space_id, parents)
    top = pages[None]
    current = path[-1].id if path else None
    nodes = _nodes(None, pages, above, 0)
    return Tree(space_id, nodes, top.next_cursor or "", current, actor.can_write(space_id))


def note_frame(actor: Actor, note: NoteItem) -> dict[str, Any]:
    """The tree around a note, and the notes above it."""
    path = queries.path_to(actor, note.id)
    return {"tree": tree_of(actor, note.space_id, path), "path": path[:-1]}


def closed(branches: Sequence[Branch]) -> list[Node]:
    return [Node(branch) for branch in branches]


def _nodes(
    parent_id: int | None, pages: Mapping[int | None, Page[Branch]], above: Mapping[int | None, Branch], depth: int
) -> list[Node]:
    branches = list(pages[parent_id].items)
    step = above.get(parent_id)
    if step is not None and all(branch.id != step.id for branch in branches):
        # It is further down than the first page of its siblings reaches.
        branches.append(step)
    return [_node(branch, pages, above, depth) for branch in branches]


def _node(
    branch: Branch, pages: Mapping[int | None, Page[Branch]], above: Mapping[int | None, Branch], depth: int
) -> Node:
    if branch.id not in pages or not branch.children or depth > queries.MAX_DEPTH:
        return Node(branch)
    return Node(branch, _nodes(branch.id, pages, above, depth + 1), pages[branch.id].next_cursor or "")


def _open_ids() -> list[int]:
    named = request.cookies.get(COOKIE, "").split(".")[:MOST_OPEN]
    return [int(each) for each in named if each.isascii() and each.isdigit() and len(each) < LONGEST_ID]
