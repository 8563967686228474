"""What tags offer: their place in the palette, and their part of the archive of everything a person owns."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from urllib.parse import urlencode

import orjson

from trackeep.core import ext
from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, Exporter, Found, PaletteSource
from trackeep.tags import queries


def find(actor: Actor, text: str, limit: int) -> Sequence[Found]:
    """Tags whose name or level begins with the text, the most used first; each leads to what carries it."""
    place = f"{ext.settings().base_path}/bookmarks"
    tags = queries.suggest(actor, space_id=None, text=text, limit=limit)
    return [Found(title=tag.name, url=f"{place}?{urlencode({'tag': tag.name})}", icon="tag") for tag in tags]


def recent(_actor: Actor, _limit: int) -> Sequence[Found]:
    """Nobody opens a tag for its own sake."""
    return ()


def export_tags(actor: Actor) -> Iterable[bytes]:
    """The names and colours of the tags of the personal space as JSON."""
    found = [asdict(tag) for tag in queries.personal_tags(actor)]
    yield orjson.dumps(found, option=orjson.OPT_INDENT_2)


OFFERS = (
    PaletteSource(kind="tag", domain="tags", title=_l("Tag"), find=find, recent=recent),
    Action(title=_l("New tag"), icon="tag", endpoint="tags.new"),
    Exporter(name="tags", domain="tags", file_name="tags.json", write=export_tags, title=_l("Tags with their colours")),
)
