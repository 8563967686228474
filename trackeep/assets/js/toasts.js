// Short messages with a way back. The server sends HX-Trigger: {"toast": {text, kind, undo_url}}; scripts call toast().
import { all, on, one, word } from "./dom.js";
import { send } from "./send.js";

const STAY = 8000;

function leave(box) {
  box.dataset.leaving = "";
  setTimeout(() => box.remove(), 160);
}

function watch(box) {
  if (box.hasAttribute("data-stay")) return;
  let timer = setTimeout(() => leave(box), STAY);
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("focusin", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => { timer = setTimeout(() => leave(box), STAY / 2); });
}

export function toast({ text, kind = "", undo_url: undo = "" }) {
  const area = one("[data-toasts]");
  const template = one(kind === "error" || kind === "bad" ? "#toast-error-template" : "#toast-template");
  if (!area || !template) return;
  const box = template.content.firstElementChild.cloneNode(true);
  one("[data-toast-text]", box).textContent = text;
  const form = one("[data-undo]", box);
  form.hidden = !undo;
  if (undo) form.setAttribute("action", undo);
  // In front of an open dialog, where the page's own area would lie behind the scrim.
  const host = all("dialog[open]").at(-1);
  (host ?? document.body).append(area);
  area.append(box);
  while (area.children.length > 4) area.firstElementChild.remove();
  watch(box);
}

// What undo changed is shown by lists that listen to list-changed, else by loading the page again.
export function listChanged() {
  const listeners = one('[hx-trigger*="list-changed"]');
  if (listeners) window.htmx.trigger(document.body, "list-changed");
  else location.reload();
}

document.addEventListener("toast", ({ detail }) => toast(detail.value ?? detail));
on("click", "[data-toast-close]", (button) => leave(button.closest("[data-toast]")));
on("submit", "[data-undo]", async (form, event) => {
  event.preventDefault();
  const box = form.closest("[data-toast]");
  if ("leaving" in box.dataset) return;
  leave(box);
  const answer = await send(form.getAttribute("action"));
  if (!answer.ok) return toast({ text: answer.problem.detail, kind: "error" });
  if (answer.redirect) location.assign(answer.redirect);
  else {
    if (!answer.toasted) toast({ text: word("undone") });
    listChanged();
  }
});
document.addEventListener("close", () => { const area = one("dialog:not([open]) [data-toasts]"); if (area) document.body.append(area); }, true);
all("[data-toast]").forEach(watch);
