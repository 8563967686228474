"""Quick add: an address becomes a bookmark."""

import re
from dataclasses import replace

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.errors import AlreadySaved
from trackeep.bookmarks.provides.finding import found
from trackeep.bookmarks.provides.names import DOMAIN_NAME, ICON, KIND
from trackeep.bookmarks.urls import RefusedUrl, clean_url, site_of
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Found, QuickAdd
from trackeep.core.web.chosen_space import target_space

CERTAIN, LIKELY = 1.0, 0.8
BARE_ADDRESS = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)


def looks_like_address(text: str) -> float:
    """Sure for what has a scheme and nothing behind it, likely for a bare host."""
    line = text.strip()
    if not line or any(letter.isspace() for letter in line):
        return 0.0
    if line.lower().startswith(("http://", "https://")):
        return CERTAIN if _is_taken(line) else 0.0
    return LIKELY if BARE_ADDRESS.fullmatch(line) and _is_taken(f"https://{line}") else 0.0


def preview(actor: Actor, text: str) -> str:
    url = clean_url(_address(text))
    there = queries.find_by_url(actor, target_space(actor), url)
    if there is not None:
        return str(_("Already saved: %(title)s", title=there.title or there.url[:200]))
    return str(_("A bookmark of %(site)s", site=site_of(url)))


def add(actor: Actor, space_id: int, text: str) -> Found:
    """The bookmark of this address, also when it was there before."""
    existed = False
    try:
        bookmark_id = service.save_bookmark(actor, space_id=space_id, draft=Draft(url=_address(text)))
    except AlreadySaved as error:
        bookmark_id, existed = int(str(error.extra["existing_id"])), True
    except Invalid as error:
        raise Invalid(fields={"text": error.fields.get("url", [error.detail])}) from error
    return replace(found(queries.hits(actor, [bookmark_id])[bookmark_id]), existed=existed)


def _address(text: str) -> str:
    line = text.strip()
    return line if "://" in line[:12] else f"https://{line}"


def _is_taken(address: str) -> bool:
    try:
        clean_url(address)
    except RefusedUrl:
        return False
    return True


OFFERS = (
    QuickAdd(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Bookmark"),
        icon=ICON,
        matches=looks_like_address,
        preview=preview,
        add=add,
        deed=_l("Save this page"),
    ),
)
