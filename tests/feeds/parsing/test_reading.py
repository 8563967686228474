"""Every kind of feed in one shape, and every kind of nonsense without harm."""

from datetime import UTC, datetime

import pytest

from tests.effort import at_most
from tests.feeds.samples import ATOM, BOMB, JSON, PAGE, item, rss
from trackeep.feeds.parsing import ParsedFeed, Problem, Unreadable, feed_links, read_feed
from trackeep.feeds.parsing.charset import text_of

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
BASE = "https://example.org/feed.xml"


def read(text: str | bytes, charset: str | None = None) -> ParsedFeed:
    return read_feed(text if isinstance(text, bytes) else text.encode(), charset=charset, url=BASE, now=NOW)


def test_rss() -> None:
    feed = read(rss([item(1, at=datetime(2026, 11, 20, 8, 30, tzinfo=UTC))]))
    (entry,) = feed.entries
    assert (feed.title, feed.site_url) == ("A journal", "https://example.org/")
    assert (entry.id, entry.url, entry.title, entry.summary) == (
        "id-1",
        "https://example.org/entries/1",
        "Entry 1",
        "About 1",
    )
    assert entry.published == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def test_atom_with_relative_links() -> None:
    feed = read(ATOM)
    first, second = feed.entries
    assert (feed.title, feed.site_url) == ("Slow & steady", "https://example.org/blog/")
    assert (first.url, first.author, first.summary) == ("https://example.org/blog/first", "Somebody", "One & two")
    assert first.published == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert second.published == datetime(2026, 11, 18, 8, tzinfo=UTC)


def test_json_feed() -> None:
    feed = read(JSON)
    seven, eight = feed.entries
    assert (seven.id, seven.url, seven.author, seven.summary) == ("7", "https://example.org/seven", "Somebody", "Words")
    assert (eight.id, eight.url, eight.title) == ("8", "", "No title and no address")


def test_rss_1_with_rdf() -> None:
    feed = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title><link>https://example.org/</link>'
        '</channel><item rdf:about="https://example.org/a"><title>A</title><link>https://example.org/a</link>'
        "<dc:date>2026-11-01T00:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert [(each.url, each.published) for each in feed.entries] == [
        ("https://example.org/a", datetime(2026, 11, 1, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (rss([item(1, title="Grüße")]).encode(), None),
        (rss([item(1, title="Grüße")]).encode("utf-16"), None),
        (b"\xef\xbb\xbf" + rss([item(1, title="Grüße")]).encode(), "iso-8859-1"),
        (rss([item(1, title="Grüße")]).replace("utf-8", "iso-8859-1").encode("iso-8859-1"), None),
        (rss([item(1, title="Grüße")]).replace(' encoding="utf-8"', "").encode("windows-1252"), "windows-1252"),
        (rss([item(1, title="Grüße")]).encode("windows-1252"), None),
        (rss([item(1, title="Grüße")]).replace("utf-8", "punycode").encode(), "idna"),
        (rss([item(1, title="Grüße")]).replace("utf-8", "unicode:escape").encode(), "utf7"),
    ],
)
def test_encodings(body: bytes, charset: str | None) -> None:
    assert read(body, charset).entries[0].title == "Grüße"


@pytest.mark.parametrize("label", ["punycode:", ":punycode", "unicode:escape", "idna:", "utf7", "UTF.7"])
def test_no_file_chooses_a_codec_that_is_no_character_set(label: str) -> None:
    body = f'<?xml version="1.0" encoding="{label}"?><rss>é\\x41+AGE-</rss>'.encode()
    assert text_of(body, label) == body.decode()
    assert text_of(body[body.index(b"<rss") :], label) == "<rss>é\\x41+AGE-</rss>"


