// The small editor of one highlight: colour, note, delete. A note is saved with the version that was edited.
import { all, one } from "../../../assets/js/dom.js";
import { cloned, stand } from "./boxes.js";
import { ask } from "./asking.js";

// told: {words, changed, deleted, mayWrite}; entry is the highlight as the list beside the article tells it.
export function editor(panel, told) {
  let box = null;
  let entry = null;
  let opener = null;

  const field = () => one("textarea", box);
  const dirty = () => box && !field().readOnly && field().value.trim() !== entry.note.trim();
  const status = (text) => { one("[data-status]", box).textContent = text; };

  function open(chosen, rect, { writing = false, from = null } = {}) {
    shut();
    entry = { ...chosen };
    opener = from;
    box = cloned(panel, "editor");
    field().value = entry.note;
    one("[data-copy]", box).dataset.copy = entry.quote;
    if (!told.mayWrite()) {
      field().readOnly = true;
      all("[data-colour], [data-delete], [data-save-note]", box).forEach((each) => { each.hidden = true; });
    }
    press();
    box.addEventListener("click", clicked);
    box.addEventListener("keydown", pressed);
    stand(box, rect, { below: true });
    (writing ? field() : one("button:not([hidden])", box)).focus({ preventScroll: true });
  }

  // What was typed is saved before the box goes; when that fails it stays, with the words in it.
  async function leave() {
    if (dirty() && !(await save())) return;
    shut();
  }

  function shut() {
    if (!box) return;
    const closing = box;
    box = null;
    const inside = closing.contains(document.activeElement);
    closing.remove();
    if (inside && opener?.isConnected) opener.focus({ preventScroll: true });
  }

  function press() {
    for (const each of all("[data-colour]", box)) each.setAttribute("aria-pressed", String(each.dataset.colour === entry.colour));
  }

  async function save(version = entry.version) {
    const mine = box;
    status(told.words.saving);
    const answer = await ask("PATCH", entry.url, { note: field().value }, { "If-Match": `"${version}"` });
    if (box !== mine) return answer.ok;
    if (answer.ok) {
      entry.note = answer.data.note;
      entry.version = answer.data.version;
      one("[data-clash]", box).hidden = true;
      status(told.words.saved);
      told.changed();
      return true;
    }
    status(answer.problem.detail);
    if (answer.status === 409 && answer.problem.theirs) clash(answer.problem);
    return false;
  }

  function clash(problem) {
    entry.theirs = problem.theirs.note;
    entry.version = problem.version;
    one("[data-theirs]", box).textContent = entry.theirs;
    one("[data-clash]", box).hidden = false;
    status("");
  }

  async function recolour(colour) {
    const before = entry.colour;
    if (colour === before) return;
    entry.colour = colour;
    press();
    const mine = box;
    const answer = await ask("PATCH", entry.url, { colour });
    if (answer.ok) return told.changed();
    if (box !== mine) return;
    entry.colour = before;
    press();
    status(answer.problem.detail);
  }

  async function remove() {
    const mine = box;
    const answer = await ask("DELETE", entry.url);
    if (answer.ok || answer.status === 404) {
      if (box === mine) shut();
      told.deleted(entry);
    } else if (box === mine) status(answer.problem.detail);
  }

  function takeTheirs() {
    field().value = entry.note = entry.theirs;
    one("[data-clash]", box).hidden = true;
    told.changed();
  }

  function clicked({ target }) {
    const { dataset } = target.closest("button") ?? { dataset: {} };
    if ("colour" in dataset) recolour(dataset.colour);
    else if ("delete" in dataset) remove();
    else if ("shut" in dataset) leave();
    else if ("saveNote" in dataset) leave();
    else if ("keepMine" in dataset) save();
    else if ("takeTheirs" in dataset) takeTheirs();
  }

  function pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  }

  document.addEventListener("pointerdown", ({ target }) => {
    if (box && !box.contains(target) && !target.closest("[data-toasts]")) leave();
  });
  for (const gone of ["beforeunload", "pagehide"]) addEventListener(gone, () => { if (dirty()) save(); });
  return { open };
}
