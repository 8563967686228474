"""Draws the icons of the browser extension and of the installed app from trackeep/assets/mark.svg, by Chromium.

The pictures are kept in the repository, so this runs only when the mark changes: `.venv/bin/python scripts/icons.py`.
"""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
MARK = ROOT / "trackeep" / "assets" / "mark.svg"
EXTENSION = ROOT / "browser-extension" / "icons"
APP = ROOT / "trackeep" / "assets"
GROUND = "#1f6fd0"


def main() -> None:
    mark = MARK.read_text(encoding="utf-8")
    full = re.sub(r'<rect[^>]*rx="[^"]*"[^>]*/>', "", mark)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for side in (16, 32, 48, 128):
            draw(browser, EXTENSION / f"icon-{side}.png", mark, side)
        for side in (192, 512):
            draw(browser, APP / f"icon-{side}.png", mark, side)
        # Systems cut their own shape out of these: the ground fills them, the mark stays within the safe middle.
        draw(browser, APP / "icon-maskable-512.png", full, 512, share=0.78, ground=GROUND)
        draw(browser, APP / "icon-180.png", full, 180, share=0.92, ground=GROUND)
        browser.close()


def draw(browser: Browser, target: Path, svg: str, side: int, *, share: float = 1.0, ground: str = "none") -> None:
    page = browser.new_page(viewport={"width": side, "height": side})
    inner, edge = side * share, side * (1 - share) / 2
    drawn = svg.replace("<svg ", f'<svg width="{inner}" height="{inner}" ', 1)
    look = f"body{{margin:0;background:{ground}}}svg{{display:block;position:absolute;left:{edge}px;top:{edge}px}}"
    page.set_content(f"<!doctype html><style>{look}</style>{drawn}")
    page.screenshot(path=target, omit_background=ground == "none")
    page.close()


if __name__ == "__main__":
    main()
