// Lists of tasks and their details: ticking, keys, renaming in place, dialogs, moving. Listens once, whatever is drawn again.
import "./list/dialogs.js";
import "./list/keys.js";
import { moving } from "./list/moving.js";
import "./list/renaming.js";
import "./list/staying.js";
import "./list/ticking.js";
import { one } from "../../assets/js/dom.js";

// A list that is drawn again is another one. The keys of tasks stand in the overlay of shortcuts beside those that all lists have.
export function mount() {
  const list = one(".task-list:is([data-sortable], [data-days]):not(.is-live)");
  if (list) moving(list);
  const grid = one("#help .help-grid");
  const lines = one("[data-help-lines]");
  if (!grid || !lines || grid.dataset.tasks !== undefined) return;
  grid.dataset.tasks = "";
  const box = document.createElement("div");
  box.append(lines.content.cloneNode(true));
  grid.insertBefore(box, grid.lastElementChild);
}
