"""What the people of the demonstration did with their library: reading, marking, rules, feeds, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from scripts import demo_content as content
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.articles.findings import FoundArticle
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.errors import ArchiveOff
from trackeep.bookmarks.fetching import PageFound
from trackeep.bookmarks.highlights import Colour, Passage
from trackeep.bookmarks.liveness import Seen, Sight, Target
from trackeep.bookmarks.metadata import Kind, PageMetadata
from trackeep.bookmarks.rules import Actions, Condition, Definition, Field, How, Join
from trackeep.bookmarks.service import RuleDraft
from trackeep.bookmarks.snapshot.budget import Budget
from trackeep.bookmarks.snapshot.page import copy_of
from trackeep.bookmarks.webarchive import Snapshot
from trackeep.core import clock, ext
from trackeep.core.actor import Actor
from trackeep.feeds import service as feeds
from trackeep.feeds.drafts import Subscription
from trackeep.feeds.fetching import Look
from trackeep.feeds.parsing import Entry, ParsedFeed

NEW = timedelta(days=70)
READ_SHARE = 0.4
"""Of what is new; what is older was read, or never meant to be."""
FRACTIONS = (0.64, 0.35, 0.82, 0.18, 0.5)
FEED_LOOK = timedelta(days=5)
MARKED_PAGES, MARKS_A_PAGE = 3, 4
SHORTEST_MARK = 60
LONG = 1_200


@dataclass(frozen=True, slots=True)
class Saved:
    """A bookmark as the demonstration has made it; ``markup`` is its page, where it has an article."""

    id: int
    draft: Draft
    markup: str = ""
    found: FoundArticle | None = None


def read_some(actor: Actor, library: Sequence[Saved], chance: Random) -> None:
    """Some days after it had been saved."""
    for each in library:
        added = each.draft.added_at or clock.now()
        age = clock.now() - added
        if not each.draft.unread or age < timedelta(days=3) or (age < NEW and chance.random() > READ_SHARE):
            continue
        read = added + timedelta(days=chance.random() * min(60, age.days - 1))
        with clock.freeze(read):
            bookmarks.mark_bookmarks(actor, [each.id], Changes(unread=False))


def begin_reading(actor: Actor, library: Sequence[Saved]) -> None:
    """Five articles are open, the first one was left an hour ago."""
    open_ones = [each for each in library if each.found and len(each.found.text) > LONG][: len(FRACTIONS)]
    for place, (each, fraction) in enumerate(zip(open_ones, FRACTIONS, strict=False)):
        with clock.freeze(clock.now() - timedelta(hours=1 + 19 * place)):
            bookmarks.note_progress(actor, each.id, fraction)


def mark_passages(actor: Actor, library: Sequence[Saved]) -> None:
    """Whole sentences, in all colours, some with a note."""
    notes, colours = iter(content.MARGINALIA), list(Colour)
    pages = [(each, _sentences(each.found)) for each in library if each.found]
    pages = [(each, lines) for each, lines in pages if len(lines) >= MARKS_A_PAGE]
    pages = pages[:: len(pages) // MARKED_PAGES][:MARKED_PAGES]
    for number, (each, sentences) in enumerate(pages):
        for place, sentence in enumerate(sentences[:: len(sentences) // MARKS_A_PAGE][:MARKS_A_PAGE]):
            with clock.freeze(clock.now() - timedelta(days=2 + 9 * number, minutes=60 - 7 * place)):
                passage = Passage(quote=sentence, colour=colours[(number + place) % len(colours)], note=next(notes, ""))
                bookmarks.add_highlight(actor, each.id, passage)


def _sentences(found: FoundArticle | None) -> list[str]:
    lines = found.text.split("\n") if found else []
    return [line.split(". ")[0].rstrip(".") + "." for line in lines if ". " in line and len(line) > SHORTEST_MARK]


def make_rules(actor: Actor, space_id: int, collections: Mapping[tuple[str, ...], int]) -> None:
    """Three, of different kinds."""
    soup = (Condition(Field.TITLE, How.CONTAINS, "soup"), Condition(Field.TITLE, How.CONTAINS, "bread"))
    sea = (Condition(Field.SITE, How.EQUALS, content.FEED_SITE), Condition(Field.TITLE, How.CONTAINS, "advert", True))
    talks = (Condition(Field.URL, How.GLOB, "*.example/talks/*"),)
    lighthouses = tuple(number for path, number in collections.items() if path[-1].casefold() == "lighthouses")
    for name, definition in (
        ("Kitchen things", Definition(Join.ANY, soup, Actions(tags=("recipes",), favourite=True))),
        ("", Definition(Join.ALL, sea, Actions(tags=("lighthouses",), collection_ids=lighthouses))),
        ("Talks for later", Definition(Join.ALL, talks, Actions(tags=("talks",), unread=True))),
    ):
        bookmarks.create_rule(actor, space_id, RuleDraft(definition=definition, name=name))


def double_some(actor: Actor, space_id: int, library: Sequence[Saved]) -> None:
    """Two pages were saved again under addresses that look alike, one under an address that names the first."""
    first, second, third = library[3].draft, library[9].draft, library[16].draft
    site = second.url.removeprefix("https://")
    again = ((f"{first.url}/index.html", ""), (f"https://www.{site}", ""), (f"{third.url}?view=print", third.url))
    drafts = [
        Draft(url=url, title=draft.title, added_at=clock.now() - timedelta(days=20 + 11 * place))
        for place, ((url, _canonical), draft) in enumerate(zip(again, (first, second, third), strict=True))
    ]
    ids = bookmarks.save_many(actor, space_id=space_id, drafts=drafts, fetch=False)
    for bookmark_id, draft, (_url, canonical) in zip(ids, drafts, again, strict=True):
        page = PageMetadata(Kind.PAGE, draft.title, "", language="en", canonical_url=canonical)
        bookmarks.store_metadata(bookmark_id, PageFound(page, None, None))


def visit_links(actor: Actor, library: Sequence[Saved]) -> None:
    """Two pages are gone, as was seen on two days, one has moved, and the others are there."""
    bookmarks.plan_links()
    targets = [Target(each.id, each.draft.url) for each in library]
    gone, alive = Seen(Sight.GONE, True, 404, "The page is not there any more."), Seen(Sight.ALIVE, True, 200)
    seen = {target.id: alive for target in targets}
    seen[targets[21].id] = seen[targets[34].id] = gone
    moved = targets[12]
    new = f"https://{moved.host}/archive/{moved.url.rpartition('/')[2]}"
    seen[moved.id] = Seen(Sight.MOVED, True, 301, "", final_url=new, permanent=True)
    for days in (4, 2):
        with clock.freeze(clock.now() - timedelta(days=days)):
            bookmarks.judge_links(targets, seen)
    _keep_archived(actor, library[21])


def _keep_archived(actor: Actor, gone: Saved) -> None:
    """It is found at the archive; where that is switched off nobody asks."""
    taken = (gone.draft.added_at or clock.now()) - timedelta(days=12)
    found = Snapshot(f"https://web.archive.org/web/{taken:%Y%m%d%H%M%S}/{gone.draft.url}", taken)
    try:
        bookmarks.find_archived(actor, gone.id)
    except ArchiveOff:
        return
    bookmarks.note_archived(gone.id, found, source="lookup")


def copy_one(actor: Actor, page: Saved) -> None:
    """The page in one file."""
    copy_id, budget = bookmarks.request_copy(actor, page.id), Budget()
    made = copy_of(page.markup, page.draft.url, budget)
    bookmarks.store_copy(copy_id, key=ext.blobs().put_bytes(made), size=len(made), missing=budget.missing)


def follow_feed(actor: Actor, space_id: int, collection_id: int | None, icon: str) -> None:
    """It was looked at once, some days ago, and is paused, so that nobody visits its address."""
    wanted = Subscription(url=f"https://{content.FEED_SITE}/feed.xml", collection_id=collection_id, tags=("essays",))
    entries = tuple(_entry(place, *entry) for place, entry in enumerate(content.FEED_ENTRIES))
    look = Look(wanted.url, ParsedFeed(content.FEED_TITLE, f"https://{content.FEED_SITE}/", entries))
    with clock.freeze(clock.now() - FEED_LOOK):
        feed_id = feeds.subscribe(actor, space_id, wanted)
        feeds.take_in(feed_id, look)
    feeds.pause_feed(actor, feed_id)
    keys = [bookmarks.page_key(entry.url)[1] for entry in entries]
    for bookmark_id in bookmarks.known_urls(space_id, keys).values():
        page = PageMetadata(Kind.PAGE, "", content.FEED_TITLE, language="en")
        bookmarks.store_metadata(bookmark_id, PageFound(page, icon, None))


def _entry(place: int, title: str, summary: str) -> Entry:
    published: datetime = clock.now() - FEED_LOOK - timedelta(days=1 + 6 * place)
    url = f"https://{content.FEED_SITE}/letters/{len(content.FEED_ENTRIES) - place}"
    return Entry(id=url, url=url, title=title, summary=summary, published=published)
