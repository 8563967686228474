// Every request of ours carries the token; every failed one is shown where it happened.
import { all, one } from "./dom.js";
import { notice, problemOf, token } from "./problems.js";
import { toast } from "./toasts.js";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRF-Token"] = token();
});

// A thin line on top of the page after 150 ms; parts of a page dim by themselves.
let running = 0;
const wait = (change) => {
  running = Math.max(0, running + change);
  one("[data-page-wait]")?.classList.toggle("is-on", running > 0);
};
document.addEventListener("htmx:beforeRequest", () => wait(1));
document.addEventListener("htmx:afterRequest", () => wait(-1));

// A change whose row was drawn anew while it was on its way: its answer finds no place any more, so what the server tells of it is
// announced from the page, and lists draw themselves again.
document.addEventListener("htmx:beforeSend", ({ detail: { xhr, elt, requestConfig } }) => {
  if (requestConfig.verb === "get") return;
  xhr.addEventListener("readystatechange", () => {
    if (xhr.readyState !== XMLHttpRequest.DONE || elt.isConnected || xhr.status < 200 || xhr.status > 299) return;
    const told = xhr.getResponseHeader("HX-Trigger") ?? "";
    const events = { "list-changed": {}, ...(told.startsWith("{") ? JSON.parse(told) : {}) };
    for (const [name, value] of Object.entries(events)) window.htmx.trigger(document.body, name, value);
  });
});

// Puts an error into the nearest place that waits for one; without such a place it rises as a message that stays.
export function showProblem(source, problem) {
  const form = source?.closest("form");
  const place = form && one("[data-form-error]", form);
  if (place) place.replaceChildren(notice(problem.detail));
  else toast({ text: problem.detail, kind: "error" });
}

// A form drawn again with its errors (422) is swapped in; a problem is not, it is shown beside what asked.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 422 || detail.xhr.responseText.includes("data-problem=")) return;
  detail.shouldSwap = true;
  detail.isError = false;
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  const problem = problemOf(detail.xhr.status, detail.xhr.responseText);
  const target = detail.target;
  if (target?.matches("[data-shows-errors]")) target.innerHTML = detail.xhr.responseText;
  else showProblem(detail.elt, problem);
});
document.addEventListener("htmx:sendError", ({ detail }) => showProblem(detail.elt, problemOf(0, "")));
document.addEventListener("htmx:timeout", ({ detail }) => showProblem(detail.elt, problemOf(0, "")));
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const form = detail.elt.closest("form");
  if (form) all("[data-form-error]", form).forEach((place) => place.replaceChildren());
});
