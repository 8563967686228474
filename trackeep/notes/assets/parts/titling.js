// The title of a note that is read, changed where it stands: Enter saves, Escape leaves it as it was.
import { element, one } from "../../../assets/js/dom.js";
import { send } from "../../../assets/js/send.js";
import { tell } from "../../../assets/js/tell.js";

const LONGEST = 300;

export function titling(note) {
  const heading = one(".note-title", note);
  const button = one("[data-retitle]", note);
  const label = one("[data-title]", heading);

  function begin() {
    const field = element("textarea", { class: "note-title note-title-field", rows: "1", maxlength: LONGEST, dir: "auto", "aria-label": button.dataset.wordTitle });
    field.value = label.textContent;
    const state = { over: false };
    const end = () => { state.over = true; field.remove(); heading.hidden = false; };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); end(); button.focus(); }
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      field.blur();
    });
    field.addEventListener("blur", async () => {
      if (state.over || !(await save(field.value.trim()))) return;
      end();
      if (document.activeElement === document.body) button.focus();
    });
    heading.before(field);
    heading.hidden = true;
    field.focus();
    field.select();
  }

  // Answers whether the field has done its work; after a refusal it stays with what was typed.
  async function save(title) {
    if (!title || title === label.textContent) return true;
    const body = new FormData();
    body.set("title", title);
    body.set("version", note.dataset.version);
    const answer = await send(note.dataset.url, body);
    if (!answer.ok) {
      tell({ text: answer.status === 409 || answer.html ? note.dataset.wordStaleTitle : Object.values(answer.problem.errors ?? {}).flat().join(" ") || answer.problem.detail, kind: "error" });
      return false;
    }
    const saved = JSON.parse(answer.text);
    note.dataset.version = saved.version;
    label.textContent = saved.title;
    document.title = document.title.replace(/^.*( · )/, `${saved.title}$1`);
    note.dataset.titled = saved.title;
    note.dispatchEvent(new CustomEvent("note:titled", { bubbles: true }));
    return true;
  }

  button.addEventListener("click", begin);
}
