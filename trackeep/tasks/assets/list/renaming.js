// A title is changed where it stands: Enter saves, Escape leaves it. A newer title of somebody else is told, not overwritten.
import { element, on, one } from "../../../assets/js/dom.js";
import { change, hrefOf, say } from "./rows.js";

const words = () => one("[data-word-rename]")?.dataset ?? {};

function rename(row) {
  const link = one("[data-open]", row);
  if (one(".task-rename", row)) return;
  const field = element("input", { class: "task-rename", type: "text", maxlength: "1000", dir: "auto", "aria-label": words().wordRename ?? "" });
  field.value = link.textContent;
  let leaving = false;
  const leave = () => {
    if (leaving) return;
    leaving = true;
    field.remove();
    link.hidden = false;
    link.focus({ preventScroll: true });
  };
  async function save() {
    const title = field.value.trim();
    if (!title || title === link.textContent) return leave();
    const answer = await change(`${hrefOf(row)}/title`, { title, version: row.dataset.version });
    if (answer.ok) {
      link.textContent = title;
      row.dataset.version = Number(row.dataset.version) + 1;
      return leave();
    }
    if (answer.status !== 409) return;
    row.dataset.version = answer.problem.version ?? row.dataset.version;
    say(`${answer.problem.detail} ${answer.problem.theirs?.title ? `“${answer.problem.theirs.title}”` : ""}`);
  }
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") save();
    else leave();
  });
  field.addEventListener("blur", () => { if (field.value.trim() === link.textContent) leave(); });
  link.hidden = true;
  link.before(field);
  field.focus();
  field.select();
}

on("click", "a[data-rename]", (link, event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  rename(link.closest("[data-task]"));
});
