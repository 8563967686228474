// The field whose line becomes a task: what the server understands of it is coloured in the line and told below it.
import { later, one } from "../../assets/js/dom.js";
import { newest } from "../../assets/js/newest.js";
import { send } from "../../assets/js/send.js";
import { tell } from "../../assets/js/tell.js";

const PAUSE = 90;
const NOT_ASKED = new Set(["csrf_token", "back"]);

export function mount(form) {
  const input = one("[name=text]", form);
  const behind = one("[data-line-behind]", form);
  const facts = one("[data-line-facts]", form);
  const asked = newest();

  function show(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    behind.replaceChildren(...(one("[data-pieces]", box.content)?.childNodes ?? []));
    facts.replaceChildren(...(one("[data-facts]", box.content)?.childNodes ?? []));
    behind.scrollLeft = input.scrollLeft;
  }

  const read = later(async () => {
    asked.drop();
    const typed = input.value;
    if (!typed.trim()) return show("");
    const fields = new URLSearchParams(fieldsOf());
    const html = await asked.ask(`${form.dataset.preview}?${fields}`).catch(() => null);
    if (html !== null && input.value === typed) show(html);
  }, PAUSE);

  const fieldsOf = () => [...new FormData(form)].filter(([name]) => !NOT_ASKED.has(name));

  // A project that the line names is made at once; then the line is read again.
  async function make(button) {
    if (button.disabled) return;
    button.disabled = true;
    const body = new FormData();
    for (const [name, value] of fieldsOf()) body.append(name, value);
    body.append("name", button.dataset.make);
    const answer = await send(form.dataset.projects, body);
    if (!answer.ok) tell({ text: answer.problem.detail, kind: "error" });
    input.focus();
    read();
  }

  facts.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-make]");
    if (button) make(button);
  });
  input.addEventListener("input", () => {
    // Colours of another line would lie behind the wrong words.
    behind.replaceChildren();
    read();
  });
  input.addEventListener("scroll", () => { behind.scrollLeft = input.scrollLeft; });
  input.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) input.blur(); });
  form.addEventListener("reset", () => { show(""); asked.drop(); setTimeout(() => input.focus()); });
}
