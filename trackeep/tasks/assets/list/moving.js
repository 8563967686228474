// The order that people make: a row is dragged by its grip, by a finger that rested on it, or moved by Alt with the arrow keys;
// right, or the middle of another row, makes it a subtask. In a list by days it goes to another day, and keeps its time.
import { all, one } from "../../../assets/js/dom.js";
import { draggable, zone } from "../../../assets/js/drag.js";
import { flat } from "../dragging/flat.js";
import { change, currentRow, hrefOf, isSorted, siblings } from "./rows.js";

const EDGE = 0.36;

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

const DEPTH = /task-depth-(\d+)/;

function clean(list) {
  for (const part of all("[class*='drop-']", list)) part.classList.remove(...[...part.classList].filter((name) => name.startsWith("drop-")));
}

// A line stands where the row will, behind all that is below the one it is put behind, and as far in.
function show(list, rows, { part, where }) {
  const place = where === "after" ? rows.endOf(part) : part;
  place.classList.add(`drop-${where}`);
  if (where === "after") place.classList.add(`drop-to-${part.className.match(DEPTH)?.[1] ?? 0}`);
}

function goalOf(list, rows, moved, under, y) {
  const part = under?.closest("[data-task], [data-section], [data-day]");
  if (!part || !list.contains(part)) return null;
  const day = list.matches("[data-days]") ? headingOf(part) : null;
  if (day) return day === headingOf(moved) ? null : { part: day, where: "into" };
  if (part.matches("[data-section]")) return { part, where: "into" };
  return part.matches("[data-task]") && !rows.isBelow(part, moved) ? { part, where: zone(part, y, EDGE) } : null;
}

function landed(row, { part, where }) {
  if (part.matches("[data-day]")) return onDay(row, part.dataset.day);
  if (where === "into") return put(row, { parent_id: "", section_id: part.dataset.section });
  return where === "inside" ? put(row, { parent_id: part.dataset.id }) : place(row, part, `${where}_id`);
}

export function moving(list) {
  let goal = null;
  draggable(list, {
    thing: "[data-task][data-writable]",
    handle: "[data-grip]",
    aside: true,
    over: (row, under, { y }) => {
      const rows = flat(all("[data-task]", list), (each) => each.dataset.id);
      const found = goalOf(list, rows, row, under, y);
      if (found?.part === goal?.part && found?.where === goal?.where) return;
      clean(list);
      goal = found;
      if (goal) show(list, rows, goal);
    },
    cancelled: () => { clean(list); goal = null; },
    land: (row) => {
      clean(list);
      if (goal) landed(row, goal);
      goal = null;
    },
  });
}
