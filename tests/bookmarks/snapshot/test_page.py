"""The copy of a page: what is inside afterwards, what is gone, and what hostile pages cost."""

import re
import time
from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from lxml import html

from tests.effort import at_most
from trackeep.bookmarks import snapshot
from trackeep.bookmarks.snapshot import budget as budgets
from trackeep.bookmarks.snapshot import cleaning
from trackeep.bookmarks.snapshot.budget import Budget
from trackeep.bookmarks.snapshot.page import copy_of
from trackeep.core import ext
from trackeep.core.fetch import FetchDouble, Fetched, FetchRefused

URL = "https://example.org/blog/page"
GIF = b"GIF89a\x01\x00\x01\x00\x00\xff\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;"
PAGE = """<!doctype html><html lang=en><head><title>Ä page</title><base href="/blog/">
<link rel=stylesheet href="/site.css" media="screen"><link rel=icon href="/icon.png"><link rel=preload href=x as=font>
<meta http-equiv=refresh content="0;url=https://elsewhere.example/">
<style>@import url(more.css); b { color: red }</style>
<script>alert(1)</script></head><body onload="alert(2)" background="/bg.gif">
<img src="pic.gif" srcset="big.gif 2x" onerror="alert(3)">
<picture><source srcset="big.webp"><img src="/div.gif"></picture>
<img data-src="/lazy.gif" src="data:image/gif;base64,AAAA">
<a href="next" target=_blank ping="/ping" onclick="alert(4)">next</a><a href="javascript:alert(5)">run</a>
<form action="/send" method=post><input type=image src="/button.gif" formaction="javascript:alert(6)"></form>
<iframe src="https://elsewhere.example/" srcdoc="<script>alert(7)</script>"></iframe>
<object data="x.swf"></object><embed src="x.swf"><noscript><img src="/no.gif"></noscript>
<svg><script>alert(8)</script><a xlink:href="javascript:alert(9)"><text>x</text></a><image href="/vector.gif"/>
<animate attributeName=href to="javascript:alert(10)"/><use href="#shape"/>
<style><img src=x onerror=alert(11)></style></svg>
<div style="background:url('/div.gif')">text</div><video poster="/poster.gif" src="/film.mp4" autoplay></video>
<p>Words&nbsp;that stay.</p></body></html>"""


def picture(url: str) -> Fetched:
    return Fetched(url, 200, {}, "image/gif", None, GIF)


@pytest.fixture
def web(app: APIFlask) -> Iterator[FetchDouble]:
    before, double = ext.fetcher(), FetchDouble()
    double.page(URL, PAGE)
    double.page(
        "https://example.org/site.css",
        "body{background:url(img/s.gif)} @font-face{src:url(f.woff2)}",
        content_type="text/css",
    )
    double.page(
        "https://example.org/blog/more.css", "i{color:blue}</style><script>alert(12)</script>", content_type="text/css"
    )
    for name in ("bg", "lazy", "button", "no", "vector", "div", "poster", "img/s", "blog/pic"):
        double.answers[f"https://example.org/{name}.gif"] = picture(f"https://example.org/{name}.gif")
    font = "https://example.org/f.woff2"
    double.answers[font] = Fetched(font, 200, {}, "application/octet-stream", None, b"wOF2rest")
    ext.fetcher.bind(double)
    yield double
    ext.fetcher.bind(before)


def test_everything_that_is_shown_is_inside(web: FetchDouble) -> None:
    taken = snapshot.take(URL)
    text = taken.content.decode()
    assert text.count("data:image/gif;base64,R0lG") == 10
    assert "data:font/woff2;base64," in text
    assert "color:blue" in text and "color: red" in text
    assert "Ä page" in text and "that stay." in text
    assert (taken.resources, taken.missing) == (12, 0)


