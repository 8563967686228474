"""Fills an empty instance with an invented library: two people, a space that they share, two years of bookmarks, with
articles, highlights, rules, a feed, and what the checks of links and duplicates would have found; their projects and
tasks, and notes that lead to each other.

Usage: `make demo`, or `.venv/bin/python scripts/demo.py [--anyway]` in the environment of the server. It is the same
library each time and touches no network. It refuses where people are already; `--anyway` adds the two beside them.
"""

import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from scripts import demo_articles as articles
from scripts import demo_content as content
from scripts import demo_habits as habits
from scripts import demo_notes as notes
from scripts import demo_tasks as tasks
from scripts.demo_content import Topic
from scripts.demo_habits import Saved
from scripts.demo_prose import CHINESE_TITLE
from trackeep import create_app
from trackeep.accounts import service as accounts
from trackeep.accounts.service import people
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.fetching import FAVICON_SIDE, PREVIEW_HEIGHT, PREVIEW_WIDTH, PageFound
from trackeep.bookmarks.metadata import Kind, PageMetadata
from trackeep.core import clock, db, ext
from trackeep.core.actor import SYSTEM, Actor, Role
from trackeep.core.errors import TrackeepError
from trackeep.core.passwords import hash_password
from trackeep.spaces import service as spaces

DAYS = 730
NEW_DAYS, OLD_DAYS = 70, 300
WORDS_A_MINUTE = 220
PEOPLE = (("ines", "Ines Marlow", "admin"), ("tomasz", "Tomasz Reed", "user"))
SPACE = "Our house"
PAIRS = ((31, 111, 208), (18, 144, 143), (139, 84, 208), (217, 115, 13), (47, 158, 99), (207, 74, 148), (91, 99, 211))


def main(arguments: Sequence[str]) -> int:
    with create_app().app_context():
        if accounts.is_set_up() and "--anyway" not in arguments:
            return _say("There are people on this instance already. To add the demonstration beside them: --anyway", 1)
        try:
            made = fill(Random(2_026))  # the same library each time
        except TrackeepError as error:
            reasons = [str(line) for lines in error.fields.values() for line in lines]
            return _say(" ".join(reasons) or str(error.detail), 1)
    lines = [f"  {name:8} {password}" for name, password in made]
    return _say("\n".join(["The library is there. Sign in as:", *lines]), 0)


def _say(words: str, code: int) -> int:
    (sys.stderr if code else sys.stdout).write(f"{words}\n")
    return code


def fill(chance: Random) -> list[tuple[str, str]]:
    """Everything in one unit of work: all of it or nothing. Answers names and passwords; those are new each time."""
    with db.unit_of_work():
        made = [_person(*person) for person in PEOPLE]
        ines, tomasz = (_actor(user_id) for user_id, _password in made)
        _habits(ines, ines.personal_space_id or 0, chance)
        _library(tomasz, tomasz.personal_space_id or 0, content.OTHER, chance)
        shared = spaces.create_team(ines, name=SPACE)
        owner = _actor(made[0][0])  # with the role in the new space
        spaces.add_member(owner, shared, user_id=made[1][0], role=Role.MEMBER)
        _library(owner, shared, content.SHARED, chance)
        _work(owner, _actor(made[1][0]), shared)
    return [(name, password) for (name, *_rest), (_user_id, password) in zip(PEOPLE, made, strict=True)]


def _work(ines: Actor, tomasz: Actor, shared: int) -> None:
    """What both have to do and write down, alone and together, and what of it has to do with what."""
    own, his = ines.personal_space_id or 0, tomasz.personal_space_id or 0
    mine = tasks.fill(ines, own, tasks.MINE, tasks.INBOX)
    tasks.add_late(ines, own)
    tasks.fill(tomasz, his, (), tasks.HIS)
    ours = tasks.fill(ines, shared, tasks.SHARED)
    tasks.talk(ines, tomasz, ours)
    written = notes.fill(ines, own, notes.MINE)
    notes.add_habits(ines, own, written)
    notes.fill(tomasz, his, notes.HIS)
    together = notes.fill(ines, shared, notes.SHARED)
    notes.link_some(
        ines,
        (
            (mine["Ask three movers for a price"], written["Moving day"], "The list of large things is there"),
            (mine["Draft the essay on slow software"], written["Slow software"], ""),
            (ours["Bleed the radiators"], together["Heating"], "Which valve, and which way"),
        ),
    )


def _person(username: str, name: str, role: str) -> tuple[int, str]:
    password = "-".join(secrets.token_hex(2) for _part in range(4))
    person = accounts.NewPerson(username=username, email=f"{username}@example.org", name=name, password=password)
    return people.create(SYSTEM, person, hash_password(password), role=role, confirmed=True), password


def _actor(user_id: int) -> Actor:
    roles = dict(spaces.roles_of(user_id))
    return Actor(user_id=user_id, roles=roles, personal_space_id=spaces.personal_space_of(user_id))


def _habits(actor: Actor, space_id: int, chance: Random) -> None:
    """The library of somebody who uses everything."""
    library = _library(actor, space_id, content.PERSONAL, chance)
    paths = dict(bookmarks.known_paths(actor, space_id))
    readable = [each for each in library if each.found]
    habits.begin_reading(actor, readable)
    habits.mark_passages(actor, readable)
    habits.make_rules(actor, space_id, paths)
    habits.double_some(actor, space_id, library)
    habits.visit_links(actor, library)
    habits.copy_one(actor, readable[2])
    habits.follow_feed(actor, space_id, paths.get(("reading",)), _icon(content.FEED_SITE))


