// A field of chips with suggestions: tags (any text) and collections (only what there is). Works by keyboard alone.
import { t } from "./words.js";

let count = 0;

export class Picker {
  #shown = [];
  #active = -1;
  #asked = 0;

  // `suggest(text)` answers {value, label, hint}; `free` takes any text as a new value.
  constructor(root, { suggest, free = false, changed }) {
    Object.assign(this, { root, suggest, free, changed, values: [], labels: new Map() });
    this.input = root.querySelector("input");
    this.list = Object.assign(document.createElement("ul"), { className: "options", id: `options-${++count}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", t("suggestions"));
    root.append(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("focus", () => this.#look());
    this.input.addEventListener("blur", () => { this.#close(); if (this.free) this.#take(); });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#choose(this.#shown[event.target.closest("li")?.dataset.index]));
    root.addEventListener("click", (event) => { if (event.target === root || event.target.className === "chips") this.input.focus(); });
  }

  set(values, labels = []) {
    for (const [value, label] of labels) this.labels.set(value, label);
    this.values = [...values];
    this.#draw();
  }

  // What is typed and not a chip yet counts as well.
  all() {
    this.#take();
    return [...this.values];
  }

  #typed() {
    if (this.free && /[,\n]/.test(this.input.value)) return this.#take();
    this.#look();
  }

  #take() {
    const parts = this.free ? this.input.value.split(/[,\n]/).map((part) => part.trim()).filter(Boolean) : [];
    if (!parts.length) return;
    this.input.value = "";
    parts.forEach((part) => this.#add(part));
    this.#close();
  }

  #add(value) {
    const fold = (each) => String(each).normalize("NFKC").toLowerCase();
    if (!this.values.some((each) => fold(each) === fold(value))) this.values.push(value);
    this.#draw();
    this.changed();
  }

  #choose(option) {
    if (!option) return;
    this.labels.set(option.value, option.label);
    this.input.value = "";
    this.#add(option.value);
    this.#look();
  }

  #remove(index) {
    this.values.splice(index, 1);
    this.#draw();
    this.changed();
    this.input.focus();
  }

  #key(event) {
    const open = !this.list.hidden;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (move) {
      event.preventDefault();
      // Whoever moves has seen this list: an answer that is still on its way must not take the line from under them.
      if (!open) return this.#look();
      this.#asked += 1;
      this.#mark((this.#active + move + this.#shown.length + 1) % (this.#shown.length + 1));
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      const option = open ? this.#shown[this.#active] : undefined;
      if (!option && !this.input.value.trim()) return;
      event.preventDefault();
      if (option) this.#choose(option);
      else if (this.free) this.#take();
      else this.#choose(this.#shown[0]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Backspace" && !this.input.value && this.values.length) {
      this.#remove(this.values.length - 1);
    }
  }

  async #look() {
    const asked = ++this.#asked;
    let found = [];
    try {
      found = await this.suggest(this.input.value.trim());
    } catch {
      // Suggestions are a help: without an answer the field takes what is typed.
    }
    if (asked !== this.#asked || document.activeElement !== this.input) return;
    this.#shown = found.filter((option) => !this.values.includes(option.value)).slice(0, 8);
    this.list.replaceChildren(...this.#shown.map((option, index) => this.#option(option, index)));
    this.list.hidden = !this.#shown.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.#mark(this.input.value.trim() && !this.free && this.#shown.length ? 0 : this.#shown.length);
  }

  #option({ label, hint }, index) {
    const line = document.createElement("li");
    const text = Object.assign(document.createElement("span"), { textContent: label, dir: "auto" });
    line.append(text, Object.assign(document.createElement("small"), { textContent: hint ?? "" }));
    line.setAttribute("role", "option");
    Object.assign(line, { id: `${this.list.id}-${index}`, title: label });
    line.dataset.index = index;
    return line;
  }

  // One past the last stands for none.
  #mark(index) {
    this.#active = index;
    [...this.list.children].forEach((line, each) => line.setAttribute("aria-selected", String(each === index)));
    const line = this.list.children[index];
    line?.scrollIntoView({ block: "nearest" });
    if (line) this.input.setAttribute("aria-activedescendant", line.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #close() {
    this.#asked += 1;
    this.list.hidden = true;
    this.#shown = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #draw() {
    this.root.querySelector(".chips").replaceChildren(...this.values.map((value, index) => this.#chip(this.labels.get(value) ?? String(value), index)));
    this.input.placeholder = this.values.length ? "" : t(this.input.dataset.empty);
  }

  #chip(label, index) {
    const chip = Object.assign(document.createElement("span"), { className: "chip", title: label });
    const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×", tabIndex: -1 });
    remove.setAttribute("aria-label", t("remove", label));
    remove.addEventListener("click", () => this.#remove(index));
    chip.append(Object.assign(document.createElement("span"), { textContent: label, dir: "auto" }), remove);
    return chip;
  }
}
