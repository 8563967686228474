// The picker of what to link: the server ranks, the keyboard walks; and fields that are ready once they are shown.
import { all, one } from "../../assets/js/dom.js";
import { choose, chosenIn, step } from "../../assets/js/options.js";

let sentFrom = ""; // the button to come back to once the section was drawn again

function walk(field, tool, event) {
  if (event.key === "ArrowDown") step(field, tool, 1);
  else if (event.key === "ArrowUp") step(field, tool, -1);
  else if (event.key === "Enter" && !event.isComposing) {
    const option = chosenIn(tool);
    if (option && !one(".htmx-request", tool)) option.click();
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
    field.addEventListener("keydown", (event) => walk(field, tool, event));
    tool.addEventListener("pointermove", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option && option !== chosenIn(tool)) choose(field, tool, option);
    });
  }
}
