"""What axe finds in a page; only what is serious or critical counts."""

from typing import Any

from playwright.sync_api import Page

from tests.journeys.server import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = frozenset({"serious", "critical"})
# What a rule finds is as grave as the rule: those of less could find nothing that counts, and take a third of the time.
# Nothing is fetched beforehand either, for only two rules want that, and neither is among those that run.
RUN = """async ([grave, only]) => {
    const lesser = axe._audit.rules.filter((rule) => rule.impact && !grave.includes(rule.impact));
    const rules = Object.fromEntries(lesser.map((rule) => [rule.id, {enabled: false}]));
    const options = {resultTypes: ["violations"], elementRef: false, preload: false};
    const chosen = only ? {runOnly: {type: "rule", values: only}} : {rules};
    return (await axe.run(document, {...options, ...chosen})).violations;
}"""


def violations(page: Page, *, only: list[str] | None = None) -> list[str]:
    """One line for each rule that is broken, with the first elements. The context must have been made with
    ``bypass_csp``: our policy would not let the checker in."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, [sorted(GRAVE), only])
    return [
        f"{entry['id']}: {entry['help']}: " + "; ".join(node["html"][:160] for node in entry["nodes"][:3])
        for entry in found
        if entry["impact"] in GRAVE
    ]
