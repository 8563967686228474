// The tree of projects: a row dropped on the middle of another one goes inside it, on its edge before or behind it. Shift
// with the arrow keys does the same. The server draws the tree again.
import { all, one } from "../../assets/js/dom.js";
import { tell } from "../../assets/js/tell.js";
import { send } from "../../assets/js/send.js";
import { draggable, form } from "./dragging/drag.js";

const ROW = "[data-project]";
const WHERE = ["is-before", "is-inside", "is-behind"];
const siblings = (tree, parent) => all(ROW, tree).filter((row) => row.dataset.parent === parent);

function mark(tree, row, where) {
  for (const each of all(WHERE.map((name) => `.${name}`).join(), tree)) each.classList.remove(...WHERE);
  row?.classList.add(where);
}

function isBelow(tree, row, above) {
  for (let each = row, left = 100; each && left > 0; left -= 1) {
    if (each === above) return true;
    const parent = each.dataset.parent;
    each = parent ? all(ROW, tree).find((other) => other.dataset.project === parent) : null;
  }
  return false;
}

// Inside which project, and behind which of its projects; an empty word is none.
function placeOf(tree, moved, target, where) {
  if (where === "is-inside") {
    const inside = siblings(tree, target.dataset.project).filter((row) => row !== moved);
    return { parent_id: target.dataset.project, after_id: inside.at(-1)?.dataset.project ?? "" };
  }
  const near = siblings(tree, target.dataset.parent).filter((row) => row !== moved);
  const at = near.indexOf(target);
  const after = where === "is-behind" ? target : near[at - 1];
  return { parent_id: target.dataset.parent, after_id: after?.dataset.project ?? "" };
}

async function place(tree, row, wanted) {
  const id = row.dataset.project;
  const answer = await send(`${tree.dataset.tasks}/projects/${id}/place`, form(wanted));
  if (!answer.ok) tell({ text: answer.problem.detail, kind: "error" });
  if (!answer.ok) window.htmx.trigger(document.body, "list-changed");
}

function key(tree, event) {
  const row = event.target.closest(ROW);
  if (!row || !event.shiftKey || !/^Arrow/.test(event.key)) return;
  event.preventDefault();
  const near = siblings(tree, row.dataset.parent);
  const at = near.indexOf(row);
  const above = all(ROW, tree).find((each) => each.dataset.project === row.dataset.parent);
  const forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  let wanted = null;
  if (event.key === "ArrowUp" && near[at - 1]) wanted = placeOf(tree, row, near[at - 1], "is-before");
  else if (event.key === "ArrowDown" && near[at + 1]) wanted = placeOf(tree, row, near[at + 1], "is-behind");
  else if (event.key === forth && near[at - 1]) wanted = placeOf(tree, row, near[at - 1], "is-inside");
  else if (/^Arrow(Left|Right)$/.test(event.key) && event.key !== forth && above) wanted = placeOf(tree, row, above, "is-behind");
  if (!wanted) return;
  document.addEventListener("htmx:afterSettle", () => { const again = document.getElementById(row.id); if (again) one("[data-open]", again).focus(); }, { once: true });
  place(tree, row, wanted);
}

export function mount(tree) {
  let goal = null;
  draggable(tree, {
    thing: ROW,
    over: (row, under, { y }) => {
      const target = under?.closest(ROW);
      goal = null;
      if (!target || !tree.contains(target) || isBelow(tree, target, row)) return mark(tree, null);
      const box = target.getBoundingClientRect();
      const part = (y - box.top) / box.height;
      const where = part < 0.3 ? "is-before" : part > 0.7 ? "is-behind" : "is-inside";
      goal = { target, where };
      mark(tree, target, where);
    },
    cancelled: () => mark(tree, null),
    land: (row) => {
      mark(tree, null);
      if (goal) place(tree, row, placeOf(tree, row, goal.target, goal.where));
    },
  });
  tree.addEventListener("keydown", (event) => key(tree, event));
}
