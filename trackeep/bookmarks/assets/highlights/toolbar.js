// The small toolbar over selected words.
import { all, later, one } from "../../../assets/js/dom.js";
import { cloned, stand } from "./boxes.js";
import { rangeIn } from "./selecting.js";

const CALM = 120;

// mark(range, colour, withNote) is called for a choice; where nothing may be marked only copying is offered.
// look() shows it over what is selected already.
export function toolbar(panel, article, { mark, mayWrite }) {
  const box = cloned(panel, "toolbar");
  let held = false;
  let range = null;

  function hide() {
    range = null;
    box.remove();
  }

  function show() {
    range = held ? null : rangeIn(article);
    if (!range) return held || hide();
    const writing = mayWrite();
    for (const each of all("[data-colour], [data-with-note], [data-writing]", box)) each.hidden = !writing;
    one("[data-copy]", box).dataset.copy = String(document.getSelection());
    stand(box, range.getBoundingClientRect(), { below: matchMedia("(pointer: coarse)").matches });
  }

  const soon = later(show, CALM);
  document.addEventListener("selectionchange", soon);
  document.addEventListener("pointerdown", ({ target }) => { held = !box.contains(target); });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => { held = false; soon(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.isConnected) { event.preventDefault(); hide(); }
  });
  // A button that took the focus would take the selection away.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button || !range || "copy" in button.dataset) return;
    const chosen = range;
    hide();
    mark(chosen, button.dataset.colour, "withNote" in button.dataset);
  });
  return { hide, look: soon };
}
