// A field of tags separated by commas becomes chips with suggestions; the field itself stays what the form sends.
const letters = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const clean = (text) => text.replace(/^#+/, "").replace(/\s+/g, " ").trim();

function make(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

export function mount(host) {
  const field = host.querySelector("input[name=tags]");
  const box = make("div", "form-control tag-field");
  const typed = make("input", "tag-field-input");
  const list = make("ul", "tag-field-list menu-list");
  let tags = field.value.split(",").map(clean).filter(Boolean);
  let options = [];
  let chosen = -1;
  let asked = null;

  Object.assign(typed, { type: "text", autocomplete: "off", dir: "auto", maxLength: 100, id: `${field.id}-typed` });
  typed.setAttribute("role", "combobox");
  typed.setAttribute("aria-expanded", "false");
  typed.setAttribute("aria-controls", `${field.id}-list`);
  typed.setAttribute("aria-autocomplete", "list");
  typed.setAttribute("aria-describedby", field.getAttribute("aria-describedby") ?? "");
  list.id = `${field.id}-list`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  host.querySelector("label")?.setAttribute("for", typed.id);
  field.hidden = true;
  field.after(box);
  box.append(typed);
  host.classList.add("tag-field-host");
  box.after(list);

  function draw() {
    field.value = tags.join(", ");
    box.querySelectorAll(".chip").forEach((chip) => chip.remove());
    for (const tag of tags) {
      const label = make("span", "label", tag);
      label.dir = "auto";
      const remove = make("button", "chip-remove", "×");
      remove.type = "button";
      remove.setAttribute("aria-label", host.dataset.remove.replace("{tag}", tag));
      remove.addEventListener("click", () => { tags = tags.filter((other) => other !== tag); draw(); typed.focus(); });
      typed.before(make("span", "chip", label, remove));
    }
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    options = [];
    typed.setAttribute("aria-expanded", "false");
    typed.removeAttribute("aria-activedescendant");
  }

  function add(text) {
    const tag = clean(text);
    if (tag && !tags.some((other) => letters(other) === letters(tag))) tags.push(tag);
    typed.value = "";
    close();
    draw();
  }

  function point(index) {
    chosen = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    if (index >= 0) typed.setAttribute("aria-activedescendant", list.children[index].id);
    else typed.removeAttribute("aria-activedescendant");
  }

  function offer(names) {
    options = names.filter((name) => !tags.some((tag) => letters(tag) === letters(name))).slice(0, 8);
    list.replaceChildren(...options.map((name, index) => {
      const item = make("li", "menu-item", name);
      item.id = `${list.id}-${index}`;
      item.dir = "auto";
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); add(name); });
      return item;
    }));
    list.hidden = !options.length;
    typed.setAttribute("aria-expanded", String(options.length > 0));
    point(-1);
  }

  async function suggest() {
    asked?.abort();
    asked = new AbortController();
    const text = clean(typed.value);
    if (!text) return close();
    try {
      const answer = await fetch(`${host.dataset.suggestions}?text=${encodeURIComponent(text)}`, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      const { items } = await answer.json();
      offer(items.map((item) => item.name));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  box.addEventListener("pointerdown", (event) => {
    if (event.target !== box) return;
    event.preventDefault();
    typed.focus();
  });
  typed.addEventListener("input", () => {
    if (/[,\n]/.test(typed.value)) typed.value.split(/[,\n]/).forEach(add);
    else suggest();
  });
  typed.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (typed.value.trim() || chosen >= 0)) {
      event.preventDefault();
      add(chosen >= 0 ? options[chosen] : typed.value);
    } else if (event.key === "Tab" && chosen >= 0) {
      event.preventDefault();
      add(options[chosen]);
    } else if (event.key === "Backspace" && !typed.value && tags.length) {
      tags.pop();
      draw();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      point((chosen + (event.key === "ArrowDown" ? 1 : options.length + (chosen < 0 ? 0 : -1))) % options.length);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  typed.addEventListener("blur", () => { add(typed.value); });
  draw();
}
