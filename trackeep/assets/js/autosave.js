// Settings and details save by themselves: a moment after typing, at once for choices, when one leaves; and say so.
import { icon, on, one, word } from "./dom.js";
import { clearErrors, showConflict, showErrors } from "./forms.js";
import { outlives } from "./outliving.js";
import { send } from "./send.js";

const PAUSE = 700;
const states = new WeakMap();
const unsent = new Set(); // forms whose newest state is not on its way

function say(form, state, text) {
  const place = one("[data-save-status]", form) ?? one("[data-save-status]", form.closest("section") ?? document);
  if (!place) return;
  place.dataset.state = state;
  place.replaceChildren(...(state === "saved" ? [icon("check", "icon-small")] : state === "failed" ? [icon("alert-circle", "icon-small")] : []), text);
}

// One after the other while the page stays.
function save(form) {
  const state = states.get(form);
  clearTimeout(state.timer);
  if (state.running) state.due = true;
  else dispatch(form, state);
}

async function dispatch(form, state) {
  const body = new FormData(form);
  unsent.delete(form);
  // What outlives the page need not be asked about when somebody leaves.
  form.toggleAttribute("data-dirty", !outlives(body));
  state.running += 1;
  const slow = setTimeout(() => say(form, "saving", word("saving")), 150);
  const answer = await send(form.getAttribute("action"), body);
  clearTimeout(slow);
  state.running -= 1;
  if (answer.ok) took(form, state, answer);
  else refused(form, answer);
  if (!state.due || state.running) return;
  state.due = false;
  save(form);
}

// Saved is said of what stands in the form now, never of what stood there before.
function took(form, state, answer) {
  clearErrors(form);
  takeVersion(form, answer);
  if (!state.running && !unsent.has(form)) {
    delete form.dataset.dirty;
    say(form, "saved", word("saved"));
  }
  form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
}

function refused(form, answer) {
  form.dataset.dirty = "";
  say(form, "failed", word("notSaved"));
  if (answer.status === 409 && answer.problem.theirs !== undefined) showConflict(form, answer.problem);
  else showErrors(form, answer.problem);
}

// The next save must name the version that this one made.
function takeVersion(form, answer) {
  const version = form.elements.namedItem("version");
  if (!version) return;
  if (answer.text?.startsWith("{")) version.value = JSON.parse(answer.text).version ?? version.value;
  else if (/^\d+$/.test(version.value)) version.value = Number(version.value) + 1;
}

function schedule(form, delay) {
  const state = states.get(form) ?? { timer: 0, running: 0, due: false };
  states.set(form, state);
  unsent.add(form);
  say(form, "", "");
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), delay);
}

// Who leaves waits for nothing: before the next page is asked for, so that it shows the change, or else when this one goes.
function leave() {
  for (const form of unsent) {
    const state = states.get(form);
    clearTimeout(state.timer);
    state.due = false;
    dispatch(form, state);
  }
}

on("input", "form[data-autosave]", (form, event) => {
  if (event.target.matches('textarea, input:not([type="checkbox"], [type="radio"], [type="color"], [type="file"])')) schedule(form, PAUSE);
});
on("change", "form[data-autosave]", (form) => schedule(form, 0));
on("submit", "form[data-autosave]", (form, event) => { event.preventDefault(); schedule(form, 0); });
addEventListener("beforeunload", leave, { capture: true }); // ahead of the question whether one wants to leave
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
