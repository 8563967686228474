// Marking rows: x, click on the box, shift-click for a range; then one bar for all, or for everything that matches the filter.
import { all, on, one } from "./dom.js";

const boxes = () => all("[data-select]");
const bar = () => one("[data-bulk]");
let anchor = null;
let choosing = false; // boxes are shown before the first one is marked: fingers have no pointer that could hover

export function refresh() {
  const marked = boxes().filter((box) => box.checked);
  const list = one("[data-list]");
  list?.classList.toggle("is-selecting", choosing || marked.length > 0);
  if (!bar()) return;
  const total = Number(list?.dataset.total?.replace(/\D/g, "") ?? 0);
  const whole = one("[data-all]", bar());
  const offer = one("[data-bulk-all]", bar());
  if (marked.length < boxes().length && whole) whole.value = "";
  const everything = whole?.value === "1";
  one("[data-bulk-count]", bar()).textContent = (everything ? total : marked.length).toLocaleString(document.documentElement.lang);
  if (offer) offer.hidden = everything || marked.length < boxes().length || total <= marked.length;
}

export function mark(box, checked = !box.checked) {
  box.checked = checked;
  anchor = box;
  refresh();
}

export function clear() {
  const any = choosing || boxes().some((box) => box.checked);
  choosing = false;
  for (const box of boxes()) box.checked = false;
  anchor = null;
  refresh();
  return any;
}

on("click", "[data-select]", (box, event) => {
  if (event.shiftKey && anchor?.isConnected) {
    const every = boxes();
    const [from, to] = [every.indexOf(anchor), every.indexOf(box)].sort((a, b) => a - b);
    for (const between of every.slice(from, to + 1)) between.checked = box.checked;
  }
  anchor = box;
  refresh();
});

// Shift-click anywhere on a row marks it too, instead of opening a window.
on("click", "[data-row] a[data-open]", (link, event) => {
  const box = one("[data-select]", link.closest("[data-row]"));
  if (!event.shiftKey || !box) return;
  event.preventDefault();
  event.stopPropagation();
  box.checked = !box.checked;
  if (anchor?.isConnected) {
    const every = boxes();
    const [from, to] = [every.indexOf(anchor), every.indexOf(box)].sort((a, b) => a - b);
    for (const between of every.slice(from, to + 1)) between.checked = true;
  }
  anchor = box;
  refresh();
}, true);

on("click", "[data-select-start]", () => { choosing = true; refresh(); });
on("click", "[data-bulk-all]", () => { one("[data-all]", bar()).value = "1"; refresh(); });
on("reset", "[data-bulk]", (_form, event) => { event.preventDefault(); clear(); });
document.addEventListener("htmx:afterSettle", refresh);
addEventListener("pageshow", refresh);
