// The tag field: chips and a combobox in place of the comma-separated text, which stays the form's value.
import { all, element, icon, later, one } from "../../assets/js/dom.js";
import { newest } from "../../assets/js/newest.js";
import { choose, chosenIn, optionsOf, step } from "../../assets/js/options.js";

const PAUSE = 90;
const fold = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const tidy = (name) => name.replace(/[\s,]+/g, " ").trim().replace(/^#+/, "").split("/").map((level) => level.trim()).filter(Boolean).join("/");

export function mount(root) {
  const kept = one("[data-tag-value]", root);
  if (!kept) return;
  const { dataset: words } = root;
  const colours = JSON.parse(words.colours || "{}");
  const first = kept.value;
  const id = kept.id;
  const asked = newest();
  let names = [];
  let shownFor = null;

  const input = element("input", {
    class: "tag-input", id, type: "text", role: "combobox", dir: "auto", maxlength: "100", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-options`, "aria-describedby": kept.getAttribute("aria-describedby"), enterkeyhint: "done",
  });
  const chips = element("ul", { class: "tag-chips", "aria-label": words.wordChosen });
  const list = element("ul", { class: "tag-options", id: `${id}-options`, role: "listbox", "aria-label": words.wordOptions, hidden: "" });
  const told = element("span", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  const box = element("div", { class: "tag-box" }, chips, input, list, told);

  function draw() {
    chips.replaceChildren(...names.map((name) => {
      const remove = element("button", { class: "chip-remove", type: "button", "aria-label": `${words.wordRemove} ${name}`, title: `${words.wordRemove} ${name}`, tabindex: "-1" }, icon("x"));
      remove.addEventListener("click", () => { drop(name); input.focus(); });
      const dot = element("span", { class: `dot hue-${colours[name] ?? "grey"}` });
      return element("li", { class: "chip tag-chip" }, dot, element("span", { class: "label", dir: "auto" }, name), remove);
    }));
    input.placeholder = names.length ? "" : words.wordType;
  }

  function write() {
    kept.value = names.join(", ");
    draw();
    kept.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(...given) {
    const fresh = given.map(tidy).filter((name) => name && !names.some((other) => fold(other) === fold(name)));
    input.value = "";
    close();
    if (!fresh.length) return;
    names.push(...new Map(fresh.map((name) => [fold(name), name])).values());
    write();
    told.textContent = `${words.wordAdded}: ${fresh.join(", ")}`;
  }

  function drop(name) {
    names = names.filter((other) => other !== name);
    write();
    told.textContent = `${words.wordRemoved}: ${name}`;
  }

  function close() {
    asked.drop();
    shownFor = null;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(input, list, null);
  }

  function open(html, text) {
    list.innerHTML = html;
    for (const option of optionsOf(list)) if (names.some((name) => fold(name) === fold(option.dataset.name))) option.remove();
    const any = optionsOf(list).length > 0;
    list.hidden = !any;
    input.setAttribute("aria-expanded", String(any));
    shownFor = text;
    choose(input, list, text && any ? optionsOf(list)[0] : null);
  }

  const place = () => input.form?.elements.namedItem("space_id")?.value || words.space;
  async function ask() {
    const text = input.value.trim();
    const query = new URLSearchParams({ text, ...(place() ? { space: place() } : {}) });
    // Without suggestions the field still takes any name, so a failed answer is not worth a message.
    const html = await asked.ask(`${words.suggestions}?${query}`).catch(() => null);
    if (html !== null && document.activeElement === input && input.value.trim() === text && shownFor !== text) open(html, text);
  }
  const askSoon = later(ask, PAUSE);

  function take(option) {
    colours[option.dataset.name] ??= option.dataset.colour ?? "grey";
    add(option.dataset.name);
  }

  // The suggestion counts for what it was shown for: who types on and presses Enter at once means the typed words.
  function enter() {
    const option = chosenIn(list);
    if (option && shownFor === input.value.trim()) take(option);
    else add(...input.value.split(","));
  }

  // Whoever walks the list means it for what they have typed by now: a later answer leaves it as it is.
  function walk(by) {
    shownFor = input.value.trim();
    step(input, list, by);
  }

  const keys = {
    ArrowDown: () => (list.hidden ? ask() : walk(1)),
    ArrowUp: () => !list.hidden && walk(-1),
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const empty = !input.value && input.selectionStart === 0;
    if (keys[event.key]) keys[event.key]();
    else if (event.key === "Enter" && (input.value.trim() || chosenIn(list))) enter();
    else if (event.key === "," && input.value.trim()) add(...input.value.split(","));
    else if (event.key === "Tab" && input.value.trim() && !event.shiftKey) enter();
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Backspace" && empty && names.length) drop(names.at(-1));
    else if (event.key === "ArrowLeft" && empty && names.length) all(".chip-remove", chips).at(-1).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  chips.addEventListener("keydown", (event) => {
    const buttons = all(".chip-remove", chips);
    const now = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowLeft") buttons[Math.max(0, now - 1)].focus();
    else if (event.key === "ArrowRight") (buttons[now + 1] ?? input).focus();
    else if (event.key === "Delete" || event.key === "Backspace") {
      drop(names[now]);
      (all(".chip-remove", chips)[Math.max(0, now - 1)] ?? input).focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // Only the kept value is the form's: half a word is neither saved nor sent.
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    if (input.value.includes(",")) add(...input.value.split(","));
    else askSoon();
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("focus", ask);
  input.addEventListener("blur", () => { if (input.value.trim()) add(...input.value.split(",")); else close(); });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { take(option); input.focus(); ask(); }
  });
  list.addEventListener("pointermove", (event) => { const option = event.target.closest("[role=option]"); if (option && option !== chosenIn(list)) choose(input, list, option); });
  box.addEventListener("pointerdown", (event) => { if (event.target === box || event.target === chips) { event.preventDefault(); input.focus(); } });
  kept.form?.addEventListener("reset", () => { names = split(first); kept.value = first; input.value = ""; draw(); });

  names = split(first);
  kept.removeAttribute("id");
  kept.type = "hidden";
  kept.after(box);
  draw();
}

function split(text) {
  const names = text.split(",").map(tidy).filter(Boolean);
  return [...new Map(names.map((name) => [fold(name), name])).values()];
}
