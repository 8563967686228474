"""What the Markdown editor offers while one types."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Response, expect


def offered(page: Page, typed: str, asked: str, shown: Sequence[str]) -> None:
    """Types in the editor, and waits until these are on offer for all of it, ready to be taken: not those for the
    first letters, which take no key while the next answer is on its way."""

    def answers(response: Response) -> bool:
        return parse_qs(urlsplit(response.url).query).get("text") == [asked]

    with page.expect_response(answers):
        page.keyboard.type(typed)
    options = page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li")
    expect(options).to_contain_text(list(shown))
    page.wait_for_timeout(100)  # the list takes no key in its first moment, so that nobody accepts by accident
