"""100 KB of anything in any field answer within 200 ms of processor time, and never with an error of the server."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.people import Browser, People

LENGTH = 100_000
LIMIT_SECONDS = 0.2
TEXTS = {
    "letters": "a" * LENGTH,
    "blanks": " " * LENGTH + "x",
    "brackets": "[" * LENGTH,
    "pictures": "![" * (LENGTH // 2),
    "emphasis": "*a_ " * (LENGTH // 4),
    "backticks": "`" * LENGTH,
    "quotes": "> " * (LENGTH // 2),
    "at signs": "a@" * (LENGTH // 2),
    "dots": "." * LENGTH,
    "steps up": "../" * (LENGTH // 3),
    "escapes": "%41" * (LENGTH // 3),
    "parameters": "utm_a=1&" * (LENGTH // 8),
    "addresses": "http://a.b/ " * (LENGTH // 12),
    "lines": "\n" * LENGTH,
    "commas": "a," * (LENGTH // 2),
    "han": "漢" * (LENGTH // 3),
    "marks": "a" + "\u0301" * (LENGTH // 2),
    "ligatures": "\ufdfa" * (LENGTH // 3),
    "tags": "<b>" * (LENGTH // 3),
}
API = "/api/v1/bookmarks"


def _sent(path: str, field: str, **others: Any) -> Callable[[Browser, str], Any]:
    return lambda browser, text: browser.post(path, json={**others, field: text})


def _form(path: str, field: str, **others: Any) -> Callable[[Browser, str], Any]:
    return lambda browser, text: browser.post(path, {**others, field: text})


def _asked(path: str, field: str, length: int = 1_000) -> Callable[[Browser, str], Any]:
    return lambda browser, text: browser.get(path, query_string={field: text[:length]})


def _marked(field: str, length: int = LENGTH) -> Callable[[Browser, str], Any]:
    def send(browser: Browser, text: str) -> Any:
        page = browser.post(API, json={"url": "https://e.org/7"}).get_json()
        there = f"{API}/{page.get('existing_id') or page['id']}/highlights"
        return browser.post(there, json={"quote": "words", field: text[:length]})

    return send


FIELDS: dict[str, Callable[[Browser, str], Any]] = {
    "url": lambda browser, text: browser.post(API, json={"url": f"https://e.org/?{text}"}),
    "longest url": lambda browser, text: browser.post(API, json={"url": f"https://e.org/?{text}"[:7_900]}),
    "host": lambda browser, text: browser.post(API, json={"url": f"https://{text}"}),
    "title": _sent(API, "title", url="https://e.org/1"),
    "description": _sent(API, "description", url="https://e.org/2"),
    "notes": _sent(API, "notes", url="https://e.org/3"),
    "tag of a bookmark": lambda browser, text: browser.post(API, json={"url": "https://e.org/4", "tags": [text]}),
    "tags in a form": _form("/bookmarks", "tags", url="https://e.org/5"),
    "notes in a form": _form("/bookmarks", "notes", url="https://e.org/6"),
    "filter": _asked(API, "text"),
    "filter of the page": _asked("/bookmarks", "text"),
    "site": _asked(API, "site", 250),
    "check": _asked(f"{API}/check", "url", 10_000),
    "collection": _sent(f"{API}/collections", "name"),
    "tag": _sent("/api/v1/tags", "name"),
    "tag suggestions": _asked("/tags/suggestions", "text"),
    "quick add": _sent("/api/v1/quick/add", "text"),
    "longest quick add": lambda browser, text: browser.post("/api/v1/quick/add", json={"text": text[:20_000]}),
    "quick add in a form": _form("/quick-add", "text"),
    "palette": _asked("/palette", "q"),
    "quote": _marked("quote"),
    "longest quote": _marked("quote", 10_000),
    "longest note of a highlight": _marked("note", 20_000),
    "filter of highlights": _asked("/bookmarks/highlights", "text"),
    "biography": lambda browser, text: browser.patch("/api/v1/accounts/me", json={"bio": text}),
    "user name": lambda browser, text: browser.patch("/api/v1/accounts/me", json={"username": text}),
    "reset": _sent("/api/v1/accounts/password-resets", "login"),
    "way on": _asked("/confirm-password", "next", 10_000),
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_long_text_in_any_field_is_answered_soon(people: People, field: str) -> None:
    people.add("alice")
    browser = people.browser("alice")
    FIELDS[field](browser, "warm")
    slow: dict[str, float] = {}
    for name, text in TEXTS.items():
        taken = _seconds(browser, field, text)
        # A neighbour on the machine can double what is measured, so a slow answer may be given once more.
        if taken > LIMIT_SECONDS and (again := _seconds(browser, field, f"1{text}")) > LIMIT_SECONDS:
            slow[name] = round(min(taken, again), 2)
    assert slow == {}


def _seconds(browser: Browser, field: str, text: str) -> float:
    """The processor time of an answer."""
    started = time.process_time()
    assert FIELDS[field](browser, text).status_code < 500
    return time.process_time() - started
