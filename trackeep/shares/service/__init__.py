"""The verbs of shares: make, change and revoke links; follow one."""

from trackeep.shares.service.keeping import forget_revoked, reseal_tokens
from trackeep.shares.service.making import MAX_OWN, MAX_PER_OBJECT, change_share, create_share, revoke_share
from trackeep.shares.service.visiting import Followed, follow, is_unlocked, note_download, note_view, unlock

__all__ = [
    "MAX_OWN",
    "MAX_PER_OBJECT",
    "Followed",
    "change_share",
    "create_share",
    "follow",
    "forget_revoked",
    "is_unlocked",
    "note_download",
    "note_view",
    "reseal_tokens",
    "revoke_share",
    "unlock",
]
