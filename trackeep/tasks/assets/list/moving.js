// The order that people make: a row is dragged by its grip, or moved by Alt with the arrow keys; right makes it a subtask. In a
// list by days it goes to another day, and keeps its time.
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

// The heading of the day that something in a list by days stands below, or is.
function headingOf(part) {
  for (let at = part; at; at = at.previousElementSibling) if (at.matches("[data-day]")) return at;
  return null;
}

function later(day, days) {
  const moment = new Date(`${day}T12:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

const onDay = (row, day) => change(`${hrefOf(row)}/due`, { on: day });

export function step(key) {
  const row = currentRow();
  if (row?.closest("[data-days]") && row.dataset.writable !== undefined && /Up|Down/.test(key)) {
    onDay(row, later(headingOf(row).dataset.day, key === "ArrowDown" ? 1 : -1));
    return true;
  }
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

const clean = () => { for (const row of all(".drop-before, .drop-after, .drop-day, .is-dragged")) row.classList.remove("drop-before", "drop-after", "drop-day", "is-dragged"); };
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
on("dragover", "[data-days] > :is([data-task], [data-day])", (part, event) => {
  const heading = headingOf(part);
  if (!dragged || !heading) return;
  event.preventDefault();
  for (const each of all(".drop-day")) if (each !== heading) each.classList.remove("drop-day");
  if (heading !== headingOf(dragged)) heading.classList.add("drop-day");
});
on("drop", "[data-days] > :is([data-task], [data-day])", (part, event) => {
  const heading = headingOf(part);
  if (!dragged || !heading) return;
  event.preventDefault();
  if (heading !== headingOf(dragged)) onDay(dragged, heading.dataset.day);
  clean();
});
document.addEventListener("dragend", () => { dragged = null; clean(); });
