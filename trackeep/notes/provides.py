"""What notes offer to home, palette, quick add, search, trash and the archive of everything one owns."""

from collections.abc import Iterable, Mapping, Sequence

from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.sharing import Shareable
from trackeep.core.slots import (
    Action,
    Card,
    Exporter,
    FirstStep,
    Found,
    PaletteSource,
    QuickAdd,
    SearchSource,
    TrashBin,
)
from trackeep.core.web.chosen_space import shown_space
from trackeep.notes import exports, queries, service, sharing
from trackeep.notes.drafts import NoteDraft
from trackeep.notes.errors import NoteTooLong
from trackeep.notes.filters import View
from trackeep.notes.queries import NoteHit
from trackeep.notes.texts import title_of, without_heading

DOMAIN_NAME, KIND, ICON = "notes", "note", "notes"
ON_CARD = 6
CERTAIN, LIKELY = 1.0, 0.9


def find(actor: Actor, text: str, limit: int) -> Sequence[Found]:
    return [found(hit) for hit in queries.find_notes(actor, text, limit)]


def recent(actor: Actor, limit: int) -> Sequence[Found]:
    return [found(hit) for hit in queries.newest_notes(actor, View.EVERYTHING, limit)]


def load(actor: Actor, ids: Sequence[int]) -> Mapping[int, Found]:
    return {hit.id: found(hit) for hit in queries.hits(actor, ids).values()}


def found(hit: NoteHit) -> Found:
    return Found(
        title=hit.title,
        url=url_for("notes.detail", note_id=hit.id),
        icon="lock" if hit.encrypted else ICON,
        hint=hit.excerpt[:80],
        object_id=hit.id,
        kind=KIND,
        happened=hit.changed_at,
    )


def looks_like_note(text: str) -> float:
    """Sure for what begins with a heading, likely for several lines; a single line is somebody else's."""
    lines = [line for line in text.strip().split("\n", 3) if line.strip()]
    if not lines:
        return 0.0
    if lines[0].startswith("# ") and lines[0][2:].strip():
        return CERTAIN
    return LIKELY if len(lines) > 1 else 0.0


def preview(_actor: Actor, text: str) -> str:
    return str(_("A note: %(title)s", title=title_of(text)))


def add(actor: Actor, space_id: int, text: str) -> Found:
    title = title_of(text)
    try:
        note_id = service.create_note(actor, space_id, NoteDraft(title=title, body=without_heading(text)))
    except (Invalid, NoteTooLong) as error:
        raise Invalid(fields={"text": [error.detail]}) from error
    return found(queries.hits(actor, [note_id])[note_id])


def pinned(actor: Actor) -> Mapping[str, object] | None:
    return _card(actor, View.PINNED)


def recently_edited(actor: Actor) -> Mapping[str, object] | None:
    return _card(actor, View.NOTES)


def _card(actor: Actor, view: View) -> Mapping[str, object] | None:
    hits = queries.newest_notes(actor, view, ON_CARD, shown_space(actor))
    return {"hits": hits, "base": url_for("notes.index")} if hits else None


def has_notes(actor: Actor) -> bool:
    return bool(queries.newest_notes(actor, View.EVERYTHING, 1))


def export_vault(actor: Actor) -> Iterable[bytes]:
    return exports.vault_file(actor, actor.personal_space_id or 0)


def export_json(actor: Actor) -> Iterable[bytes]:
    return exports.json_lines(actor, actor.personal_space_id or 0)


OFFERS = (
    Action(
        title=_l("Import notes"),
        icon="file-import",
        endpoint="notes.import_page",
        keywords=(_l("Markdown"), _l("upload")),
    ),
    Action(title=_l("Export notes"), icon="file-export", endpoint="notes.export_page", keywords=(_l("download"),)),
    Exporter(
        name="notes",
        domain=DOMAIN_NAME,
        file_name="notes.zip",
        write=export_vault,
        title=_l("Notes as a folder of Markdown"),
    ),
    Exporter(
        name="notes-json",
        domain=DOMAIN_NAME,
        file_name="notes.jsonl",
        write=export_json,
        title=_l("Notes with all their details, one a line"),
    ),
    PaletteSource(kind=KIND, domain=DOMAIN_NAME, title=_l("Note"), find=find, recent=recent),
    SearchSource(kind=KIND, title=_l("Notes"), icon=ICON, load=load, hidden=queries.hidden_ids),
    QuickAdd(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Note"),
        icon=ICON,
        matches=looks_like_note,
        preview=preview,
        add=add,
        deed=_l("Keep this as a note"),
        about=_l("New note about this"),
    ),
    Action(
        title=_l("New note"),
        icon="file-plus",
        endpoint="notes.new",
        keywords=(_l("write"), _l("page"), _l("template")),
    ),
    Shareable(
        kind=KIND,
        domain=DOMAIN_NAME,
        show=sharing.show,
        file=sharing.file,
        objection=sharing.objection,
        children=_l("With the notes below it"),
    ),
    TrashBin(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Notes"),
        icon=ICON,
        titles=queries.trashed_titles,
        restore=service.restore_notes,
        purge=service.purge_notes,
    ),
    FirstStep(
        name="notes",
        title=_l("Write your first note"),
        text=_l("Pages in Markdown that link to each other, or bring the folder of notes that you have."),
        icon=ICON,
        endpoint="notes.new",
        done=has_notes,
        order=30,
    ),
    Card(
        name="notes-pinned",
        title=_l("Pinned notes"),
        template="notes/card.html",
        load=pinned,
        order=18,
        icon="pin",
        endpoint="notes.index",
    ),
    Card(
        name="notes-recent",
        title=_l("Recently edited notes"),
        template="notes/card.html",
        load=recently_edited,
        order=32,
        icon=ICON,
        endpoint="notes.index",
    ),
)