@pytest.mark.parametrize("label", ["punycode:", ":punycode", "idna:"])
def test_a_long_file_in_no_character_set_is_read_at_once(label: str) -> None:
    with at_most(2):
        text_of(f'<?xml version="1.0" encoding="{label}"?><rss>-'.encode() + b"b" * 400_000, label)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        (" \n ", Problem.EMPTY),
        (BOMB, Problem.ENTITIES),
        (PAGE, Problem.WEB_PAGE),
        ("<html><body>Hello</body></html>", Problem.WEB_PAGE),
        ("Not found", Problem.NO_FEED),
        ("<note><to>you</to></note>", Problem.NO_FEED),
        ('{"items": []}', Problem.NO_FEED),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', Problem.DAMAGED),
        ("[1, 2]", Problem.NO_FEED),
    ],
)
def test_what_is_no_feed(text: str, problem: Problem) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.problem is problem


def test_a_bomb_in_another_encoding_is_found_too() -> None:
    with pytest.raises(Unreadable) as caught:
        read(BOMB.replace('<?xml version="1.0"?>', "").encode("utf-16"))
    assert caught.value.problem is Problem.ENTITIES


def test_a_hidden_bomb_does_not_go_off() -> None:
    feed = read(f"<!-- <rss --> {BOMB[21:]}".replace("<title>", "<item><title>x &c; y</title></item><title>"))
    assert "boomboom" not in repr(feed)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (rss([item(1)]) + "<p>Generated in 3 ms</p>", ["Entry 1"]),
        ("Warning: mysql gone in <b>x.php</b>".replace("<b>", "").replace("</b>", "") + rss([item(1)]), ["Entry 1"]),
        (rss([item(1), item(2)])[:-70], ["Entry 1", "Entry 2"]),
        (rss([item(1).replace("Entry 1", "Fish & chips &nbsp;&copy; &unknown;")]), ["Fish & chips © &unknown;"]),
        (rss([item(1).replace("Entry 1", "<![CDATA[A & B <i>C</i>]]>")]), ["A & B C"]),
        (rss([item(1).replace("<title>", "<media:thing url='x'/><title>")]), ["Entry 1"]),
        (rss([item(1).replace("Entry 1", "a\x0bb\x00c")]), ["abc"]),
        (rss([item(1).replace("Entry 1", "&#0;&#x1f;ok")]), ["ok"]),
        (rss([item(1).replace("<title>", "<title><b>bold</b> ")]), ["Entry 1"]),
    ],
)
def test_damage_is_mended(text: str, titles: list[str]) -> None:
    assert [entry.title for entry in read(text).entries][: len(titles)] == titles or titles[0] in str(read(text))


def test_an_address_in_a_section_keeps_its_ampersand() -> None:
    link = "<![CDATA[https://example.org/?a=1&b=2&copy=3]]>"
    feed = read(rss([item(1).replace("https://example.org/entries/1", link)]))
    assert feed.entries[0].url == "https://example.org/?a=1&b=2&copy=3"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", "", "mailto:a@example.org"]
)
def test_links_that_are_none(link: str) -> None:
    entry = item(1).replace("https://example.org/entries/1", link)
    (found,) = read(rss([entry])).entries
    assert found.url in ("", "https://example.org/feed.xml")
    assert found.title == "Entry 1"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 20 Nov 2026 08:30:00 GMT", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("20 Nov 2026 08:30 +0200", datetime(2026, 11, 20, 6, 30, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T08:30:00.5Z", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("Fri, 20 Nov 2099 08:30:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("9" * 100_000, None),
    ],
)
def test_dates(date: str, expected: datetime | None) -> None:
    entry = item(1).replace("<guid", f"<pubDate>{date}</pubDate><guid")
    assert read(rss([entry])).entries[0].published == expected


def test_entries_without_ids_are_known_by_their_addresses_or_titles() -> None:
    feed = read(
        rss(["<item><link>https://example.org/a</link></item>", "<item><title>Only words</title></item>", "<item/>"])
    )
    assert [(entry.id, entry.title) for entry in feed.entries] == [
        ("https://example.org/a", "https://example.org/a"),
        ("Only words", "Only words"),
    ]


