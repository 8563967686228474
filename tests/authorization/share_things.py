"""Alice's links."""

from functools import cached_property

from tests.authorization.note_things import NoteThings
from trackeep.shares import queries
from trackeep.shares import service as shares
from trackeep.shares.drafts import ShareDraft


class ShareThings(NoteThings):
    @cached_property
    def share_id(self) -> int:
        return shares.create_share(self.actor, ShareDraft(object_id=self.note_id, allow_download=True))

    @property
    def share_token(self) -> str:
        return queries.get_share(self.actor, self.share_id).token or ""
