"""The verbs around the check of links: planning and judging visits, and what a person decides about them."""

from trackeep.bookmarks.service.links.checking import (
    claim_links,
    defer_links,
    judge_links,
    living_links,
    plan_links,
    seconds_to_next_link,
    start_link_checks,
)
from trackeep.bookmarks.service.links.deciding import check_link_now, ignore_links
from trackeep.bookmarks.service.links.moving import take_new_addresses

__all__ = [
    "check_link_now",
    "claim_links",
    "defer_links",
    "ignore_links",
    "judge_links",
    "living_links",
    "plan_links",
    "seconds_to_next_link",
    "start_link_checks",
    "take_new_addresses",
]
