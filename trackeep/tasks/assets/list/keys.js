// Keys that only tasks have: 1 to 4 are priorities, p and v ask, Alt with the arrows moves; with marks the bar answers.
import { all, on, one, typing } from "../../../assets/js/dom.js";
import { step } from "./moving.js";
import { change, currentRow, hrefOf } from "./rows.js";

const PRIORITIES = { 0: 0, 1: 4, 2: 3, 3: 2, 4: 1 };
const PLACES_WAIT = 1200;
let wentAt = -PLACES_WAIT;

function marked(key) {
  if (!one("[data-select]:checked")) return false;
  const button = one(`[data-bulk-key~="${CSS.escape(key)}"]`);
  button?.click();
  return Boolean(button);
}

// One row is a selection of one: the same dialogs, and the same way back.
function ask(key) {
  const row = currentRow();
  const mark = row && one("[data-select]", row);
  const button = one(`[data-bulk-key~="${key}"]`);
  if (!mark || !button) return false;
  mark.click();
  button.click();
  return true;
}

function prioritise(number) {
  const row = currentRow();
  const address = row ? hrefOf(row) : one("[data-row-detail]")?.getAttribute("hx-get");
  if (!address || (row && row.dataset.writable === undefined)) return false;
  change(`${address}/parts/priority`, { priority: number });
  return true;
}

function answer(event) {
  if (event.altKey) return event.key.startsWith("Arrow") && step(event.key);
  const key = event.key === " " ? "Space" : event.key;
  if (key === "Space" && document.activeElement?.closest("button, summary, input")) return false;
  if (marked(key)) return true;
  if (key in PRIORITIES) return prioritise(PRIORITIES[key]);
  return (key === "p" || key === "v") && ask(key);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (one("dialog[open]") || typing(event.target) || !one("[data-task], [data-row-detail]")) return;
  // Behind g a letter names a place.
  if (event.timeStamp - wentAt < PLACES_WAIT) {
    wentAt = -PLACES_WAIT;
    return;
  }
  if (event.key === "g") {
    wentAt = event.timeStamp;
    return;
  }
  if (!answer(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// A rule of one's own is saved when it is written, not while.
document.addEventListener("input", (event) => {
  if (event.target.matches?.(".task-own-rule")) event.stopPropagation();
}, true);
on("input", ".task-measure input[type=range]", (range) => { for (const shown of all("output", range.parentElement)) shown.value = `${range.value} %`; });