def test_nothing_acts_or_leads_elsewhere_by_itself(web: FetchDouble) -> None:
    text = snapshot.take(URL).content.decode()
    assert "alert(" not in re.sub(r"\\3c .*?alert\(\d+\)", "", text).replace("<\\/", "")
    tree = html.fromstring(text)
    for tag in ("source", "script", "iframe", "object", "embed", "base", "link", "noscript", "animate"):
        assert not list(tree.iter(tag)), tag
    metas = [dict(meta.attrib) for meta in tree.iter("meta") if "http-equiv" in meta.attrib]
    assert [meta["http-equiv"] for meta in metas] == ["Content-Security-Policy"]
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (element.tag, name)
            assert "javascript:" not in value.lower()
            if name in ("src", "poster", "background") or "href" in name:
                assert value.startswith(("data:", "#", "https://example.org/blog/next")), (element.tag, name, value)
    assert "action" not in next(iter(tree.iter("form"))).attrib
    outside = [address for address in re.findall(r"https?://[^\s\"'<>)]+", text) if "w3.org" not in address]
    assert set(outside) == {"https://example.org/blog/next"}


def test_a_copy_has_limits(web: FetchDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f'<img src="/many/{number}.gif">' for number in range(300))
    for number in range(300):
        web.answers[f"https://example.org/many/{number}.gif"] = picture(f"https://example.org/many/{number}.gif")
    few = Budget()
    copy_of(many, URL, few)
    assert (few.kept, few.missing) == (budgets.MAX_RESOURCES, 200)
    assert len([asked for asked in web.asked if "/many/" in asked.url]) == budgets.MAX_RESOURCES

    small = Budget(bytes_left=len(GIF) * 2)
    copy_of(many, URL, small)
    assert small.kept == 2
    late = Budget(ends=time.monotonic() - 1)
    copy_of(many, URL, late)
    assert late.kept == 0


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 10_000 + "x",
        "<b><i>" * 50_000,
        "<svg><g>" * 8_000,
        "<p>x" * 300_000,
        "<p " + " ".join(f"on{number}=x" for number in range(200_000)) + ">deep",
    ],
)
def test_a_maze_is_refused_quickly(markup: str) -> None:
    with at_most(8), pytest.raises(FetchRefused):
        copy_of(markup, URL, Budget())


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 1_400 + "deep" + "</div>" * 1_400,
        "<p>" + "word " * 900_000,
        "<a " + "x" * 4_000_000 + ">deep</a>",
        "<style>" + "url(" * 400_000 + "</style>deep",
        "<style>" + "/*" * 800_000 + "</style>deep",
        "<style>" + "@import '" * 200_000 + "</style>deep",
        "<p style='" + "url(a) " * 300_000 + "'>deep",
        "<!--" * 500_000 + "-->deep",
        "<p " + " ".join(f"on{number}=x" for number in range(4_000)) + ">deep",
        "<" * 2_000_000,
        '<p "=x \x00y=1 =<>&#0;&#xffff; xml:lang=a xmlns:x=y x:y=z data-\u2028=1>deep',
        "<table><form><b><td></form></b><p><select><svg><table>deep",
        "<?xml version='1.0' encoding='utf-16'?><html><body>deep",
        "\ud800 deep",
    ],
    ids=range(14),
)
def test_odd_and_large_pages_end_soon(app: APIFlask, markup: str) -> None:
    before = ext.fetcher()
    ext.fetcher.bind(FetchDouble())
    try:
        with at_most(8):
            content = copy_of(f"<body>{markup}<p>end</p>", URL, Budget())
        assert len(content) < 20_000_000
    finally:
        ext.fetcher.bind(before)


def test_what_is_no_page_is_refused_in_words(web: FetchDouble) -> None:
    web.answers["https://example.org/book.pdf"] = Fetched("https://example.org/book.pdf", 200, {}, "application/pdf")
    with pytest.raises(FetchRefused, match="file and not a page"):
        snapshot.take("https://example.org/book.pdf")
    with pytest.raises(FetchRefused, match="password"):
        snapshot.take("https://me:secret@example.org/")


