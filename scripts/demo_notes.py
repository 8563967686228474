"""What the people of the demonstration wrote down: notes that name each other, a template, a day."""

from collections.abc import Mapping, Sequence

from trackeep.core.actor import Actor
from trackeep.notes import service as notes
from trackeep.notes.drafts import NoteDraft
from trackeep.references import service as references

Page = tuple[str, str, str]
"""Title, the title of the note above it or nothing, and the text."""

MINE: Sequence[Page] = (
    (
        "Studio",
        "",
        "All about the move from the old rooms. The plan is in [[Moving day]], what things weigh in [[Inventory]].\n\n"
        "## Rooms\n\n| room | m² | light |\n|---|---|---|\n| front | 22 | north |\n| back | 14 | a skylight |\n\n"
        "> Leave one wall empty until spring.\n\n#studio",
    ),
    (
        "Moving day",
        "Studio",
        "## Morning\n\n- [ ] Keys from the landlord\n- [ ] Coffee for everybody\n- [x] Ask Tomasz for his van\n\n"
        "## Afternoon\n\n- [ ] The piano, before anything else ([[Inventory]])\n- [ ] Lamps\n\nSee also [[Studio]].",
    ),
    (
        "Inventory",
        "Studio",
        "1. The piano, 240 kg\n2. Nineteen boxes of books\n3. Two tables, one of them [[Tomasz|Tomasz']]\n"
        "4. A loom that nobody can take apart",
    ),
    (
        "Slow software",
        "",
        "Notes for the essay. A program that does less, later, can serve people better.\n\n## Claims\n\n"
        "- Undo is kinder than a question ([[Undo]])\n- Files outlive their programs\n- Waiting is a part of it\n\n"
        "```python\ndef later(deed):\n    return lambda: deed()\n```\n\n"
        "Still to be read: [[The shape of errors]]. #essays",
    ),
    (
        "Undo",
        "Slow software",
        "Undo is a promise: what can be taken back may be tried.\n\nBelongs to [[Slow software]].",
    ),
    (
        "Garlic",
        "",
        "Planted on the second Sunday of November, forty cloves, two rows. Water little.\n\n- Hardneck at the wall\n"
        "- Softneck beside the path\n\n#garden",
    ),
    (
        "Tomasz",
        "",
        "Likes: rye bread, ferries, being asked early. Has a van on Saturdays.\n\nFirst met at the [[Studio]].",
    ),
)
TEMPLATE = ("Meeting", "## Who\n\n## What was said\n\n## What follows\n\n- [ ] \n")
SHARED: Sequence[Page] = (
    (
        "House rules",
        "",
        "1. Whoever sees the bin full takes it out.\n2. Music until ten.\n"
        "3. What is written in [[Shopping]] gets bought.\n",
    ),
    (
        "Shopping",
        "",
        "Standing list. The rest is in the project Groceries.\n\n- [ ] Coffee\n- [x] Olive oil\n- [ ] Rice\n",
    ),
    (
        "Heating",
        "House rules",
        "The valve in the hall turns **left**. Service: see [[House rules]], last page of the lease.",
    ),
)
HIS: Sequence[Page] = (
    (
        "Ferry to the islands",
        "",
        "Boats leave at 7:10 and 15:40. Bikes are free on weekdays.\n\nPack: [[Packing list]]. #travel",
    ),
    ("Packing list", "", "- [ ] Rain jacket\n- [ ] Small pump\n- [ ] Book\n- [x] Map"),
)


def fill(actor: Actor, space_id: int, pages: Sequence[Page]) -> Mapping[str, int]:
    """The ids of the notes by their titles."""
    made: dict[str, int] = {}
    for title, above, body in pages:
        draft = NoteDraft(title=title, body=body, parent_id=made.get(above))
        made[title] = notes.create_note(actor, space_id, draft)
    return made


def add_habits(actor: Actor, space_id: int, written: Mapping[str, int]) -> None:
    """A pinned note, a template, and the note of today."""
    notes.mark_notes(actor, [written["Studio"]], pinned=True)
    title, body = TEMPLATE
    notes.create_note(actor, space_id, NoteDraft(title=title, body=body, is_template=True))
    notes.daily_note(actor, space_id)


def link_some(actor: Actor, pairs: Sequence[tuple[int, int, str]]) -> None:
    for source_id, target_id, why in pairs:
        references.link(actor, source_id, target_id, note=why)
