// Forms are sent without leaving the page, so that errors stand at their fields and nothing typed is lost.
// Every form of the macros is (data-form) unless htmx or autosave has it; leave data-form out for answers that are downloads.
import { all, element, icon, on, one, word } from "./dom.js";
import { showProblem } from "./requests.js";
import { send } from "./send.js";

const LEAVING = 5000;
const plain = 'form[method="post"][data-form]:not([hx-post], [hx-put], [hx-patch], [hx-delete], [data-autosave])';

export function clearErrors(form) {
  all("[data-field-error], [data-form-error]", form).forEach((place) => place.replaceChildren());
  all("[aria-invalid]", form).forEach((input) => input.removeAttribute("aria-invalid"));
}

// Each sentence at its field; what has no field goes on top of the form.
export function showErrors(form, problem) {
  const homeless = [];
  let first = null;
  for (const [name, lines] of Object.entries(problem.errors ?? {})) {
    const field = one(`[data-field="${CSS.escape(name)}"]`, form);
    const place = field && one("[data-field-error]", field);
    if (!place) homeless.push(...lines);
    else {
      place.replaceChildren(...lines.map((line) => element("p", { class: "field-error" }, icon("alert-circle"), element("span", {}, line))));
      const input = one("input:not([type=hidden]), textarea, select", field);
      input?.setAttribute("aria-invalid", "true");
      first ??= input;
    }
  }
  if (!first || homeless.length) showProblem(form, { ...problem, detail: homeless.join(" ") || problem.detail });
  first?.focus();
}

// Both texts after a 409, and the two ways on.
export function showConflict(form, problem) {
  const place = one("[data-form-error]", form) ?? form.insertBefore(element("div", { "data-form-error": "" }), form.firstChild);
  const text = (value) => (value && typeof value === "object" ? Object.values(value).join("\n") : String(value ?? ""));
  const keep = element("button", { class: "btn btn-primary btn-small", type: "button" }, word("keepMine"));
  const take = element("button", { class: "btn btn-small", type: "button" }, word("takeTheirs"));
  const side = (title, value) => element("div", { class: "stack stack-1" }, element("p", { class: "strong" }, title), element("pre", { dir: "auto" }, text(value)));
  place.replaceChildren(element("div", { class: "notice notice-warn", role: "alert" }, icon("alert-triangle"),
    element("div", { class: "notice-body stack stack-3" }, element("p", { class: "notice-title" }, word("conflict")),
      element("div", { class: "conflict" }, side(word("yours"), problem.yours), side(word("theirs"), problem.theirs)),
      element("div", { class: "cluster" }, keep, take))));
  keep.addEventListener("click", () => {
    const version = form.elements.namedItem("version");
    if (version && problem.version !== undefined) version.value = problem.version;
    place.replaceChildren();
    form.requestSubmit();
  });
  take.addEventListener("click", () => { delete form.dataset.dirty; location.reload(); });
}

function take(form, answer) {
  delete form.dataset.dirty;
  if (answer.redirect) {
    if (new URL(answer.redirect, location.href).href === location.href) location.reload();
    else location.assign(answer.redirect);
    return;
  }
  if (answer.html && answer.text.trim()) replace(form, answer.text);
  else {
    form.closest("dialog")?.close();
    form.reset();
  }
}

// A view that draws its form again answers with a page or a part: it takes the place of what is here.
function replace(form, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const twin = (form.id && page.getElementById(form.id)) || all(plain, page).find((other) => other.getAttribute("action") === form.getAttribute("action"));
  const ours = form.closest("#content");
  const theirs = page.getElementById("content");
  if (ours && theirs) ours.replaceChildren(...theirs.childNodes);
  else if (twin) form.replaceWith(twin);
  else return location.reload();
  window.htmx.process(document.body);
  (one("#content [aria-invalid]") ?? one("#content [autofocus]"))?.focus();
}

// One submit at a time; what failed is shown at its field.
on("submit", plain, async (form, event) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  if ("busy" in form.dataset) return;
  form.dataset.busy = "";
  clearErrors(form);
  const button = event.submitter;
  const body = new FormData(form, button);
  const waiting = setTimeout(() => form.classList.add("htmx-request"), 150);
  button?.setAttribute("aria-disabled", "true");
  let answer;
  try {
    answer = await send(button?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href, body);
    if (answer.ok || answer.html) take(form, answer);
    else if (answer.status === 409 && "theirs" in answer.problem) showConflict(form, answer.problem);
    else showErrors(form, answer.problem);
  } finally {
    clearTimeout(waiting);
    // Until the page that it leads to is there, it is not sent again.
    setTimeout(() => delete form.dataset.busy, answer?.redirect ? LEAVING : 0);
    form.classList.remove("htmx-request");
    button?.removeAttribute("aria-disabled");
  }
});

// Leaving a form with unsaved words asks first.
on("input", 'form[data-form]', (form, event) => { if (typeable(event.target)) form.dataset.dirty = ""; });
const typeable = (input) => input.matches('textarea, input[type="text"], input[type="url"]') && input.value.length > 20;
addEventListener("beforeunload", (event) => { if (one("form[data-dirty]")) event.preventDefault(); });

on("click", "[data-reveal]", (button) => {
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
  const label = word(shown ? "showPassword" : "hidePassword");
  button.setAttribute("aria-label", label);
  button.title = label;
});

on("change", "[data-dropzone] input[type=file]", (input) => {
  const name = one("[data-dropzone-name]", input.parentElement);
  name.dataset.empty ??= name.textContent;
  const { files } = input;
  name.textContent = files.length === 0 ? name.dataset.empty : files.length === 1 ? files[0].name : `${files.length} ${word("files")}`;
  if (input.dataset.submits !== undefined && files.length) input.form.requestSubmit();
});
for (const [event, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
  on(event, "[data-dropzone]", (zone) => zone.toggleAttribute("data-over", over));
}
on("change", "[data-submits-form]", (input) => input.form.requestSubmit());
