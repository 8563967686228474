// The detail panel: a link with data-panel opens beside the list and is part of the address; without scripts it is a page.
import htmx from "htmx.org";
import { addressWith, openPath, step } from "./history.js";
import { all, element, narrow, on, one, root } from "./dom.js";

const panel = () => one("#panel");
const body = () => one("#panel-body");
let opener = null;

const pathOf = (link) => {
  const address = new URL(link.href);
  return address.pathname.slice(root.length) + address.search;
};

function markOpen(path) {
  for (const row of all(".is-open")) row.classList.remove("is-open");
  if (!path) return;
  const link = all("[data-panel]").find((each) => pathOf(each) === path);
  link?.closest("[data-row]")?.classList.add("is-open");
}

function skeleton() {
  const lines = ["w4", "w2", "w3", "w3"].map((width) => element("span", { class: `skeleton skeleton-${width}` }));
  return element("div", { class: "stack", "aria-hidden": "true" }, ...lines);
}

async function show(path) {
  const region = panel();
  if (!region) return;
  region.hidden = false;
  one("[data-panel-full]", region).href = root + path;
  markOpen(path);
  const slow = setTimeout(() => body().replaceChildren(skeleton()), 150);
  try {
    await htmx.ajax("GET", root + path, { target: "#panel-body", swap: "innerHTML", headers: { "X-Panel": "1" } });
  } finally {
    clearTimeout(slow);
    body().scrollTop = 0;
  }
}

function hide() {
  if (!panel() || panel().hidden) return;
  panel().hidden = true;
  body().replaceChildren();
  markOpen("");
  opener?.isConnected && opener.focus({ preventScroll: true });
}

export function openPanel(link) {
  const path = pathOf(link);
  if (!panel()) return location.assign(link.href);
  opener = link;
  const already = openPath();
  if (already !== path) step(path, Boolean(already));
  show(path);
  if (narrow()) panel().focus({ preventScroll: true });
}

// Closing is a step back when opening was one, so that the history stays as short as what was done.
export function closePanel() {
  if (!panel() || panel().hidden) return false;
  if (history.state?.panel && history.state.panel === openPath() && opener) history.back();
  else {
    step("", true);
    hide();
  }
  return true;
}

on("click", "a[data-panel]", (link, event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || !panel()) return;
  event.preventDefault();
  if (openPath() === pathOf(link) && !panel().hidden) closePanel();
  else openPanel(link);
});
on("click", "[data-panel-close]", () => closePanel());
document.addEventListener("panel:sync", ({ detail }) => (detail ? show(detail) : hide()));
document.addEventListener("panel:close", () => closePanel());
document.addEventListener("htmx:afterSettle", ({ detail }) => { if (detail.target?.id !== "panel-body") markOpen(openPath()); });
if (openPath() && panel()) {
  history.replaceState({ panel: openPath() }, "", addressWith(openPath()));
  show(openPath());
}
