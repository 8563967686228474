// Menus are <details>: they close on Escape, on a click elsewhere and after a choice; arrows walk. Dialogs open by data-dialog.
import { all, on, one } from "./dom.js";

const openMenus = () => all("details[data-menu][open]");

document.addEventListener("click", ({ target }) => {
  for (const menu of openMenus()) {
    const chosen = target.closest(".menu-item") && menu.contains(target);
    if (!menu.contains(target) || (chosen && !target.closest("[data-keep-open]"))) menu.open = false;
  }
});
document.addEventListener("toggle", ({ target }) => {
  if (!(target instanceof Element) || !target.matches("details[data-menu][open]")) return;
  openMenus().forEach((menu) => { if (menu !== target && !menu.contains(target)) menu.open = false; });
  place(target);
}, true);

// Keep the list inside the window: flip what would leave it.
function place(menu) {
  const list = one(".menu-list", menu);
  if (!list) return;
  menu.classList.remove("menu-up");
  const box = list.getBoundingClientRect();
  if (box.bottom > innerHeight - 8 && menu.getBoundingClientRect().top > box.height) menu.classList.add("menu-up");
  if (box.right > innerWidth - 4) menu.classList.add("menu-end");
  else if (box.left < 4) menu.classList.remove("menu-end");
}

on("keydown", "details[data-menu][open]", (menu, event) => {
  const items = all(".menu-item:not([hidden])", menu);
  const now = items.indexOf(document.activeElement);
  const steps = { ArrowDown: now + 1, ArrowUp: now < 0 ? items.length - 1 : now - 1, Home: 0, End: items.length - 1 };
  if (event.key === "Escape") {
    menu.open = false;
    one("summary", menu).focus();
  } else if (event.key in steps && items.length) items.at(steps[event.key] % items.length).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
});

on("click", "[data-dialog]", (button, event) => {
  const dialog = document.getElementById(button.dataset.dialog);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});
on("click", "[data-close]", (button) => button.closest("dialog")?.close());
on("pointerdown", "dialog[open]", (dialog, event) => {
  if (event.target !== dialog || one("form[data-dirty]", dialog)) return;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) dialog.close();
});

// A destructive act that cannot be undone: the button wakes when the word was typed.
on("input", "[data-must-equal]", (input) => {
  const button = one("[type=submit]", input.form);
  if (button) button.disabled = input.value.trim() !== input.dataset.mustEqual;
});
