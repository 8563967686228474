// Highlights of an article: what the list beside it tells is drawn; select words to mark them, choose a mark to change it.
// The server says where each passage is in the text of today; this only draws.
import { all, one } from "../../assets/js/dom.js";
import { ask } from "./highlights/asking.js";
import { cloned } from "./highlights/boxes.js";
import { draw } from "./highlights/draw.js";
import { editor } from "./highlights/editor.js";
import { passageOf, rangeIn } from "./highlights/selecting.js";
import { toolbar } from "./highlights/toolbar.js";

const DEFAULT = "yellow";
let lastColour = DEFAULT;

export function mount(panel) {
  const article = document.getElementById("article");
  const holder = one("[data-holder]", panel);
  const words = { ...one("template[data-words]", panel).dataset };
  if (!article) return;
  let pending = [];
  let jumpTo = location.hash.match(/^#highlight-(\d+)$/)?.[1] ?? "";
  let openNext = "";

  const list = () => one("[data-list]", holder);
  const mayWrite = () => Boolean(list()?.hasAttribute("data-writable"));
  const entryOf = (id) => one(`[data-passage="${CSS.escape(String(id))}"]`, holder);
  const marksOf = (id) => all(`mark[data-highlight="${CSS.escape(String(id))}"]`, article);
  const refresh = () => window.htmx.trigger(document.body, "list-changed");
  const toast = (detail) => document.dispatchEvent(new CustomEvent("toast", { detail }));

  function told(entry) {
    const { passage: id, colour, note, version, first, last } = entry.dataset;
    return {
      id, colour, note, version: Number(version), first: Number(first), last: Number(last), placed: first !== undefined,
      quote: one("[data-words]", entry).textContent, url: `${panel.dataset.each}/${id}`,
    };
  }

  function redraw() {
    const known = all("[data-passage]", holder).map(told).filter((each) => each.placed);
    draw(article, [...known, ...pending]);
  }

  async function mark(range, colour = lastColour, withNote = false) {
    lastColour = colour;
    const { sent, first, last } = passageOf(article, range);
    const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    const waiting = { id: `new-${key}`, first, last, colour, note: "", state: "pending", key, withNote, sent: { ...sent, colour } };
    pending.push(waiting);
    document.getSelection().removeAllRanges();
    await save(waiting);
  }

  async function save(waiting) {
    waiting.state = "pending";
    redraw();
    const answer = await ask("POST", panel.dataset.api, waiting.sent, { "Idempotency-Key": waiting.key });
    if (!answer.ok) return failed(waiting, answer.problem.detail);
    waiting.savedAs = String(answer.data.id);
    waiting.state = "";
    if (waiting.withNote) openNext = waiting.savedAs;
    redraw();
    refresh();
  }

  // What could not be saved stays marked in the text, and beside it is told why and how to go on.
  function failed(waiting, reason) {
    waiting.state = "failed";
    redraw();
    const box = cloned(panel, "failure");
    one("[data-reason]", box).textContent = reason;
    one("[data-words]", box).textContent = waiting.sent.quote;
    one("[data-retry]", box).addEventListener("click", () => { box.remove(); save(waiting); });
    one("[data-discard]", box).addEventListener("click", () => {
      box.remove();
      pending = pending.filter((each) => each !== waiting);
      redraw();
    });
    one("[data-failures]", panel).append(box);
    box.scrollIntoView({ block: "nearest" });
  }

  function jump(id, { focus = true } = {}) {
    const [first] = marksOf(id);
    if (!first) return;
    first.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    if (focus) first.focus({ preventScroll: true });
    for (const each of marksOf(id)) {
      each.classList.add("is-sought");
      setTimeout(() => each.classList.remove("is-sought"), 1600);
    }
  }

  const edit = editor(panel, {
    words, mayWrite, changed: refresh,
    deleted({ id }) {
      entryOf(id)?.remove();
      redraw();
      refresh();
      toast({ text: words.deleted, kind: "done", undo_url: `${panel.dataset.page}/${id}/restore` });
    },
  });

  function openEditor(id, rect, options) {
    const entry = entryOf(id);
    if (entry) edit.open(told(entry), rect, options);
  }

  const bar = toolbar(panel, article, { mark, mayWrite });

  one("[data-mark]", panel).addEventListener("click", () => {
    const range = rangeIn(article);
    bar.hide();
    if (range && mayWrite()) mark(range);
    else toast({ text: words.selectFirst });
  });
  one("[data-mark]", panel).addEventListener("mousedown", (event) => event.preventDefault());

  article.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("mark[data-highlight]");
    if (!chosen || rangeIn(article) || event.target.closest("a")) return;
    openEditor(chosen.dataset.highlight, chosen.getBoundingClientRect(), { from: marksOf(chosen.dataset.highlight)[0] });
  });
  article.addEventListener("keydown", (event) => {
    const chosen = event.target.closest?.("mark[data-highlight]");
    if (!chosen || event.target !== chosen || event.key !== "Enter") return;
    event.preventDefault();
    openEditor(chosen.dataset.highlight, chosen.getBoundingClientRect(), { from: chosen });
  });
  holder.addEventListener("click", (event) => {
    const entry = event.target.closest("[data-passage]");
    if (!entry) return;
    if (event.target.closest("[data-edit]")) openEditor(entry.dataset.passage, entry.getBoundingClientRect(), { writing: true, from: event.target.closest("button") });
    else if (event.target.closest(".hl-jump")) {
      event.preventDefault();
      jump(entry.dataset.passage);
    }
  });

  function settled() {
    pending = pending.filter((each) => !each.savedAs || !entryOf(each.savedAs));
    redraw();
    if (jumpTo) jump(jumpTo);
    jumpTo = "";
    const [first] = openNext ? marksOf(openNext) : [];
    if (first) openEditor(openNext, first.getBoundingClientRect(), { writing: true, from: first });
    openNext = "";
    // Somebody may have selected before this script or the list was here.
    bar.look();
    holder.dataset.ready = "";
  }

  holder.addEventListener("htmx:afterSettle", settled);
  if (list()) settled();
}
