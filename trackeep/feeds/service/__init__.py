"""The verbs of feeds: the front door for pages, API and jobs."""

from trackeep.feeds.service.checking import (
    Target,
    begin_check,
    enqueue_due,
    note_trouble,
    note_turn,
    prune_entries,
    take_in,
)
from trackeep.feeds.service.outlets import (
    NewOutlet,
    Published,
    create_outlet,
    published,
    revoke_outlet,
)
from trackeep.feeds.service.outlines import (
    Folders,
    discard_outline,
    export_outline,
    forget_outlines,
    open_outline,
    take_outline,
)
from trackeep.feeds.service.subscribing import (
    check_now,
    edit_feed,
    look_ahead,
    pause_feed,
    purge_feeds,
    restore_feeds,
    resume_feed,
    subscribe,
    unsubscribe,
)

__all__ = [
    "Folders",
    "NewOutlet",
    "Published",
    "Target",
    "begin_check",
    "check_now",
    "create_outlet",
    "discard_outline",
    "edit_feed",
    "enqueue_due",
    "export_outline",
    "forget_outlines",
    "look_ahead",
    "note_trouble",
    "note_turn",
    "open_outline",
    "pause_feed",
    "prune_entries",
    "published",
    "purge_feeds",
    "restore_feeds",
    "resume_feed",
    "revoke_outlet",
    "subscribe",
    "take_in",
    "take_outline",
    "unsubscribe",
]
