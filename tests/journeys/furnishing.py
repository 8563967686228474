"""Fills a person's hub through the API, as a program of theirs would."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
RIGHT_TO_LEFT = "كيف تحافظ على قائمة القراءة قصيرة ومفيدة"
BOOKMARKS: tuple[Mapping[str, Any], ...] = (
    {
        "url": "http://127.0.0.1:9/articles/slow-software",
        "title": "In praise of slow software",
        "tags": ["reading", "craft/software"],
        "unread": True,
    },
    {
        "url": "http://127.0.0.1:9/recipes/bread",
        "title": "A bread that bakes itself",
        "tags": ["recipes/bread"],
        "favourite": True,
        "notes": "Half the salt.\n\n- **rye** works too",
    },
    {"url": "http://127.0.0.1:9/long", "title": LONG_WORD, "tags": ["x" * 60, "reading"], "description": LONG_WORD},
    {"url": "http://127.0.0.1:9/rtl", "title": RIGHT_TO_LEFT, "tags": ["قراءة"]},
    {"url": f"http://127.0.0.1:9/{'path/' * 60}?q={'a' * 200}", "title": ""},
    *(
        {
            "url": f"http://127.0.0.1:9/page/{number}",
            "title": f"Page number {number} about nothing in particular",
            "tags": ["many"],
        }
        for number in range(30)
    ),
)

HIGHLIGHTS: tuple[Mapping[str, Any], ...] = (
    {
        "quote": "Software that takes its time leaves you yours. Nothing blinks, nothing asks, and at the end of "
        "the day you know what you have done.",
        "note": "Compare with the essay on **calm tools**.\n\n- also for the talk",
    },
    {"quote": "A list that nobody empties is a place to put guilt.", "colour": "pink"},
    {"quote": "Read less, but read it twice.", "colour": "blue", "note": "The sentence to remember."},
)
NOTE = (
    f"# {LONG_WORD}\n\n- [ ] {LONG_WORD}\n- [x] done\n\n[[{LONG_WORD[:90]}]]\n\n"
    f"## Code\n\n```python\nx = 1  # {LONG_WORD}\n```"
)
RULE = {
    "conditions": [{"field": "title", "how": "contains", "value": LONG_WORD[:100]}],
    "actions": {"tags": ["odd"]},
}


def call(page: Page, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """A request of the page's own person with its token; the decoded answer."""
    return page.evaluate(
        """async ([method, path, body]) => {
            const token = document.querySelector('meta[name="csrf-token"]').content;
            const headers = {"Content-Type": "application/json", "X-CSRF-Token": token};
            const content = body === null ? undefined : JSON.stringify(body);
            const response = await fetch(path, {method, headers, body: content});
            if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
            return response.status === 204 ? null : response.json();
        }""",
        [method, path, dict(body) if body is not None else None],
    )


def furnish(page: Page) -> dict[str, int]:
    """Bookmarks with ordinary and with odd titles, a collection in another one, something in the trash; ids by name."""
    parent = call(page, "POST", "/api/v1/bookmarks/collections", {"name": "Kitchen"})["id"]
    child = call(page, "POST", "/api/v1/bookmarks/collections", {"name": LONG_WORD[:100], "parent_id": parent})["id"]
    ids = [
        call(page, "POST", "/api/v1/bookmarks", {**each, "collection_ids": [child] if number == 1 else []})["id"]
        for number, each in enumerate(BOOKMARKS)
    ]
    call(page, "DELETE", f"/api/v1/bookmarks/{ids[-1]}")
    marked = [call(page, "POST", f"/api/v1/bookmarks/{ids[0]}/highlights", each)["id"] for each in HIGHLIGHTS]
    call(page, "POST", f"/api/v1/bookmarks/{ids[3]}/highlights", {"quote": RIGHT_TO_LEFT, "colour": "green"})
    call(page, "POST", f"/api/v1/bookmarks/{ids[2]}/highlights", {"quote": LONG_WORD, "note": LONG_WORD})
    tags = call(page, "GET", "/api/v1/tags")["items"]
    feed = call(page, "POST", "/api/v1/feeds", {"url": "http://127.0.0.1:9/feed.xml", "title": LONG_WORD})["id"]
    rule = call(page, "POST", "/api/v1/bookmarks/rules", RULE)["id"]
    note = call(page, "POST", "/api/v1/notes", {"title": LONG_WORD, "body": NOTE, "tags": ["x" * 60]})["id"]
    call(page, "POST", "/api/v1/notes", {"title": RIGHT_TO_LEFT, "body": f"[[{LONG_WORD}]]", "parent_id": note})
    return {
        "note_id": note,
        "bookmark_id": ids[1],
        "object_id": ids[1],
        "collection_id": parent,
        "tag_id": tags[0]["id"],
        "highlight_id": marked[0],
        "feed_id": feed,
        "rule_id": rule,
        **_tasks(page),
    }


def _tasks(page: Page) -> dict[str, int]:
    """A task with all that one can have, in a project, and one with odd words."""
    project = call(page, "POST", "/api/v1/tasks/projects", {"name": LONG_WORD[:100], "colour": "green"})["id"]
    whole = {"title": "Publish the report", "priority": "urgent", "notes": "Some **bold** words", "tags": ["work"]}
    task = call(page, "POST", "/api/v1/tasks", {**whole, "project_id": project, "due_on": "2026-01-02"})["id"]
    call(page, "POST", "/api/v1/tasks", {"title": RIGHT_TO_LEFT, "parent_id": task})
    first = call(page, "POST", "/api/v1/tasks", {"title": LONG_WORD, "due_on": "2026-01-02", "tags": [LONG_WORD[:60]]})[
        "id"
    ]
    call(page, "POST", f"/api/v1/tasks/{task}/dependencies", {"blocker_id": first})
    call(page, "POST", f"/api/v1/tasks/{task}/comments", {"body": "Looks *good*"})
    call(page, "POST", f"/api/v1/tasks/{task}/reminders", {"minutes_before": 30})
    section = call(page, "POST", f"/api/v1/tasks/projects/{project}/sections", {"name": RIGHT_TO_LEFT})["id"]
    kept = call(page, "POST", "/api/v1/tasks/filters", {"name": LONG_WORD[:60], "filter": {"view": "all"}})["id"]
    return {"task_id": task, "project_id": project, "section_id": section, "filter_id": kept}
