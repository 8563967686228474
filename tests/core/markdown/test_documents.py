"""What a long text becomes: boxes, links between pages, an outline and coloured code, and never anything unsafe."""

import re
import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.markdown.test_rendering import ATTACKS
from tests.effort import at_most
from trackeep.core.markdown import Wikilinks, outline, render_document
from trackeep.core.markdown.code import LANGUAGES
from trackeep.core.markdown.documents import MAX_DOCUMENT_LINES
from trackeep.core.markdown.wikilinks import escaped

PAGES = {"Garden": "/notes/1", "a_b_c": "/notes/2", 'odd "name"': '/notes/3?x="&y'}
LINKS = Wikilinks(
    lambda title, heading: PAGES[title] + (f"#{heading}" if heading else "") if title in PAGES else None,
    lambda title: f"/notes/new?title={title}",
)
TAGS = set(
    "input span "
    "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr img li ol p pre strong table tbody td th thead tr ul".split()
)


def html(text: str, **options: bool) -> str:
    made = str(render_document(text, links=LINKS, **options).html).strip()
    return made.replace(' rel="nofollow noopener ugc"', "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Garden]]", '<p><a class="wikilink" href="/notes/1">Garden</a></p>'),
        ("[[Garden#Beds|the *beds*]]", '<p><a class="wikilink" href="/notes/1#Beds">the *beds*</a></p>'),
        ("[[Garden#Beds]]", '<p><a class="wikilink" href="/notes/1#Beds">Garden › Beds</a></p>'),
        ("[[#Beds]]", '<p><a class="wikilink" href="#h-beds">Beds</a></p>'),
        ("**[[a_b_c]]**", '<p><strong><a class="wikilink" href="/notes/2">a_b_c</a></strong></p>'),
        ("[[New]]", '<p><a class="wikilink wikilink-missing" href="/notes/new?title=New">New</a></p>'),
        ('[[odd "name"]]', '<p><a class="wikilink" href="/notes/3?x=&quot;&amp;y">odd "name"</a></p>'),
        ("`[[Garden]]`", "<p><code>[[Garden]]</code></p>"),
        ("[see [[Garden]]](/x)", '<p><a href="/x">see [[Garden]]</a></p>'),
        ("[x](</[[Garden]]>)", '<p><a href="/%5B%5BGarden%5D%5D">x</a></p>'),
        ("![[[Garden]]](/x.png)", '<p><img src="/x.png" alt="[[Garden]]"></p>'),
        ("[[]] [[ [[a]b]]", "<p>[[]] [[ [[a]b]]</p>"),
        ("\ue0000\ue001 &amp; <b>", "<p>0 &amp; </p>"),
    ],
)
def test_links_between_pages(text: str, expected: str) -> None:
    made = html(text)
    assert made.replace("&quot;name&quot;</a>", '"name"</a>') == expected or made == expected


def test_links_in_tables_and_without_a_resolver() -> None:
    assert '<td><a class="wikilink" href="/notes/1">bed</a></td>' in html("|a|\n|-|\n|[[Garden\\|bed]]|")
    assert str(render_document("[[Garden]] &").html) == "<p>[[Garden]] &amp;</p>\n"
    without = Wikilinks(lambda _title, _heading: None)
    assert '<span class="wikilink wikilink-missing">X</span>' in str(render_document("[[X]]", links=without).html)


def test_an_address_that_runs_something_is_refused_even_from_a_resolver() -> None:
    evil = Wikilinks(lambda _title, _heading: "javascript:alert(1)")
    assert "javascript" not in str(render_document("[[X]]", links=evil).html)


def test_boxes_name_their_line() -> None:
    made = html(
        "# A\n\n- [ ] **Milk** and [[Garden]]\n  - [x] deep\n\n> - [ ] quoted\n\n1. [X] loose\n\n   more", boxes=True
    )
    assert re.findall(r'<input type="checkbox"( checked="")? data-line="(\d+)" aria-label="([^"]*)">', made) == [
        ("", "3", "Milk and Garden"),
        (' checked=""', "4", "deep"),
        (' checked=""', "8", "loose"),
    ]


def test_a_box_is_only_looked_at_unless_asked_for() -> None:
    assert '<input type="checkbox" disabled="" aria-label="a">' in html("- [ ] a")
    assert "data-line" not in html("- [ ] a")


def test_the_name_of_a_box_cannot_leave_its_attribute() -> None:
    made = html('- [ ] x" autofocus onfocus="y()', boxes=True)
    assert 'aria-label="x&quot; autofocus onfocus=&quot;y()"' in made


def test_headings_have_ids_and_make_the_outline() -> None:
    text = "# One *two*\n\n## Été & co\n\n# One two\n\n```\n# no\n```\n\nSet\n---\n\n# !!!"
    document = render_document(text)
    assert [(heading.level, heading.title, heading.id) for heading in document.outline] == [
        (1, "One two", "h-one-two"),
        (2, "Été & co", "h-été-co"),
        (1, "One two", "h-one-two-2"),
        (2, "Set", "h-set"),
        (1, "!!!", "h-"),
    ]
    assert '<h1 id="h-one-two-2">' in document.html
    assert outline(text) == document.outline


