// Settings and details save by themselves: a moment after typing, at once for choices, and say so.
import { icon, on, one, word } from "./dom.js";
import { clearErrors, showConflict, showErrors } from "./forms.js";
import { send } from "./send.js";

const PAUSE = 700;
const states = new WeakMap();

function say(form, state, text) {
  const place = one("[data-save-status]", form) ?? one("[data-save-status]", form.closest("section") ?? document);
  if (!place) return;
  place.dataset.state = state;
  place.replaceChildren(...(state === "saved" ? [icon("check", "icon-small")] : state === "failed" ? [icon("alert-circle", "icon-small")] : []), text);
}

async function save(form) {
  const state = states.get(form);
  clearTimeout(state.timer);
  if (state.running) { state.again = true; return; }
  state.running = true;
  const slow = setTimeout(() => say(form, "saving", word("saving")), 150);
  const answer = await send(form.getAttribute("action"), new FormData(form));
  clearTimeout(slow);
  state.running = false;
  if (answer.ok) {
    delete form.dataset.dirty;
    clearErrors(form);
    takeVersion(form, answer);
    say(form, "saved", word("saved"));
    form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
  } else {
    say(form, "failed", word("notSaved"));
    if (answer.status === 409 && answer.problem.theirs !== undefined) showConflict(form, answer.problem);
    else showErrors(form, answer.problem);
  }
  if (state.again) { state.again = false; save(form); }
}

// The next save must name the version that this one made.
function takeVersion(form, answer) {
  const version = form.elements.namedItem("version");
  if (!version) return;
  if (answer.text?.startsWith("{")) version.value = JSON.parse(answer.text).version ?? version.value;
  else if (/^\d+$/.test(version.value)) version.value = Number(version.value) + 1;
}

function schedule(form, delay) {
  const state = states.get(form) ?? { timer: 0, running: false, again: false };
  states.set(form, state);
  form.dataset.dirty = "";
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), delay);
}

on("input", "form[data-autosave]", (form, event) => {
  if (event.target.matches('textarea, input:not([type="checkbox"], [type="radio"], [type="color"], [type="file"])')) schedule(form, PAUSE);
});
on("change", "form[data-autosave]", (form) => schedule(form, 0));
on("submit", "form[data-autosave]", (form, event) => { event.preventDefault(); schedule(form, 0); });