def _library(actor: Actor, space_id: int, topics: Sequence[Topic], chance: Random) -> list[Saved]:
    paths: dict[tuple[str, ...], int] = {}
    pages = [(topic, *pair) for topic in topics for pair in _pages(actor, space_id, topic, paths, chance)]
    drafts = [draft for _topic, draft, _page in pages]
    icons: dict[str, str] = {}
    library = []
    ids = bookmarks.save_many(actor, space_id=space_id, drafts=drafts, fetch=False)
    for bookmark_id, (topic, draft, page) in zip(ids, pages, strict=True):
        if page.site_name not in icons:
            icons[page.site_name] = _icon(page.site_name)
        preview = _preview(page.title, page.site_name) if chance.random() < 0.7 else None
        has_article = chance.random() < articles.SHARE or page.language != "en"
        library.append(_stored(bookmark_id, topic, draft, PageFound(page, icons[page.site_name], preview), has_article))
    habits.read_some(actor, library, chance)
    return library


def _stored(bookmark_id: int, topic: Topic, draft: Draft, page: PageFound, has_article: bool) -> Saved:
    if not has_article:
        bookmarks.store_metadata(bookmark_id, page)
        return Saved(bookmark_id, draft)
    markup = articles.page_of(draft.title, draft.description, topic.path, draft.url)
    source = articles.source_of(markup, draft.url)
    bookmarks.store_metadata(bookmark_id, replace(page, source=source))
    return Saved(bookmark_id, draft, markup, articles.store(bookmark_id, markup, source))


def _pages(
    actor: Actor, space_id: int, topic: Topic, paths: dict[tuple[str, ...], int], chance: Random
) -> Iterator[tuple[Draft, PageMetadata]]:
    """What is saved of a topic, and what the fetch of each page would have found."""
    collection = bookmarks.ensure_path(actor, space_id, topic.path, paths)
    for title, description in topic.pages:
        age = int(DAYS * chance.random() ** 2)
        site, words = chance.choice(topic.sites), chance.randint(350, 4_200)
        added = clock.now() - timedelta(days=age, minutes=chance.randint(0, 900))
        draft = Draft(
            url=f"https://{site}/{'-'.join(_letters(title).split())}",
            title=title,
            description=description,
            notes=chance.choice(content.NOTES) if chance.random() < 0.15 else "",
            tags=sorted(chance.sample(topic.tags, chance.randint(1, 2))),
            collection_ids=[collection] if collection and chance.random() < 0.8 else [],
            unread=age < NEW_DAYS or chance.random() < 0.8,
            favourite=chance.random() < 0.15,
            archived=age > OLD_DAYS and chance.random() < 0.35,
            added_at=added,
        )
        minutes = max(1, words // WORDS_A_MINUTE)
        yield (
            draft,
            PageMetadata(
                Kind.PAGE,
                title=title,
                site_name=site,
                language="zh" if title == CHINESE_TITLE else "en",
                word_count=words,
                reading_minutes=minutes,
            ),
        )


def _letters(title: str) -> str:
    return "".join(letter for letter in title.lower() if letter.isalnum() or letter in " -")


def _icon(site: str) -> str:
    colour = _colour(site)
    picture = Image.new("RGBA", (FAVICON_SIDE, FAVICON_SIDE))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, FAVICON_SIDE - 1, FAVICON_SIDE - 1), FAVICON_SIDE // 4, fill=colour)
    kind = sum(site.encode()) % 3
    inner = (FAVICON_SIDE * 0.28, FAVICON_SIDE * 0.28, FAVICON_SIDE * 0.72, FAVICON_SIDE * 0.72)
    if kind == 0:
        draw.ellipse(inner, fill="white")
    elif kind == 1:
        draw.rectangle(inner, fill="white")
    else:
        draw.regular_polygon((FAVICON_SIDE / 2, FAVICON_SIDE / 2, FAVICON_SIDE * 0.3), 3, fill="white")
    return _kept(picture)


def _preview(title: str, site: str) -> str:
    """A calm picture of the site's colour: a sky, a disc and hills that the title decides."""
    red, green, blue = _colour(site)
    shape = Random(title)  # of the title, so that it is the same each time
    picture = Image.new("RGB", (PREVIEW_WIDTH, PREVIEW_HEIGHT), (red // 4 + 178, green // 4 + 178, blue // 4 + 178))
    draw = ImageDraw.Draw(picture)
    x, y, size = shape.randint(80, 560), shape.randint(60, 170), shape.randint(30, 90)
    draw.ellipse((x - size, y - size, x + size, y + size), fill=(255, 255, 255))
    for layer in range(3):
        share = 0.35 + 0.3 * layer
        colour = tuple(int(215 - (215 - part) * share) for part in (red, green, blue))
        edge = [(step * 80, 190 + layer * 50 + shape.randint(-40, 40)) for step in range(9)]
        draw.polygon([(0, PREVIEW_HEIGHT), *edge, (PREVIEW_WIDTH, PREVIEW_HEIGHT)], fill=colour)
    return _kept(picture)


def _colour(site: str) -> tuple[int, int, int]:
    return PAIRS[sum(site.encode()) % len(PAIRS)]


def _kept(picture: Image.Image) -> str:
    data = BytesIO()
    picture.save(data, "WEBP", quality=80)
    return ext.blobs().put_bytes(data.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
