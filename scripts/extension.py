"""Packs the browser extension into build/trackeep-extension.zip, the same bytes from the same files, after a check.

Uses the standard library only. Usage: `python3 scripts/extension.py`.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "browser-extension"
TARGET = ROOT / "build" / "trackeep-extension.zip"
KINDS = {".json", ".html", ".css", ".js", ".png"}
ALLOWED = {"activeTab", "contextMenus", "scripting", "storage"}
LONGEST_DESCRIPTION = 132  # of the stores
MOMENT = (2026, 1, 1, 0, 0, 0)

MESSAGE = re.compile(r"__MSG_(\w+)__")
IN_PAGES = re.compile(r"""\b(?:src|href)="([^"#:]+)\"""")
IN_SCRIPTS = re.compile(r"""^(?:import|export)\b.*? from "([^"]+)";""", re.MULTILINE)
WORDS_IN_PAGES = re.compile(r'data-(?:t|t-[a-z-]+|empty)="(\w+)"')
WORDS_IN_SCRIPTS = re.compile(r'\bt\("(\w+)"')
UNSAFE = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|console\.")


def main() -> int:
    """Check and pack; 1 with a line for each thing that is wrong."""
    wrong = list(complaints(SOURCE))
    if wrong:
        sys.stderr.write("".join(f"{line}\n" for line in wrong))
        return 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(packed(SOURCE))
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size} bytes\n")
    return 0


def files(source: Path) -> list[Path]:
    return sorted(path for path in source.rglob("*") if path.is_file())


def packed(source: Path) -> bytes:
    """The archive, with names in order and one moment for all, so that nothing but the content decides its bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files(source):
            entry = zipfile.ZipInfo(path.relative_to(source).as_posix(), MOMENT)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, path.read_bytes())
    return content.getvalue()


def complaints(source: Path) -> Iterator[str]:
    """What a browser or a store would refuse, or a person would see as a gap."""
    manifest: dict[str, Any] = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    words = set(json.loads((source / "_locales" / manifest["default_locale"] / "messages.json").read_text("utf-8")))
    yield from manifest_complaints(manifest, words)
    for owner, name in sorted(named_files(source, manifest)):
        if not (source / name).is_file():
            yield f"{owner} names {name}, which does not exist"
    for path in files(source):
        text = path.read_text(encoding="utf-8") if path.suffix in {".html", ".js"} else ""
        name = path.relative_to(source).as_posix()
        if path.suffix not in KINDS:
            yield f"{name} is of a kind that does not belong here"
        found = WORDS_IN_PAGES.findall(text) + WORDS_IN_SCRIPTS.findall(text)
        yield from (f"{name} says {word}, which no language has" for word in sorted(set(found) - words))
        yield from (f"{name} uses {unsafe[0]}" for unsafe in UNSAFE.finditer(text))
        if path.suffix == ".html" and re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=|https?://[^\"]+\.js", text):
            yield f"{name} has a script or style of its own, or one from elsewhere"


def manifest_complaints(manifest: dict[str, Any], words: set[str]) -> Iterator[str]:
    if manifest["manifest_version"] != 3:
        yield "manifest.json is not of version 3"
    if not re.fullmatch(r"\d+(\.\d+){0,3}", manifest["version"]):
        yield "manifest.json has a version that browsers do not take"
    if more := set(manifest["permissions"]) - ALLOWED:
        yield f"manifest.json asks for more than is needed: {', '.join(sorted(more))}"
    if "host_permissions" in manifest or "content_scripts" in manifest:
        yield "manifest.json wants into pages before anybody was asked"
    policy = manifest["content_security_policy"]["extension_pages"]
    if "default-src 'none'" not in policy or "script-src 'self';" not in policy or "unsafe" in policy:
        yield "manifest.json has a policy that lets foreign scripts in"
    for word in MESSAGE.findall(json.dumps(manifest)):
        if word not in words:
            yield f"manifest.json says {word}, which no language has"


def named_files(source: Path, manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Who names which file: the manifest, pages and modules."""
    background = manifest["background"]
    named = [manifest["action"]["default_popup"], manifest["options_ui"]["page"], background["service_worker"]]
    named += [*background["scripts"], *manifest["icons"].values(), *manifest["action"]["default_icon"].values()]
    yield from (("manifest.json", name) for name in named)
    for path in files(source):
        owner, pattern = path.relative_to(source), {".html": IN_PAGES, ".js": IN_SCRIPTS}.get(path.suffix)
        for name in pattern.findall(path.read_text(encoding="utf-8")) if pattern else ():
            yield owner.as_posix(), (path.parent / name).resolve().relative_to(source.resolve()).as_posix()


if __name__ == "__main__":
    sys.exit(main())
