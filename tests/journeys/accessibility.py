"""What axe finds in a page; only what is serious or critical counts."""

from typing import Any

from playwright.sync_api import Page

from tests.journeys.server import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = frozenset({"serious", "critical"})


def violations(page: Page, *, only: list[str] | None = None) -> list[str]:
    """One line for each rule that is broken, with the first elements. The context must have been made with
    ``bypass_csp``: our policy would not let the checker in."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    options: dict[str, Any] = {"resultTypes": ["violations"], "elementRef": False}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    found: list[dict[str, Any]] = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations", options
    )
    return [
        f"{entry['id']}: {entry['help']}: " + "; ".join(node["html"][:160] for node in entry["nodes"][:3])
        for entry in found
        if entry["impact"] in GRAVE
    ]
