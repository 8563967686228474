// While one writes a comment: after an @ those who see the task are offered below the text, and one of them is put in.
import { element, later, one } from "../../assets/js/dom.js";
import { newest } from "../../assets/js/newest.js";
import { choose, chosenIn, optionsOf, step } from "../../assets/js/options.js";

const PAUSE = 90;
const OPEN_NAME = /(?<![\p{L}\p{N}_@./-])@([\p{L}\p{N}_.-]{0,40})$/u;
let lists = 0;

export function mount(form) {
  const field = one("textarea", form);
  const { dataset: words } = form;
  const asked = newest();
  const list = element("ul", { class: "mention-options", id: `mentions-${lists += 1}`, role: "listbox", "aria-label": words.wordPeople, hidden: "" });
  let shownFor = null;
  let givenUp = -1; // where the @ stands whose offers were sent away
  field.closest("[data-field]").append(list);

  function typed() {
    if (field.selectionStart !== field.selectionEnd) return null;
    const found = OPEN_NAME.exec(field.value.slice(Math.max(0, field.selectionEnd - 80), field.selectionEnd));
    return found && { text: found[1], start: field.selectionEnd - found[1].length - 1 };
  }

  // A text is a combobox only for as long as there is a choice below it.
  function close() {
    asked.drop();
    shownFor = null;
    if (list.hidden) return;
    list.hidden = true;
    choose(field, list, null);
    for (const name of ["role", "aria-expanded", "aria-controls", "aria-autocomplete", "aria-haspopup"]) field.removeAttribute(name);
  }

  function open(html, text) {
    list.innerHTML = html;
    if (!optionsOf(list).length) return close();
    shownFor = text;
    list.hidden = false;
    const state = { role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list", "aria-haspopup": "listbox" };
    for (const [name, value] of Object.entries(state)) field.setAttribute(name, value);
    list.scrollIntoView({ block: "nearest" });
    choose(field, list, optionsOf(list)[0]);
  }

  const ask = later(async () => {
    const name = typed();
    if (!name || name.start === givenUp) return;
    // Any name may still be written by hand, so a failed answer is not worth a message.
    const html = await asked.ask(`${words.people}?${new URLSearchParams({ text: name.text })}`).catch(() => null);
    const now = typed();
    if (html !== null && document.activeElement === field && now?.text === name.text && now.start === name.start && shownFor !== name.text) open(html, name.text);
  }, PAUSE);

  function look() {
    const name = typed();
    if (!name) givenUp = -1;
    if (!name || name.start === givenUp) close();
    else if (name.text !== shownFor) ask();
  }

  function take(option) {
    const name = typed();
    if (!name) return close();
    const after = field.value[field.selectionEnd] === " " ? 1 : 0;
    close();
    field.setRangeText(`@${option.dataset.name} `, name.start, field.selectionEnd + after, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Whoever walks the list means it for what they have typed by now: a later answer leaves it as it is.
  function walk(by) {
    shownFor = typed()?.text ?? null;
    step(field, list, by);
  }

  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const option = chosenIn(list);
    if (event.key === "ArrowDown") walk(1);
    else if (event.key === "ArrowUp") walk(-1);
    else if ((event.key === "Enter" || event.key === "Tab") && option && typed()?.text === shownFor) take(option);
    else if (event.key === "Escape") {
      givenUp = typed()?.start ?? -1;
      close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("input", look);
  field.addEventListener("click", look);
  field.addEventListener("keyup", ({ key }) => { if (key.startsWith("Arrow") || key === "Home" || key === "End") look(); });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("pointermove", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option && option !== chosenIn(list)) choose(field, list, option);
  });
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) take(option);
  });
  form.addEventListener("reset", close);
}
