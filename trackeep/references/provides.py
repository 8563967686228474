"""What references offer: a section in every thing's details, and a member of the archive."""

from collections.abc import Iterable

import orjson

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Exporter, ObjectSection
from trackeep.references import queries


def export_lines(actor: Actor) -> Iterable[bytes]:
    return (orjson.dumps(pair, option=orjson.OPT_APPEND_NEWLINE) for pair in queries.exported(actor))


OFFERS = (
    ObjectSection(name="linked", title=_l("Linked"), icon="link", endpoint="references.show", order=10),
    Exporter(
        name="references",
        domain="references",
        file_name="references.jsonl",
        write=export_lines,
        title=_l("Which things are linked with each other, one pair a line"),
    ),
)
