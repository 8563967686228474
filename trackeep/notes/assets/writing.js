// A note that is written saves by itself with the version that was edited, and says when. What could not be saved is kept in this
// browser until it is; two versions are brought together where the text stands, never one over the other.
import { draft } from "../../assets/js/drafts.js";
import { icon, on, one, word } from "../../assets/js/dom.js";
import { notice } from "../../assets/js/problems.js";
import { send } from "../../assets/js/send.js";

const PAUSE = 900;
const AGAIN = 8000;

export function mount(form) {
  const { elements } = form;
  const kept = draft(`note:${form.dataset.note}`);
  const phrase = form.dataset;
  // Titled: the title that stands there is to be saved, too; while it is being typed it is not.
  const state = { timer: 0, running: null, dirty: false, titled: false, stuck: false, base: text().body, title: elements.title.defaultValue };

  function text() {
    const data = new FormData(form);
    return { title: data.get("title"), body: String(data.get("body")).replaceAll("\r\n", "\n") };
  }

  function say(kind, words) {
    const place = one("[data-save-status]");
    place.dataset.state = kind;
    const picture = { saved: "check", failed: "alert-circle" }[kind];
    place.replaceChildren(...(picture ? [icon(picture, "icon-small")] : []), words);
  }

  function keep() {
    const now = text();
    const fits = kept.put({ ...now, version: elements.version.value, base: state.base });
    if (!fits) say("failed", phrase.wordTooLarge);
    return fits;
  }

  function body(given) {
    const data = new FormData(form);
    data.set("body", given.body);
    if (!given.titled) data.delete("title");
    return data;
  }

  async function save() {
    clearTimeout(state.timer);
    while (state.running) await state.running;
    if (!state.dirty || state.stuck) return !state.dirty;
    state.running = attempt();
    const done = await state.running;
    state.running = null;
    return done;
  }

  async function attempt() {
    const given = taken();
    const slow = setTimeout(() => say("saving", word("saving")), 150);
    const answer = await send(form.getAttribute("action"), body(given));
    clearTimeout(slow);
    if (answer.ok) return took(answer, given);
    state.dirty = true;
    state.titled ||= given.titled;
    if (answer.status === 409) return conflict(given);
    refused(answer);
    return false;
  }

  // What is saved now; what changes from here on is for the next time.
  function taken() {
    const given = { ...text(), titled: state.titled };
    state.dirty = state.titled = false;
    return given;
  }

  function took(answer, given) {
    const { version, title, saved } = JSON.parse(answer.text);
    elements.version.value = version;
    state.base = given.body;
    if (given.titled) entitled(title, given.title);
    one("[data-form-error]", form).replaceChildren();
    if (!state.dirty) { kept.drop(); say("saved", saved); }
    return true;
  }

  function entitled(title, typed) {
    state.title = phrase.titled = title;
    form.dispatchEvent(new CustomEvent("note:titled", { bubbles: true }));
    if (elements.title.value === typed && document.activeElement !== elements.title) elements.title.value = title;
  }

  function refused(answer) {
    const offline = !answer.status || answer.status >= 500;
    if (keep()) say("failed", offline ? phrase.wordOffline : word("notSaved"));
    if (!offline) one("[data-form-error]", form).replaceChildren(notice(Object.values(answer.problem.errors ?? {}).flat().join(" ") || answer.problem.detail));
    else schedule(AGAIN);
  }

  // The server compares; the text that both began with lets it bring together what can be.
  async function conflict(given) {
    state.stuck = true;
    keep();
    const data = body(given);
    data.set("base", state.base);
    const answer = await send(form.getAttribute("action"), data);
    if (answer.ok) { state.stuck = state.dirty = state.titled = false; return took(answer, given); }
    say("failed", word("notSaved"));
    const place = one("[data-note-conflict]");
    const page = new DOMParser().parseFromString(answer.text ?? "", "text/html");
    const part = one("#content .content-inner", page);
    place.replaceChildren(...(part ? part.childNodes : [notice(answer.problem.detail)]));
    window.htmx.process(place);
    document.dispatchEvent(new CustomEvent("htmx:afterSettle", { detail: { target: place } }));
    form.hidden = true;
    place.addEventListener("submit", () => kept.drop());
    place.focus();
    return false;
  }

  function schedule(delay) {
    clearTimeout(state.timer);
    state.timer = setTimeout(save, delay);
  }

  function changed(event) {
    if (event.target === elements.title) return;
    state.dirty = true;
    if (one("[data-save-status]").dataset.state === "saved") say("", phrase.wordUnsaved);
    schedule(PAUSE);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", ({ target }) => {
    if (target !== elements.title) return;
    state.titled = state.dirty = true;
    schedule(0);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); state.dirty = true; save(); });
  elements.title.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    elements.title.dispatchEvent(new Event("change", { bubbles: true }));
    elements.body.focus();
  });
  addEventListener("online", () => { if (state.dirty) save(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && state.dirty) save(); });

  // Leaving saves: a short text on the way, a long one is kept here and saved with the next visit; so is what has no answer yet.
  function leave() {
    if (elements.title.value !== state.title) state.titled = state.dirty = true;
    if (state.stuck || !(state.dirty || state.running)) return;
    keep();
    save();
  }
  for (const gone of ["beforeunload", "pagehide"]) addEventListener(gone, leave);
  on("click", "[data-note-done]", async (link, event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (await save()) location.assign(link.href);
  });

  // Somebody may have written before this module arrived, and ended the title with Enter; one that is still being typed tells of its
  // change by itself.
  const entered = elements.title.value.includes("\n");
  if (entered) elements.title.value = elements.title.value.replaceAll("\n", "");
  state.titled = elements.title.value !== state.title && (entered || document.activeElement !== elements.title);
  state.dirty = state.titled || elements.body.value !== elements.body.defaultValue;
  if (state.dirty) schedule(0);
  remembered(one(".editor", form));
  restore();

  // What was written and never arrived comes back, with the version that it was written on.
  function restore() {
    const found = kept.get();
    const now = text();
    if (!found) return;
    if (found.body === now.body && found.title === now.title) return kept.drop();
    elements.version.value = found.version;
    state.base = found.base;
    elements.title.value = found.title;
    state.titled = found.title !== now.title;
    state.dirty = true;
    put(found.body);
    one("[data-form-error]", form).replaceChildren(notice(phrase.wordRestored, "info"));
    schedule(0);
  }

  function put(words) {
    const host = one(".editor", form);
    if (host.dataset.ready === undefined) {
      elements.body.value = words;
      // The editor may be on its way: it takes what the field says when it arrives, or is told.
      host.addEventListener("editor:mode", () => host.dispatchEvent(new CustomEvent("editor:set", { detail: { text: words } })), { once: true });
    } else host.dispatchEvent(new CustomEvent("editor:set", { detail: { text: words } }));
  }
}

// Who writes beside the preview once does so in the next note too.
function remembered(host) {
  const mode = localStorage.getItem("note-mode");
  if (mode === "split") {
    if (host.dataset.ready === undefined) host.dataset.mode = mode;
    else one(`[data-editor-mode="${mode}"]`, host).click();
  }
  host.addEventListener("editor:mode", ({ detail }) => { if (detail.mode !== "read") localStorage.setItem("note-mode", detail.mode); });
}
