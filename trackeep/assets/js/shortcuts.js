// The keyboard: ? help, / filter, n new, Ctrl-K palette, g then a letter for places, the current row's keys, and Ctrl-Enter
// that sends what is being written.
import { all, element, on, one, typing } from "./dom.js";
import { openPalette } from "./palette.js";
import { openQuickAdd } from "./quick-add.js";
import { rowKey } from "./rows.js";
import { drawer } from "./theme.js";

let prefix = "";
let forget = 0;

function place(keys) {
  const link = all("[data-shortcut]").find((each) => each.dataset.shortcut === keys);
  link?.click();
  return Boolean(link);
}

export function openHelp() {
  const help = one("#help");
  if (!help || help.open) return;
  const places = all("[data-shortcut]").map((link) => element("div", { class: "help-line" },
    element("span", {}, (one(".label", link) ?? link).textContent.trim()),
    element("span", { class: "keys" }, ...link.dataset.shortcut.split(" ").map((key) => element("kbd", {}, key)))));
  one("[data-help-places]", help)?.replaceChildren(...places);
  help.showModal();
}

const single = {
  "?": openHelp,
  n: () => openQuickAdd(),
  "/": () => {
    const field = one("[data-list-search]") ?? one("input[type=search]");
    if (field) field.select();
    else openPalette();
  },
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (one("dialog[open]")) return;
  if (event.key === "Escape" && one("#sidebar[data-open]")) return drawer(false);
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (answer(event.key)) event.preventDefault();
});

function answer(key) {
  clearTimeout(forget);
  if (prefix) {
    const keys = `${prefix} ${key}`;
    prefix = "";
    return place(keys);
  }
  if (key === "g") {
    prefix = "g";
    forget = setTimeout(() => { prefix = ""; }, 1200);
    return true;
  }
  if (single[key]) {
    single[key]();
    return true;
  }
  return rowKey(key);
}

on("click", "[data-help-open]", openHelp);
on("keydown", "form textarea", (area, event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.isComposing) return;
  event.preventDefault();
  area.form.requestSubmit();
});
