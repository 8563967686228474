"""Import, export, and the part of the archive of everything a person owns."""

from collections.abc import Iterable

import orjson

from trackeep.bookmarks import exports, queries
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.formats.own import places
from trackeep.bookmarks.provides.names import DOMAIN_NAME
from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, Exporter


def export_html(actor: Actor) -> Iterable[bytes]:
    return exports.netscape_file(queries.exported(actor, _personal(actor)), str(_l("Bookmarks")))


def export_json(actor: Actor) -> Iterable[bytes]:
    return exports.json_lines(actor, _personal(actor))


def export_reading(actor: Actor) -> Iterable[bytes]:
    return places.write_lines(queries.exported_progress(actor))


def export_looks(actor: Actor) -> Iterable[bytes]:
    return [orjson.dumps(queries.looks_of(actor), option=orjson.OPT_INDENT_2)]


def _personal(actor: Actor) -> Filters:
    """What a person owns lies in their own space."""
    return Filters(view=View.EVERYTHING, space_id=actor.personal_space_id or 0)


OFFERS = (
    Action(
        title=_l("Import bookmarks"),
        icon="file-import",
        endpoint="bookmarks.import_page",
        keywords=(_l("browser"), _l("upload")),
    ),
    Action(
        title=_l("Export bookmarks"), icon="file-export", endpoint="bookmarks.export_page", keywords=(_l("download"),)
    ),
    Action(title=_l("Rules for bookmarks"), icon="wand", endpoint="bookmarks.list_rules", keywords=(_l("automation"),)),
    Action(
        title=_l("Statistics of bookmarks"),
        icon="chart-bar",
        endpoint="bookmarks.show_statistics",
        keywords=(_l("charts"), _l("numbers")),
    ),
    Exporter(
        name="bookmarks",
        domain=DOMAIN_NAME,
        file_name="bookmarks.html",
        write=export_html,
        title=_l("Bookmarks, as every browser takes them in"),
    ),
    Exporter(
        name="bookmarks-json",
        domain=DOMAIN_NAME,
        file_name="bookmarks.jsonl",
        write=export_json,
        title=_l("Bookmarks with all their details, one a line"),
    ),
    Exporter(
        name="bookmarks-reading",
        domain=DOMAIN_NAME,
        file_name=places.FILE_NAME,
        write=export_reading,
        title=_l("How far you have read, one page a line"),
    ),
    Exporter(
        name="bookmarks-reader",
        domain=DOMAIN_NAME,
        file_name="reader.json",
        write=export_looks,
        title=_l("How you have set the reader"),
    ),
    Action(title=_l("Add bookmark"), icon="plus", endpoint="bookmarks.new", keywords=(_l("save"), _l("link"))),
)
