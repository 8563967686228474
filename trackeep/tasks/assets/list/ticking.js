// A tick shows at once; the row leaves when the server has said yes, or comes back when it has not.
import { all, on } from "../../../assets/js/dom.js";

on("click", "[data-tick]", (tick) => {
  if (tick.value !== "1") return;
  tick.closest("[data-row], .task-line, .task-title")?.classList.add("is-ticking");
}, true);

const untick = () => { for (const row of all(".is-ticking")) row.classList.remove("is-ticking"); };
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt?.matches?.("[data-tick]")) return;
  if (!detail.successful || detail.xhr.getResponseHeader("HX-Trigger")?.includes("task-asks")) untick();
});

// A heading without rows goes with its last one.
document.addEventListener("htmx:afterSettle", () => {
  for (const heading of all("[data-list] > .task-group:not([data-section])")) {
    if (!heading.nextElementSibling?.matches("[data-task], .load-more")) heading.remove();
  }
});
