"""Writes the articles of the demonstration: pages as their sites would send them, looked through as a real one is."""

from collections.abc import Iterator
from html import escape
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from scripts import demo_prose as prose
from scripts.demo_prose import Prose
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.articles.extraction import extract
from trackeep.bookmarks.articles.findings import FoundArticle, read_findings
from trackeep.bookmarks.articles.pictures import KeptPicture
from trackeep.bookmarks.articles.sources import PageSource, pack
from trackeep.core import ext

FEWEST, MOST = 4, 14
SHARE, ILLUSTRATED = 0.67, 0.3
PICTURE = (1_200, 640)


def page_of(title: str, description: str, path: tuple[str, ...], url: str) -> str:
    """The page's HTML; the same for the same title."""
    shape = Random(title)
    if title == prose.CHINESE_TITLE:
        return _page(title, "zh", [f"<p>{each}</p>" for each in prose.CHINESE])
    picture = f'<figure><img src="{url}/picture.png" alt="{escape(title)}"></figure>'
    body = [f"<p>{escape(description)}</p>", *_body(prose.BY_PATH[path], shape)]
    if shape.random() < ILLUSTRATED:
        body.insert(1, picture)
    return _page(title, "en", body)


def source_of(markup: str, url: str) -> PageSource:
    return PageSource(ext.blobs().put_bytes(pack(markup.encode())), url, "text/html; charset=utf-8")


def store(bookmark_id: int, markup: str, source: PageSource) -> FoundArticle:
    """What the jobs would do: find the article in the page, keep it, and keep its pictures."""
    found = read_findings(extract(markup, source.url, False))
    bookmarks.store_article(bookmark_id, source, found)
    urls = bookmarks.missing_pictures(bookmark_id)
    if urls:
        bookmarks.store_pictures(bookmark_id, urls, {number: _drawn(url) for number, url in urls.items()})
    return found


def _page(title: str, language: str, body: list[str]) -> str:
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    article = f"<article><h1>{escape(title)}</h1>{''.join(body)}</article>"
    return f'<!DOCTYPE html><html lang="{language}">{head}<body>{article}</body></html>'


def _body(bank: Prose, shape: Random) -> Iterator[str]:
    """Some of the paragraphs, with a heading every few, a list, a quote, and now and then the extra."""
    number = min(shape.randint(FEWEST, MOST) - 1, len(bank.paragraphs))
    sample = shape.sample(bank.paragraphs, number)
    chosen = [each for each in bank.paragraphs if each in sample]
    headings = iter(shape.sample(bank.headings, len(bank.headings)))
    list_after, quote_after = shape.randrange(number), shape.randrange(number)
    for place, text in enumerate(chosen):
        if place % 3 == 1:
            yield f"<h2>{next(headings)}</h2>"
        yield f"<p>{escape(text, quote=False)}</p>"
        if place == list_after:
            yield "<ul>" + "".join(f"<li>{point}</li>" for point in bank.points) + "</ul>"
        if place == quote_after:
            yield f"<blockquote><p>{shape.choice(bank.quotes)}</p></blockquote>"
    if bank.extra and shape.random() < ILLUSTRATED:
        yield bank.extra


def _drawn(url: str) -> KeptPicture:
    """A plain at evening: bands of colour, a sun, and hills one behind the other."""
    shape, (width, height) = Random(url), PICTURE
    warm, cold = shape.randint(190, 235), shape.randint(120, 190)
    picture = Image.new("RGB", PICTURE)
    draw = ImageDraw.Draw(picture)
    for row in range(height):
        share = row / height
        draw.line(
            (0, row, width, row), (int(cold + (warm - cold) * share), int(150 + 50 * share), 205 - int(40 * share))
        )
    x, y, size = shape.randint(200, 1_000), shape.randint(120, 300), shape.randint(40, 90)
    draw.ellipse((x - size, y - size, x + size, y + size), fill=(252, 240, 214))
    for layer in range(4):
        shade = 150 - layer * 32
        line = [(step * 100, 340 + layer * 75 + shape.randint(-45, 45)) for step in range(13)]
        draw.polygon([(0, height), *line, (width, height)], fill=(shade // 2 + 20, shade * 2 // 3 + 10, shade))
    data = BytesIO()
    picture.save(data, "WEBP", quality=80)
    return KeptPicture(ext.blobs().put_bytes(data.getvalue()), width, height)
