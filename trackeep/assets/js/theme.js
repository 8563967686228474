// Looks change at once while they are chosen; the settings form saves them. The sidebar's width is a cookie, so that the server draws it right.
import { on, one, root } from "./dom.js";

const page = document.documentElement;

on("change", 'input[name="theme"], input[name="accent"], input[name="density"], select[name="theme"], select[name="density"]', (input) => {
  if (input.closest("form[data-autosave]")) page.dataset[input.name] = input.value;
});

on("click", "[data-sidebar-toggle]", () => {
  const collapsed = page.dataset.sidebar !== "collapsed";
  if (collapsed) page.dataset.sidebar = "collapsed";
  else delete page.dataset.sidebar;
  document.cookie = `sidebar=${collapsed ? "collapsed" : "open"}; path=${root || "/"}; max-age=31536000; samesite=lax`;
});

export function drawer(open) {
  const sidebar = one("#sidebar");
  if (!sidebar) return;
  sidebar.toggleAttribute("data-open", open);
  if (open) one("a, summary, button", sidebar)?.focus();
  else one("[data-drawer-open]")?.focus();
}
on("click", "[data-drawer-open]", (_link, event) => { event.preventDefault(); drawer(true); });
on("click", "[data-drawer-close]", (_link, event) => { event.preventDefault(); drawer(false); });
document.addEventListener("click", ({ target }) => {
  if (one("#sidebar[data-open]") && !target.closest("#sidebar, [data-drawer-open]")) drawer(false);
});
if (/Mac|iP(hone|ad)/.test(navigator.platform)) document.querySelectorAll("[data-mod-key]").forEach((key) => { key.textContent = "⌘ K"; });
