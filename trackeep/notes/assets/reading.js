// A note that is read: boxes tick in place, a task or marked words become a task, a name without a note makes it.
import { all, element, icon, on, one } from "../../assets/js/dom.js";
import { send } from "../../assets/js/send.js";
import { tell } from "../../assets/js/tell.js";
import { titling } from "./parts/titling.js";

const LONGEST_TASK = 2000;

async function tick(note, box) {
  const body = new FormData();
  body.set("line", box.dataset.line);
  body.set("checked", box.checked);
  body.set("expected", box.dataset.expected);
  box.disabled = true;
  const answer = await send(`${note.dataset.url}/tick`, body);
  box.disabled = false;
  box.focus({ preventScroll: true });
  if (answer.ok) {
    note.dataset.version = JSON.parse(answer.text).version;
    box.dataset.expected = box.dataset.expected.replace(/\[[ xX]\]/, box.checked ? "[x]" : "[ ]");
    return;
  }
  box.checked = !box.checked;
  tell({ text: answer.status === 409 ? note.dataset.wordStale : answer.problem.detail, kind: "error" });
}

// The words of a task without those of the tasks below it.
function wordsOf(item) {
  const copy = item.cloneNode(true);
  for (const inner of all("ul, ol, input, button", copy)) inner.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

async function makeTask(note, text) {
  const body = new FormData();
  body.set("text", text.slice(0, LONGEST_TASK));
  const answer = await send(`${note.dataset.url}/task`, body);
  if (!answer.ok) tell({ text: answer.problem.detail, kind: "error" });
}

function taskButtons(note) {
  for (const item of all("li.task", note)) {
    const words = wordsOf(item);
    if (!words) continue;
    const button = element("button", { type: "button", class: "note-make", title: note.dataset.wordTask, "aria-label": `${note.dataset.wordTask}: ${words.slice(0, 60)}` }, icon("checkbox", "icon-small"));
    button.addEventListener("click", () => makeTask(note, words));
    one(":scope > ul, :scope > ol", item)?.before(button) ?? item.append(button);
  }
}

// Marked words get a small button beside them.
function selecting(note, text) {
  const button = element("button", { type: "button", class: "btn btn-small note-float", hidden: "" }, icon("checkbox", "icon-small"), note.dataset.wordTask);
  note.append(button);
  const words = () => {
    const marked = getSelection();
    return marked.rangeCount && !marked.isCollapsed && text.contains(marked.anchorNode) && text.contains(marked.focusNode) ? marked.toString().replace(/\s+/g, " ").trim() : "";
  };
  document.addEventListener("selectionchange", () => {
    button.hidden = !words();
    if (button.hidden) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    const home = note.getBoundingClientRect();
    button.style.setProperty("inset-block-start", `${box.bottom - home.top + 6}px`);
    button.style.setProperty("inset-inline-start", `${Math.max(0, Math.min(box.left - home.left, home.width - button.offsetWidth))}px`);
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => { makeTask(note, words()); getSelection().removeAllRanges(); });
}

// The heading that is being read is marked in the outline.
function outline(text) {
  const links = new Map(all("[data-outline] a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  if (!links.size) return;
  const seen = new IntersectionObserver((entries) => {
    const top = entries.filter((entry) => entry.isIntersecting)[0];
    if (!top) return;
    for (const [id, link] of links) link.toggleAttribute("data-current", id === top.target.id);
  }, { rootMargin: "-64px 0px -65% 0px" });
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading && text.contains(heading)) seen.observe(heading);
  }
}

export function mount(note) {
  if (note.dataset.writable !== undefined) titling(note);
  const text = one("[data-text]", note);
  if (!text) return;
  outline(text);
  if (note.dataset.writable === undefined) return;
  note.addEventListener("change", ({ target }) => { if (target.matches("input[data-line]")) tick(note, target); });
  // Somebody may have ticked before this module arrived.
  for (const box of all("input[data-line]", note)) if (box.checked !== box.defaultChecked) tick(note, box);
  taskButtons(note);
  selecting(note, text);
}

async function make(link, event) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const body = new FormData();
  for (const [name, value] of new URL(link.href).searchParams) body.set(name, value);
  const answer = await send(link.pathname, body);
  if (answer.ok && answer.redirect) location.assign(answer.redirect);
  else tell({ text: answer.problem?.detail ?? "", kind: "error" });
}

on("click", "a.wikilink-missing, a[data-missing]", make);
on("click", "[data-print]", () => print());
