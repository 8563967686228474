// Walking a list with j and k. The current row answers Enter, x, e and the keys of its data-key elements.
import { all, one } from "./dom.js";
import { closePanel, openPanel } from "./panel.js";
import { clear, mark } from "./selection.js";

const rows = () => all("[data-row]").filter((row) => row.offsetParent !== null);
export const currentRow = () => one("[data-row].is-current");

function go(step) {
  const every = rows();
  if (!every.length) return false;
  const now = every.indexOf(currentRow() ?? document.activeElement?.closest?.("[data-row]"));
  const next = every[Math.min(every.length - 1, Math.max(0, now < 0 ? (step > 0 ? 0 : every.length - 1) : now + step))];
  for (const row of every) row.classList.toggle("is-current", row === next);
  one("[data-open]", next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  const panel = one("#panel");
  const link = one("a[data-panel]", next);
  if (panel && !panel.hidden && link && matchMedia("(min-width: 75.01rem)").matches) openPanel(link);
  if (now === every.length - 1 && step > 0) one("[data-more]")?.click();
  return true;
}

// Answers whether the key meant something here.
export function rowKey(key) {
  if (key === "j") return go(1);
  if (key === "k") return go(-1);
  if (key === "Escape") return closePanel() || clear();
  const row = currentRow() ?? document.activeElement?.closest?.("[data-row]") ?? one("[data-row].is-open");
  // An element may answer several keys, with spaces between; the space bar is called Space, and belongs to a button that has the focus.
  if (key === " " && document.activeElement?.closest("button, summary, input")) return false;
  const asked = `[data-key~="${key === " " ? "Space" : CSS.escape(key)}"]`;
  const answer = (row && one(asked, row)) || one(`#panel:not([hidden]) ${asked}`) || one(`#content ${asked}:not([data-row] *)`);
  if (key === "x" && row) {
    const box = one("[data-select]", row);
    if (box) mark(box);
    return Boolean(box);
  }
  if (key === "Enter" && row && document.activeElement === document.body) {
    one("[data-open]", row)?.click();
    return true;
  }
  if (!answer) return false;
  if (answer.matches("input:not([type=checkbox]), textarea")) answer.focus();
  else answer.click();
  return true;
}

document.addEventListener("pointerdown", ({ target }) => {
  const row = target.closest?.("[data-row]");
  if (row) rows().forEach((each) => each.classList.toggle("is-current", each === row));
});

// A row that is drawn again, or leaves its list, hands on being the current one and the focus.
let heir = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const row = detail.target;
  if (!row.matches?.("[data-row]")) return;
  const near = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row.previousElementSibling;
  heir = row.classList.contains("is-current") || row.contains(document.activeElement) ? { id: row.id, near, current: row.classList.contains("is-current") } : null;
});
document.addEventListener("htmx:afterSwap", () => {
  if (!heir) return;
  const row = document.getElementById(heir.id) ?? heir.near;
  if (row?.matches?.("[data-row]")) {
    row.classList.toggle("is-current", heir.current);
    one("[data-open]", row)?.focus({ preventScroll: true });
  }
  heir = null;
});
