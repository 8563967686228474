// The order that people make: a row is dragged by its grip, or moved by Alt with the arrow keys; right makes it a subtask.
import { all, on, one } from "../../../assets/js/dom.js";
import { change, currentRow, hrefOf, isSorted, siblings } from "./rows.js";

let dragged = null;

// The section that a row stands in, as the heading above it tells.
function sectionOf(row) {
  for (let at = row; at; at = at.previousElementSibling) if (at.matches("[data-section]")) return at.dataset.section;
  return "";
}

function put(row, where) {
  return change(`${hrefOf(row)}/move`, where);
}

function place(row, target, side) {
  const fields = { [side]: target.dataset.id, parent_id: target.dataset.parent };
  if (!target.dataset.parent && one("[data-section]", row.parentElement)) fields.section_id = sectionOf(target);
  return put(row, fields);
}

export function step(key) {
  const row = currentRow();
  if (!row || !isSorted(row)) return false;
  const near = siblings(row);
  const now = near.indexOf(row);
  const forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key === "ArrowUp" && near[now - 1]) place(row, near[now - 1], "before_id");
  else if (key === "ArrowDown" && near[now + 1]) place(row, near[now + 1], "after_id");
  else if (key === forth && near[now - 1]) put(row, { parent_id: near[now - 1].dataset.id });
  else if (key.match(/Left|Right/) && key !== forth && row.dataset.parent) {
    const above = document.getElementById(`row-${row.dataset.parent}`);
    if (above) place(row, above, "after_id");
  }
  return true;
}

const clean = () => { for (const row of all(".drop-before, .drop-after, .is-dragged")) row.classList.remove("drop-before", "drop-after", "is-dragged"); };
const upper = (row, event) => event.clientY < row.getBoundingClientRect().top + row.offsetHeight / 2;

on("dragstart", "[data-grip]", (grip, event) => {
  dragged = grip.closest("[data-task]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", one("[data-open]", dragged).textContent);
  event.dataTransfer.setDragImage(dragged, 24, 16);
  dragged.classList.add("is-dragged");
});
on("dragover", "[data-sortable] [data-task]", (row, event) => {
  if (!dragged || row === dragged) return;
  event.preventDefault();
  const before = upper(row, event);
  if (row.classList.contains(before ? "drop-before" : "drop-after")) return;
  for (const each of all(".drop-before, .drop-after")) each.classList.remove("drop-before", "drop-after");
  row.classList.add(before ? "drop-before" : "drop-after");
});
on("drop", "[data-sortable] [data-task]", (row, event) => {
  if (!dragged || row === dragged) return;
  event.preventDefault();
  place(dragged, row, upper(row, event) ? "before_id" : "after_id");
  clean();
});
on("dragover", "[data-sortable] [data-section]", (_heading, event) => { if (dragged) event.preventDefault(); });
on("drop", "[data-sortable] [data-section]", (heading, event) => {
  if (!dragged) return;
  event.preventDefault();
  put(dragged, { parent_id: "", section_id: heading.dataset.section });
  clean();
});
document.addEventListener("dragend", () => { dragged = null; clean(); });
