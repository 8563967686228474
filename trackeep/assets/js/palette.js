// The palette: one field for actions, places and things; the server ranks, the keyboard walks.
import { all, later, on, one, root } from "./dom.js";
import { newest } from "./newest.js";
import { choose as chooseIn, chosenIn, optionsOf, step } from "./options.js";
import { addNow } from "./quick-add.js";

const box = () => one("#palette");
const field = () => one(".palette-input", box());
const list = () => one("#palette-list");
const answers = new Map();
const asked = newest();
let shownFor = null; // the text whose answer is on show
let entered = null; // Enter was pressed before its answer was there
const LONGEST = 1500; // characters of an address that every server between takes

const choose = (option) => chooseIn(field(), list(), option);

function show(html, text) {
  shownFor = text;
  list().innerHTML = html;
  window.htmx.process(list());
  const options = optionsOf(list());
  if (!options.length) list().replaceChildren(one("[data-none]", box()).content.cloneNode(true));
  else choose(options[0]);
  const waiting = entered;
  entered = null;
  if (waiting && options.length) follow(options[0], waiting);
}

function follow(option, event) {
  if ((event.ctrlKey || event.metaKey) && option.href) open(option.href, "_blank", "noopener");
  else option.click();
}

async function ask() {
  const text = field().value.trim();
  if (answers.has(text)) return show(answers.get(text), text);
  try {
    const html = await asked.ask(`${root}/palette?q=${encodeURIComponent(text.slice(0, LONGEST))}`);
    if (html === null) return;
    answers.set(text, html);
    if (field().value.trim() === text) show(html, text);
  } catch (error) {
    entered = null;
    list().textContent = error.message;
  }
}
const askSoon = later(ask, 60);

export function openPalette() {
  const palette = box();
  if (!palette) return;
  if (palette.open) return palette.close();
  answers.clear();
  shownFor = entered = null;
  all("dialog[open]").forEach((dialog) => dialog.close());
  palette.showModal();
  field().value = "";
  field().focus();
  ask();
}

on("click", "[data-palette-open]", (_link, event) => { event.preventDefault(); openPalette(); });
on("input", ".palette-input", () => { entered = null; askSoon(); });
on("pointermove", "#palette-list [role=option]", (option) => { if (option !== chosenIn(list())) choose(option); });
on("click", "#palette-list [role=option]", (option, event) => {
  if (event.ctrlKey || event.metaKey) return;
  const text = field().value.trim();
  box().close();
  if (!option.matches("[data-palette-add]")) return;
  event.preventDefault();
  addNow(text);
});
on("keydown", ".palette-input", (_input, event) => {
  if (event.key === "ArrowDown" || (event.key === "Tab" && !event.shiftKey)) step(field(), list(), 1);
  else if (event.key === "ArrowUp" || event.key === "Tab") step(field(), list(), -1);
  else if (event.key === "Enter" && !event.isComposing) {
    // What is still on show belongs to other letters: the answer to these is waited for.
    if (shownFor !== field().value.trim()) {
      entered = event;
      ask();
    } else if (chosenIn(list())) follow(chosenIn(list()), event);
  } else return;
  event.preventDefault();
});
