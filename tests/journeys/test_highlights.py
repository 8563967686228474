"""Reading with a pen: select, mark, write a note, lose the server, delete and undo, in an article that changes."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from playwright.sync_api import Browser, Page, Route, expect

from extensions.sessions import COOKIE_NAME
from tests.bookmarks.test_api import save
from tests.factories.accounts import Person
from tests.journeys.reading import Articles, reader_of
from tests.servers import until
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.highlights import Colour, Passage

SOON_SECONDS = 30.0
ARTICLE = """<h2>On keeping</h2><p>The <em>first law</em> of reading: mark what you would
<a href="https://e.org/">say to a friend</a>.</p><ul>
<li>One \U0001f600 thing</li>
<li>another thing</li>
</ul><pre>
def f(x):
    return x + 1
</pre><p dir="rtl">\u0643\u064a\u0641 \u062a\u062d\u0627\u0641\u0638</p><table><tbody>
<tr><td>left</td><td>right</td></tr>
</tbody></table><p>The first law again.</p>"""
SELECT = """([words, number]) => {
    const article = document.getElementById("article");
    const nodes = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const text = article.textContent;
    let start = -1;
    for (let turn = 0; turn <= number; turn += 1) start = text.indexOf(words, start + 1);
    if (start < 0) throw new Error(`no ${words}`);
    const place = (offset, end) => {
        for (const node of nodes) {
            if (offset < node.length || (end && offset === node.length)) return [node, offset];
            offset -= node.length;
        }
    };
    const range = document.createRange();
    range.setStart(...place(start, false));
    range.setEnd(...place(start + words.length, true));
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
}"""
DRAWN = """() => {
    const found = {};
    for (const mark of document.querySelectorAll("#article mark[data-highlight]")) {
        const walker = document.createTreeWalker(mark, NodeFilter.SHOW_TEXT);
        const id = mark.dataset.highlight;
        while (walker.nextNode()) found[id] = (found[id] ?? "") + walker.currentNode.data;
    }
    return Object.values(found);
}"""


@pytest.fixture
def articles(app: APIFlask) -> Iterator[Articles]:
    with reader_of(app) as articles:
        yield articles


@pytest.fixture
def page(browser: Browser, articles: Articles, alice: Person) -> Iterator[Page]:
    """Alice's browser, and no word of complaint in its console."""
    context = browser.new_context(base_url=articles.url, viewport={"width": 1440, "height": 900})
    token = alice.client().get_cookie(COOKIE_NAME)
    assert token is not None
    context.add_cookies([{"name": COOKIE_NAME, "value": token.value, "url": articles.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def opened(page: Page, articles: Articles, bookmark_id: int, html: str = ARTICLE, *, scripted: bool = True) -> None:
    """With the list of what is marked and, unless its script is held back, ready for keys."""
    page.goto(articles.put(bookmark_id, html))
    expect(page.locator(f"[data-holder]{'[data-ready]' if scripted else ''} [data-list]")).to_be_visible()


def select(page: Page, words: str, number: int = 0) -> None:
    page.evaluate(SELECT, [words, number])


def test_a_passage_is_marked_by_keyboard_and_by_toolbar(page: Page, articles: Articles, alice: Person) -> None:
    bookmark_id = save(alice.actor)
    opened(page, articles, bookmark_id)
    text = page.evaluate("() => document.getElementById('article').textContent")

    select(page, "first law", 1)
    page.keyboard.press("h")
    expect(page.locator("[data-passage]")).to_have_count(1)
    select(page, "law of reading: mark what you would\nsay to a friend")
    page.get_by_role("toolbar").get_by_role("button", name="Green").click()
    expect(page.locator("[data-passage]")).to_have_count(2)
    # Over list items, code, another direction and a table, and over what is marked already.
    select(page, text[text.index("you would") : text.index("right") + 3])
    page.get_by_role("toolbar").get_by_role("button", name="Purple").click()
    expect(page.locator("[data-passage]")).to_have_count(3)

    assert page.evaluate("() => document.getElementById('article').textContent") == text
    wanted = sorted("".join(each.item.quote.split()) for each in queries.highlights_of(alice.actor, bookmark_id))
    assert sorted("".join(each.split()) for each in page.evaluate(DRAWN)) == wanted
    assert page.locator("#article ul > mark, #article table > mark, #article tr > mark").count() == 0
    page.reload()
    expect(page.locator("#article mark").first).to_be_visible()
    assert sorted("".join(each.split()) for each in page.evaluate(DRAWN)) == wanted


def test_words_selected_before_the_script_came_get_their_toolbar(page: Page, articles: Articles, alice: Person) -> None:
    held: list[Route] = []
    page.route("**/bookmarks/highlights-*.js", lambda route: held.append(route))
    opened(page, articles, save(alice.actor), scripted=False)
    select(page, "another thing")
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Mark with a note")).to_have_count(0)

    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name="Mark with a note")).to_be_visible()


def test_a_note_is_written_and_two_tabs_lose_nothing(page: Page, articles: Articles, alice: Person) -> None:
    bookmark_id = save(alice.actor)
    opened(page, articles, bookmark_id)
    select(page, "another thing")
    page.get_by_role("button", name="Mark with a note").click()
    note = page.get_by_label("Note", exact=True)
    expect(note).to_be_focused()
    note.fill("Mine, **first**")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".hl-note strong")).to_have_text("first")

    page.locator("#article mark").first.click()
    (placed,) = queries.highlights_of(alice.actor, bookmark_id)
    service.edit_highlight(alice.actor, placed.item.id, note="Theirs", version=placed.item.version)
    note.fill("Mine, second")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("pre[data-theirs]")).to_have_text("Theirs")
    expect(note).to_have_value("Mine, second")
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator(".hl-note")).to_have_text("Mine, second")
    page.get_by_role("button", name="Pink").click()
    expect(page.locator("#article mark.hl-pink")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".hl-editor")).to_have_count(0)


