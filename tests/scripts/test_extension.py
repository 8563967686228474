"""The packed extension has the same bytes each time, and the check finds what browsers or people would miss."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import extension


@pytest.fixture
def source(tmp_path: Path) -> Path:
    shutil.copytree(extension.SOURCE, tmp_path / "source")
    return tmp_path / "source"


def _change_manifest(source: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((source / "manifest.json").read_text("utf-8"))
    change(manifest)
    (source / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def test_ours_is_complete() -> None:
    assert list(extension.complaints(extension.SOURCE)) == []


def test_the_same_files_give_the_same_bytes(source: Path) -> None:
    first = extension.packed(source)
    for path in extension.files(source):
        path.touch()

    assert extension.packed(source) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert "manifest.json" in archive.namelist()
        assert archive.namelist() == sorted(archive.namelist())


def test_words_fit_the_stores() -> None:
    words = json.loads((extension.SOURCE / "_locales" / "en" / "messages.json").read_text("utf-8"))
    assert len(words["description"]["message"]) <= extension.LONGEST_DESCRIPTION


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda manifest: manifest["permissions"].append("history"), "asks for more"),
        (lambda manifest: manifest.update(host_permissions=["<all_urls>"]), "before anybody was asked"),
        (lambda manifest: manifest.update(version="1.0-beta"), "a version that browsers do not take"),
        (lambda manifest: manifest["icons"].update({"64": "icons/icon-64.png"}), "icons/icon-64.png, which does not"),
        (lambda manifest: manifest.update(name="__MSG_nobody__"), "says nobody"),
        (
            lambda manifest: manifest["content_security_policy"].update(
                extension_pages="script-src 'self' 'unsafe-eval'"
            ),
            "lets foreign scripts in",
        ),
    ],
)
def test_a_manifest_that_is_wrong(source: Path, change: Callable[[dict[str, Any]], object], words: str) -> None:
    _change_manifest(source, change)
    assert any(words in line for line in extension.complaints(source))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("popup.js", 'import { x } from "./lib/missing.js";\n', "lib/missing.js, which does not exist"),
        ("popup.js", 't("nobody");\n', "says nobody"),
        ("popup.js", "document.body.innerHTML = x;\n", "uses innerHTML"),
        ("background.js", "console.log(token);\n", "uses console."),
        ("popup.html", '<script src="https://example.org/x.js"></script>', "one from elsewhere"),
        ("popup.html", '<p data-t="nobody">', "says nobody"),
        ("lib/x.ts", "", "a kind that does not belong"),
    ],
)
def test_a_file_that_is_wrong(source: Path, name: str, text: str, words: str) -> None:
    path = source / name
    path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")
    assert any(words in line for line in extension.complaints(source))
