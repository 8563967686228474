"""Shapes of feeds, their entries, feeds out and lists that are brought, for API and pages."""

from trackeep.feeds.schemas.feeds import (
    EntriesOut,
    EntryOut,
    FeedIn,
    FeedOut,
    FeedPatch,
    FeedPreviewOut,
    FeedsOut,
    FeedsQuery,
    FoundFeedOut,
    PageQuery,
    PreviewIn,
)
from trackeep.feeds.schemas.outlets import NewOutletOut, OutletIn, OutletOut, OutletsOut
from trackeep.feeds.schemas.outlines import OutlineFileIn, OutlineOut, OutlineRowOut, TakeIn

__all__ = [
    "EntriesOut",
    "EntryOut",
    "FeedIn",
    "FeedOut",
    "FeedPatch",
    "FeedPreviewOut",
    "FeedsOut",
    "FeedsQuery",
    "FoundFeedOut",
    "NewOutletOut",
    "OutletIn",
    "OutletOut",
    "OutletsOut",
    "OutlineFileIn",
    "OutlineOut",
    "OutlineRowOut",
    "PageQuery",
    "PreviewIn",
    "TakeIn",
]
