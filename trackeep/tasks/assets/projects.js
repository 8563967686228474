// The tree of projects: a row dropped on the middle of another one goes inside it, on its edge before or behind it. Shift
// with the arrow keys does the same. The server draws the tree again.
import { all, one } from "../../assets/js/dom.js";
import { draggable, zone } from "../../assets/js/drag.js";
import { tell } from "../../assets/js/tell.js";
import { send } from "../../assets/js/send.js";
import { flat } from "./dragging/flat.js";
import { form } from "./dragging/telling.js";

const ROW = "[data-project]";
const WHERE = { before: "is-before", inside: "is-inside", after: "is-behind" };
const siblings = (tree, parent) => all(ROW, tree).filter((row) => row.dataset.parent === parent);

function mark(tree, row, where) {
  const looks = Object.values(WHERE);
  for (const each of all(looks.map((look) => `.${look}`).join(), tree)) each.classList.remove(...looks);
  row?.classList.add(WHERE[where]);
}

// Inside which project, and behind which of its projects; an empty word is none.
function placeOf(tree, moved, target, where) {
  if (where === "inside") {
    const inside = siblings(tree, target.dataset.project).filter((row) => row !== moved);
    return { parent_id: target.dataset.project, after_id: inside.at(-1)?.dataset.project ?? "" };
  }
  const near = siblings(tree, target.dataset.parent).filter((row) => row !== moved);
  const at = near.indexOf(target);
  const after = where === "after" ? target : near[at - 1];
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
  if (event.key === "ArrowUp" && near[at - 1]) wanted = placeOf(tree, row, near[at - 1], "before");
  else if (event.key === "ArrowDown" && near[at + 1]) wanted = placeOf(tree, row, near[at + 1], "after");
  else if (event.key === forth && near[at - 1]) wanted = placeOf(tree, row, near[at - 1], "inside");
  else if (/^Arrow(Left|Right)$/.test(event.key) && event.key !== forth && above) wanted = placeOf(tree, row, above, "after");
  if (!wanted) return;
  document.addEventListener("htmx:afterSettle", () => { const again = document.getElementById(row.id); if (again) one("[data-open]", again).focus(); }, { once: true });
  place(tree, row, wanted);
}

export function mount(tree) {
  let goal = null;
  draggable(tree, {
    thing: `${ROW}:has(.project-grip)`,
    aside: true,
    over: (row, under, { y }) => {
      const target = under?.closest(ROW);
      const rows = flat(all(ROW, tree), (each) => each.dataset.project);
      goal = null;
      if (!target || !tree.contains(target) || rows.isBelow(target, row)) return mark(tree, null);
      goal = { target, where: zone(target, y) };
      mark(tree, goal.where === "after" ? rows.endOf(target) : target, goal.where);
    },
    cancelled: () => mark(tree, null),
    land: (row) => {
      mark(tree, null);
      if (goal) place(tree, row, placeOf(tree, row, goal.target, goal.where));
    },
  });
  tree.addEventListener("keydown", (event) => key(tree, event));
}
