"""The article in a page: what it keeps, and what pages that mean harm come to."""

import time
from typing import Any

import pytest

from tests.bookmarks.articles.pages import ARABIC, CHINESE, CODE, WORDS, paragraphs, rich_page, site
from trackeep.bookmarks.articles.extraction import extract

EVIL = (
    "<script onerror onclick onload javascript: style= class= hx- data- <iframe <form <input <button <svg <math srcdoc "
    "picture:7"
)
URL = "https://valley.example.org/stories/mill.html"


def extracted(source: str, *, is_plain: bool = False) -> dict[str, Any]:
    return extract(source, URL, is_plain)


@pytest.fixture(scope="module")
def rich() -> dict[str, Any]:
    return extracted(rich_page())


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>Its history</h2>",
        "<h3>What it ground</h3>",
        "<li>rye</li>",
        '<ol start="3">',
        "<em>mostly</em>",
        "<blockquote>",
        '<code class="language-python',
        "<th>Wheat</th>",
        "<td>30</td>",
        "<caption>Flour in tons</caption>",
        "<figcaption>",
        'alt="The mill in winter"',
        'src="picture:0"',
        "<sub>2</sub>",
        "<sup>2</sup>",
        "<strong>the wheel</strong>",
        "<dt>Weir</dt>",
        'href="https://valley.example.org/archive?year=1911"',
    ],
)
def test_what_an_article_may_hold_is_kept(rich: dict[str, Any], kept: str) -> None:
    assert kept in rich["html"]


@pytest.mark.parametrize("gone", ["Section 3", "cookies", "Another story", "First!", "Imprint", "tracker", "<script"])
def test_what_stands_around_it_goes(rich: dict[str, Any], gone: str) -> None:
    assert gone not in rich["html"]


def test_code_keeps_its_lines(rich: dict[str, Any]) -> None:
    assert CODE.replace("<", "&lt;").replace(">", "&gt;") in rich["html"]


def test_a_heading_that_repeats_the_title_goes(rich: dict[str, Any]) -> None:
    assert "The mill by the river</h" not in rich["html"]


def test_it_tells_about_itself(rich: dict[str, Any]) -> None:
    assert (rich["lack"], rich["language"], rich["direction"]) == ("", "en", "ltr")
    assert rich["pictures"] == ["https://valley.example.org/img/mill.jpg"]
    assert 400 < rich["words"] < 700
    assert rich["minutes"] in (2, 3)
    assert "The mill in winter, with its wheel." in rich["text"]


def test_right_to_left_and_chinese() -> None:
    arabic = extracted(site(f"<p>{ARABIC}</p><p>{ARABIC}</p>", lang="ar"))
    chinese = extracted(site(f"<p>{CHINESE}</p><p>{CHINESE}</p>", lang="zh-Hans"))

    assert (arabic["direction"], arabic["language"]) == ("rtl", "ar")
    assert (chinese["direction"], chinese["language"]) == ("ltr", "zh-Hans")
    assert chinese["words"] > 150


def test_a_plain_file() -> None:
    found = extracted(f"{WORDS}\n\nSecond <b>paragraph</b>\nin two lines", is_plain=True)

    assert found["html"].endswith("<p>Second &lt;b&gt;paragraph&lt;/b&gt;<br>in two lines</p>")


@pytest.mark.parametrize(
    "source",
    [
        "",
        " ",
        "<html></html>",
        "<!doctype html><html><body><div id='app'></div><script>draw()</script></body></html>",
        site("<img src='/a.png'>"),
        "\x00\x01\x02",
        "<?xml version='1.0' encoding='utf-16'?><html><body></body></html>",
        "<!-- only a comment -->",
    ],
)
def test_a_page_without_text_has_no_article(source: str) -> None:
    assert extracted(source) == {"lack": "no_text"}


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<font><a href=x>"])
@pytest.mark.parametrize("depth", [10_000])
def test_endless_nesting_ends(opening: str, depth: int) -> None:
    began = time.monotonic()
    found = extracted(f"<html><body>{paragraphs(4)}{opening * depth}<p>{WORDS}</p></body></html>")

    assert time.monotonic() - began < 15
    assert found["lack"] in ("", "no_text")
    assert found.get("html", "").count("<") < 400


def test_scripts_in_every_attribute_run_nowhere() -> None:
    attributes = (
        "onclick=alert(1) onload='alert(1)' onerror=\"alert(1)\" style='x:expression(alert(1))' id=article "
        "name=csrf_token "
        "class='btn data-form' data-module='//evil.example/x.js' hx-get='/sign-out' action='javascript:alert(1)' "
        "formaction='javascript:alert(1)' srcdoc='<script>alert(1)</script>' background='javascript:alert(1)' "
        "dir='rtl\" onx=1' lang='en\" onx=1'"
    )
    tags = "a p div span img svg math form input button iframe object embed video audio style link base meta table td"
    body = "".join(
        f"<{tag} {attributes} href='javascript:alert(1)' src='javascript:alert(1)'>{WORDS}</{tag}>"
        for tag in tags.split()
    )
    body += f"""<p>{WORDS}<a href=" java\tscript:alert(1)">a</a><a href="data:text/html,x">b</a>
<img src="data:image/svg+xml,<svg onload=alert(1)>"><img src="picture:7"><a href="picture:1">c</a>
<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><template><script>alert(1)</script>
</template></p>"""

    found = extracted(site(f"{paragraphs(3)}{body}"))["html"].lower()

    for evil in EVIL.split():
        assert evil not in found, evil
    for name in ("id", "name", "onx"):
        assert f" {name}=" not in found, name
    assert 'href="picture' not in found


def test_half_a_tag_at_the_end() -> None:
    assert extracted(site(paragraphs(3)) + "<p>and then<a href='")["lack"] == ""


@pytest.mark.parametrize("encoding", ["utf-16", "shift_jis", "koi8-r", "cp1252"])
def test_a_page_that_was_decoded_wrongly_is_still_a_page(encoding: str) -> None:
    wrong = site(f"<p>{WORDS}</p>" * 4).encode("utf-8").decode(encoding, "replace")

    assert extracted(wrong)["lack"] in ("", "no_text")


def test_lone_surrogates_and_control_characters_are_left_out() -> None:
    found = extracted(site(f"<p>{WORDS}\ud800\x08 &#xD800; &#0; &#x1F600;</p>" * 3))

    found["html"].encode()
    assert "\x08" not in found["html"]
    assert "😀" in found["html"]


def test_ten_megabytes_in_one_paragraph() -> None:
    began = time.monotonic()
    found = extracted(f"<html><body><p>{'word ' * 2_000_000}</p></body></html>")

    assert found == {"lack": "too_long"}
    assert time.monotonic() - began < 20


def test_as_much_as_is_kept_of_a_page_in_one_paragraph() -> None:
    found = extracted(f"<html><body><p>{'word ' * 1_000_000}</p></body></html>")

    assert (found["lack"], found["words"]) == ("", 1_000_000)


def test_a_megabyte_is_an_article() -> None:
    found = extracted(site(paragraphs(3_500)))

    assert found["lack"] == ""
    assert len(found["html"]) > 1_000_000
