// A part of a page that needs a script of its domain names it: <div data-module="{{ asset('bookmarks/reader.js') }}">.
// The module exports mount(element), called once for each such element, also for those that arrive later.
import { all } from "./dom.js";

const mounted = new WeakSet();

async function mount(within) {
  for (const element of all("[data-module]", within)) {
    if (mounted.has(element)) continue;
    mounted.add(element);
    const module = await import(element.dataset.module);
    module.mount(element);
  }
}

mount(document);
document.addEventListener("htmx:afterSettle", () => mount(document));
