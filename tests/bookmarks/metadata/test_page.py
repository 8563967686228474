"""What pages say about themselves, in all vocabularies, and files that are no pages."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.bookmarks.metadata import Kind, PageMetadata, extract

URL = "https://www.blog.example/posts/first-post?x=1"


def page(markup: str, url: str = URL, content_type: str = "text/html; charset=utf-8") -> PageMetadata:
    return extract(markup.encode(), content_type, url)


def test_a_page_with_everything() -> None:
    found = page("""<!DOCTYPE html><html lang="en-GB" class=x><head><base href="/static/">
      <title>First post &ndash; Blog</title>
      <meta property="og:title" content="First &quot;post&quot;"><meta property="og:site_name" content="The Blog">
      <meta name=description content='Plain words'><meta property="og:description" content="Better words">
      <meta name="author" content="Ada Example">
      <meta property="article:published_time" content="2024-05-06T07:08:09+02:00">
      <meta property="og:image" content="cover.png"><meta name="twitter:image" content="https://cdn.example/other.png">
      <link rel="canonical" href="/posts/first-post"><link rel="shortcut icon" href="/favicon.ico">
      <link rel="icon" type="image/svg+xml" href="icon.svg"><link rel="icon" sizes="16x16 32x32" href="small.png">
      <link rel="icon" sizes="96x96" href="right.png"><link rel="apple-touch-icon" href="apple.png">
      <link rel="icon" href="data:image/png;base64,AAAA"><link rel="stylesheet" href="x.css">
      </head><body><nav>Home About</nav><article><h1>Heading</h1><p>One two three.</p><script>not words</script>
      </article><footer>Imprint</footer></body></html>""")
    assert found == PageMetadata(
        kind=Kind.PAGE,
        title='First "post"',
        site_name="The Blog",
        description="Better words",
        author="Ada Example",
        published=datetime(2024, 5, 6, 5, 8, 9, tzinfo=UTC),
        canonical_url="https://www.blog.example/posts/first-post",
        favicon_urls=(
            "https://www.blog.example/static/right.png",
            "https://www.blog.example/static/apple.png",
            "https://www.blog.example/static/small.png",
            "https://www.blog.example/favicon.ico",
            "https://www.blog.example/static/icon.svg",
        ),
        preview_image_url="https://www.blog.example/static/cover.png",
        language="en-GB",
        word_count=4,
        reading_minutes=1,
    )


def test_a_page_that_says_nothing() -> None:
    assert page("<p>Some words here") == PageMetadata(
        kind=Kind.PAGE,
        title="first-post",
        titled=False,
        site_name="blog.example",
        favicon_urls=("https://www.blog.example/favicon.ico",),
        word_count=3,
        reading_minutes=1,
    )
    assert extract(b"", "text/html", "https://blog.example/").title == "blog.example"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>\n  Two\n lines </title>", "Two lines"),
        ("<title>A &amp; B</title><svg><title>icon</title></svg>", "A & B"),
        ("<!-- <title>no</title> --><title>yes</title>", "yes"),
        ("<script>var x = '<title>no</title>'</script><title>yes</title>", "yes"),
        ("<TITLE DIR=rtl>مرحبا</TITLE>", "مرحبا"),
        ("<title></title><h1>The <em>heading</em></h1> x <h1>Other</h1>", "The heading"),
        ("<meta content='T' property='og:title' /><title>t</title>", "T"),
        ("<meta property=og:title content=''><title>t</title>", "t"),
        ("<meta property='og:title' content='a > b'>", "a > b"),
        ("<title>nul\0 bell\x07</title>", "nul bell"),
        ("<title>" + "t" * 10_000 + "</title>", "t" * 999 + "…"),
        ("<title>never closed", "never closed"),
        ("<meta name='x><title>t</title>", "t"),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert page(head).title == title


@pytest.mark.parametrize(
    "markup",
    [
        '{"@type": "NewsArticle", "headline": "H", "author": {"name": "A"}, '
        '"datePublished": "2024-01-02", "image": "/i.png"}',
        '[{"@type": "WebSite", "name": "W"}, {"@graph": [{"@type": ["Article"], "headline": "H", '
        '"author": [{"name": "A"}], '
        '"datePublished": "2024-01-02T00:00:00Z", "image": [{"url": "/i.png"}]}]}]',
        '{"@type": "WebPage", "mainEntity": {"headline": "H", "author": "A", '
        '"datePublished": "Tue, 02 Jan 2024 00:00:00 GMT", '
        '"image": {"url": "https://www.blog.example/i.png"}}}',
        '{"@type": "Article", "headline": "H\n", "author": "A", '
        '"datePublished": "2024-01-02", "image": ["/i.png", "/j.png"]}',
    ],
)
def test_linked_data(markup: str) -> None:
    found = page(f'<script type="application/ld+json">{markup}</script>')
    assert (found.title, found.author, found.published, found.preview_image_url) == (
        "H",
        "A",
        datetime(2024, 1, 2, tzinfo=UTC),
        "https://www.blog.example/i.png",
    )


@pytest.mark.parametrize(
    "markup",
    ["{", "[" * 100_000, '{"a": ' * 5_000, "1" * 10_000, '"x"', "null", '{"author": 5, "image": [[]], "headline": {}}'],
)
def test_broken_linked_data_is_passed_over(markup: str) -> None:
    found = page(f"<script type='application/ld+json'>{markup}</script><title>t</title>")
    assert (found.title, found.author, found.preview_image_url) == ("t", "", "")


@pytest.mark.parametrize(
    ("meta", "author"),
    [
        (
            '<meta property="article:author" content="https://social.example/ada">'
            '<meta name="twitter:creator" content="@ada">',
            "@ada",
        ),
        ('<meta name="author" content="  Ada\n Example ">', "Ada Example"),
    ],
)
def test_authors(meta: str, author: str) -> None:
    assert page(meta).author == author


@pytest.mark.parametrize("date", ["yesterday", "0001-01-01", "9999-12-31", "", "2024-13-01", "9" * 100])
def test_dates_that_make_no_sense_are_not_taken(date: str) -> None:
    assert page(f'<meta property="article:published_time" content="{date}">').published is None


@pytest.mark.parametrize(
    "reference",
    ["javascript:alert(1)", "data:image/png;base64,AA", "http://[", "file:///x", "x" * 9_000, " "],
)
def test_addresses_that_must_not_be_fetched_are_left_out(reference: str) -> None:
    found = page(
        f'<base href="{reference}"><meta property="og:image" content="{reference}"><link rel="icon" href="{reference}">'
        f'<link rel="canonical" href="{reference}">',
        url="https://a.example/",
    )
    assert (found.preview_image_url, found.canonical_url) == ("", "")
    assert found.favicon_urls == ("https://a.example/favicon.ico",)


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ("<html lang='de'>", "de"),
        ("<html LANG=pt_BR>", "pt-BR"),
        ("<meta property='og:locale' content='fr_FR'>", "fr-FR"),
        ("<html lang='\"><script>'>", ""),
    ],
)
def test_languages(markup: str, language: str) -> None:
    assert page(markup).language == language


@pytest.mark.parametrize(
    ("body", "content_type", "url", "kind", "title"),
    [
        (b"%PDF-1.7 ...", "application/pdf", "https://a.example/My%20paper.pdf", Kind.PDF, "My paper.pdf"),
        (b"%PDF-1.7 ...", "", "https://a.example/d", Kind.PDF, "d"),
        (b"\x89PNG\r\n\x1a\n", "application/octet-stream", "https://a.example/cat.png", Kind.IMAGE, "cat.png"),
        (b"<svg>", "image/svg+xml", "https://a.example/", Kind.IMAGE, "a.example"),
        (b"\n# Read me\nwords", "text/markdown", "https://a.example/README.md", Kind.TEXT, "Read me"),
        (b"", "text/plain", "https://a.example/empty.txt", Kind.TEXT, "empty.txt"),
        (b"{}", "application/json", "https://a.example/data.json", Kind.OTHER, "data.json"),
        (b"\0\1\2", "", "https://a.example/x.bin", Kind.OTHER, "x.bin"),
        (b"\xef\xbb\xbf\n<!doctype HTML><title>t</title>", "", "https://a.example/x", Kind.PAGE, "t"),
    ],
)
def test_what_is_no_page(body: bytes, content_type: str, url: str, kind: Kind, title: str) -> None:
    found = extract(body, content_type, url)
    assert (found.kind, found.title) == (kind, title)
    assert found.preview_image_url == (url if kind is Kind.IMAGE else "")


HOSTILE = {
    "nested": "<div>" * 1_000_000,
    "headings": "<h1>" * 1_250_000,
    "scripts": "<script>x</script>" * 280_000,
    "articles": "<article>" * 550_000,
    "attributes": "<meta " + "x=1 " * 1_250_000 + ">",
    "attribute": "<meta name=description content='" + "x " * 2_500_000 + "'>",
    "open tags": "<meta " * 800_000,
    "open quotes": "<meta a=\"' " * 450_000,
    "open comments": "<!--" * 1_250_000,
    "angles": "<" * 5_000_000,
    "entities": "&#x26" * 1_000_000,
    "words": "a'" * 2_500_000,
    "data": ("<script type=application/ld+json>" + '{"@graph":[' * 20_000 + "</script>") * 20,
    "icons": "<link rel=icon sizes='" + "16x16 " * 15_000 + "' href=x>" * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_that_are_made_to_keep_us_busy(name: str) -> None:
    body = HOSTILE[name].encode()
    with at_most(6):  # quadratic ones took minutes; about one second on a busy machine
        assert extract(body, "text/html", URL).kind is Kind.PAGE


fragments = st.sampled_from(
    [
        *"<meta <link <title> </title> <html <base <h1> <article> </article> <!-- -->".split(),
        *"<script> </script> > ' \" =".split(),
        "name=",
        "property='og:image' ",
        "content=",
        "rel=icon ",
        "href=",
        "type='application/ld+json'>",
        "{",
        "[",
        " ",
    ]
)


@given(st.lists(st.one_of(fragments, st.text(max_size=6)), max_size=40), st.text(max_size=30), st.binary(max_size=50))
def test_nothing_makes_it_fail(pieces: list[str], text: str, junk: bytes) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass") + junk
    for content_type in ("text/html", f"text/html; charset={text}", text, "text/plain"):
        found = extract(body, content_type, URL)
        for address in (*found.favicon_urls, found.canonical_url, found.preview_image_url):
            assert address.startswith(("https://", "http://")) or address == ""
    assert extract(junk, "", text).kind in Kind
