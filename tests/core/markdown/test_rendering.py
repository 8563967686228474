"""What Markdown becomes, what it can never become, and how long that takes at worst."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackeep.core.markdown.rendering import _sanitised, render


def html(text: str) -> str:
    return str(render(text).html).strip()


TAGS = "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr img li ol p pre strong table tbody td th thead tr ul".split()
ATTRIBUTES = {"href", "rel", "title", "class", "src", "alt", "start", "lang", "align"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"),
        ("# Title", "<h1>Title</h1>"),
        ("> quote", "<blockquote>\n<p>quote</p>\n</blockquote>"),
        ("3. x", '<ol start="3">\n<li>x</li>\n</ol>'),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("![cat](/files/7/preview)", '<p><img src="/files/7/preview" alt="cat"></p>'),
        ("- [ ] todo\n- [x] done", "<ul>\n<li>☐ todo</li>\n<li>☑ done</li>\n</ul>"),
        ("nul\x00 lone \ud800", "<p>nul lone ?</p>"),
        ("", ""),
    ],
)
def test_what_it_becomes(text: str, expected: str) -> None:
    assert html(text) == expected


def test_table_and_code() -> None:
    assert '<td align="right">1</td>' in html("|a|\n|-:|\n|1|")
    assert "<pre><code>x &lt; y\n</code></pre>" in html("```py\nx < y\n```")


def test_links_are_marked_as_others_words() -> None:
    assert html("[a](https://x.org/?a=1&b=2)") == (
        '<p><a href="https://x.org/?a=1&amp;b=2" rel="nofollow noopener ugc">a</a></p>'
    )
    assert 'rel="nofollow noopener ugc"' in html("see www.example.org now")


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "![a](data:image/png;base64,AAAA)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "![x](https://tracker.example/p.gif)",
    "![x](//tracker.example/p)",
    "<svg/onload=alert(1)>",
    "<a href='javascript:x'>",
    '[a](x "onmouseover=alert(1)")',
    '```"><script>alert(1)</script>\nx\n```',
    "<iframe src=//x>",
    "<style>*{}</style>",
    "<!--><script>alert(1)</script>-->",
    '[a](http://x"onclick=alert(1))',
    "[\x01a](\x01javascript:alert(1))",
    '<math><mi//xlink:href="data:x,<script>">',
]


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_come_to_nothing(text: str) -> None:
    made = html(text)
    tags = re.findall(r"<[^>]*>", made)
    assert not re.search(r"<(script|svg|iframe|style|math)", made)
    for tag in tags:
        assert not re.search(r"\son\w+=(?![^\"]*\"[^\"]*$)", tag.replace('title="onmouseover=alert(1)"', ""))
        assert not re.search(r"(href|src)=\"?\s*(javascript|data|vbscript|file)", tag, re.IGNORECASE)
        assert "tracker.example" not in tag


@settings(max_examples=300)
@given(st.text(alphabet="<>[]()!\"'`*_#-+|:\\&; \n\tajscrip/.=\x00\ud800", max_size=80))
def test_only_listed_tags_and_attributes_come_out(text: str) -> None:
    made = html(text)
    for name, rest in re.findall(r"<([a-z0-9]+)((?:\s[^<>]*)?)>", made):
        assert name in TAGS
        assert set(re.findall(r'\s([a-z]+)="', rest)) <= ATTRIBUTES
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', made)).lower()


WORST = {
    "prose": "Some *text* with **bold** and [a link](http://x.org/a) and `code`.\n\n" * 1_600,
    "quotes": ">" * 100_000,
    "shallow quotes": (">" * 30 + "\n\n") * 3_200,
    "brackets": "[" * 100_000,
    "images": "![[]" * 25_000,
    "emphasis": "*a _" * 25_000,
    "pairs": "*_" * 50_000,
    "table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 16_000,
    "less than": "<" * 100_000,
    "lists": "- item\n" * 14_000,
    "deep lists": "".join(" " * depth + "* a\n" for depth in range(400)),
    "addresses": "www.a.b " * 12_000,
    "definitions": "[a]: x\n" * 14_000,
    "backticks": "".join("`" * number + "x" for number in range(1, 440)),
    "boxes": "- [ ] a\n" * 12_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_a_hundred_kilobytes_of_anything_are_bounded(text: str) -> None:
    best = min(_seconds(text) for _attempt in range(3))
    assert best < 0.4  # at most 0.13 on an idle machine


def _seconds(text: str) -> float:
    started = time.process_time()
    render(text[:100_000])
    return time.process_time() - started


def test_absurd_nesting_is_shown_as_typed() -> None:
    assert html(">" * 100 + " <b>") == "<pre>" + "&gt;" * 100 + " &lt;b&gt;</pre>"
    assert html(">" * 20 + "x").count("<blockquote>") == 20


def test_what_grows_absurdly_is_shown_as_typed() -> None:
    assert html((">" * 30 + "\n\n") * 3_200).startswith("<pre>&gt;")


def test_the_sanitiser_does_not_rely_on_the_parser() -> None:
    assert _sanitised('<article onclick="x()"><form><input>hi</form></article><script>x()</script>') == "hi"


def test_a_long_article_is_cut_and_says_so() -> None:
    rendered = render("word " * 1_000_000)
    assert rendered.truncated
    assert len(rendered.html) < 210_000
    assert not render("short").truncated
