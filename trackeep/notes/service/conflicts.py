"""Two people have written at once: the merged text is saved, and what each of them wrote stays a version."""

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import PreconditionRequired
from trackeep.core.objects import expect_version
from trackeep.notes.service.editing import say
from trackeep.notes.service.renaming import Followed
from trackeep.notes.service.rows import Text, checked_body, checked_title, plain
from trackeep.notes.service.versions import add_versions


def settle_conflict(actor: Actor, note_id: int, *, mine: Text, merged: Text, version: int | None) -> Followed:
    """Save what was merged of one's own text and that of ``version``. Both can be found among the versions afterwards.
    Raises Conflict with the merged text when somebody has saved again meanwhile."""
    if version is None:
        raise PreconditionRequired()
    mine, merged = _checked(mine), _checked(merged)
    with db.unit_of_work():
        note = plain(actor, note_id)
        theirs = {"title": note.title, "body": note.body}
        expect_version(note_id, version, yours={"title": merged.title, "body": merged.body}, theirs=theirs)
        if mine not in (merged, note.text):
            add_versions(actor, {note_id: (mine.title, mine.body)}, apart=True)
            if merged == note.text:
                # The newest version is always what the note says.
                add_versions(actor, {note_id: (note.title, note.body)}, apart=True)
        return say(actor, note, merged, apart=True)


def _checked(text: Text) -> Text:
    return Text(checked_title(text.title), checked_body(text.body))
