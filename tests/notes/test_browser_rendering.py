"""Markdown of encrypted notes as a browser's worker makes HTML of it, run by Node: what is shown, and what never is."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SEALED = ROOT / "trackeep" / "notes" / "assets" / "sealed"
SCRIPT = """
import { readFileSync } from "node:fs";
const [markdown, ticking] = process.argv.slice(1);
const { toHtml } = await import(markdown);
const { ticked } = await import(ticking);
const texts = Object.entries(JSON.parse(readFileSync(0, "utf8")));
const html = Object.fromEntries(texts.map(([name, text]) => [name, toHtml(text)]));
const list = "- [ ] one\\n> 1. - [x] two\\nno task [ ] x";
const ticks = [[1, true], [2, false], [3, true], [4, true]].map(([line, on]) => ticked(list, line, on));
console.log(JSON.stringify({ html, ticks }));
"""
TEXTS = {
    "tasks": "- [ ] one *two*\n- [x] three\n- [y] no\n- [ ]no\n\n1. [ ] four\n\n   more",
    "headings": "# Same *words*!\n\n# Same words\n\n# \u00dcber \u65e5\u672c",
    "code": '```js" onclick="x\n<b> & "c"\n```\n\n    indented',
    "table": "|a|b|\n|:-:|-:|\n|1|2|",
    "pictures": "![words](http://example.org/x.png) ![](/own.png) ![<b>](data:image/png;base64,AA)",
    "links": "[a](http://x.y) [b](/own) [c](#h) https://z.org <me@x.org> [d](mailto:me@x.org)",
    "schemes": "[a](javascript:x) [b](DATA:x) [c](vbscript:x) [d](&#106;avascript:x) [e](file:///x) [f](blob:x)",
    "raw": "<script>x</script>\n\n<b onclick=x>b</b> <!-- x --> &lt;i&gt;",
    "wikilinks": "[[Page]] and [[Page|words]]",
    "deep lists": "\n".join(f"{'  ' * depth}- a" for depth in range(100)),
    "lists": "\n".join(f"{'  ' * depth}- a" for depth in range(30)),
    "deep quotes": ">" * 200 + "a",
    "many": "*a* " * 70_000,
    "nothing": "",
}


@pytest.fixture(scope="module")
def made() -> Mapping[str, Mapping[str, str]]:
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "markdown-it").exists():
        pytest.skip("Node or the front end's packages are not there")
    modules = [(SEALED / name).as_uri() for name in ("markdown.js", "ticking.js")]
    command = [node, "--input-type=module", "-e", SCRIPT, *modules]
    ended = subprocess.run(command, input=json.dumps(TEXTS), capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    found: Mapping[str, Mapping[str, str]] = json.loads(ended.stdout)
    return found


@pytest.fixture
def html(made: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    return made["html"]


def test_tasks_have_boxes_that_name_their_line(html: Mapping[str, str]) -> None:
    tasks = html["tasks"]
    assert tasks.count('<li class="task">') == tasks.count("<input") == 3
    assert '<input type="checkbox" data-line="1" aria-label="one two">one <em>two</em>' in tasks.replace("\n", "")
    assert '<input type="checkbox" data-line="2" aria-label="three" checked>' in tasks
    assert '<input type="checkbox" data-line="6" aria-label="four"><p>four</p>' in tasks
    assert "[y] no" in tasks
    assert "[ ]no" in tasks


def test_a_box_is_ticked_in_its_line_alone(made: Mapping[str, Mapping[str, str]]) -> None:
    first, second = "- [x] one\n> 1. - [x] two\nno task [ ] x", "- [ ] one\n> 1. - [ ] two\nno task [ ] x"
    assert list(made["ticks"]) == [first, second, None, None]


def test_headings_have_names_as_on_the_server(html: Mapping[str, str]) -> None:
    assert '<h1 id="h-same-words">Same <em>words</em>!</h1>' in html["headings"]
    assert '<h1 id="h-same-words-2">' in html["headings"]
    assert '<h1 id="h-\u00fcber-\u65e5\u672c">' in html["headings"]


def test_code_and_tables_need_neither_style_nor_class(html: Mapping[str, str]) -> None:
    assert html["code"].startswith('<pre tabindex="0"><code>&lt;b&gt; &amp; &quot;c&quot;\n</code></pre>')
    assert "onclick" not in html["code"]
    assert '<th align="center">a</th>\n<th align="right">b</th>' in html["table"]
    assert "style" not in html["table"]


def test_pictures_are_words(html: Mapping[str, str]) -> None:
    assert "<img" not in html["pictures"]
    assert '<span class="picture">words</span> <span class="picture">/own.png</span>' in html["pictures"]


def test_links_lead_only_where_links_may(html: Mapping[str, str]) -> None:
    assert html["links"].count("<a ") == html["links"].count('rel="nofollow noopener noreferrer ugc"') == 6
    assert html["links"].count('target="_blank"') == 5
    assert "<a " not in html["schemes"]
    assert html["wikilinks"] == "<p>[[Page]] and [[Page|words]]</p>\n"


def test_raw_html_is_words(html: Mapping[str, str]) -> None:
    assert html["raw"].startswith("<p>&lt;script&gt;x&lt;/script&gt;</p>")
    assert "<b" not in html["raw"]
    assert "<!--" not in html["raw"]
    assert "<i" not in html["raw"]


def test_what_is_nested_absurdly_stays_as_it_was_typed(html: Mapping[str, str]) -> None:
    assert [html[name] for name in ("deep lists", "deep quotes", "many", "nothing")] == ["", "", "", ""]
    assert html["lists"].count("<ul>") == 30