def test_what_the_publisher_asks_for() -> None:
    assert read(rss([], extra="<ttl>120</ttl>")).pause == 7_200
    assert read(rss([], extra="<ttl>soon</ttl>")).pause == 0
    period = "<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>daily</sy:updatePeriod>"
    assert read(rss([], extra=period)).pause == 86_400


def timed(text: str | bytes) -> ParsedFeed | None:
    """Within a few seconds on any machine: what takes long takes for ever when somebody means it to."""
    with at_most(8):
        try:
            return read(text)
        except Unreadable:
            return None


def test_ten_thousand_entries_are_cut() -> None:
    feed = timed(rss([item(number) for number in range(10_000)]))
    assert feed is not None
    assert (len(feed.entries), feed.cut) == (1_000, True)
    assert feed.entries[0].title == "Entry 0"


def test_a_title_of_a_megabyte() -> None:
    feed = timed(rss([item(1, title="word " * 200_000), item(2, title="x" * 1_000_000)]))
    assert feed is not None
    assert [len(entry.title) <= 300 for entry in feed.entries] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "<rss>" + "<a>" * 1_000_000,
        '<rss version="2.0"><channel>' + "<item>" * 500_000,
        '<rss version="2.0"><channel>' + "<item/>" * 500_000,
        '<rss version="2.0"><channel><title>' + "&" * 4_000_000,
        '<rss version="2.0"><channel><title>' + "<" * 4_000_000,
        '<rss version="2.0"><channel><title>' + "<![CDATA[" * 500_000,
        '<rss version="2.0"><channel><item><description>' + "&lt;a" * 800_000,
        '<rss version="2.0"><channel><item ' + "".join(f'a{n}="" ' for n in range(400_000)),
        "&lt;" * 1_000_000,
        '{"version": "https://jsonfeed.org/version/1", "items": [' + "[" * 500_000,
        rss([item(1)])[:-20] + "<item><title>endless " * 200_000,
        "<!DOCTYPE rss [" + "<!ELEMENT a ANY>" * 300_000 + "]><rss/>",
        '<rss version="2.0"><channel><item xmlns:a="b">' + "<a:b>" * 300_000,
    ],
    ids=range(13),
)
def test_what_is_meant_to_hurt_ends_soon(text: str) -> None:
    timed(text[: 5 * 1024 * 1024])


def crowded(*parts: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id>{"".join(parts)}<title>t</title></entry></feed>'


@pytest.mark.parametrize("name", ["category", "Category", "keywords", "contributor", "author", "dc:subject", "x:tags"])
def test_many_of_one_kind_in_one_entry_are_read_at_once(name: str) -> None:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="http://x.example.org/"'
    feed = timed(crowded(*(f"<{name} {spaces}>c{number}</{name}>" for number in range(16_000))))
    assert feed is not None
    assert [entry.title for entry in feed.entries] == ["t"]


def test_more_namespaces_than_anybody_needs_are_not_read() -> None:
    def spaces(count: int) -> str:
        return crowded(
            *(f'<a{number}:b xmlns:a{number}="http://n/{number}">x</a{number}:b>' for number in range(count))
        )

    assert read(spaces(40)).entries[0].title == "t"
    for count in (60, 16_000):
        with pytest.raises(Unreadable) as caught:
            read(spaces(count))
        assert caught.value.problem is Problem.TOO_HARD


def test_links_of_a_page() -> None:
    links = feed_links(PAGE.encode(), charset="utf-8", url="https://example.org/about")
    assert [(link.url, link.title) for link in links] == [
        ("https://example.org/feed.xml", "Journal & notes"),
        ("https://example.org/comments/feed", "Comments"),
    ]


@pytest.mark.parametrize(
    "text", ["<link " * 80_000, "<link rel=alternate " + "a=b " * 120_000, "<base href=javascript:x>"]
)
def test_pages_that_are_meant_to_hurt(text: str) -> None:
    with at_most(4):
        assert feed_links(text.encode(), charset=None, url=BASE) == []
