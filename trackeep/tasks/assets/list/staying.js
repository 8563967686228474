// A list that draws itself again keeps its current row, or the one that came to stand in its place.
import { all, one } from "../../../assets/js/dom.js";

let kept = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "results") return;
  const row = one("[data-task].is-current");
  kept = row && { id: row.id, at: all("[data-task]").indexOf(row), focused: document.activeElement === document.body || row.contains(document.activeElement) };
});
// Before it has settled, htmx still puts the classes of what it drew into place.
document.addEventListener("htmx:afterSettle", () => {
  if (!kept) return;
  const rows = all("[data-task]");
  const row = document.getElementById(kept.id) ?? rows[Math.min(kept.at, rows.length - 1)];
  row?.classList.add("is-current");
  if (kept.focused && row && !one("dialog[open]")) one("[data-open]", row).focus({ preventScroll: true });
  kept = null;
});