def test_a_note_is_saved_though_its_page_goes(page: Page, articles: Articles, alice: Person) -> None:
    bookmark_id = save(alice.actor)
    opened(page, articles, bookmark_id)
    select(page, "another thing")
    page.get_by_role("button", name="Mark with a note").click()
    note = page.get_by_label("Note", exact=True)
    expect(note).to_be_focused()
    note.fill("Just in time")
    page.goto(f"{articles.url}/bookmarks")

    def is_kept() -> bool:
        answer = page.request.get(f"{articles.url}/api/v1/bookmarks/{bookmark_id}/highlights")
        return [each["note"] for each in answer.json()["items"]] == ["Just in time"]

    until(is_kept, SOON_SECONDS, "the note")


def test_what_could_not_be_saved_waits_with_its_reason(page: Page, articles: Articles, alice: Person) -> None:
    bookmark_id = save(alice.actor)
    opened(page, articles, bookmark_id)

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/api/v1/bookmarks/*/highlights", cut)
    select(page, "first law")
    page.keyboard.press("h")
    expect(page.get_by_role("alert").get_by_text("Not saved.")).to_be_visible()
    expect(page.locator('#article mark[data-state="failed"]')).to_have_text("first law")
    page.unroute("**/api/v1/bookmarks/*/highlights", cut)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-passage]")).to_have_count(1)
    expect(page.locator("#article mark")).to_have_count(1)
    expect(page.locator('#article mark[data-state="failed"]')).to_have_count(0)
    assert len(queries.highlights_of(alice.actor, bookmark_id)) == 1


def test_deleting_is_undone_and_what_is_lost_stays_listed(page: Page, articles: Articles, alice: Person) -> None:
    bookmark_id = save(alice.actor)
    opened(page, articles, bookmark_id)
    for words in ("first law", "another thing"):
        select(page, words)
        page.keyboard.press("h")
        expect(page.locator("[data-passage]", has_text=words)).to_be_visible()
    page.locator("#article mark", has_text="another thing").click()
    page.get_by_role("button", name="Delete the highlight").click()
    expect(page.locator("#article mark")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#article mark")).to_have_count(2)

    opened(page, articles, bookmark_id, ARTICLE.replace("another thing", "something else"))
    expect(page.locator("#article mark")).to_have_text("first law")
    expect(page.locator(".is-lost")).to_contain_text("another thing")
    expect(page.locator(".is-lost")).to_contain_text("is not in it any more")


def test_the_list_leads_into_the_text(page: Page, articles: Articles, alice: Person) -> None:
    bookmark_id = save(alice.actor)
    service.add_highlight(alice.actor, bookmark_id, Passage(quote="first law", colour=Colour.BLUE, note="Seen"))
    opened(page, articles, bookmark_id)
    page.get_by_role("link", name="Blue: first law").click()
    expect(page.locator("#article mark.is-sought")).to_have_text("first law")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Seen")
