// Moving a note by the pointer: onto the upper edge of another it goes before it, onto its middle inside, onto its lower edge behind.
import { all } from "../../../assets/js/dom.js";

const EDGE = 0.28;
const OPEN_AFTER = 700;

function zone(event, link) {
  const box = link.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  return part < EDGE ? "before" : part > 1 - EDGE ? "after" : "inside";
}

export function dragging(tree, { branchOf, move, open }) {
  let dragged = null;
  let over = null;
  let timer = 0;

  const clear = () => {
    clearTimeout(timer);
    over = null;
    for (const link of all("[data-drop]", tree)) delete link.dataset.drop;
  };

  tree.addEventListener("dragstart", (event) => {
    const link = event.target.closest?.(".note-link");
    if (!link) return;
    dragged = branchOf(link);
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });

  tree.addEventListener("dragover", (event) => {
    const link = event.target.closest?.(".note-link");
    const branch = branchOf(link);
    if (!dragged || !branch || dragged.contains(branch)) return;
    event.preventDefault();
    const place = zone(event, link);
    if (over === link && link.dataset.drop === place) return;
    clear();
    over = link;
    link.dataset.drop = place;
    if (place === "inside") timer = setTimeout(() => open(branch), OPEN_AFTER);
  });

  tree.addEventListener("drop", (event) => {
    const branch = over && branchOf(over);
    if (!dragged || !branch) return;
    event.preventDefault();
    const place = over.dataset.drop;
    const parent = branchOf(branch.parentElement);
    const next = branch.nextElementSibling?.matches(".note-branch") ? branch.nextElementSibling : null;
    if (place === "inside") move(dragged, branch, null);
    else if (place === "before") move(dragged, parent, branch);
    else if (next !== dragged) move(dragged, parent, next);
    clear();
  });

  tree.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    clear();
  });
}
