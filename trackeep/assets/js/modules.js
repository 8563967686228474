// A part of a page that needs a script of its domain names it: <div data-module="{{ asset('bookmarks/reader.js') }}">.
// The module exports mount(element), called once for each such element, also for those that arrive later.
import { all } from "./dom.js";

const begun = new WeakSet();

// Each by itself: one that is slow, or that fails, holds no other up.
async function begin(element) {
  const module = await import(element.dataset.module);
  await module.mount(element);
  element.dataset.mounted = "";
}

function mount(within) {
  for (const element of all("[data-module]", within)) {
    if (begun.has(element)) continue;
    begun.add(element);
    begin(element);
  }
}

mount(document);
document.addEventListener("htmx:afterSettle", () => mount(document));
