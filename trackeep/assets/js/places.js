// Back returns to the same place in a list: pages loaded so far, scroll position, marks and the current row.
import { all, one } from "./dom.js";
import { refresh } from "./selection.js";

const MOST_PAGES = 20;
const key = () => `place:${location.pathname}${location.search}`;
let pages = 0;

document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.successful && detail.requestConfig?.elt.matches("[data-more]")) pages += 1; });

addEventListener("pagehide", () => {
  if (!one("[data-list]")) return;
  const marked = all("[data-select]:checked").map((box) => box.value);
  sessionStorage.setItem(key(), JSON.stringify({ pages, scroll: scrollY, marked, current: one("[data-row].is-current")?.dataset.id }));
});

function more() {
  const link = one("[data-more]");
  if (!link) return Promise.resolve(false);
  return new Promise((done) => {
    document.addEventListener("htmx:afterSettle", () => done(true), { once: true });
    document.addEventListener("htmx:responseError", () => done(false), { once: true });
    link.click();
  });
}

async function restore() {
  const kept = JSON.parse(sessionStorage.getItem(key()) ?? "null");
  if (!kept || performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
  while (pages < Math.min(kept.pages, MOST_PAGES) && (await more()));
  const marked = new Set(kept.marked);
  for (const box of all("[data-select]")) box.checked = marked.has(box.value);
  if (kept.current) one(`[data-row][data-id="${CSS.escape(kept.current)}"]`)?.classList.add("is-current");
  refresh();
  scrollTo({ top: kept.scroll, behavior: "instant" });
}

// After htmx has found the link to the next page.
addEventListener("load", () => restore());
