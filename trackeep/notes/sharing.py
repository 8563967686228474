"""Notes as a link shows them: one, or a tree whose pages lead to each other and nowhere else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.i18n import Text
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.markdown import Document, Wikilinks, render_document
from trackeep.core.markdown.headings import heading_id
from trackeep.core.sharing import SharedFile, SharedPage, Visit
from trackeep.notes import queries
from trackeep.notes.queries import Branch, NoteItem
from trackeep.notes.vault import NoteOut, write_vault
from trackeep.notes.vault.names import file_stem
from trackeep.notes.wikilinks import MAX_LINKS, parse

IN_TREE, ON_PAGE = 100, 100


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the shared tree. ``inside`` is what lies below it, as far as the tree is unfolded there."""

    title: str
    url: str
    is_current: bool
    inside: Sequence["Step"]
    has_more: bool


def objection(actor: Actor, note_id: int) -> Text | None:
    note = queries.get_note(actor, note_id)
    if note.encrypted:
        return _l("An encrypted note cannot be shared: only your browser can open it.")
    return _l("A draft cannot be shared: publish it first.") if note.is_draft else None


def show(actor: Actor, visit: Visit) -> SharedPage:
    """Raises NotFound for what the link does not show."""
    note, text = queries.read_note(actor, visit.page_id)
    if note.encrypted or visit.page_id not in _shown(actor, visit, [visit.page_id]):
        raise NotFound()
    document = _rendered(actor, visit, note, text.body)
    inside = _inside(actor, visit, note)
    context = {
        "note_title": note.title,
        "document": document,
        "outline": document.outline[:200],
        "changed_at": note.changed_at,
        "tree": _tree(actor, visit, note) if visit.with_children else None,
        "inside": inside[0],
        "further": inside[1],
    }
    return SharedPage(title=note.title, template="notes/shared.html", context=context)


def file(actor: Actor, visit: Visit) -> SharedFile:
    """The note as Markdown, a tree as a zip file; of tags, days and links it tells nothing."""
    note = queries.get_note(actor, visit.object_id)
    ids = queries.exported_ids(actor, note.space_id, note.id) if visit.with_children else [note.id]
    shown = _shown(actor, visit, ids)
    ids = [each for each in ids if each in shown]
    stem = file_stem(note.title)
    if len(ids) > 1:
        return SharedFile(
            name=f"{stem}.zip", content_type="application/zip", pieces=write_vault(_files(actor, note.id, ids))
        )
    texts = [f"# {each.title}\n\n{each.body}".encode("utf-8", "replace") for each in _files(actor, note.id, ids)]
    return SharedFile(name=f"{stem}.md", content_type="text/markdown; charset=utf-8", pieces=texts)


def _files(actor: Actor, root_id: int, ids: Sequence[int]) -> Iterator[NoteOut]:
    for note, text in queries.exported(actor, ids):
        if not note.encrypted:
            yield NoteOut(
                id=note.id,
                parent_id=None if note.id == root_id else note.parent_id,
                title=note.title,
                body=text.body,
            )


def _shown(actor: Actor, visit: Visit, ids: Sequence[int]) -> set[int]:
    return queries.shared_ids(actor, visit.object_id, ids, with_children=visit.with_children)


def _rendered(actor: Actor, visit: Visit, note: NoteItem, body: str) -> Document:
    """Names of pages of the link lead there; all others are words, whether there is such a note or not."""
    titles = list({link.title for link in parse(body, MAX_LINKS)})
    found = queries.resolve_titles(actor, note.space_id, titles) if titles else {}
    shown = _shown(actor, visit, list(set(found.values()))) if found else set()

    def resolve(title: str, heading: str) -> str | None:
        note_id = found.get(title)
        if note_id not in shown or note_id is None:
            return None
        return visit.address(note_id) + (f"#{heading_id(heading)}" if heading else "")

    return render_document(body, links=Wikilinks(resolve))


def _inside(actor: Actor, visit: Visit, note: NoteItem) -> tuple[Sequence[Step], str]:
    """The pages right below this one, and the address of those that follow."""
    if not visit.with_children:
        return (), ""
    page = queries.list_branches(actor, note.space_id, note.id, cursor=visit.cursor, limit=ON_PAGE)
    steps = [_step(visit, branch) for branch in page.items if _is_open(branch)]
    return steps, f"{visit.address(note.id)}?after={page.next_cursor}" if page.next_cursor else ""


def _tree(actor: Actor, visit: Visit, note: NoteItem) -> Step:
    """From what was shared down to this page: each level on the way with all that stands in it."""
    path = queries.path_to(actor, note.id)
    from_root = path[next(number for number, step in enumerate(path) if step.id == visit.object_id) :]
    ids: list[int | None] = [step.id for step in from_root]
    levels = queries.list_inside(actor, note.space_id, ids, limit=IN_TREE)

    def grown(branch: Branch) -> Step:
        level = levels.get(branch.id)
        inside = [grown(each) for each in level.items if _is_open(each)] if level else []
        return _step(visit, branch, inside, has_more=bool(level and level.next_cursor))

    return grown(from_root[0])


def _step(visit: Visit, branch: Branch, inside: Sequence[Step] = (), *, has_more: bool = False) -> Step:
    return Step(branch.title, visit.address(branch.id), branch.id == visit.page_id, inside, has_more)


def _is_open(branch: Branch) -> bool:
    return not branch.encrypted and not branch.is_template and not branch.is_draft