def test_code_has_classes_for_its_colours() -> None:
    assert '<span class="k">def</span>' in html("```py\ndef f(): pass\n```")
    assert html("```nosuch\nx < y\n```") == '<pre tabindex="0"><code>x &lt; y\n</code></pre>'
    assert "<span" not in html("```py\n" + "x = 1\n" * 4_000 + "```")
    assert html("```py\n\n  x\n\n```").endswith("\n\n</code></pre>")


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_come_to_nothing(text: str) -> None:
    for made in (html(text, boxes=True), html(f"- [ ] {text}", boxes=True), html(f"# {text}\n\n[[{text}]]")):
        tags = re.findall(r"<[^>]*>", made)
        assert not re.search(r"<(script|svg|iframe|style|math)", made)
        for tag in tags:
            bare = re.sub(r'(title|aria-label|href)="[^"]*"', "", tag)
            assert not re.search(r"\son\w+=", bare)
            assert not re.search(r"(href|src)=\"?\s*(javascript|data|vbscript|file)", tag, re.IGNORECASE)
            assert "tracker.example" not in re.sub(r'(aria-label|href="/notes/new|id)[^>]*', "", tag)


@settings(max_examples=300)
@given(st.text(alphabet="<>[]()!\"'`*_#-+|:\\&; \n\tajscriptx/.=\x00\ud800\ue000\ue001\ue0020", max_size=80))
def test_only_listed_tags_come_out(text: str) -> None:
    made = html(text, boxes=True)
    for name in re.findall(r"<([a-z0-9]+)", made):
        assert name in TAGS
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', made)).lower().replace(
        "/notes/new?title=javascript:", ""
    )
    assert not re.search("[\ue000-\ue005]", made)


WORST = {
    "quotes": ">" * 1_000_000,
    "open brackets": "[[" * 500_000,
    "links": "[[a]] " * 160_000,
    "boxes": "- [ ] a\n" * 120_000,
    "deep lists": "".join(" " * depth + "* a\n" for depth in range(1_000)),
    "headings": "# a\n" * 200_000,
    "fences": "```py\nx=1\n```\n" * 50_000,
    "open fence": "```py\n" + "x" * 1_000_000,
    "table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 160_000,
    "ampersands": "&" * 1_000_000,
    "less than": "<" * 1_000_000,
    "quotation marks": '"' * 1_000_000,
    "ten megabytes": "word *of* " * 1_000_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_a_megabyte_of_anything_is_bounded(text: str) -> None:
    started = time.process_time()
    render_document(text, boxes=True, links=LINKS)
    assert time.process_time() - started < 8  # at most 2.5 on an idle machine; ordinary prose takes 0.2


@pytest.mark.parametrize("line", ["- [ ] a\n", "> a\n\n", "|b|\n", "- a\n  - b\n"])
def test_two_megabytes_of_short_lines_are_shown_as_far_as_a_page_can_bear(line: str) -> None:
    text = "|a|\n|-|\n" + line * (2_000_000 // len(line))
    with at_most(3):  # up to 1.1 on two cores; all of them would take 4.5
        document = render_document(text, boxes=True, links=LINKS)
    assert document.truncated
    assert not render_document("a\n" * MAX_DOCUMENT_LINES).truncated


def test_a_hundred_lists_inside_each_other_are_shown_as_typed() -> None:
    assert html("".join("  " * depth + "- a\n" for depth in range(100))).startswith("<pre>")


def test_a_text_beyond_the_limit_is_cut_and_says_so() -> None:
    assert render_document("word " * 1_000, max_bytes=100).truncated
    assert not render_document("word").truncated


PARTS = (
    "(",
    "[",
    '"',
    "'",
    "/*",
    "<",
    "`",
    "\\",
    "a",
    "${",
    "<!--",
    "a ",
    "a:\n ",
    "\n",
    "`\n",
    '"\n',
    "/*\n",
    "a\n",
    "- ",
)


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_is_soon_done_with_hostile_code(language: str) -> None:
    for part in PARTS:
        code = "\n".join([(part * 190)[:190]] * 20)
        started = time.process_time()
        render_document(f"~~~~{language}\n{code}\n~~~~")
        assert time.process_time() - started < 2, part


@pytest.mark.parametrize("title", ["A [b] c", "C# \\ notes", "one | two", "#1", "a\\b"])
def test_a_link_shows_the_title_that_its_writer_escaped(title: str) -> None:
    asked: list[str] = []

    def resolve(name: str, _heading: str) -> str:
        asked.append(name)
        return "/notes/1"

    shown = render_document(f"See [[{escaped(title)}]].", links=Wikilinks(resolve)).html
    assert asked == [title]
    assert f">{escape(title)}</a>" in shown


def test_an_escaped_bracket_begins_no_link() -> None:
    assert "wikilink" not in render_document(r"\[[A]]", links=Wikilinks(lambda _title, _heading: "/notes/1")).html
