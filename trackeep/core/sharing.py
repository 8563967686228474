"""How a thing is shown to whoever has a link to it: what domains offer, and what such a visitor asks for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from trackeep.core.actor import Actor
from trackeep.core.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """``object_id`` is what was shared and ``page_id`` what of it is to be shown; another than the thing itself only
    ``with_children``. ``address`` tells where another part of the same link is, ``cursor`` how far a list was seen."""

    object_id: int
    page_id: int
    with_children: bool
    address: Callable[[int], str]
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    """``template`` fills the body of the page with ``context``; it may name nobody and lead to nothing but the link."""

    title: str
    template: str
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    name: str
    content_type: str
    pieces: Iterable[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareable:
    """An object kind that can be shared by a link. All questions are asked in the name of whoever made the link, which
    is nobody that the visitor may be taken for: what is answered must belong to the link. ``show`` and ``file`` raise
    NotFound for what does not. ``objection`` says why a thing cannot be shared. ``children`` are the words of the
    choice to share what lies below a thing along with it; empty where nothing does."""

    kind: str
    domain: str
    show: Callable[[Actor, Visit], SharedPage]
    file: Callable[[Actor, Visit], SharedFile] | None = None
    objection: Callable[[Actor, int], Text | None] = lambda _actor, _object_id: None
    children: Text = ""
