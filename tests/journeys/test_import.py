"""A browser's bookmark file: looked through, reported line by line, saved, taken back."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.bookmarks.browser_export import browser_export
from tests.bookmarks.formats.reading import sample
from tests.journeys.people import Visitor

ROWS = 300


def test_import_and_undo(visitor: Visitor, tmp_path: Path) -> None:
    page, file = visitor.page, tmp_path / "bookmarks.html"
    export = browser_export(ROWS, style="chrome")
    file.write_bytes(export.bytes())
    page.goto("/bookmarks/import")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look into the file").click()

    save = page.get_by_role("button", name="Save", exact=False)
    expect(save).to_be_visible()
    expect(page.get_by_text("Nothing has been saved yet")).to_be_visible()
    expect(page.locator("#report .import-row").first).to_be_visible()
    new = int("".join(letter for letter in save.inner_text() if letter.isdigit()))
    assert new == export.distinct

    save.click()
    expect(page.get_by_text("bookmarks were saved")).to_be_visible(timeout=60_000)
    assert f"{new} bookmarks were saved" in page.locator(".import-lead").inner_text()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("are in the trash")).to_be_visible(timeout=60_000)
    page.goto("/bookmarks")
    expect(page.locator("#list [data-row]")).to_have_count(0)


def test_a_file_that_is_none(visitor: Visitor, tmp_path: Path, allow: Callable[..., None]) -> None:
    page, file = visitor.page, tmp_path / "picture.html"
    file.write_bytes(bytes(range(256)) * 40)
    allow(page, 422)
    page.goto("/bookmarks/import")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look into the file").click()
    expect(page.get_by_text("This is not a text file")).to_be_visible()


def test_a_file_of_another_product(visitor: Visitor, tmp_path: Path) -> None:
    page, file = visitor.page, tmp_path / "whatever.bin"
    file.write_bytes(sample("karakeep.json"))
    page.goto("/bookmarks/import")
    page.get_by_text("Raindrop.io").first.click()
    expect(page.get_by_text("Settings, Backups", exact=False)).to_be_visible()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look into the file").click()

    expect(page.get_by_text("2 pages are new and can be saved.")).to_be_visible()
    expect(page.get_by_text("Karakeep", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Markdown").click()
    assert "Bread is flour" in download.value.path().read_text()

    page.get_by_role("button", name="Save 2 bookmarks").click()
    expect(page.get_by_text("2 bookmarks were saved")).to_be_visible(timeout=60_000)
    page.goto("/bookmarks/export")
    with page.expect_download() as download:
        page.get_by_role("link", name="Markdown").click()
    assert "## Kitchen/Bread" in download.value.path().read_text()
