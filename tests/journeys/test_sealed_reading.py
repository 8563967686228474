"""An encrypted note as it is read, and as it was: made and opened in the browser alone, whatever the text tries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import LONG_WORD, call
from tests.journeys.people import register
from tests.journeys.test_sealed import CANARY, OTHER_PHRASE, SLOW_MS, STORES, Ear, encrypt, new_note, saved, unlock
from tests.journeys.test_versions import photograph

TEXT = f"""# Plan of {CANARY}

Some *words* of {CANARY}, see [the other part](#the-other-part) and [a page](https://example.org/{CANARY}).

- [ ] buy {CANARY}
- [x] bake **bread**

> A word that somebody said.

1. first
2. second

| What | How much |
|:-----|---------:|
| Salt | 3 |

```python
print("{CANARY}")
```

![a picture of {CANARY}](/{CANARY}.png) ![](https://example.org/{CANARY}.png) [[{CANARY}]]

## The other part

{LONG_WORD} ~~gone~~
"""
HOSTILE = """<script>window.hit = 1</script>
<img src="/x" onerror="window.hit = 2">

[one](javascript:window.hit=3) [two](JaVaScRiPt:window.hit=4) [three](data:text/html,x) [four](vbscript:x)
[five](&#106;avascript:window.hit=5) <javascript:window.hit=6> [six](//example.org) [seven](\\javascript:window.hit=7)
![eight](javascript:window.hit=8) ![nine](data:image/svg+xml,<svg/onload=hit>) [ten](x" onclick="window.hit=9)

- [ ] <b onmouseover="window.hit=10">box</b>

```html" onclick="window.hit=11
<script>window.hit = 12</script>
```

# <svg onload=window.hit=13> {{7*7}} <iframe src="/">

| a | b |
|---|---|
| <style>*{display:none}</style> | <form action="/sign-out"><input name="x"> |

hx-get="/x" <a href="/" hx-get="/api/v1/notes" data-module="/static/x.js">html</a>
"""
SET = """(text) => document.querySelector(".sealed .editor")
    .dispatchEvent(new CustomEvent("editor:set", { detail: { text } }))"""
# What a hostile text must not have become.
FOUND = """() => ({
    hit: window.hit ?? 0,
    tags: [...document.querySelectorAll(".prose *")].map((each) => each.localName)
        .filter((name) => ["script", "img", "svg", "iframe", "style", "form", "object", "base", "meta"].includes(name)),
    attributes: [...document.querySelectorAll(".prose *")].flatMap((each) => each.getAttributeNames())
        .filter((name) => /^(on|hx-|src|style|action|data-(?!line$))/.test(name)),
    links: [...document.querySelectorAll(".prose a")].filter((each) => !/^(https?|mailto):$/.test(each.protocol)
        || !each.rel.includes("noopener")).map((each) => each.outerHTML),
})"""


def open_to_read(page: Page, passphrase: str | None = None) -> None:
    unlock(page, *([passphrase] if passphrase else []))
    page.get_by_role("button", name="Read").click()


def write(page: Page, text: str) -> None:
    """Instead of all that the note says, at once: typing what is huge would take its time."""
    page.get_by_role("button", name="Write").click()
    page.locator(".cm-content").click()
    page.evaluate(SET, text)
    page.keyboard.press("Control+s")
    saved(page)


def sealed_note(page: Page, text: str) -> int:
    page.goto("/notes")
    note_id = new_note(page, text)
    page.goto(f"/notes/{note_id}/sealed")
    encrypt(page)
    return note_id


def test_it_is_read_as_it_is_meant(new_context: Callable[..., BrowserContext], screenshots: Path) -> None:
    page = register(new_context(bypass_csp=True).new_page(), "sealreader").page
    note_id = sealed_note(page, TEXT)
    ear = Ear(page)
    page.locator("#sealed-passphrase").fill("violet harbour lantern")
    page.get_by_role("button", name="Open the note").click()
    text = page.locator("[data-preview-pane]")
    expect(text.locator("h1")).to_have_text(f"Plan of {CANARY}", timeout=SLOW_MS)
    expect(page.locator(".cm-content")).to_be_hidden()
    expect(text.locator("td").last).to_have_text("3")
    expect(text.locator("pre code")).to_contain_text("print(")
    expect(text.locator("s")).to_have_text("gone")
    assert text.locator("img").count() == 0
    expect(text.locator(".picture").first).to_have_text(f"a picture of {CANARY}")
    expect(text.get_by_text(f"[[{CANARY}]]")).to_be_visible()
    assert violations(page) == []
    photograph(page, screenshots, "sealed-read")

    text.get_by_role("link", name="the other part").click()
    assert not page.url.endswith("part")
    box = text.get_by_role("checkbox", name=f"buy {CANARY}")
    box.check()
    saved(page)
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    page.get_by_role("button", name="Side by side").click()
    expect(page.locator(".cm-content")).to_contain_text(f"- [x] buy {CANARY}")
    photograph(page, screenshots, "sealed-split")
    assert not page.evaluate(STORES, CANARY)
    assert ear.heard == []
    assert ear.count > 3

    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_role("button", name="Open the note")).to_be_visible()
    assert CANARY not in page.content()
    open_to_read(page)
    expect(text.get_by_role("checkbox", name=f"buy {CANARY}")).to_be_checked()
    assert call(page, "GET", f"/api/v1/notes/{note_id}")["body"] == ""


def test_hostile_texts_do_nothing(new_context: Callable[..., BrowserContext]) -> None:
    """Under the policy of the page, which would tell in the console what it had to refuse."""
    page = register(new_context().new_page(), "sealtarget").page
    sealed_note(page, HOSTILE)
    ear = Ear(page)
    open_to_read(page)
    text = page.locator("[data-preview-pane]")
    expect(text.locator("h1")).to_be_visible()
    for link in text.locator("a").all():
        link.hover()
    assert page.evaluate(FOUND) == {"hit": 0, "tags": [], "attributes": [], "links": []}

    page.set_default_timeout(SLOW_MS)
    lists = "\n".join(f"{'  ' * depth}- level {depth}" for depth in range(100))
    for number, odd in enumerate((lists, ">" * 300 + " deep", "[" * 250_000, "- x *y*\n" * 20_000)):
        write(page, f"text {number}\n\n{odd}")
        page.get_by_role("button", name="Read").click()
        expect(text.get_by_text(f"text {number}").first).to_be_visible(timeout=SLOW_MS)
        # What takes the parser too long keeps nobody from going on.
        page.get_by_role("button", name="Write").click(timeout=5_000)
    assert page.evaluate("window.hit ?? 0") == 0
    assert all("/x" not in url for url in ear.urls)


def change_passphrase(page: Page, passphrase: str) -> None:
    page.get_by_label("More", exact=True).click()
    page.get_by_role("button", name="Change the passphrase").click()
    dialog = page.locator("#sealed-change")
    dialog.get_by_label("Passphrase", exact=True).fill(passphrase)
    dialog.get_by_label("The same once more").fill(passphrase)
    dialog.get_by_role("button", name="Change the passphrase").click()
    expect(page.get_by_text("From now on the new passphrase")).to_be_visible(timeout=SLOW_MS)


@pytest.mark.usefixtures("server")
def test_earlier_versions_are_opened_and_restored(
    new_context: Callable[..., BrowserContext], screenshots: Path
) -> None:
    page = register(new_context(bypass_csp=True).new_page(), "sealkeeper").page
    note_id = sealed_note(page, f"# First\n\nwith {CANARY}")
    ear = Ear(page)
    unlock(page)
    change_passphrase(page, OTHER_PHRASE)
    write(page, f"# Second\n\nwith {CANARY}")
    page.get_by_role("button", name="Versions").click()
    lines = page.locator(".version-line")
    expect(lines).to_have_count(2)
    expect(page.get_by_text("still open only with the passphrase that the note had then")).to_be_visible()
    lines.first.click()
    shown = page.locator("[data-version-text]")
    expect(shown.locator("h1")).to_have_text("Second", timeout=SLOW_MS)
    expect(page.get_by_role("button", name="Restore this version")).to_be_hidden()

    lines.last.click()
    expect(page.get_by_text("This version has an earlier passphrase")).to_be_visible()
    assert violations(page) == []
    photograph(page, screenshots, "sealed-versions-asking")
    page.locator("#sealed-then").fill(OTHER_PHRASE)
    page.get_by_role("button", name="Open the version").click()
    expect(page.get_by_text("This passphrase does not open the version.")).to_be_visible(timeout=SLOW_MS)
    page.locator("#sealed-then").fill("violet harbour lantern")
    page.get_by_role("button", name="Open the version").click()
    expect(shown.locator("h1")).to_have_text("First", timeout=SLOW_MS)
    assert violations(page) == []
    photograph(page, screenshots, "sealed-versions")
    page.get_by_role("button", name="Restore this version").click()
    expect(page.get_by_text("The note says again what it said then")).to_be_visible(timeout=SLOW_MS)
    saved(page)
    assert not page.evaluate(STORES, CANARY)
    kept = call(page, "GET", f"/api/v1/notes/{note_id}/sealed/versions")["items"]
    assert [(each["number"], each["passphrase"]) for each in kept] == [(3, 2), (2, 2), (1, 1)]

    # What came back opens with the passphrase of now; whoever has lost that one still opens what is older.
    page.goto("/notes")
    page.goto(f"/notes/{note_id}/versions")
    page.wait_for_url("**/sealed#versions")
    page.locator(".version-line").first.click()
    expect(page.get_by_text("This version is encrypted")).to_be_visible()
    page.locator("#sealed-then").fill(OTHER_PHRASE)
    page.get_by_role("button", name="Open the version").click()
    expect(shown.locator("h1")).to_have_text("First", timeout=SLOW_MS)
    expect(page.get_by_text("To restore it, open the note first.")).to_be_hidden()
    page.get_by_role("button", name="Back to the note").click()
    assert CANARY not in page.content()
    open_to_read(page, OTHER_PHRASE)
    expect(page.locator("[data-preview-pane] h1")).to_have_text("First")
    assert ear.heard == []
    assert ear.count > 20
