// The tree of notes: branches fold, arrows walk, Alt with an arrow or the pointer moves a note. What is open is a cookie, so
// that the server draws it right.
import { all, later, narrow, on, one, root } from "../../assets/js/dom.js";
import { newest } from "../../assets/js/newest.js";
import { problemOf } from "../../assets/js/problems.js";
import { send } from "../../assets/js/send.js";
import { dragging } from "./parts/dragging.js";
import { tell } from "../../assets/js/tell.js";

const MOST_OPEN = 24;
const branchOf = (element) => element?.closest(".note-branch");
const linkOf = (branch) => one(":scope > .note-link", branch);
const foldOf = (branch) => one(":scope > [data-fold]", branch);
const idOf = (branch) => branch?.dataset.note ?? "";
const siblings = (branch) => all(":scope > .note-branch", branch.parentElement);
const shown = (tree) => all(".note-link", tree).filter((link) => link.checkVisibility());

function remember(id, open) {
  const kept = (document.cookie.match(/(?:^|; )note_branches=([\d.]*)/)?.[1] ?? "").split(".").filter((each) => each && each !== id);
  if (open) kept.unshift(id);
  document.cookie = `note_branches=${kept.slice(0, MOST_OPEN).join(".")}; path=${root || "/"}; max-age=31536000; samesite=lax`;
}

async function part(address) {
  const answer = await fetch(`${root}/notes/${address}`, { headers: { "HX-Request": "true" } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(problemOf(answer.status, text).detail);
  return text;
}

async function fold(branch, open) {
  const button = foldOf(branch);
  const inside = one(":scope > .note-inside", branch);
  button.setAttribute("aria-expanded", String(open));
  try {
    if (open && !inside.children.length) {
      inside.innerHTML = await part(`branches?parent=${idOf(branch)}`);
      window.htmx.process(inside);
    }
  } catch {
    // Going to the note opens its branch as well, and tells what is wrong.
    linkOf(branch).click();
    return;
  }
  inside.hidden = button.getAttribute("aria-expanded") !== "true";
  remember(idOf(branch), open);
}

// Puts a note below `parent` (null: the top), before the sibling `before` (null: at the end). Whatever has changed notes, here or by
// an undo, draws the tree again.
async function move(tree, branch, parent, before) {
  const body = new FormData();
  body.set("parent_id", idOf(parent));
  body.set("before_id", idOf(before));
  if (parent) remember(idOf(parent), true);
  tree.dataset.moved = idOf(branch);
  const answer = await send(`${root}/notes/${idOf(branch)}/move`, body);
  if (!answer.ok) return tell({ text: answer.problem.detail || tree.dataset.wordFailed, kind: "error" });
}

// What was asked for last is what counts: an answer that comes late may tell of the tree before.
const asked = newest();
async function redraw(tree) {
  const focused = tree.dataset.moved ?? (tree.contains(document.activeElement) ? idOf(branchOf(document.activeElement)) : "");
  const current = one('[aria-current="page"]', one("[data-tree]", tree));
  const query = new URLSearchParams({ space: tree.dataset.space, ...(current ? { note: idOf(branchOf(current)) } : {}) });
  const place = one("[data-tree]", tree);
  const html = await asked.ask(`${root}/notes/tree?${query}`);
  if (html === null) return;
  delete tree.dataset.moved;
  place.innerHTML = html;
  window.htmx.process(place);
  const branch = focused && one(`[data-note="${CSS.escape(focused)}"]`, place);
  if (branch) linkOf(branch).focus();
}

const moves = {
  ArrowUp: (branch) => { const all_ = siblings(branch), at = all_.indexOf(branch); return at > 0 ? [branchOf(branch.parentElement), all_[at - 1]] : null; },
  ArrowDown: (branch) => { const all_ = siblings(branch), at = all_.indexOf(branch); return at < all_.length - 1 ? [branchOf(branch.parentElement), all_[at + 2] ?? null] : null; },
  Forth: (branch) => { const all_ = siblings(branch), at = all_.indexOf(branch); return at > 0 ? [all_[at - 1], null] : null; },
  Back: (branch) => { const above = branchOf(branch.parentElement); return above ? [branchOf(above.parentElement), above.nextElementSibling?.matches(".note-branch") ? above.nextElementSibling : null] : null; },
};

const direction = (key) => (/^Arrow(Left|Right)$/.test(key) ? ((key === "ArrowRight") === (document.dir !== "rtl") ? "Forth" : "Back") : key);

function key(tree, event) {
  const branch = branchOf(event.target);
  if (!branch || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = direction(event.key);
  if (event.altKey) {
    if (!(way in moves) || !one("[data-movable]", tree)) return;
    event.preventDefault();
    const place = moves[way](branch);
    if (place) move(tree, branch, ...place);
    return;
  }
  if (walk(tree, branch, way)) event.preventDefault();
}

function walk(tree, branch, way) {
  const isOpen = foldOf(branch)?.getAttribute("aria-expanded") === "true";
  if (way === "ArrowDown" || way === "ArrowUp") {
    const links = shown(tree);
    links[links.indexOf(linkOf(branch)) + (way === "ArrowDown" ? 1 : -1)]?.focus();
  } else if (way === "Forth" && foldOf(branch) && !isOpen) fold(branch, true);
  else if (way === "Forth" && isOpen) one(".note-inside .note-link", branch)?.focus();
  else if (way === "Back" && isOpen) fold(branch, false);
  else if (way === "Back" && branchOf(branch.parentElement)) linkOf(branchOf(branch.parentElement)).focus();
  else return false;
  return true;
}

export function mount(tree) {
  document.body.addEventListener("list-changed", () => redraw(tree));
  tree.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-fold]");
    if (button) fold(branchOf(button), button.getAttribute("aria-expanded") !== "true");
  });
  tree.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && narrow() && location.hash === "#notes-tree") location.hash = "#content";
    else key(tree, event);
  });
  const scroller = one("[data-tree]", tree);
  scroller.scrollTop = Number(sessionStorage.getItem("notes-tree") ?? 0);
  scroller.addEventListener("scroll", later(() => sessionStorage.setItem("notes-tree", scroller.scrollTop), 200), { passive: true });
  if (!narrow()) one('[aria-current="page"]', scroller)?.scrollIntoView({ block: "nearest" });
  if (one("[data-movable]", tree)) dragging(tree, { branchOf, move: (...given) => move(tree, ...given), open: (branch) => foldOf(branch) && fold(branch, true) });
}

// The title in the tree is that of the note, also while it is written, and when that was saved before this script was here.
function entitle({ dataset }) {
  const link = one(`.notes-tree [data-note="${CSS.escape(dataset.note)}"] > .note-link`);
  if (link) one(".label", link).textContent = link.title = dataset.titled;
}
on("note:titled", "[data-titled]", entitle);
all("[data-titled]").forEach(entitle);
