// Quick add: one field everywhere; what the text becomes is shown while typing. Enter saves, Shift-Enter makes a line.
import { later, on, one, root } from "./dom.js";
import { clearErrors, showErrors } from "./forms.js";
import { newest } from "./newest.js";
import { send } from "./send.js";
import { listChanged } from "./toasts.js";

const box = () => one("#quick-add");
const text = () => one("textarea", box());
const asked = newest();

export function openQuickAdd(start = "") {
  const dialog = box();
  if (!dialog || dialog.open) return;
  dialog.showModal();
  if (start) text().value = start;
  text().focus();
  text().select();
}

// Saved at once; what is refused is shown in the dialog, with the text still in it.
export function addNow(given) {
  text().value = given;
  text().form.requestSubmit();
}

const preview = later(async (form) => {
  const place = one("[data-quick-preview]", form);
  if (!place) return;
  place.dataset.first ??= place.innerHTML;
  const typed = one("textarea", form).value.trim();
  asked.drop();
  if (!typed) {
    place.innerHTML = place.dataset.first;
    return;
  }
  const html = await asked.ask(`${root}/quick-add/preview?text=${encodeURIComponent(typed.slice(0, 1500))}`).catch(() => null);
  if (html !== null) place.innerHTML = html;
}, 120);

on("click", "[data-quick-add]", (_link, event) => { event.preventDefault(); openQuickAdd(); });
on("input", "[data-quick-add-form] textarea", (area) => preview(area.form));
on("keydown", "[data-quick-add-form] textarea", (area, event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  area.form.requestSubmit();
});
on("submit", "[data-quick-add-form]", async (form, event) => {
  event.preventDefault();
  if ("busy" in form.dataset) return;
  form.dataset.busy = "";
  clearErrors(form);
  try {
    const answer = await send(form.getAttribute("action"), new FormData(form));
    if (!answer.ok) {
      if (box().contains(form)) openQuickAdd();
      return showErrors(form, answer.problem);
    }
    form.reset();
    preview(form);
    box().close();
    if (answer.redirect) location.assign(answer.redirect);
    else if (one("[data-list], [data-live]")) listChangedSoon();
    window.htmx.trigger(document.body, "captured");
  } finally {
    delete form.dataset.busy;
  }
});

// Only a list that listens is drawn again: what was saved may belong to another page.
function listChangedSoon() {
  if (one('[hx-trigger*="list-changed"]')) listChanged();
}
