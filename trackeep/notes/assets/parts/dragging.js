// Moving a note by pointer or finger: onto the upper edge of another it goes before it, onto its middle inside, onto its lower edge
// behind; below all of them it goes to the end.
import { all, one } from "../../../assets/js/dom.js";
import { draggable, zone } from "../../../assets/js/drag.js";

const EDGE = 0.28;
const OPEN_AFTER = 700;
const LINK = ".note-link";
const BRANCH = ".note-branch";

// Onto which note, and where; undefined between two of them.
function goalOf(tree, branchOf, under, y) {
  if (!under || !tree.contains(under)) return null;
  const branch = branchOf(under.closest(`${LINK}, .note-fold`));
  if (branch) return { branch, place: zone(one(`:scope > ${LINK}`, branch), y, EDGE) };
  const last = all(`#note-tree > ${BRANCH}`, tree).at(-1);
  return last && y > last.getBoundingClientRect().bottom ? { branch: last, place: "after" } : undefined;
}

export function dragging(tree, { branchOf, move, open }) {
  let goal = null;
  let timer = 0;

  function mark(wanted) {
    if (wanted?.branch === goal?.branch && wanted?.place === goal?.place) return;
    clearTimeout(timer);
    for (const branch of all("[data-drop]", tree)) delete branch.dataset.drop;
    goal = wanted;
    if (goal) goal.branch.dataset.drop = goal.place;
    if (goal?.place === "inside") timer = setTimeout(() => open(wanted.branch), OPEN_AFTER);
  }

  function over(link, under, { y }) {
    const found = goalOf(tree, branchOf, under, y);
    if (found !== undefined) mark(found && !branchOf(link).contains(found.branch) ? found : null);
  }

  function land(link) {
    const wanted = goal;
    mark(null);
    if (!wanted) return;
    const { branch, place } = wanted;
    const dragged = branchOf(link);
    const next = branch.nextElementSibling?.matches(BRANCH) ? branch.nextElementSibling : null;
    if (place === "inside") move(dragged, branch, null);
    else if (place === "before") move(dragged, branchOf(branch.parentElement), branch);
    else if (next !== dragged) move(dragged, branchOf(branch.parentElement), next);
  }

  draggable(tree, { thing: LINK, boxes: "[data-tree]", aside: true, over, land, cancelled: () => mark(null) });
}