def picture_of(url: str, size: int) -> Fetched:
    return Fetched(url, 200, {}, "image/gif", None, GIF.ljust(size, b"x"))


@pytest.mark.parametrize(
    "markup",
    [
        "<img src=/large.gif>" * 400,
        "<style>" + "a{b:url(/large.gif)}" * 400 + "</style>",
        "<p style='background:url(/large.gif)'>" * 400,
        "<table background=/large.gif></table>" * 400,
    ],
    ids=["img", "style", "attribute", "background"],
)
def test_a_picture_that_is_shown_often_takes_its_room_each_time(web: FetchDouble, markup: str) -> None:
    web.answers["https://example.org/large.gif"] = picture_of("https://example.org/large.gif", 200_000)
    budget = Budget(room=3_000_000)

    content = copy_of(markup, URL, budget)

    assert 2_000_000 < len(content) < 3_100_000
    assert content.count(b"data:image/gif;base64,") == 11
    assert (budget.kept, budget.missing) == (1, 389)
    assert len(web.asked) == 1


def test_a_sheet_that_is_put_in_often_takes_its_room_each_time(web: FetchDouble) -> None:
    web.page("https://example.org/large.css", "i{color:blue}" * 10_000, content_type="text/css")
    budget = Budget(room=1_000_000)

    content = copy_of("<style>" + "@import '/large.css';" * 1_000 + "</style><p>end", URL, budget)

    assert content.count(b"color:blue") == 70_000
    assert budget.kept == 7
    assert budget.missing == 993


def test_the_base_of_many_links_does_not_fill_the_copy(web: FetchDouble) -> None:
    links = "<a href=x></a>" * 5_000
    budget = Budget(room=100_000)

    content = copy_of(f"<base href='https://example.org/{'a' * 3_000}/'>{links}<p>end", URL, budget)
    longest = copy_of(f"<base href='https://example.org/{'a' * 1_000_000}/'>{links}<p>end", URL, Budget())

    assert content.count(b"href=") == 33
    assert longest.count(b'href="https://example.org/blog/x"') == 5_000


def test_a_page_keeps_the_pictures_that_it_holds_itself(web: FetchDouble) -> None:
    own = "data:image/gif;base64," + "A" * 100_000
    budget = Budget(room=10)

    content = copy_of(f"<img src='{own}'><p style='background:url({own})'><table background='{own}'>", URL, budget)

    assert content.count(own.encode()) == 3


@pytest.mark.parametrize(
    "unit",
    [
        "<script></script>",
        "<noscript></noscript>",
        "<iframe></iframe>",
        "<link>",
        "<embed></embed>",
        "<source></source>",
        "<base>",
        "<meta>",
        "<!---->",
        "<?x>",
    ],
)
def test_text_between_many_removed_elements_is_kept_in_linear_time(app: APIFlask, unit: str) -> None:
    before = ext.fetcher()
    ext.fetcher.bind(FetchDouble())
    try:
        with at_most(8):
            content = copy_of(f"<body><div>{(unit + 'text between them all') * 60_000}", URL, Budget())
        assert content.count(b"text between them all") == 60_000
    finally:
        ext.fetcher.bind(before)


def test_what_takes_too_long_is_given_up(web: FetchDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "WORK_SECONDS", -1.0)
    with pytest.raises(FetchRefused, match="too long"):
        copy_of("<p>words</p>" * 10, URL, Budget(ends=time.monotonic() - 1))


def test_a_sheet_stands_where_its_link_stood(web: FetchDouble) -> None:
    markup = "<p>before<link rel=stylesheet href=/site.css media=print>behind<link rel=icon href=/icon.png>end"

    tree = html.fromstring(copy_of(markup, URL, Budget()))

    (style,) = tree.iter("style")
    assert dict(style.attrib) == {"media": "print"}
    assert style.tail == "behindend"
    assert "font-face" in style.text
