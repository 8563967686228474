// Questions about one task in a dialog: when it is due, and what becomes of its open subtasks. Without scripts they are pages.
import { element, on, one } from "../../../assets/js/dom.js";

function box(label) {
  const found = one("#task-dialog");
  if (found) return found;
  const made = element("dialog", { id: "task-dialog", "aria-label": label }, element("div", { class: "dialog-body", id: "task-dialog-body" }));
  document.body.append(made);
  return made;
}

async function open(address, label) {
  const dialog = box(label);
  await window.htmx.ajax("GET", address, { target: "#task-dialog-body", swap: "innerHTML" });
  if (!dialog.open) dialog.showModal();
  one("[autofocus], button:not([data-close]), input:not([type=hidden])", dialog)?.focus();
}

on("click", "a[data-task-dialog]", (link, event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href, link.title);
});
on("click", "#task-dialog [data-close-dialog]", (link, event) => {
  event.preventDefault();
  link.closest("dialog").close();
});
document.addEventListener("task-asks", ({ detail }) => open(detail.url, ""));
