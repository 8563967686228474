// The picker of what to link: the server ranks, the keyboard walks; and fields that are ready once they are shown.
import { all, one } from "../../assets/js/dom.js";

let sentFrom = ""; // the button to come back to once the section was drawn again

const options = (tool) => all("[role=option]", tool);

function choose(tool, option) {
  for (const each of options(tool)) each.setAttribute("aria-selected", String(each === option));
  const field = one("input", tool);
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function walk(tool, event) {
  const found = options(tool);
  const now = found.findIndex((each) => each.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") choose(tool, found[(now + 1) % found.length]);
  else if (event.key === "ArrowUp") choose(tool, found.at(now - 1));
  else if (event.key === "Enter" && !event.isComposing) {
    if (found[now] && !one(".htmx-request", tool)) found[now].click();
  } else return;
  event.preventDefault();
}

function shut(tool, event) {
  if (event.key !== "Escape" || !tool.open) return;
  event.preventDefault();
  event.stopPropagation();
  tool.open = false;
  one("summary", tool).focus();
}

const nameOf = (tool) => `${tool.getAttribute("name")} ${one("summary", tool).textContent}`;

export function mount(section) {
  for (const tool of all("details", section)) {
    if (nameOf(tool) === sentFrom) {
      sentFrom = "";
      one("summary", tool).focus({ preventScroll: true });
    }
    tool.addEventListener("submit", () => { sentFrom = nameOf(tool); });
    const field = one("input[type=search], textarea", tool);
    tool.addEventListener("toggle", () => {
      if (!tool.open) return;
      field.focus();
      if (field.matches("textarea")) field.select();
      else window.htmx.trigger(field, "look");
    });
    tool.addEventListener("keydown", (event) => shut(tool, event));
    if (!field.matches("[role=combobox]")) continue;
    field.addEventListener("keydown", (event) => walk(tool, event));
    tool.addEventListener("pointermove", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option && option.getAttribute("aria-selected") !== "true") choose(tool, option);
    });
  }
}
