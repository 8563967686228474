"""Versions, two texts that met, and a zip of notes, as a person sees them: on a phone and wide, light and dark."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import LONG_WORD, call
from tests.journeys.people import register
from tests.notes.zipping import packed

BODY = "\n".join(["# Plan", *(f"Line {number} of the plan" for number in range(1, 60)), LONG_WORD, "The old end"])
THEIRS = BODY.replace("Line 10 of", "Line ten of").replace("The old end", "Their end of it")
MINE = BODY.replace("Line 40 of", "Line forty of").replace("The old end", "My end of it")
LOOKS = ((360, 780, "dark"), (1440, 900, "light"), (360, 780, "light"), (1440, 900, "dark"))


def photograph(page: Page, folder: Path, name: str) -> None:
    for width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {width}"
        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")


def change(page: Page, note_id: int, body: str) -> None:
    """As the note page does, with the version that the note has."""
    page.evaluate(
        """async ([id, body]) => {
            const token = document.querySelector('meta[name="csrf-token"]').content;
            const url = `/api/v1/notes/${id}`;
            const tag = (await fetch(url)).headers.get("ETag");
            const headers = {"Content-Type": "application/json", "X-CSRF-Token": token, "If-Match": tag};
            const answer = await fetch(url, {method: "PATCH", headers, body: JSON.stringify({body})});
            if (!answer.ok) throw new Error(await answer.text());
        }""",
        [note_id, body],
    )


def test_versions_are_compared_restored_and_undone(
    new_context: Callable[..., BrowserContext], screenshots: Path
) -> None:
    page = register(new_context(bypass_csp=True).new_page(), "historian").page
    page.goto("/notes")
    note_id = int(call(page, "POST", "/api/v1/notes", {"title": "Plan", "body": BODY})["id"])
    change(page, note_id, THEIRS)
    settle(page, note_id, f"{THEIRS}\nMore")
    page.goto(f"/notes/{note_id}/versions")
    expect(page.locator(".diff-added").first).to_be_visible()
    page.locator(".version-line").last.click()
    page.get_by_role("link", name="Changed since").click()
    expect(page.locator(".diff ins").first).to_be_visible()
    page.locator(".diff-fold summary").first.click()
    expect(page.locator(".diff-fold .diff-line").first).to_be_visible()
    assert violations(page) == []
    photograph(page, screenshots, "versions")
    page.get_by_role("button", name="Restore this version").click()
    expect(page.get_by_text("The note says again what it said then")).to_be_visible()
    assert call(page, "GET", f"/api/v1/notes/{note_id}")["body"] == THEIRS
    photograph(page, screenshots, "versions-restored")
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").click()
    expect(page.locator(".diff-added").first).to_be_visible()
    assert call(page, "GET", f"/api/v1/notes/{note_id}")["body"].endswith("More")


def settle(page: Page, note_id: int, body: str) -> None:
    """A save that is a version of its own: a conflict that is brought together."""
    version = call(page, "GET", f"/api/v1/notes/{note_id}")["version"]
    page.evaluate(
        """async ([id, body, version]) => {
            const token = document.querySelector('meta[name="csrf-token"]').content;
            const form = new URLSearchParams({title: "Plan", body, version, "choice-0": "mine"});
            const headers = {"X-CSRF-Token": token, "X-Form": "1"};
            await fetch(`/notes/${id}/conflict/settle`, {method: "POST", headers, body: form});
        }""",
        [note_id, body, str(version)],
    )


def test_two_texts_are_brought_together(
    new_context: Callable[..., BrowserContext], screenshots: Path, allow: Callable[..., None]
) -> None:
    page = register(new_context(bypass_csp=True).new_page(), "merger").page
    page.goto("/notes")
    note_id = int(call(page, "POST", "/api/v1/notes", {"title": "Plan", "body": BODY})["id"])
    change(page, note_id, THEIRS)
    allow(page, 409)
    page.evaluate(
        """([id, mine, base]) => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = `/notes/${id}/conflict`;
            const token = document.querySelector('meta[name="csrf-token"]').content;
            for (const [name, value] of Object.entries({csrf_token: token, title: "Plan", base_title: "Plan"})) {
                form.append(Object.assign(document.createElement("input"), {name, value}));
            }
            for (const [name, value] of Object.entries({body: mine, base})) {
                form.append(Object.assign(document.createElement("textarea"), {name, value}));
            }
            document.body.append(form);
            form.submit();
        }""",
        [note_id, MINE, BODY],
    )
    expect(page.get_by_text("1 place was changed by both")).to_be_visible()
    assert violations(page) == []
    photograph(page, screenshots, "conflict")
    page.get_by_role("radio", name="Yours").check()
    page.get_by_role("button", name="Save the merged note").click()
    page.wait_for_url(f"**/notes/{note_id}")
    body = call(page, "GET", f"/api/v1/notes/{note_id}")["body"]
    assert all(words in body for words in ("Line ten of", "Line forty of", "My end of it"))
    assert "Their end" not in body


def test_a_vault_comes_in_and_goes_out(
    new_context: Callable[..., BrowserContext], screenshots: Path, tmp_path: Path
) -> None:
    page, file = register(new_context(bypass_csp=True).new_page(), "mover").page, tmp_path / "vault.zip"
    many: dict[str, bytes | str] = {f"Garden/Beds/Bed {number}.md": f"Row {number}" for number in range(120)}
    file.write_bytes(packed({**many, f"{LONG_WORD[:150]}.md": "x", "cat.png": b"x", "Garden.md": "y"}).getvalue())
    page.goto("/notes/import")
    photograph(page, screenshots, "notes-import")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look into the file").click()
    save = page.get_by_role("button", name="Save 123 notes")
    expect(save).to_be_visible()
    assert violations(page) == []
    photograph(page, screenshots, "notes-import-preview")
    save.click()
    expect(page.get_by_text("123 notes were saved")).to_be_visible(timeout=60_000)
    page.goto("/notes/export")
    photograph(page, screenshots, "notes-export")
    with page.expect_download() as download:
        page.get_by_role("link", name="Markdown, as a zip file").click()
    assert download.value.path().stat().st_size > 5_000
    page.goto("/notes/import")
    page.get_by_role("link", name="vault.zip").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("123 notes are in the trash")).to_be_visible(timeout=60_000)
